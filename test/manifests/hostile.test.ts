// Files that nobody wrote in good faith: what cannot be read is a gap with its path, and nothing throws, hangs or gets lost with it.
import fc from 'fast-check';
import { type Node, parseTree } from 'jsonc-parser';
import { describe, expect, test } from 'vitest';
import type { DependencyProject } from '#domain/project.ts';
import { placesInJson } from '#manifests/json-places.ts';
import { namesOfPath, pathsTo } from '#manifests/paths-to.ts';
import { MANIFESTS_PHRASES_ZH_CN } from '#manifests/phrases-zh-cn.ts';
import { readProjects } from '#manifests/read-projects.ts';
import { createMemoryWorkspace } from '../doubles/memory-workspace.ts';
import { readOne, readSample } from './read-sample.ts';

const NAMES = [
  'package.json',
  'package-lock.json',
  'npm-shrinkwrap.json',
  'yarn.lock',
  'pnpm-lock.yaml',
  'pnpm-workspace.yaml',
  'bun.lock',
  'requirements.txt',
  'pyproject.toml',
  'poetry.lock',
  'uv.lock',
  'pdm.lock',
  'Pipfile',
  'Pipfile.lock',
  'setup.cfg',
  'setup.py',
  'pom.xml',
  'build.gradle',
  'build.gradle.kts',
  'gradle.lockfile',
  'libs.versions.toml',
  'gradle.properties',
  'go.mod',
  'go.sum',
  'Cargo.toml',
  'Cargo.lock',
  'composer.json',
  'composer.lock',
  'Gemfile',
  'Gemfile.lock',
  'a.gemspec',
  'a.csproj',
  'packages.lock.json',
  'packages.config',
  'Directory.Packages.props',
];

const DEEP = 12_000;
const BAD: readonly (readonly [what: string, text: string])[] = [
  ['nothing', ''],
  ['binary', '\u0000\u0001\uFFFD'.repeat(50)],
  ['an open brace', '{'],
  ['null', 'null'],
  ['a list', '[1, [2], {"a": null}]'],
  [
    'wrong kinds',
    '{"dependencies": [1], "packages": {"": 1, "node_modules/": {}, "node_modules/x": []}, "workspaces": {"packages": 7}, "name": {}}',
  ],
  ['deep lists', '['.repeat(DEEP)],
  ['deep objects', '{"a":'.repeat(DEEP)],
  ['deep elements', '<a>'.repeat(DEEP)],
  ['a long line', 'a'.repeat(70_000)],
  ['many quotes', '"'.repeat(20_001)],
  ['many spaces', `gem ${' '.repeat(60_000)}x`],
  ['a document type', '<!DOCTYPE a [<!ENTITY b "c">]><project><artifactId>&b;</artifactId></project>'],
  [
    'wrong TOML',
    '[[package]]\nname = 1\n[project]\ndependencies = 3\n[tool.poetry.dependencies]\nx = [[1]]\n',
  ],
  ['references', 'a: &a [1]\nb: *a\nlockfileVersion: 9\n'],
];

describe.each(BAD)('%s', (_, text) => {
  test('in any manifest or lock file is survived', async () => {
    const projects = await readSample({
      ...Object.fromEntries(NAMES.map((name) => [`bad/${name}`, text])),
      'good/package.json': '{"name":"good","dependencies":{"a":"1"}}',
    });
    expect(projects.find(({ folder }) => folder === 'good')?.requirements).toHaveLength(1);
    for (const { gaps } of projects) for (const gap of gaps) expect(gap).toMatch(/`bad\/|not read/);
  });
});

test.each(NAMES)('%s that is not text, or gone, is a gap with its path', async (name) => {
  const projects = await readProjects(createMemoryWorkspace({ [name]: new Uint8Array([0xff, 0xfe, 0x00]) }));
  const gaps = projects.flatMap((project) => project.gaps).join('\n');
  // A file of settings that nothing beside it uses makes no project.
  if (/^(pnpm-workspace|libs|gradle\.prop|go\.sum|Directory)/.test(name)) expect(projects).toEqual([]);
  else expect(gaps).toContain(`\`${name}\` is not read: not UTF-8 text.`);
});

test('gaps are said in Chinese where that is asked for', async () => {
  const [project] = await readProjects(
    createMemoryWorkspace({ 'package.json': '{' }),
    MANIFESTS_PHRASES_ZH_CN,
  );
  expect(project?.gaps).toEqual(['`package.json` 不是有效的 JSON。']);
});

test('what is installed or copied in is no project', async () => {
  const projects = await readSample({
    'node_modules/a/package.json': '{"name":"a"}',
    'x/vendor/b/composer.json': '{"name":"b/b"}',
    '.venv/lib/setup.py': 'install_requires=["c"]',
  });
  expect(projects).toEqual([]);
});

test('names out of prototypes are names', async () => {
  const names = ['__proto__', 'constructor', 'toString', 'hasOwnProperty'];
  const dependencies = `{${names.map((name) => `"${name}":"^1.0.0"`).join(',')}}`;
  const packages = names.map(
    (name) => `"node_modules/${name}":{"version":"1.0.0","dependencies":${dependencies}}`,
  );
  const project = await readOne(
    {
      'package.json': `{"name":"a","dependencies":${dependencies}}`,
      'package-lock.json': `{"lockfileVersion":3,"packages":{"":{"dependencies":${dependencies}},${packages.join(',')}}}`,
    },
    'npm',
  );
  expect(project.requirements.map(({ name }) => name)).toEqual(names);
  expect(project.packages.map(({ name, isDirect }) => [name, isDirect])).toEqual(
    names.map((name) => [name, true]),
  );
  expect(Object.getPrototypeOf({})).toBe(Object.prototype);
  expect(pathsTo(project, 'node_modules/__proto__', 2)).toHaveLength(2);
});

test('of a key that stands twice the last is read, as tools do, and its line is the last one’s', async () => {
  const project = await readOne(
    { 'package.json': '{"name":"a","dependencies":{"x":"1",\n"x":"22"}}' },
    'npm',
  );
  expect(project.requirements.map(({ constraint, place }) => [constraint, place.startLine])).toEqual([
    ['22', 2],
  ]);
});

test('too many files, and too many characters, are gaps', async () => {
  const files = Object.fromEntries(
    Array.from({ length: 9 }, (_, index) => [`p${index}/package.json`, '{"name":"p"}']),
  );
  const projects = await readProjects(createMemoryWorkspace(files), null, {
    files: 5,
    fileLength: 100,
    totalLength: 30,
  });
  expect(projects.flatMap(({ gaps }) => gaps)).toEqual([
    'Only the first 5 of 9 manifests are read.',
    '`p3/package.json` is not read: the manifests of the repository are too large.',
    '`p4/package.json` is not read: the manifests of the repository are too large.',
  ]);
});

test('a lock file of 10,000 packages in layers, each needing all of the next, is read and searched at once', async () => {
  const width = 40;
  const entries = Array.from({ length: 250 * width }, (_, index) => {
    const next = (Math.floor(index / width) + 1) * width;
    const needs = Array.from(
      { length: index % 7 === 0 ? width : 1 },
      (_, offset) => `"p${next + offset}":"*"`,
    );
    return `"node_modules/p${index}":{"version":"1.0.0","dependencies":{${needs.join(',')}}}`;
  });
  const project = await readOne(
    {
      'package-lock.json': `{"lockfileVersion":3,"packages":{"":{"dependencies":{"p0":"*"}},${entries.join(',')}}}`,
    },
    'npm',
  );
  expect(project.packages).toHaveLength(10_000);
  const ways = pathsTo(project, `node_modules/p${249 * width}`, 3);
  expect(ways.length).toBeGreaterThan(0);
  expect(ways[0]).toHaveLength(250);
});

/** A project of a graph: node i needs those of `needs[i]`. */
function projectOf(needs: readonly (readonly number[])[], directs: readonly number[]): DependencyProject {
  return {
    folder: '',
    ecosystem: 'npm',
    name: null,
    files: [],
    requirements: [],
    hasLock: true,
    gaps: [],
    directs: directs.map(String),
    packages: needs.map((each, index) => ({
      key: String(index),
      name: `n${index}`,
      version: '1',
      isDirect: directs.includes(index),
      scope: 'runtime',
      dependsOn: each.map(String),
      place: { path: 'l', startLine: 1, startColumn: null, endLine: 1, endColumn: null },
      isBundled: false,
    })),
  };
}

const graphs = fc.integer({ min: 1, max: 7 }).chain((size) =>
  fc.record({
    needs: fc.array(fc.uniqueArray(fc.nat(size - 1), { maxLength: 4 }), { minLength: size, maxLength: size }),
    directs: fc.uniqueArray(fc.nat(size - 1), { minLength: 1, maxLength: 3 }),
    target: fc.nat(size - 1),
  }),
);

/** Every way without a circle, by trying all. */
function allWays(
  needs: readonly (readonly number[])[],
  directs: readonly number[],
  target: number,
): string[] {
  const found: string[] = [];
  const walk = (way: readonly number[]): void => {
    const last = way.at(-1)!;
    if (last === target) found.push(way.join('>'));
    for (const next of needs[last]!) if (last !== target && !way.includes(next)) walk([...way, next]);
  };
  for (const direct of directs) walk([direct]);
  return found;
}

describe('ways to a package', () => {
  test('are all there are, the shortest first, circles or not', () => {
    fc.assert(
      fc.property(graphs, ({ needs, directs, target }) => {
        const ways = pathsTo(projectOf(needs, directs), String(target), 10_000);
        expect(ways.map((way) => way.join('>')).sort()).toEqual(allWays(needs, directs, target).sort());
        const lengths = ways.map((way) => way.length);
        expect(lengths).toEqual(lengths.toSorted((a, b) => a - b));
      }),
      { numRuns: 300 },
    );
  });

  test('none for what nothing needs, or what is not there', () => {
    const project = projectOf([[], []], [0]);
    expect(pathsTo(project, '1', 5)).toEqual([]);
    expect(pathsTo(project, 'gone', 5)).toEqual([]);
    expect(pathsTo(project, '0', 0)).toEqual([]);
    expect(namesOfPath(project, ['0'])).toEqual(['n0@1']);
  });
});

const texts = fc.letrec<{ value: string; list: string; record: string }>((tie) => ({
  value: fc.oneof(
    { depthSize: 'small', withCrossShrink: true },
    fc.constantFrom('1', '-2.5e3', 'true', 'null', '""', '"\\\\"', '"a\\"b"', '"{[,:]}"', '"//"'),
    tie('list'),
    tie('record'),
  ),
  list: fc.array(tie('value'), { maxLength: 3 }).map((items) => `[ ${items.join(' ,\n')}]`),
  record: fc
    .uniqueArray(fc.tuple(fc.constantFrom('a', 'b c', '__proto__', '', 'd"', 'e\\'), tie('value')), {
      maxLength: 3,
      selector: ([key]) => key,
    })
    .map(
      (members) => `{${members.map(([key, value]) => `\t${JSON.stringify(key)} : ${value}`).join(',')}\r\n}`,
    ),
}));

/** Every value below the root by its path, as jsonc-parser finds them. */
function nodesBelow(text: string): [string, number, number][] {
  const found: [string, number, number][] = [];
  const visit = (node: Node, path: readonly string[]): void => {
    if (path.length > 0) found.push([path.join('\u0000'), node.offset, node.offset + node.length]);
    for (const [index, child] of (node.children ?? []).entries())
      if (node.type === 'array') visit(child, [...path, String(index)]);
      else if (child.children?.[1] !== undefined)
        visit(child.children[1], [...path, String(child.children[0]?.value)]);
  };
  const root = parseTree(text);
  if (root !== undefined) visit(root, []);
  return found;
}

test('places in JSON are those that a parser of another hand finds', () => {
  fc.assert(
    fc.property(texts.value, (text) => {
      const own = [...placesInJson(text, () => true)].map(([key, span]) => [
        key,
        span.valueStart,
        span.valueEnd,
      ]);
      expect(own.map(String).sort()).toEqual(nodesBelow(text).map(String).sort());
    }),
    { numRuns: 300 },
  );
});
