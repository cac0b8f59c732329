// `assay eval`: labelled sets judged by the main job, measured, and written down as table, JSON and page.
import path from 'node:path';
import { AssayError, EXIT, type ExitCode } from '#domain/errors.ts';
import { DiskOutput } from '../adapters/local/disk-output.ts';
import { createOperatorFiles } from '../adapters/local/operator-files.ts';
import { PackageAssets } from '../adapters/local/package-assets.ts';
import { createStderrLog } from '../adapters/local/stderr-log.ts';
import type { Evaluation, SubjectTimes } from '../measure/evaluation.ts';
import { type EarlierEvaluation, readEvaluation } from '../measure/read-evaluation.ts';
import { renderEvaluationHtml } from '../measure/render-evaluation-html.ts';
import { renderEvaluationTable } from '../measure/render-evaluation-table.ts';
import { createRedactor } from '../support/redact.ts';
import { stableJson } from '../support/stable-json.ts';
import type { Environment } from './environment.ts';
import { ablationParts } from './evaluate/ablation-parts.ts';
import { type EvaluateRequest, subjectsOf } from './evaluate/evaluate-request.ts';
import { evaluateSets } from './evaluate/evaluate-sets.ts';
import { findSets } from './evaluate/find-sets.ts';
import { createCaseRunner, type RunCase } from './evaluate/run-case.ts';
import { secretValues } from './secret-variables.ts';

export interface EvaluateOutcome {
  readonly exitCode: ExitCode;
  /** What `--format` asks for on stdout. */
  readonly display: string;
}

/**
 * Throws AssayError `usage` and `configuration` before anything is judged. `runCase` is how one set is judged: the main job, unless a test
 * hands in another.
 */
export async function evaluate(
  request: EvaluateRequest,
  environment: Environment,
  runCase: RunCase = createCaseRunner(environment, request),
): Promise<EvaluateOutcome> {
  const subjects = subjectsOf(request);
  const redact = createRedactor(secretValues(environment.variables));
  const log = createStderrLog({ ...request, interactive: environment.interactive, redact });
  const files = createOperatorFiles({ cwd: request.cwd, repository: request.cwd });
  const earlier = await readEarlier(request, files);
  const sets = await findSets(request);
  const parts = request.ablate === false ? [] : await chooseParts(request.ablate);
  const { evaluation, times, unfinished, exitCode } = await evaluateSets(
    { sets, subjects, parts, earlier, tolerance: request.tolerance },
    { files, runCase, redact, signal: environment.signal, say: (text) => log.info(text) },
  );
  const written = await write(evaluation, times, request);
  for (const text of unfinished) log.error(text);
  for (const text of exitCode === EXIT.failed ? regressionsOf(evaluation) : []) log.error(text);
  if (request.format === 'json') return { exitCode, display: stableJson(evaluation) };
  const table = renderEvaluationTable(evaluation, times);
  return { exitCode, display: `${table}\nWritten:\n${written.map((name) => `  ${name}\n`).join('')}` };
}

async function readEarlier(
  { compare }: EvaluateRequest,
  files: ReturnType<typeof createOperatorFiles>,
): Promise<EarlierEvaluation | null> {
  return compare === null ? null : readEvaluation((await files.read(compare)).text, compare);
}

/** All parts, or those that are named. Throws AssayError `usage` for a name that is no part. */
async function chooseParts(asked: true | readonly string[]): Promise<readonly string[]> {
  const known = await ablationParts(new PackageAssets());
  if (asked === true) return known;
  const unknown = asked.find((name) => !known.includes(name));
  if (unknown === undefined) return asked;
  throw new AssayError('usage', `There is no part ${JSON.stringify(unknown)} that could be left out.`, {
    hint: `The parts are: ${known.join(', ')}.`,
  });
}

async function write(
  evaluation: Evaluation,
  times: readonly SubjectTimes[],
  { cwd, out }: EvaluateRequest,
): Promise<readonly string[]> {
  const output = new DiskOutput(path.resolve(cwd, out), out);
  await output.write('eval.json', stableJson(evaluation));
  await output.write('eval-times.json', stableJson({ schemaVersion: 1, subjects: times }));
  await output.write('eval.html', renderEvaluationHtml(evaluation, times));
  return ['eval.json', 'eval-times.json', 'eval.html'].map((name) => `${out}/${name}`);
}

function regressionsOf({ comparison }: Evaluation): readonly string[] {
  return (comparison?.subjects ?? []).flatMap(({ subject, regressions }) =>
    regressions.map((text) => `Regression of ${subject}: ${text}`),
  );
}
