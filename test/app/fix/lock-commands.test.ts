// What is started for each ecosystem's lock file: arguments as the tools took them when they were really run (docs/fix.md says which versions).
import { describe, expect, test } from 'vitest';
import { forgetInYarnLock } from '#app/fix/forget-locked.ts';
import { type LockWish, planLock } from '#app/fix/lock-commands.ts';
import { lockFormat } from '#app/fix/lock-format.ts';
import { newOrigin } from '#app/fix/lock-origins.ts';
import type { DependencyProject } from '#domain/project.ts';

function project(
  ecosystem: string,
  files: readonly string[],
  asked: readonly string[] = [],
): DependencyProject {
  const place = { path: files[0] ?? '', startLine: 1, endLine: 1 } as never;
  return {
    ...{ ecosystem, files, folder: '', name: null, hasLock: true, packages: [] },
    requirements: asked.map((name) => ({
      ...{ name, constraint: null, scope: 'runtime', group: null, place, versionPlace: null },
    })),
  } as unknown as DependencyProject;
}

const asked = (name: string): LockWish => ({ name, to: '1.2.3', from: ['1.0.0'], isAsked: true });
const alone = (name: string): LockWish => ({ ...asked(name), isAsked: false });

function linesOf(plan: ReturnType<typeof planLock>): readonly string[] {
  return plan.kind === 'commands' ? plan.commands.steps.map((args) => args.join(' ')) : [plan.kind];
}

describe('the arguments', () => {
  const PNPM = '--lockfile-only --ignore-scripts --ignore-pnpmfile';
  test.each<[what: string, ecosystem: string, files: string[], wishes: LockWish[], lines: string[]]>([
    ...([
      [
        'npm',
        'npm',
        ['package.json', 'package-lock.json'],
        [asked('kit'), alone('deep')],
        [
          'install --package-lock-only --ignore-scripts --no-audit --no-fund',
          'update --package-lock-only --ignore-scripts --no-audit --no-fund -- deep',
        ],
      ],
      [
        'yarn 2 and later, whose install keeps what others ask for',
        'npm',
        ['package.json', 'yarn.lock'],
        [asked('kit'), alone('deep')],
        ['up --recursive --mode=update-lockfile kit deep'],
      ],
      [
        'pnpm',
        'npm',
        ['package.json', 'pnpm-lock.yaml'],
        [asked('kit'), alone('deep')],
        [`install ${PNPM} --no-frozen-lockfile`, `update ${PNPM} --no-save deep`],
      ],
      [
        'pnpm in a workspace, where update is for the root alone',
        'npm',
        ['package.json', 'pnpm-lock.yaml', 'pnpm-workspace.yaml', 'a/package.json'],
        [alone('deep')],
        [`update ${PNPM} --no-save --recursive deep`],
      ],
      [
        'bun',
        'npm',
        ['package.json', 'bun.lock'],
        [asked('kit'), alone('deep')],
        ['install --lockfile-only --ignore-scripts', 'update --lockfile-only --ignore-scripts deep'],
      ],
      [
        'go',
        'Go',
        ['go.mod', 'go.sum'],
        [asked('example.org/kit')],
        ['get example.org/kit@v1.2.3', 'mod tidy'],
      ],
      [
        'cargo, whose first step takes over what Cargo.toml asks for',
        'crates.io',
        ['Cargo.toml', 'Cargo.lock'],
        [alone('deep'), asked('kit')],
        ['update --workspace', 'update --package=deep@1.0.0 --precise=1.2.3'],
      ],
      [
        'composer',
        'Packagist',
        ['composer.json', 'composer.lock'],
        [asked('kit/kit')],
        ['update --no-install --no-scripts --no-plugins --no-interaction -- kit/kit'],
      ],
      [
        'bundler',
        'RubyGems',
        ['Gemfile', 'Gemfile.lock'],
        [asked('kit')],
        ['lock --conservative --update kit'],
      ],
    ] satisfies [string, string, string[], LockWish[], string[]][]),
  ])('%s', (_, ecosystem, files, wishes, lines) => {
    expect(linesOf(planLock(project(ecosystem, files), wishes))).toEqual(lines);
  });

  test('bun is not run where it would raise what package.json asks for', () => {
    const shop = project('npm', ['package.json', 'bun.lock'], ['kit']);
    expect(planLock(shop, [alone('kit')])).toEqual({ kind: 'no_tool', tool: 'bun' });
    expect(planLock(shop, [asked('kit')]).kind).toBe('commands');
  });

  test('yarn 1 installs after the old versions were taken out', () => {
    const shop = { ...project('npm', ['package.json', 'yarn.lock']), lockTool: 'yarn-1' as const };
    const plan = planLock(shop, [alone('deep')]);
    expect(linesOf(plan)).toEqual(['install --ignore-scripts --non-interactive']);
    const lock = '# yarn lockfile v1\n\n\ndeep@^1.0.0:\n  version "1.0.0"\n';
    expect(plan.kind === 'commands' && plan.commands.prepare?.(lock)).toBe('# yarn lockfile v1');
  });
});

describe('a lock file of yarn 1', () => {
  const LOCK = [
    '# yarn lockfile v1\n',
    '"@kit/deep@^1.0.0":\n  version "1.0.0"\n  resolved "https://r.example/deep"',
    'kit-more@^1.0.0:\n  version "1.0.0"',
    'kit@^1.0.0, kit@~1.0.0:\n  version "1.0.0"\n  dependencies:\n    "@kit/deep" "^1.0.0"',
    'kit@^2.0.0:\n  version "2.0.0"\n',
  ].join('\n\n');

  test('loses the entries of the versions that are named, and nothing else', () => {
    const without = forgetInYarnLock(LOCK, [{ name: 'kit', from: ['1.0.0'] }]);
    expect(without).not.toContain('kit@~1.0.0');
    expect(without).toContain('kit@^2.0.0:\n  version "2.0.0"\n');
    expect(without).toContain('kit-more@^1.0.0');
    expect(forgetInYarnLock(LOCK, [{ name: '@kit/deep', from: ['1.0.0'] }])).not.toContain('r.example');
  });

  test('stays as it is without such an entry, with the line ends of Windows as well', () => {
    const windows = LOCK.replaceAll('\n', '\r\n');
    expect(forgetInYarnLock(LOCK, [{ name: 'kit', from: ['3.0.0'] }])).toBe(LOCK);
    expect(forgetInYarnLock(windows, [])).toBe(windows);
    expect(forgetInYarnLock(windows, [{ name: 'kit', from: ['1.0.0'] }])).not.toContain('kit@~1.0.0');
  });
});

test.each([
  ['{\n  "name": "shop",\n  "lockfileVersion": 3,\n', 'lockfileVersion: 3'],
  ["lockfileVersion: '9.0'\n\nsettings:\n", 'lockfileVersion: 9.0'],
  ['lockfileVersion: 5.4\n', 'lockfileVersion: 5.4'],
  ['# THIS IS AN AUTOGENERATED FILE.\n# yarn lockfile v1\n', 'yarn lockfile v1'],
  ['# Manual changes might be lost\n\n__metadata:\n  version: 8\n  cacheKey: 10\n', 'version: 8'],
  ['version = 1\nrevision = 2\n\n[[package]]\nname = "kit"\nversion = "1.0.0"\n', 'version = 1'],
  ['# This file is automatically @generated by Cargo.\nversion = 4\n', null],
  [`[[package]]\n${'#\n'.repeat(9000)}[metadata]\nlock-version = "2.1"\n`, 'lock-version = 2.1'],
  ['example.org/kit v1.0.0 h1:abc=\n', null],
])('the format of %j is %s', (text, format) => {
  expect(lockFormat(text)).toBe(format);
});

test('bun names a server only for packages that are not from the registry of npm', () => {
  const entry = (from: string) => `    "kit": ["kit@1.0.0", "${from}", {}, "sha512-a=="],\n`;
  const own = entry('https://packages.corp.example/kit/-/kit-1.0.0.tgz');
  expect(newOrigin(own, entry(''))).toBe('https://registry.npmjs.org');
  expect(newOrigin(entry(''), own)).toBe('https://packages.corp.example');
  expect(newOrigin(own + entry(''), entry(''))).toBeNull();
});

test('the registry of yarn is that of npm', () => {
  const entry = (server: string) => `kit@^1.0.0:\n  resolved "https://${server}/kit/-/kit-1.0.0.tgz#a"\n`;
  const ofYarn = entry('registry.yarnpkg.com');
  expect(newOrigin(entry('registry.npmjs.org'), ofYarn)).toBeNull();
  expect(newOrigin(entry('packages.corp.example'), ofYarn)).toBe('https://registry.npmjs.org');
});
