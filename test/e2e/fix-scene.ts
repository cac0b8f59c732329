// A shop whose run has proved patches of two packages on adjoining lines, one for the lock file alone and one of code; and a tool that writes locks.
import { createHash } from 'node:crypto';
import { chmodSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import type { FixRequest } from '#app/fix/fix-request.ts';
import { type FixOutcome, fix } from '#app/fix.ts';
import { applyEdits } from '#domain/apply-edits.ts';
import type { FindingRecord, ResultDocument } from '#domain/result-document.ts';
import { aFinding, aLocation } from '../doubles/result-document.ts';
import {
  billOf,
  createDesk,
  type Desk,
  type Installed,
  osvRecord,
  packageJson,
  packageLock,
} from './dependency-shop.ts';
import { environmentWith } from './reviewed-change.ts';

const ASKED = {
  dependencies: { 'kit-parser': '~1.2.0', 'kit-templates': '4.17.15' },
};
const INSTALLED: Installed = {
  'kit-parser': { version: '1.2.0', needs: { 'kit-deep': '^1.0.0' } },
  'kit-templates': { version: '4.17.15' },
  'kit-deep': { version: '1.0.3' },
};
const LOADER = 'import yaml\n\n\ndef load(text):\n    return yaml.load(text)\n';

export interface FixScene {
  readonly desk: Desk;
  readonly ids: {
    readonly parser: string;
    readonly templates: string;
    readonly deep: string;
    readonly code: string;
  };
  /** A file of the repository. */
  read(name: string): string;
  /** Writes the result anew, with what `change` makes of each finding. */
  tamper(change: (finding: FindingRecord) => FindingRecord): void;
  /** Writes the result anew as one of a run in that language. */
  speak(language: 'en' | 'zh-CN'): void;
  fix(request?: Partial<FixRequest>, variables?: Readonly<Record<string, string>>): Promise<FixOutcome>;
  /** A program of that name on the PATH of `fix`, whose body is JavaScript. */
  tool(name: string, body: string): void;
  /** What the tools wrote down. */
  runs(): readonly { readonly args: string[]; readonly cwd: string; readonly env: Record<string, string> }[];
}

export async function fixScene(): Promise<FixScene> {
  const desk = createDesk({
    'package.json': packageJson(ASKED),
    'package-lock.json': packageLock(ASKED, INSTALLED),
    'src/server.js':
      "import parse from 'kit-parser';\nimport { render } from 'kit-templates';\nrender(parse(1));\n",
    'src/load.py': LOADER,
  });
  judged ??= judge(desk);
  const document = await judged;
  let findings: readonly FindingRecord[] = [...document.findings, aCodeFinding()];
  const idOf = (name: string) => findings.find((one) => one.dependency?.package.name === name)?.id ?? '';
  const result = path.join(desk.folder, 'result.json');
  let language: 'en' | 'zh-CN' = 'en';
  const save = () => {
    const saved: ResultDocument = { ...document, run: { ...document.run, language }, findings };
    writeFileSync(result, JSON.stringify(saved));
  };
  save();
  const tools = path.join(desk.folder, 'tools');
  const log = path.join(desk.folder, 'runs.jsonl');
  mkdirSync(tools, { recursive: true });
  return {
    desk,
    ids: {
      parser: idOf('kit-parser'),
      templates: idOf('kit-templates'),
      deep: idOf('kit-deep'),
      code: CODE_ID,
    },
    read: (name) => readFileSync(desk.repository.path(name), 'utf8'),
    tamper: (change) => {
      findings = findings.map(change);
      save();
    },
    speak: (spoken) => {
      language = spoken;
      save();
    },
    fix: (request = {}, variables = {}) =>
      fix(
        { ...NOTHING_ASKED, cwd: desk.folder, repo: desk.repository.root, result, ...request },
        environmentWith({ PATH: tools, CI: '', ...variables }),
      ),
    tool: (name, body) => {
      const record = `require('fs').appendFileSync(${JSON.stringify(log)}, JSON.stringify({ args: process.argv.slice(2), cwd: process.cwd(), env: process.env }) + '\\n');`;
      writeFileSync(path.join(tools, name), `#!${process.execPath}\n${record}\n${body}\n`);
      chmodSync(path.join(tools, name), 0o755);
    },
    runs: () =>
      readLog(log)
        .split('\n')
        .filter((line) => line !== '')
        .map((line) => JSON.parse(line)),
  };
}

/** Every scene is the same at the start, and so is its result. */
let judged: Promise<ResultDocument> | null = null;

async function judge(desk: Desk): Promise<ResultDocument> {
  desk.write('bom.cdx.json', billOf(INSTALLED));
  const records = [
    osvRecord('GHSA-2222-2222-2222', 'kit-templates', { fixed: '4.17.21' }),
    osvRecord('GHSA-3333-3333-3333', 'kit-parser', { fixed: '1.3.0' }),
    osvRecord('GHSA-4444-4444-4444', 'kit-deep', { fixed: '1.0.9' }),
  ];
  for (const [index, record] of records.entries()) desk.write(`osv/${index}.json`, JSON.stringify(record));
  const { document } = await desk.run({ reports: ['bom.cdx.json'], osv: 'osv' });
  if (document === null) throw new Error('there is no result');
  return document;
}

const NOTHING_ASKED = {
  ...{ findings: [], kind: null, write: false, force: false, lock: false, branch: null },
  ...{ open: false, target: null, pullRequest: null, mergeRequest: null, allowHttp: false },
  ...{ quiet: true, verbose: false },
} as const;

/** What a real npm would do to the lock file of the scene. */
export const HONEST_NPM = `
const fs = require('fs');
const lock = JSON.parse(fs.readFileSync('package-lock.json', 'utf8'));
const asked = JSON.parse(fs.readFileSync('package.json', 'utf8')).dependencies;
const newest = { 'kit-parser': '1.3.2', 'kit-templates': '4.17.21' };
for (const [name, constraint] of Object.entries(asked))
  if (!/1\\.2\\.0|4\\.17\\.15/.test(constraint)) lock.packages['node_modules/' + name].version = newest[name];
if (process.argv[2] === 'update') lock.packages['node_modules/kit-deep'].version = '1.0.9';
fs.writeFileSync('package-lock.json', JSON.stringify(lock, null, 2) + '\\n');
fs.mkdirSync('node_modules', { recursive: true });
`;

const CODE_ID = 'c0de000000000001';

function aCodeFinding(): FindingRecord {
  const edits = [{ startLine: 5, lines: 1, newText: '    return yaml.safe_load(text)\n' }];
  const sha256 = (text: string) => createHash('sha256').update(text).digest('hex');
  return aFinding({
    ...{ id: CODE_ID, ruleId: 'unsafe-yaml', cwe: [502] },
    location: aLocation({ path: 'src/load.py', startLine: 5, endLine: 5 }),
    patch: {
      ...{ path: 'src/load.py', origin: 'scanner', tool: 'Semgrep', description: null, edits, checks: [] },
      ...{ before: sha256(LOADER), after: sha256(applyEdits(LOADER, edits)) },
    },
  });
}

function readLog(file: string): string {
  try {
    return readFileSync(file, 'utf8');
  } catch {
    return '';
  }
}
