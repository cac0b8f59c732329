// What is known of npm's world: every tool's lock file as one graph, and every line that asks for a package.
import { readFileSync } from 'node:fs';
import * as yarn from '@yarnpkg/lockfile';
import { describe, expect, test } from 'vitest';
import { parse as parseYaml } from 'yaml';
import { readSyml } from '#manifests/npm/syml.ts';
import { namesOfPath, pathsTo } from '#manifests/paths-to.ts';
import { asked, locked, readOne, readSample } from './read-sample.ts';

const SHAPES = new URL('../../fixtures/dependencies/manifests/', import.meta.url);
const NAMES = [
  'package.json',
  'package-lock.json',
  'packages/shared/package.json',
  'packages/web/package.json',
];

function npmSample(version: number): Record<string, string> {
  return Object.fromEntries(
    NAMES.map((name) => [name, readFileSync(new URL(`npm-v${version}/${name}`, SHAPES), 'utf8')]),
  );
}

describe("npm's own lock file", () => {
  const samples = [1, 2, 3].map((version) => [version, npmSample(version)] as const);

  test.each(samples)('version %i: each package once, scoped as npm marks it', async (version, files) => {
    const project = await readOne(files, 'npm');
    const { packages } = JSON.parse(samples[2]![1]['package-lock.json']!);
    const marked = Object.entries<Record<string, unknown>>(packages)
      .filter(([at, entry]) => at.includes('node_modules/') && !entry.link)
      .map(
        ([at, entry]) =>
          `${at} ${entry.version} ${entry.dev ? 'dev' : entry.optional ? 'optional' : 'runtime'}`,
      );
    expect(marked).toHaveLength(117);
    // A package that a workspace alone wants for development is a runtime package here where the root wants it so.
    expect(project.packages.map(({ key, version, scope }) => `${key} ${version} ${scope}`).sort()).toEqual(
      marked.sort(),
    );
    expect(project.directs.toSorted()).toEqual([
      'node_modules/express',
      'node_modules/fsevents',
      'node_modules/lodash4',
      'node_modules/minimist',
      'node_modules/rimraf',
      'node_modules/semver',
    ]);
    expect(version).toBeGreaterThan(0);
  });

  test.each(samples)('version %i: the line of a package, and the way to it', async (_, files) => {
    const project = await readOne(files, 'npm');
    const qs = project.packages.find(({ name }) => name === 'qs')!;
    expect(files['package-lock.json']!.split('\n')[qs.place.startLine - 1]).toMatch(
      /"(node_modules\/)?qs": \{/,
    );
    const ways = pathsTo(project, qs.key, 5).map((way) => namesOfPath(project, way).join(' > '));
    expect(ways).toEqual(['express@4.22.3 > qs@6.13.0', 'express@4.22.3 > body-parser@1.20.9 > qs@6.13.0']);
    expect(project.packages.find(({ key }) => key === 'node_modules/lodash4')?.name).toBe('lodash');
  });

  test('a workspace holds what it reaches, as strongly as it wants it itself', async () => {
    const shared = await readOne(samples[2]![1], 'npm', 'packages/shared');
    expect(shared.name).toBe('@sample/shared');
    expect(shared.hasLock).toBe(true);
    expect(shared.files).toEqual(['package-lock.json', 'packages/shared/package.json']);
    expect(locked(shared).filter((line) => line.endsWith('direct'))).toEqual([
      'express@4.22.3 dev direct',
      'semver@6.3.2 runtime direct',
    ]);
  });

  test('the requirements with their lines, an alias by its own name, overrides apart', async () => {
    const project = await readOne(samples[2]![1], 'npm');
    expect(asked(project)).toEqual([
      'express ^4.19.2 runtime package.json:7',
      'lodash ^4.17.20 runtime package.json:8',
      'rimraf ~5.0.0 dev package.json:11',
      'fsevents ^2.3.0 optional package.json:14',
      'semver ^6.3.0 runtime packages/shared/package.json:4',
      'express ^4.0.0 dev packages/shared/package.json:5',
      '@sample/shared ^1.0.0 runtime packages/web/package.json:5',
      'minimist 1.2.8 runtime packages/web/package.json:6',
    ]);
    expect(project.requirements[1]?.alias).toBe('lodash4');
    expect(project.overrides?.map(({ name, constraint, group }) => [name, constraint, group])).toEqual([
      ['qs', '6.13.0', 'overrides'],
    ]);
  });

  test('a package inside of another one’s archive is bundled', async () => {
    const project = await readOne(
      {
        'package.json': '{"name":"a","dependencies":{"b":"1"}}',
        'package-lock.json': JSON.stringify({
          lockfileVersion: 3,
          packages: {
            '': { dependencies: { b: '1' } },
            'node_modules/b': { version: '1.0.0', dependencies: { c: '1' } },
            'node_modules/b/node_modules/c': { version: '1.0.0', inBundle: true },
          },
        }),
      },
      'npm',
    );
    expect(project.packages.map(({ name, isBundled }) => [name, isBundled])).toEqual([
      ['b', false],
      ['c', true],
    ]);
  });
});

const PACKAGE = JSON.stringify(
  {
    name: 'app',
    dependencies: { ms: '^2.1.0', 'once-alias': 'npm:once@^1.4.0', local: 'file:./local' },
    devDependencies: { debug: '^4.3.0' },
  },
  null,
  2,
);

const YARN_1 = `# THIS IS AN AUTOGENERATED FILE. DO NOT EDIT THIS FILE DIRECTLY.
# yarn lockfile v1


debug@^4.3.0:
  version "4.3.4"
  integrity sha512-aaaa==
  dependencies:
    ms "2.1.2"

ms@2.1.2:
  version "2.1.2"
  integrity sha512-bbbb==

ms@^2.1.0, "ms@>=2 <3":
  version "2.1.3"
  integrity sha512-cccc==

"once-alias@npm:once@^1.4.0":
  version "1.4.0"
  integrity sha512-dddd==
  dependencies:
    wrappy "1"
  optionalDependencies:
    ms "^2.1.0"

wrappy@1:
  version "1.0.2"
`;

const YARN_4 = `# This file is generated by running "yarn install" inside your project.
# Manual changes might be lost - proceed with caution!

__metadata:
  version: 8
  cacheKey: 10c0

"app@workspace:.":
  version: 0.0.0-use.local
  resolution: "app@workspace:."
  dependencies:
    debug: "npm:^4.3.0"
    ms: "npm:^2.1.0"
    once-alias: "npm:once@^1.4.0"
  languageName: unknown
  linkType: soft

"debug@npm:^4.3.0":
  version: 4.3.4
  resolution: "debug@npm:4.3.4"
  dependencies:
    ms: "npm:2.1.2"
  checksum: 10c0/aaaa
  languageName: node
  linkType: hard

"ms@npm:2.1.2":
  version: 2.1.2
  resolution: "ms@npm:2.1.2"
  languageName: node
  linkType: hard

"ms@npm:^2.1.0, ms@npm:>=2 <3":
  version: 2.1.3
  resolution: "ms@npm:2.1.3"
  languageName: node
  linkType: hard

"once-alias@npm:once@^1.4.0":
  version: 1.4.0
  resolution: "once@npm:1.4.0"
  dependencies:
    ms: "npm:^2.1.0"
    wrappy: "npm:1"
  dependenciesMeta:
    ms:
      optional: true
  languageName: node
  linkType: hard

"wrappy@npm:1":
  version: 1.0.2
  resolution: "wrappy@npm:1.0.2"
  languageName: node
  linkType: hard
`;

const PNPM_5 = `lockfileVersion: 5.4

specifiers:
  debug: ^4.3.0
  ms: ^2.1.0
  once-alias: npm:once@^1.4.0

dependencies:
  ms: 2.1.3
  once-alias: /once/1.4.0

devDependencies:
  debug: 4.3.4

packages:

  /debug/4.3.4:
    resolution: {integrity: sha512-aaaa==}
    dependencies:
      ms: 2.1.2
    dev: true

  /ms/2.1.2:
    resolution: {integrity: sha512-bbbb==}
    dev: true

  /ms/2.1.3:
    resolution: {integrity: sha512-cccc==}
    dev: false

  /once/1.4.0:
    resolution: {integrity: sha512-dddd==}
    dependencies:
      wrappy: 1.0.2
    optionalDependencies:
      ms: 2.1.3
    dev: false

  /wrappy/1.0.2:
    resolution: {integrity: sha512-eeee==}
    dev: false
`;

const PNPM_6 = PNPM_5.replace('5.4', "'6.0'")
  .replace(/specifiers:[\s\S]*?\n\n/, '')
  .replace(/^ {2}\/([\w-]+)\/([\d.]+):$/gm, '  /$1@$2:')
  .replace(
    '  ms: 2.1.3\n  once-alias: /once/1.4.0',
    '  ms:\n    specifier: ^2.1.0\n    version: 2.1.3\n  once-alias:\n    specifier: npm:once@^1.4.0\n    version: /once@1.4.0',
  )
  .replace('  debug: 4.3.4', '  debug:\n    specifier: ^4.3.0\n    version: 4.3.4');

const PNPM_9 = `lockfileVersion: '9.0'

settings:
  autoInstallPeers: true

importers:

  .:
    dependencies:
      local:
        specifier: file:./local
        version: link:local
      ms:
        specifier: ^2.1.0
        version: 2.1.3
      once-alias:
        specifier: npm:once@^1.4.0
        version: once@1.4.0(ms@2.1.3)
    devDependencies:
      debug:
        specifier: ^4.3.0
        version: 4.3.4

packages:

  debug@4.3.4:
    resolution: {integrity: sha512-aaaa==}

  ms@2.1.2:
    resolution: {integrity: sha512-bbbb==}

  ms@2.1.3:
    resolution: {integrity: sha512-cccc==}

  once@1.4.0:
    resolution: {integrity: sha512-dddd==}

  wrappy@1.0.2:
    resolution: {integrity: sha512-eeee==}

snapshots:

  debug@4.3.4:
    dependencies:
      ms: 2.1.2

  ms@2.1.2: {}

  ms@2.1.3: {}

  once@1.4.0(ms@2.1.3):
    dependencies:
      wrappy: 1.0.2
    optionalDependencies:
      ms: 2.1.3

  wrappy@1.0.2: {}
`;

const BUN = `{
  "lockfileVersion": 1,
  "workspaces": {
    "": {
      "name": "app",
      "dependencies": { "ms": "^2.1.0", "once-alias": "npm:once@^1.4.0", },
      "devDependencies": { "debug": "^4.3.0", },
    },
  },
  "packages": {
    "debug": ["debug@4.3.4", "", { "dependencies": { "ms": "2.1.2" } }, "sha512-aaaa=="],

    "ms": ["ms@2.1.3", "", {}, "sha512-cccc=="],

    "once-alias": ["once@1.4.0", "", { "dependencies": { "wrappy": "1" }, "optionalDependencies": { "ms": "^2" } }, "sha512-dddd=="],

    "wrappy": ["wrappy@1.0.2", "", {}, "sha512-eeee=="],

    "debug/ms": ["ms@2.1.2", "", {}, "sha512-bbbb=="],
  },
}
`;

describe('other lock files', () => {
  test.each([
    ['yarn 1', 'yarn.lock', YARN_1],
    ['yarn 4', 'yarn.lock', YARN_4],
    ['pnpm 5', 'pnpm-lock.yaml', PNPM_5],
    ['pnpm 6', 'pnpm-lock.yaml', PNPM_6],
    ['pnpm 9', 'pnpm-lock.yaml', PNPM_9],
    ['Bun', 'bun.lock', BUN],
  ])('%s says the same of the same packages', async (_, fileName, text) => {
    const project = await readOne({ 'package.json': PACKAGE, [fileName]: text }, 'npm');
    expect(project.gaps).toEqual([]);
    expect(locked(project).sort()).toEqual([
      'debug@4.3.4 dev direct',
      'ms@2.1.2 dev',
      'ms@2.1.3 runtime direct',
      'once@1.4.0 runtime direct',
      'wrappy@1.0.2 runtime',
    ]);
    const wrappy = project.packages.find(({ name }) => name === 'wrappy')!;
    expect(pathsTo(project, wrappy.key, 3).map((way) => namesOfPath(project, way))).toEqual([
      ['once@1.4.0', 'wrappy@1.0.2'],
    ]);
    expect(text.split('\n')[wrappy.place.startLine - 1]).toContain('wrappy');
  });

  test('yarn 1 is read as yarn’s own parser reads it, yarn 4 as YAML', () => {
    const own = (text: string) =>
      new Map(
        readSyml(text).blocks.flatMap(({ keys, values }) => keys.map((key) => [key, values.get('version')])),
      );
    const { object } = yarn.parse(YARN_1);
    expect(own(YARN_1)).toEqual(
      new Map(Object.entries<{ version: string }>(object).map(([key, { version }]) => [key, version])),
    );
    const yaml = Object.entries<{ version: unknown }>(parseYaml(YARN_4));
    expect(own(YARN_4)).toEqual(
      new Map(yaml.flatMap(([keys, { version }]) => keys.split(', ').map((key) => [key, String(version)]))),
    );
  });

  test('workspaces of yarn 1 are those of the globs, of pnpm those of the lock file', async () => {
    const member = '{"name":"m","dependencies":{"ms":"^2.1.0"}}';
    const yarnProjects = await readSample({
      'package.json': '{"name":"root","private":true,"workspaces":["packages/*"]}',
      'packages/m/package.json': member,
      'other/package.json': member,
      'yarn.lock': YARN_1,
    });
    expect(yarnProjects.map(({ folder, hasLock, directs }) => [folder, hasLock, directs])).toEqual([
      ['', true, ['ms@2.1.3']],
      ['other', false, []],
      ['packages/m', true, ['ms@2.1.3']],
    ]);
    const pnpmProjects = await readSample({
      'package.json': '{"name":"root"}',
      'pkg/m/package.json': '{"name":"m","dependencies":{"ms":"catalog:","debug":"catalog:old"}}',
      'pnpm-lock.yaml': PNPM_9.replace('  .:\n', '  pkg/m:\n'),
      'pnpm-workspace.yaml':
        'packages:\n  - pkg/*\ncatalog:\n  ms: ^2.1.0\ncatalogs:\n  old:\n    debug: "4.3.4"\noverrides:\n  a>minimist@1: 1.2.8\n',
    });
    const [root, m] = pnpmProjects;
    expect(root?.directs).toEqual(m?.directs);
    expect(
      m?.requirements.map(({ name, constraint, versionPlace }) => [
        name,
        constraint,
        versionPlace?.startLine,
      ]),
    ).toEqual([
      ['ms', '^2.1.0', 4],
      ['debug', '4.3.4', 7],
    ]);
    expect(root?.overrides?.map(({ name, constraint }) => [name, constraint])).toEqual([
      ['minimist', '1.2.8'],
    ]);
  });

  test('of two lock files the one of the named manager is read, and it is said', async () => {
    const project = await readOne(
      {
        'package.json': '{"name":"a","packageManager":"yarn@1.22.0","dependencies":{"ms":"^2.1.0"}}',
        'package-lock.json': '{"lockfileVersion":3,"packages":{}}',
        'yarn.lock': YARN_1,
      },
      'npm',
    );
    expect(project.packages).toHaveLength(5);
    expect(project.gaps).toEqual([
      '`package-lock.json` is not read: `yarn.lock` is taken for the lock file in use.',
    ]);
  });
});
