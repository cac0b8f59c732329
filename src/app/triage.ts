// The main job for every door: compose the world, run, write the files, and turn the decision into an exit code.
import path from 'node:path';
import { EXIT, type ExitCode } from '#domain/errors.ts';
import { PATCH_FOLDER } from '#domain/patch-file.ts';
import type { ResultDocument } from '#domain/result-document.ts';
import { exitCodeFor } from '../gate/exit-code.ts';
import { redactDocument, redactStrings } from '../publish/redact-document.ts';
import { renderAnnotations } from '../publish/render-annotations.ts';
import { shorten } from '../support/shorten.ts';
import { refuseForeignRun } from './ci/refuse-foreign-run.ts';
import { compose } from './compose.ts';
import { DEPENDENCY_FILES, dependencyOutputs } from './dependencies/render-dependency-outputs.ts';
import type { Environment } from './environment.ts';
import { explainError } from './explain-error.ts';
import { DRY_RUN_FOLDER, publishTriage } from './publish/publish-triage.ts';
import { namedTarget } from './publish/review-target.ts';
import { RESULT_FILES, render, renderDisplay, renderJobSummary, UNKNOWN_TIME } from './render-outputs.ts';
import { run } from './run.ts';
import { type RunRequest, requireReports } from './run-request.ts';
import type { TriageOutcome } from './triage-outcome.ts';
import type { World } from './world.ts';
import { preparePatches, writePatches } from './write-patches.ts';

/** Never throws: what went wrong is logged, and stands in the exit code. */
export async function runTriage(request: RunRequest, environment: Environment): Promise<TriageOutcome> {
  try {
    requireReports(request);
    await refuseForeignRun(request, environment.variables);
    namedTarget(request);
    await using composed = await compose(request, environment);
    return await triage(request, composed.world, environment);
  } catch (error) {
    return { ...NOTHING, exitCode: explainError(error, environment, request.verbose) };
  }
}

/** More than anybody reads on a terminal, and the most that is read of one. */
const SHOWN_NOTICES = 20;
const NOTICE_LENGTH = 500;

const NOTHING = {
  ...{ document: null, files: [], summary: null, annotations: [], publication: null, display: '' },
};

/** The same in a world that is composed already; throws what went wrong. */
export async function triage(
  request: RunRequest,
  world: World,
  environment: Environment,
): Promise<TriageOutcome> {
  const started = { at: world.clock.now(), elapsed: world.clock.elapsed() };
  await discardEarlierResults(request, world);
  const found = await run(request, world);
  const prepared = await preparePatches(redactDocument(found.document, world.redact), world);
  const { document } = prepared;
  const files: string[] = [];
  const texts = render(document, world, { started, head: found.headTime, bill: found.bill });
  for (const name of RESULT_FILES) {
    await world.output.write(name, texts[name]());
    files.push(`${world.output.name}/${name}`);
  }
  const outputs = await dependencyOutputs(
    document,
    redactStrings(found.inventories, world.redact),
    found.headTime ?? UNKNOWN_TIME,
  );
  for (const [name, text] of outputs) {
    await world.output.write(name, text());
    files.push(`${world.output.name}/${name}`);
  }
  files.push(...(await writePatches(prepared, world)).map((name) => `${world.output.name}/${name}`));
  announce(document, world);
  if (request.format === 'json' || request.format === 'markdown') found.preview.forEach(world.log.info);
  const published = await publishTriage(document, request, {
    ...{ world, environment, trusted: true, policyAt: async () => found.publishing },
  });
  files.push(...(published?.files ?? []).map((name) => `${world.output.name}/${name}`));
  return {
    exitCode: exitCode(document),
    document,
    files,
    summary: renderJobSummary(document),
    annotations: renderAnnotations(document),
    publication: published?.record ?? null,
    display: renderDisplay(document, request, environment, files, found.preview),
  };
}

/** Should this run die, what an earlier one left must not be taken for its result; unless this one reads it. */
async function discardEarlierResults(request: RunRequest, world: World): Promise<void> {
  const reports = (await world.reports.open()).map((report) => report.name);
  const inputs = [...reports, request.baseline, request.config].flatMap((name) => name ?? []);
  const named = new Set(inputs.map((name) => path.resolve(request.cwd, name)));
  for (const name of [...RESULT_FILES, ...DEPENDENCY_FILES, 'publication.json']) {
    if (!named.has(path.resolve(request.cwd, request.out, name))) await world.output.remove(name);
  }
  for (const folder of [PATCH_FOLDER, DRY_RUN_FOLDER]) await world.output.remove(folder);
}

/** Precedence of the contract: 2 when no report at all could be read, then what the gate says. */
function exitCode(document: ResultDocument): ExitCode {
  const lost = (input: { fault: { kind: string } | null }) =>
    input.fault !== null && input.fault.kind !== 'truncated';
  return document.run.inputs.every(lost) ? EXIT.usage : exitCodeFor(document.decision);
}

function announce(document: ResultDocument, world: World): void {
  if (document.decision.outcome === 'unfinished') {
    for (const reason of document.decision.reasons) world.log.error(reason.text);
  }
  const shown = document.notices.slice(0, SHOWN_NOTICES);
  for (const { code, text } of shown) {
    // What was used is no reason to act.
    const tell = code === 'advisories-used' ? world.log.info : world.log.warn;
    tell(shorten(text, NOTICE_LENGTH));
  }
  const rest = document.notices.length - shown.length;
  if (rest > 0) world.log.warn(`${rest} more notices stand in ${world.output.name}/assay.json.`);
}
