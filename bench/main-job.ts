// The whole main job over 10,000 findings in a git repository made for it: what Assay adds to reading reports and parsing sources.
import { execFileSync } from 'node:child_process';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { createFileReports } from '../src/adapters/local/file-reports.ts';
import { PackageAssets } from '../src/adapters/local/package-assets.ts';
import { openWorkingTree } from '../src/adapters/local/working-tree.ts';
import { compose } from '../src/app/compose.ts';
import { run } from '../src/app/run.ts';
import { defaultRequest } from '../src/app/run-request.ts';
import { createCodeIndex } from '../src/code/code-index.ts';
import { ingestReport } from '../src/ingest/ingest-report.ts';
import { DEFAULT_LIMITS } from '../src/ingest/limits.ts';
import type { BenchRow } from './bench-row.ts';
import { TEMPLATES, type Template } from './templates.ts';

const FILES = 500;
const FINDINGS_PER_FILE = 20;
const GOAL_MS_PER_FINDING = 1;

export async function benchMainJob(): Promise<readonly BenchRow[]> {
  const folder = await mkdtemp(path.join(tmpdir(), 'assay-bench-'));
  try {
    const sources = await writeRepository(folder);
    const ingest = await timed(() => ingestAll(folder));
    const parse = await timed(() => parseAll(folder, sources));
    const whole = await timed(() => mainJob(folder));
    const findings = whole.value.findings.length;
    const own = (whole.ms - ingest.ms - parse.ms) / findings;
    return [
      {
        name: `main job, ${findings} findings in ${sources.length} files`,
        figure: `${(whole.ms / 1000).toFixed(1)} s`,
        baseline: `reading the report and parsing the sources alone: ${((ingest.ms + parse.ms) / 1000).toFixed(1)} s`,
        ratio: whole.ms / (ingest.ms + parse.ms),
        goal: `own time at most ${GOAL_MS_PER_FINDING} ms per finding: ${own.toFixed(2)} ms`,
        met: own <= GOAL_MS_PER_FINDING,
      },
    ];
  } finally {
    await rm(folder, { recursive: true });
  }
}

/** Sources in several languages, committed, and one report that flags every sink in them. */
async function writeRepository(folder: string): Promise<readonly string[]> {
  const results: object[] = [];
  const names: string[] = [];
  for (let index = 0; index < FILES; index += 1) {
    const template = TEMPLATES[index % TEMPLATES.length] as Template;
    const name = `src/${template.language}/Unit${index}.${template.extension}`;
    const { text, sinkLines } = template.write(index, FINDINGS_PER_FILE);
    await mkdir(path.dirname(path.join(folder, name)), { recursive: true });
    await writeFile(path.join(folder, name), text);
    names.push(name);
    results.push(...sinkLines.map((line) => result(template, name, line)));
  }
  await writeFile(path.join(folder, 'scan.sarif'), JSON.stringify(log(results)));
  const git = (...args: string[]) => execFileSync('git', args, { cwd: folder, stdio: 'pipe' });
  git('init', '--quiet');
  git('add', 'src');
  git('-c', 'user.name=bench', '-c', 'user.email=bench@example.com', 'commit', '--quiet', '-m', 'sources');
  return names;
}

function result(template: Template, uri: string, startLine: number): object {
  return {
    ruleId: template.ruleId,
    level: 'error',
    message: { text: template.message },
    locations: [{ physicalLocation: { artifactLocation: { uri }, region: { startLine } } }],
  };
}

function log(results: readonly object[]): object {
  const rules = TEMPLATES.map(({ ruleId, cwe }) => ({
    id: ruleId,
    properties: { tags: ['security', `external/cwe/cwe-${cwe}`], 'security-severity': '8.1' },
  }));
  return { version: '2.1.0', runs: [{ tool: { driver: { name: 'Bench', rules } }, results }] };
}

async function ingestAll(folder: string): Promise<void> {
  const reports = createFileReports({ patterns: ['scan.sarif'], cwd: folder, stdin: process.stdin });
  for (const report of await reports.open()) await ingestReport(report, 0, DEFAULT_LIMITS);
}

async function parseAll(folder: string, sources: readonly string[]): Promise<void> {
  const code = createCodeIndex(await openWorkingTree(folder), new PackageAssets());
  for (const source of sources) await code.unit(source);
}

async function mainJob(folder: string) {
  const environment = {
    variables: process.env,
    stdin: process.stdin,
    terminalWidth: null,
    color: false,
    interactive: false,
    signal: new AbortController().signal,
    allowFetch: false,
  };
  const request = { ...defaultRequest(folder), reports: ['scan.sarif'], quiet: true };
  await using composed = await compose(request, environment);
  return (await run(request, composed.world)).document;
}

async function timed<T>(work: () => Promise<T>): Promise<{ ms: number; value: T }> {
  const start = performance.now();
  const value = await work();
  return { ms: performance.now() - start, value };
}
