// How near vulnerable code is to what runs: measured on small labelled projects, and in its single promises.
import { describe, expect, test } from 'vitest';
import type { PackageRef } from '#domain/package.ts';
import { createCodeIndex } from '../../src/code/code-index.ts';
import { readProjects } from '../../src/manifests/read-projects.ts';
import { createReachability } from '../../src/reachability/create-reachability.ts';
import { loadSymbolRules } from '../../src/reachability/load-symbol-rules.ts';
import type { SourceLimits } from '../../src/reachability/source-index.ts';
import { createMemoryWorkspace } from '../doubles/memory-workspace.ts';
import { askAbout, assets, readLabelledProjects } from './labelled-projects.ts';

const UNREACHED = ['absent', 'dev_only', 'not_imported', 'part_not_imported', 'not_called'];
const labelled = readLabelledProjects();
const answers = new Map<string, Awaited<ReturnType<typeof askAbout>>>();
for (const one of labelled) answers.set(`${one.ecosystem}: ${one.name}`, await askAbout(one));

describe('on the labelled projects', () => {
  test('there are at least sixty, in eight ecosystems', () => {
    expect(labelled.length).toBeGreaterThanOrEqual(60);
    expect(new Set(labelled.map(({ ecosystem }) => ecosystem)).size).toBe(8);
    expect(answers.size).toBe(labelled.length);
  });

  test.each(labelled.map((one) => [`${one.ecosystem}: ${one.name}`, one] as const))('%s', (key, one) => {
    const answer = answers.get(key);
    if (one.is === 'reachable') expect(UNREACHED).not.toContain(answer?.level);
    expect(answer?.level, JSON.stringify(answer, null, 1)).toBe(one.expected);
  });

  test('no reachable one is called unreachable', () => {
    const table = new Map<string, number>();
    const levels = new Map<string, number>();
    for (const one of labelled) {
      const level = answers.get(`${one.ecosystem}: ${one.name}`)?.level ?? '';
      const said = UNREACHED.includes(level) ? 'called unreachable' : 'left open or reached';
      table.set(`${one.is}, ${said}`, (table.get(`${one.is}, ${said}`) ?? 0) + 1);
      levels.set(`${one.is}: ${level}`, (levels.get(`${one.is}: ${level}`) ?? 0) + 1);
    }
    const lines = [...levels].map(([name, count]) => `${String(count).padStart(4)}  ${name}`).sort();
    console.log(`reachability of ${labelled.length} labelled projects\n${lines.join('\n')}`);
    expect(table.get('reachable, called unreachable') ?? 0).toBe(0);
    expect(table.get('unreachable, called unreachable') ?? 0).toBeGreaterThanOrEqual(20);
  });

  test('every line that is quoted stands at head as it is quoted', () => {
    for (const one of labelled) {
      const answer = answers.get(`${one.ecosystem}: ${one.name}`);
      for (const { path, startLine, quote } of [
        ...(answer?.citations ?? []),
        ...(answer?.doubts ?? []).flatMap(({ citations }) => citations),
      ])
        expect(one.files[path]?.split('\n')[startLine - 1], `${one.name}: ${path}`).toBe(quote);
    }
  });

  test('whatever is called unreachable stands on a line and on a search without a gap', () => {
    for (const [key, { level, citations, doubts }] of answers)
      if (UNREACHED.includes(level)) {
        expect(citations.length, key).toBeGreaterThan(0);
        expect(doubts, key).toEqual([]);
      }
  });
});

const LODASH = { ecosystem: 'npm', name: 'lodash', version: '4.17.20', purl: null };
const UNUSED = {
  'package.json': '{\n  "dependencies": {\n    "lodash": "4.17.20"\n  }\n}\n',
  'package-lock.json': JSON.stringify({
    lockfileVersion: 3,
    packages: {
      '': { dependencies: { lodash: '4.17.20' } },
      'node_modules/lodash': { version: '4.17.20' },
    },
  }),
  'src/a.js': 'export const a = 1;\n',
};

async function reachOf(
  files: Readonly<Record<string, string>>,
  limits?: SourceLimits,
  times = 1,
  named: PackageRef = LODASH,
) {
  const workspace = createMemoryWorkspace(files);
  const projects = await readProjects(workspace);
  const read = workspace.asked.length;
  const reachability = createReachability({
    ...{ workspace, projects, language: 'zh-CN', code: createCodeIndex(workspace, assets) },
    symbols: await loadSymbolRules(assets),
    isTestPath: (path) => path.startsWith('quality/'),
    ...(limits === undefined ? {} : { limits }),
  });
  const [project] = projects;
  if (project === undefined) throw new Error('no project');
  const question = {
    ...{ package: named, vulnerability: ['GHSA-35jh-r3h4-6jhm'], symbols: [], project },
    ...{ direct: true, scope: null, paths: [] },
  };
  const answers = [];
  for (let time = 0; time < times; time++) answers.push(await reachability.reach(question));
  return { answer: answers[0], asked: workspace.asked.slice(read) };
}

describe('the search', () => {
  test('stands on what manifests and lock files really say', async () => {
    const { answer } = await reachOf(UNUSED);
    expect(answer).toMatchObject({ level: 'not_imported', doubts: [] });
    expect(answer?.citations).toEqual([
      { path: 'package.json', startLine: 3, endLine: 3, quote: '    "lodash": "4.17.20"' },
    ]);
  });

  test('says what was searched in the language of the run', async () => {
    const { answer } = await reachOf(UNUSED);
    expect(answer?.text).toBe(
      '运行的源代码都没有导入 `lodash`。已搜索：`.` 及其所需项目的 1 个源文件，查找 `lodash`。',
    );
  });

  test('reads a source once, however many questions are asked', async () => {
    const { asked } = await reachOf(UNUSED, undefined, 5);
    expect(asked.filter((path) => path === 'src/a.js')).toHaveLength(1);
  });

  test.each([
    ['too many', { files: 1, characters: 1e6, fileCharacters: 1e6 }],
    ['too large', { files: 100, characters: 1e6, fileCharacters: 25 }],
    ['too much together', { files: 100, characters: 1, fileCharacters: 1e6 }],
  ] as const)('leaves the question open where sources are %s to be searched', async (_, limits) => {
    const many = Object.fromEntries(
      Array.from({ length: 40 }, (_unused, index) => [
        `src/b${index}.js`,
        'export const b = "a longer line";\n',
      ]),
    );
    const { answer } = await reachOf({ ...UNUSED, ...many }, limits);
    expect(answer?.level).toBe('unknown');
    expect(answer?.doubts.map(({ text }) => text).join()).toContain('并非所有源代码都已搜索');
  });

  test.each([
    ['nothing but what comes with Go', 'not_imported', 'import "embed"'],
    ['a package', 'unknown', 'import "github.com/acme/other"'],
  ])('tells by the beginning of a long file of Go that it imports %s', async (_, level, imported) => {
    const files = {
      'go.mod': 'module a\n\ngo 1.22\n\nrequire github.com/acme/kit v1.0.0\n',
      'go.sum': 'github.com/acme/kit v1.0.0 h1:AAAA\n',
      'main.go': 'package main\n\nfunc main() {}\n',
      'assets.go': `package main\n\n${imported}\n\nvar a = "${'x'.repeat(200)}"\n`,
    };
    const kit = { ecosystem: 'Go', name: 'github.com/acme/kit', version: '1.0.0', purl: null };
    const limits = { files: 100, characters: 1e6, fileCharacters: 100 };
    expect((await reachOf(files, limits, 1, kit)).answer?.level).toBe(level);
  });

  test("takes the team's word for which paths are tests", async () => {
    const source = "import _ from 'lodash';\n_.template('x');\n";
    expect((await reachOf({ ...UNUSED, 'quality/b.js': source })).answer?.level).toBe('not_imported');
    expect((await reachOf({ ...UNUSED, 'kinds/b.js': source })).answer?.level).toBe('called');
  });

  test.each([
    ['many imports', "import _ from 'lodash';\n_.template('x');\n".repeat(4_000)],
    ['one long line of uses', `const _ = require('lodash');${' _.template(x);'.repeat(60_000)}`],
    ['one long line of other uses', `const _ = require('lodash');${' f(_);'.repeat(120_000)}`],
    ['calls that never end', 'require('.repeat(100_000)],
    ['comments that never end', 'import(/*'.repeat(100_000)],
    ['white space', `import type${' '.repeat(900_000)}from`],
    ['quotes', `"lodash`.repeat(140_000)],
  ])('takes its time with no hostile source: %s', { timeout: 20_000 }, async (_, source) => {
    const started = performance.now();
    const { answer } = await reachOf({ ...UNUSED, 'src/b.js': source });
    expect(answer?.level).not.toBe('absent');
    expect(performance.now() - started).toBeLessThan(5_000);
  });
});

describe('the symbols that ship', () => {
  test('are those of at least sixty well-known advisories, each with where it is published', async () => {
    const { all } = await loadSymbolRules(assets);
    expect(all.length).toBeGreaterThanOrEqual(60);
    for (const { source, vulnerabilities, symbols, complete } of all) {
      expect(source).toMatch(/GHSA(?:-[23456789cfghjmpqrvwx]{4}){3}/);
      expect(vulnerabilities.join()).toMatch(/CVE-|GHSA-/);
      // To say that nothing is used takes something that could be.
      if (complete) expect(symbols.length).toBeGreaterThan(0);
    }
  });

  test('know a vulnerability by each of its names, and no other', async () => {
    const rules = await loadSymbolRules(assets);
    expect(rules.symbolsOf('npm', 'lodash', ['CVE-2021-23337'])?.symbols).toEqual(['template']);
    expect(rules.symbolsOf('npm', 'lodash', ['X-1', 'ghsa-35jh-r3h4-6jhm'])?.symbols).toEqual(['template']);
    expect(rules.symbolsOf('PyPI', 'lodash', ['CVE-2021-23337'])).toBeNull();
    expect(rules.modulesOf('PyPI', 'pillow')).toEqual(['PIL']);
    expect(rules.modulesOf('PyPI', 'nobody-knows')).toBeNull();
  });

  test('have every way to code that several functions of a package share', async () => {
    const rules = await loadSymbolRules(assets);
    const shared = rules.symbolsOf('npm', 'lodash', ['CVE-2019-10744']);
    expect(shared?.symbols).toEqual(expect.arrayContaining(['defaultsDeep', 'merge', 'mergeWith']));
    expect(rules.symbolsOf('npm', 'lodash', ['CVE-2025-13465'])?.symbols).toContain('pullAt');
    const reader = rules.symbolsOf('Maven', 'commons-io:commons-io', ['CVE-2024-47554']);
    expect(reader?.symbols).toContain('XmlStreamWriter');
    // A package of one function is called by whatever name it was given.
    for (const { packages, symbols, complete } of rules.all)
      if (complete && packages.some((name) => name.startsWith('lodash.')))
        expect(symbols).toContain('default');
  });

  test('hold nothing for a leaf that needs another package in some version', async () => {
    const rules = await loadSymbolRules(assets);
    for (const name of ['json5', 'date-fns', 'lodash.template', 'etag'])
      expect(rules.isLeaf('npm', name)).toBe(false);
    expect(rules.isLeaf('PyPI', 'packaging')).toBe(false);
    expect(rules.isLeaf('Maven', 'org.slf4j:slf4j-api')).toBe(false);
    expect(rules.isLeaf('npm', 'ms')).toBe(true);
  });
});
