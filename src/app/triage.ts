// The main job for every door: compose the world, run, write the files, and turn the decision into an exit code.
import path from 'node:path';
import { AssayError, EXIT, type ExitCode } from '#domain/errors.ts';
import type { ResultDocument } from '#domain/result-document.ts';
import { exitCodeFor } from '../gate/exit-code.ts';
import { redactDocument } from '../publish/redact-document.ts';
import { renderAnnotations } from '../publish/render-annotations.ts';
import { compose } from './compose.ts';
import type { Environment } from './environment.ts';
import { explainError } from './explain-error.ts';
import { RESULT_FILES, render, renderDisplay, renderJobSummary } from './render-outputs.ts';
import { run } from './run.ts';
import type { RunRequest } from './run-request.ts';
import type { TriageOutcome } from './triage-outcome.ts';
import type { World } from './world.ts';

/** Never throws: what went wrong is logged, and stands in the exit code. */
export async function runTriage(request: RunRequest, environment: Environment): Promise<TriageOutcome> {
  try {
    await using composed = await compose(request, environment);
    return await triage(request, composed.world, environment);
  } catch (error) {
    return { ...NOTHING, exitCode: explainError(error, environment, request.verbose) };
  }
}

const NOTHING = { document: null, files: [], summary: null, annotations: [], display: '' };

async function triage(request: RunRequest, world: World, environment: Environment): Promise<TriageOutcome> {
  const started = { at: world.clock.now(), elapsed: world.clock.elapsed() };
  await discardEarlierResults(world);
  const document = redactDocument(await run(request, world), world.redact);
  const files: string[] = [];
  const texts = render(document, world, started);
  for (const name of RESULT_FILES) {
    await world.output.write(name, texts[name]);
    files.push(`${world.output.name}/${name}`);
  }
  announce(document, world);
  return {
    exitCode: exitCode(document),
    document,
    files,
    summary: renderJobSummary(document),
    annotations: renderAnnotations(document),
    display: renderDisplay(document, request, environment, files),
  };
}

/** Should this run die, what an earlier one left must not be taken for its result; unless it is a report of this one. */
async function discardEarlierResults(world: World): Promise<void> {
  const inputs = new Set((await world.reports.open()).map((report) => report.name));
  for (const name of RESULT_FILES) {
    if (!inputs.has(path.posix.join(world.output.name, name))) await world.output.remove(name);
  }
}

/** Precedence of the contract: 2 when no report at all could be read, then what the gate says. */
function exitCode(document: ResultDocument): ExitCode {
  const lost = (input: { fault: { kind: string } | null }) =>
    input.fault !== null && input.fault.kind !== 'truncated';
  return document.run.inputs.every(lost) ? EXIT.usage : exitCodeFor(document.decision);
}

function announce(document: ResultDocument, world: World): void {
  for (const input of document.run.inputs) {
    if (input.fault !== null) world.log.error(`${input.name}: ${input.fault.message}`);
  }
  for (const notice of document.notices) world.log.warn(notice.text);
  if (document.run.inputs.length === 0) throw new AssayError('usage', 'No report was given.');
}
