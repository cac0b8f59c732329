// Which texts a run leaves behind: the files of `--out`, the job summary, and what stdout shows.
import { type PhraseBook, phrase, say } from '#domain/phrase.ts';
import type { ResultDocument } from '#domain/result-document.ts';
import { renderCodeQuality } from '../publish/render-code-quality.ts';
import { renderGitLabSast } from '../publish/render-gitlab-sast.ts';
import { renderJson } from '../publish/render-json.ts';
import { renderSarif } from '../publish/render-sarif.ts';
import { renderSummary } from '../publish/render-summary.ts';
import { renderTable } from '../publish/render-table.ts';
import { stableJson } from '../support/stable-json.ts';
import type { Environment } from './environment.ts';
import type { RunBill } from './model/bill.ts';
import { phraseBookOf } from './phrase-book.ts';
import type { RunRequest } from './run-request.ts';
import type { World } from './world.ts';

/** A comment holds 65,536 characters on GitHub; the rest is room for what the host adds. */
const COMMENT_LIMIT = 60_000;
/** The report wants a time, and the same input gives the same bytes. */
export const UNKNOWN_TIME = '1970-01-01T00:00:00Z';
const JOB_SUMMARY_LIMIT = 1_000_000;

/** The files of the contract, in the order they are written. */
export const RESULT_FILES = [
  'assay.json',
  'assay.sarif',
  'summary.md',
  'gl-code-quality-report.json',
  'gl-sast-report.json',
  'run-stats.json',
] as const;
type ResultFile = (typeof RESULT_FILES)[number];

/** What a run knows of itself besides its result. */
interface RunTimes {
  readonly started: { readonly at: number; readonly elapsed: number };
  readonly head: string | null;
  /** What was asked of a model in this run; null or left out when nothing was. */
  readonly bill?: RunBill | null;
}

/** What writes the text of each file: made one by one, so that the first is on disk should the run be killed. */
export function render(
  document: ResultDocument,
  world: Pick<World, 'clock'>,
  times: RunTimes,
): Readonly<Record<ResultFile, () => string>> {
  return {
    'assay.json': () => renderJson(document),
    'assay.sarif': () => renderSarif(document),
    'summary.md': () => renderSummary(document, { limit: COMMENT_LIMIT }),
    'gl-code-quality-report.json': () => renderCodeQuality(document),
    'gl-sast-report.json': () => renderGitLabSast(document, { at: times.head ?? UNKNOWN_TIME }),
    'run-stats.json': () => renderStats(document, world, times),
  };
}

export function renderJobSummary(document: ResultDocument): string {
  return renderSummary(document, { limit: JOB_SUMMARY_LIMIT });
}

/** What `--format` asks for; the table closes with the files that were written. */
export function renderDisplay(
  document: ResultDocument,
  request: RunRequest,
  environment: Environment,
  files: readonly string[],
  preview: readonly string[] = [],
): string {
  // What was asked for stands last, where it is read first; forms for machines stay what they are.
  const answer = preview.map((line) => `${line}\n`).join('');
  switch (request.format) {
    case 'json':
      return renderJson(document);
    case 'markdown':
      return renderSummary(document, { limit: JOB_SUMMARY_LIMIT });
    case 'none':
      return answer;
    case 'table': {
      const table = renderTable(document, {
        width: environment.terminalWidth ?? 100,
        color: environment.color,
      });
      const book = phraseBookOf(document.run.language);
      return `${table}\n${say(phrase`Written:`, book)}\n${listFiles(files, book)}${answer === '' ? '' : `\n${answer}`}`;
    }
  }
}

/** Files of one kind in a folder of their own are counted, not listed. */
function listFiles(files: readonly string[], book: PhraseBook | null): string {
  const inFolders = Map.groupBy(files, (file) => /\/(patches|publication)\//.exec(file)?.[1] ?? null);
  const plain = (inFolders.get(null) ?? []).map((file) => `  ${file}\n`);
  inFolders.delete(null);
  const folders = [...inFolders.values()].map((group) => {
    const folder = group[0]?.replace(/[^/]*$/, '') ?? '';
    const listed =
      group.length === 1 ? phrase`${folder} (1 file)` : phrase`${folder} (${group.length} files)`;
    return `  ${say(listed, book)}\n`;
  });
  return [...plain, ...folders].join('');
}

/** In the words of the summaries: findings, where the bill counts questions and requests. */
function findingCounts({ run: { modelUse } }: ResultDocument) {
  if (modelUse === undefined) return null;
  const { asked, answered, notAsked, patches } = modelUse;
  return {
    ...{ asked, answered, notAsked },
    patches: patches === undefined ? null : { asked: patches.asked, notAsked: patches.notAsked },
  };
}

function renderStats(
  document: ResultDocument,
  world: Pick<World, 'clock'>,
  { started, bill = null }: RunTimes,
): string {
  const elapsedMs = Math.round(world.clock.elapsed() - started.elapsed);
  return stableJson({
    schemaVersion: 1,
    startedAt: new Date(started.at).toISOString(),
    elapsedMs,
    millisecondsPerFinding: document.findings.length === 0 ? null : elapsedMs / document.findings.length,
    peakMemoryBytes: process.resourceUsage().maxRSS * 1024,
    node: process.version,
    platform: `${process.platform}-${process.arch}`,
    model: bill === null ? null : { name: document.run.model, findings: findingCounts(document), ...bill },
  });
}
