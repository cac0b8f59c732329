// How good the verdicts are on labelled findings: runs the command line on every set and compares, figures per set and per reason.
//   node bench/triage-quality.ts DIR_OF_SETS [SET...]
// A set is a folder with `findings*.sarif`, `labels*.csv` beside it (same suffix) and the sources in `src/`.
import { execFile } from 'node:child_process';
import { existsSync, mkdtempSync, readdirSync, readFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import type { ResultDocument } from '#domain/result-document.ts';
import type { ReasonCode, VerdictLabel } from '#domain/verdict.ts';

const run = promisify(execFile);

interface Judged {
  readonly place: string;
  readonly ruleId: string;
  readonly language: string;
  readonly isReal: boolean;
  readonly verdict: VerdictLabel;
  readonly reason: ReasonCode;
}

type Row = Readonly<Record<string, string>>;

/** Rows of a comma-separated file with a header; fields may be quoted (RFC 4180). */
function parseTable(text: string): readonly Row[] {
  const lines = text.split(/\r?\n/).filter((line) => line !== '');
  const cells = (line: string): string[] =>
    [...line.matchAll(/(?:^|,)(?:"((?:[^"]|"")*)"|([^,]*))/g)].map(
      ([, quoted, plain]) => quoted?.replaceAll('""', '"') ?? plain ?? '',
    );
  const [header = '', ...rows] = lines;
  const names = cells(header);
  return rows.map((row) => Object.fromEntries(cells(row).map((cell, at) => [names[at] ?? '', cell])));
}

interface SarifResult {
  readonly ruleId?: string;
  readonly properties?: { readonly caseId?: string };
  readonly locations?: readonly {
    readonly physicalLocation?: {
      readonly artifactLocation?: { readonly uri?: string };
      readonly region?: { readonly startLine?: number };
    };
  }[];
}

/** The label of each result: by case id, else by rule, line and end of the path. */
function labelResults(sarif: string, labels: readonly Row[]): ReadonlyMap<string, Row> {
  const byId = new Map(labels.map((row) => [row.id ?? '', row]));
  const report = JSON.parse(readFileSync(sarif, 'utf8')) as { runs: { results: SarifResult[] }[] };
  const found = new Map<string, Row>();
  for (const [runIndex, { results }] of report.runs.entries()) {
    for (const [index, result] of results.entries()) {
      const place = result.locations?.[0]?.physicalLocation;
      const uri = decodeURIComponent(place?.artifactLocation?.uri ?? '');
      const line = String(place?.region?.startLine ?? '');
      const row =
        byId.get(result.properties?.caseId ?? '') ??
        labels.find(
          (candidate) =>
            candidate.ruleId === result.ruleId &&
            candidate.line === line &&
            uri.endsWith(candidate.path ?? '\0'),
        );
      if (row !== undefined) found.set(`${runIndex}:${index}`, row);
    }
  }
  return found;
}

/** Runs the real command and reads what a user would read. */
async function triage(set: string, sarif: string): Promise<ResultDocument> {
  const out = mkdtempSync(join(tmpdir(), 'assay-quality-'));
  const cli = join(import.meta.dirname, '..', 'src', 'entry', 'cli.ts');
  const command = [
    cli,
    'triage',
    sarif,
    '--repo',
    join(set, 'src'),
    '--out',
    out,
    '--format',
    'none',
    '--scope',
    'all',
    '--fail-on',
    'never',
    '--quiet',
  ];
  // Exit codes 1 and 3 speak of the gate and of the report; the files are written all the same.
  await run(process.execPath, command, { maxBuffer: 2 ** 28 }).catch(() => null);
  return JSON.parse(readFileSync(join(out, 'assay.json'), 'utf8')) as ResultDocument;
}

async function judgeSet(set: string, sarif: string, labelFile: string): Promise<readonly Judged[]> {
  const labels = labelResults(sarif, parseTable(readFileSync(labelFile, 'utf8')));
  const document = await triage(set, sarif);
  const findings = new Map(document.findings.map((finding) => [finding.id, finding]));
  return document.results.flatMap((result): Judged[] => {
    const row = labels.get(`${result.run}:${result.index}`);
    const finding = findings.get(result.findingId ?? '');
    const verdict = finding?.verdict ?? null;
    if (row === undefined || finding === undefined || verdict === null) return [];
    const reason = verdict.reasons[0]?.code ?? 'REV.unknown';
    return [
      {
        place: `${finding.location.path}:${finding.location.startLine}`,
        ruleId: finding.ruleId,
        language: row.language ?? '',
        isReal: row.label === 'true',
        verdict: verdict.label,
        reason,
      },
    ];
  });
}

const isRight = ({ isReal, verdict }: Judged): boolean => (verdict === 'false_positive' ? !isReal : isReal);

function printSet(name: string, judged: readonly Judged[]): void {
  const count = (test: (one: Judged) => boolean): number => judged.filter(test).length;
  const real = count(({ isReal }) => isReal);
  const decided = count(({ verdict }) => verdict !== 'needs_review');
  const dismissed = count(({ verdict }) => verdict === 'false_positive');
  const lost = judged.filter(({ verdict, isReal }) => verdict === 'false_positive' && isReal);
  const proved = count(({ verdict }) => verdict === 'true_positive');
  const wrongProofs = count(({ verdict, isReal }) => verdict === 'true_positive' && !isReal);
  console.log(`\n${name}: ${judged.length} labelled, ${real} real; decided ${decided}`);
  console.log(
    `  dismissed ${dismissed}, of them real ${lost.length}; true positives ${proved}, of them wrong ${wrongProofs}`,
  );
  for (const one of lost) console.log(`  real finding dismissed: ${one.place} ${one.ruleId} (${one.reason})`);
}

/** In the form of `rules/calibration.yaml`. */
function printReasons(judged: readonly Judged[]): void {
  console.log('\nreasons:');
  const byReason = Map.groupBy(judged, ({ reason }) => reason);
  for (const [reason, all] of [...byReason].sort(([a], [b]) => (a < b ? -1 : 1))) {
    const languages = [...Map.groupBy(all, ({ language }) => language)].map(
      ([language, some]) => `${language}: { right: ${some.filter(isRight).length}, total: ${some.length} }`,
    );
    console.log(
      `  ${reason}: { right: ${all.filter(isRight).length}, total: ${all.length}, languages: { ${languages.sort().join(', ')} } }`,
    );
  }
}

async function main([folder, ...wanted]: readonly string[]): Promise<void> {
  if (folder === undefined) throw new Error('usage: node bench/triage-quality.ts DIR_OF_SETS [SET...]');
  const everything: Judged[] = [];
  for (const name of readdirSync(folder).sort()) {
    if (wanted.length > 0 && !wanted.includes(name)) continue;
    const set = join(folder, name);
    for (const file of existsSync(join(set, 'src')) ? readdirSync(set).sort() : []) {
      const suffix = /^findings(.*)\.sarif$/.exec(file)?.[1];
      const labels = join(set, `labels${suffix}.csv`);
      if (suffix === undefined || !existsSync(labels)) continue;
      const judged = await judgeSet(set, join(set, file), labels);
      everything.push(...judged);
      printSet(`${name}/${file}`, judged);
      printReasons(judged);
    }
  }
  console.log('\nall sets');
  printReasons(everything);
}

await main(process.argv.slice(2));
