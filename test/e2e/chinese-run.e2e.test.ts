// A run in Simplified Chinese over reports that cannot be read, results that are none and places that are not there: what is ours is Chinese.
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { gzipSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { ResultDocument } from '#domain/result-document.ts';
import {
  createReviewedRepository,
  type ReviewedRepository,
  sarif,
  UNSAFE_LINE,
} from '../ci/pull-request-repository.ts';
import { assay } from './run-cli.ts';

/** Three words of English or more in a row. Code, names and what a report says stand between backticks, or are left out by the caller. */
const ENGLISH = /[A-Za-z'’]+(?:[ ,;:]+[A-Za-z'’]+){2,}/;
const englishIn = (text: string): string | null => ENGLISH.exec(text.replace(/`[^`]*`/g, '·'))?.[0] ?? null;

const at = (uri: string | null, startLine: number | null) => ({
  physicalLocation: {
    ...(uri === null ? {} : { artifactLocation: { uri } }),
    ...(startLine === null ? {} : { region: { startLine } }),
  },
});
const result = (members: object) => ({ ruleId: 'rule', message: { text: '某个问题' }, ...members });
const log = (...runs: object[]) =>
  JSON.stringify({
    version: '2.1.0',
    runs: runs.map((run) => ({ tool: { driver: { name: 'Finder' } }, ...run })),
  });

/** What of a report does not come through: each result or run speaks for one reason. */
const ODD = log(
  {
    results: [
      result({ locations: [at('gone.py', 3)] }),
      result({ locations: [at('https://example.com/a.py', 3)] }),
      result({ locations: [at('a%2fb.py', 3)] }),
      result({ locations: [at(null, 3)] }),
      result({ locations: [{ ...at(null, null), logicalLocations: [{ fullyQualifiedName: 'shop.run' }] }] }),
      result({ locations: [at('app.js', 9000)] }),
      result({ locations: [at('app.js', null)] }),
      result({ locations: [at('logo.bin', 2)] }),
      result({ locations: [at('folder/', 1)] }),
      result({ kind: 'pass' }),
      result({ kind: 'notApplicable' }),
      result({ kind: 'informational' }),
      result({ kind: 'odd', level: 'odd', properties: { 'security-severity': 'high' } }),
      result({ level: 17 }),
      17,
      result({ locations: [at('app.js', UNSAFE_LINE)] }),
      result({ locations: [at('app.js', UNSAFE_LINE)] }),
    ],
  },
  { results: null },
  { invocations: [{ executionSuccessful: false, exitCode: 3 }], results: [] },
  { invocations: [{ toolExecutionNotifications: [{ level: 'error' }] }], results: [] },
  {},
);

const REPORTS: Readonly<Record<string, string | Uint8Array>> = {
  'odd.sarif': ODD,
  'cut.sarif': sarif([{ line: 4 }, { line: UNSAFE_LINE }]).slice(0, -40),
  'cut.sarif.gz': gzipSync(sarif([{ line: 4 }])).subarray(0, -6),
  'twice.sarif': '{"version":"2.1.0","version":"2.1.0","runs":[]}',
  'old.sarif': '{"version":"1.0.0","runs":[]}',
  'draft.sarif': '{"version":"2.1.0-rtm.1","runs":[{"tool":{"driver":{"name":"Finder"}},"results":[]}]}',
  'snake.sarif': log({ results: [{ rule_id: 'a', message: { text: '甲' } }] }),
  'flat.sarif': '{"version":"2.1.0","runs":{}}',
  'broken.sarif': '{ this is no JSON',
  'empty.sarif': '',
  'wide.sarif': new Uint8Array([0xff, 0xfe, 0, 0, 0x7b, 0, 0, 0]),
  'lock.json': '{"name":"shop","lockfileVersion":3}',
  'native.json': '{"kics_version":"v2.1.0"}',
  'table.csv': 'file,line,rule\na.c,1,x\n',
};

let scene: ReviewedRepository;
const documents = new Map<string, ResultDocument>();

beforeAll(async () => {
  scene = createReviewedRepository();
  const { repository } = scene;
  repository.git('switch', '--quiet', 'change');
  writeFileSync(`${repository.root}/logo.bin`, new Uint8Array([0, 1, 2, 10, 0]));
  repository.git('add', 'logo.bin');
  repository.git('commit', '--quiet', '--message', 'logo');
  mkdirSync(`${repository.root}/reports`);
  for (const [name, content] of Object.entries(REPORTS))
    writeFileSync(`${repository.root}/reports/${name}`, content);
  for (const language of ['en', 'zh-CN']) {
    const named = Object.keys(REPORTS).map((name) => `reports/${name}`);
    const words = ['triage', ...named, '--base', 'main', '--head', 'change', '--language', language];
    await assay(repository.root, [...words, '--out', language]);
    documents.set(language, JSON.parse(readFileSync(`${repository.root}/${language}/assay.json`, 'utf8')));
  }
});
afterAll(() => scene.repository.dispose());

const documentIn = (language: 'en' | 'zh-CN'): ResultDocument => {
  const document = documents.get(language);
  if (document === undefined) throw new Error(`there was no run in ${language}`);
  return document;
};

describe('a run in Chinese', () => {
  test('leaves no sentence of ours in English, wherever it stands in the result', () => {
    const left: string[] = [];
    const look = (value: unknown, where: string): void => {
      if (typeof value === 'string') {
        const english = englishIn(value);
        if (english !== null) left.push(`${where}: ${english} … in: ${value}`);
      } else if (typeof value === 'object' && value !== null) {
        // What a scanner said, and lines of the source, are quoted and not translated.
        for (const [key, member] of Object.entries(value))
          if ((key !== 'quote' && key !== 'message') || where.endsWith('.fault'))
            look(member, `${where}.${key}`);
      }
    };
    look(documentIn('zh-CN'), '');
    expect(left).toEqual([]);
  });

  test('has a summary without a sentence in English', () => {
    const summary = readFileSync(`${scene.repository.root}/zh-CN/summary.md`, 'utf8');
    expect(summary).toContain('reports/cut.sarif');
    expect(summary.split('\n').flatMap((line) => englishIn(line) ?? [])).toEqual([]);
  });

  test('finds, rejects and decides the same as in English', () => {
    const shape = ({ accounting, results, findings, notices, decision }: ResultDocument) => ({
      accounting,
      results: results.map(({ why: _, ...row }) => row),
      findings: findings.map(({ id, fingerprints, severity, location }) => [
        id,
        fingerprints,
        severity,
        location.path,
      ]),
      notices: notices.map(({ code }) => code),
      decision: [decision.outcome, decision.reasons.map(({ code }) => code)],
    });
    expect(shape(documentIn('zh-CN'))).toEqual(shape(documentIn('en')));
  });
});

describe('the same run in English', () => {
  test('has English sentences in all those places: the look for them does find them', () => {
    const { results, findings, notices, decision, run } = documentIn('en');
    const sentences = [
      ...results.map(({ why }) => why),
      ...findings.flatMap(({ location }) => location.why ?? []),
      ...notices.map(({ text }) => text),
      ...decision.reasons.map(({ text }) => text),
      ...run.inputs.flatMap(({ fault }) => fault?.message ?? []),
    ];
    expect(sentences.filter((text) => englishIn(text) === null)).toEqual([]);
    expect(run.inputs.filter(({ fault }) => fault !== null).length).toBeGreaterThan(8);
    expect(notices.filter(({ code }) => code === 'path-unresolved').length).toBeGreaterThan(5);
    expect(results.filter(({ disposition }) => disposition === 'rejected')).toHaveLength(2);
  });
});
