// `npm run test:corpus -- DIR`: ingests every file of a folder of real reports and checks it against a count made without Assay.
import { createReadStream, existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { basename, isAbsolute, join, relative, resolve } from 'node:path';
import { gunzipSync } from 'node:zlib';
import type { IngestedReport } from '../src/domain/report.ts';
import { ingestReport } from '../src/ingest/ingest-report.ts';
import { DEFAULT_LIMITS } from '../src/ingest/limits.ts';
import { checkBill, countBill } from './corpus-bills.ts';
import { countLog, type LogCount } from './corpus-count.ts';
import { checkQuirks, readQuirks } from './corpus-quirks.ts';
import { checkReport, countReport } from './corpus-reports.ts';
import { checkScan, countScan } from './corpus-scans.ts';

const folder = process.argv[2];
if (folder === undefined || !existsSync(resolve(process.env.INIT_CWD ?? '.', folder))) {
  process.stderr.write(
    'usage: npm run test:corpus -- DIR   (a folder of reports, such as shared/data/sarif)\n',
  );
  process.exit(2);
}
const root = resolve(process.env.INIT_CWD ?? '.', folder);
/** Written by hand for tests, with entries that are broken or odd on purpose: a plain count of entries is not what reading them must give. */
const WRITTEN_FOR_TESTS = ['native', 'dependencies', 'quirks'];
const [own] = WRITTEN_FOR_TESTS.filter((name) => {
  const inside = relative(resolve(import.meta.dirname, '..', 'fixtures', name), root);
  return inside === '' || !(inside.startsWith('..') || isAbsolute(inside));
});
if (own !== undefined) {
  process.stderr.write(
    `fixtures/${own} is written for tests, with entries broken on purpose: test/ingest says what reading each must give (npx vitest run test/ingest).\nGive a folder of reports that tools wrote, such as shared/data/sarif.\n`,
  );
  process.exit(2);
}

interface Failure {
  readonly file: string;
  readonly why: string;
}

const failures: Failure[] = [];
const quirks = readQuirks(join(root, 'README.md'));
const files = listFiles(root).filter((file) => !/\.md$/i.test(file));
for (const file of files) {
  const name = relative(root, file).replaceAll('\\', '/');
  for (const why of [...(await checkFile(file, name))]) failures.push({ file: name, why });
}
for (const { file, why } of failures) process.stdout.write(`${file.padEnd(52)} ${why}\n`);
const failed = new Set(failures.map((failure) => failure.file)).size;
process.stdout.write(`${files.length - failed} passed, ${failed} failed\n`);
process.exitCode = failed > 0 || files.length === 0 ? 1 : 0;

async function checkFile(file: string, name: string): Promise<readonly string[]> {
  const report = await ingestReport({ name, bytes: createReadStream(file) }, 0, DEFAULT_LIMITS);
  const text = readText(file);
  const count = countLog(text);
  const problems = count === null ? checkOther(report, text) : checkRead(report, count);
  const expected = quirks.get(name);
  return expected === undefined ? problems : [...problems, ...checkQuirks(report, expected)];
}

/** Bills of materials, VEX documents and reports of scanners must hold what is counted in them; of other kinds that are read nobody counts here. */
function checkOther(report: IngestedReport, text: string): readonly string[] {
  const bill = countBill(text);
  if (bill !== null) return checkBill(report, bill);
  const scan = countScan(text);
  if (scan !== null) return checkScan(report, scan);
  const other = report.kind.supported ? countReport(text) : null;
  if (other !== null) return checkReport(report, other);
  const isRead = report.kind.supported && report.kind.id !== 'sarif' && report.fault === null;
  return isRead ? [] : checkRefused(report);
}

/** What is no SARIF 2.1 log must be named, say what to do, and count nothing. */
function checkRefused(report: IngestedReport): readonly string[] {
  const problems: string[] = [];
  if (report.fault === null) problems.push('is no readable SARIF 2.1 log, and yet there is no fault');
  else if (!report.fault.message.startsWith(report.name)) problems.push('the fault does not name the file');
  if (['json', 'text', 'xml'].includes(report.kind.id) && !report.name.endsWith('.jsonl'))
    problems.push('its kind is not recognised');
  if (!report.kind.supported && (report.kind.advice ?? '') === '') problems.push('there is no advice');
  if (report.fault?.kind !== 'truncated' && report.results.length > 0)
    problems.push('refused, and yet there are results');
  return problems;
}

function checkRead(report: IngestedReport, count: LogCount): readonly string[] {
  const problems: string[] = [];
  const same = (what: string, given: unknown, expected: unknown): void => {
    if (JSON.stringify(given) !== JSON.stringify(expected))
      problems.push(`${what}: counted ${JSON.stringify(given)}, expected ${JSON.stringify(expected)}`);
  };
  same('fault', report.fault?.message ?? null, null);
  same(
    'results by run',
    report.runs.map((run) => run.results),
    count.runs.map((run) => run.results.length),
  );
  same(
    'tools',
    report.runs.map((run) => run.tool.name),
    count.runs.map((run) => run.tool),
  );
  same(
    'sum of results',
    report.results.length,
    count.runs.reduce((sum, run) => sum + run.results.length, 0),
  );
  for (const [index, expected] of count.runs.flatMap((run) => run.results).entries()) {
    const entry = report.results[index];
    if (entry === undefined) break;
    const at = `result ${index}`;
    same(`${at} rejected`, entry.kind === 'rejected' ? entry.why : null, null);
    same(`${at} is a finding`, entry.kind === 'result', expected.isFinding);
    if (entry.kind !== 'result') continue;
    const { result } = entry;
    same(`${at} names a file`, result.location?.uri != null, expected.namesFile);
    same(`${at} has a line`, result.location?.region?.startLine ?? null, expected.line);
    same(
      `${at} code flows`,
      result.flows.map((flow) => flow.length),
      expected.flows,
    );
    same(`${at} rule`, [result.rule.name, result.rule.shortDescription], expected.rule);
    same(`${at} level`, result.level, expected.level);
    const missing = expected.cwe.filter((cwe) => !result.cwe.includes(cwe));
    same(`${at} CWEs not found`, missing, []);
    if (expected.message !== null) same(`${at} message`, result.message, expected.message);
  }
  return problems.slice(0, 5);
}

function readText(file: string): string {
  const bytes = readFileSync(file);
  const plain = bytes[0] === 0x1f && bytes[1] === 0x8b ? gunzipSync(bytes) : bytes;
  if (plain[0] === 0xff && plain[1] === 0xfe) return plain.toString('utf16le').slice(1);
  return plain.toString('utf8').replace(/^\ufeff/, '');
}

function listFiles(path: string): readonly string[] {
  if (!statSync(path).isDirectory()) return [path];
  return readdirSync(path)
    .filter((entry) => !basename(entry).startsWith('.'))
    .sort()
    .flatMap((entry) => listFiles(join(path, entry)));
}
