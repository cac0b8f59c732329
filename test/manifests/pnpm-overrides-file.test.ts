// Which file a new override of pnpm is heard in, by what a repository says of its pnpm.
import { expect, test } from 'vitest';
import { readSample } from './read-sample.ts';

const LOCK =
  "lockfileVersion: '9.0'\nimporters:\n  .:\n    dependencies:\n      a:\n        specifier: ^1.0.0\n        version: 1.0.0\npackages:\n  a@1.0.0: {}\nsnapshots:\n  a@1.0.0: {}\n";
const OLD_LOCK =
  'lockfileVersion: 5.4\nspecifiers:\n  a: ^1.0.0\ndependencies:\n  a: 1.0.0\npackages:\n  /a/1.0.0: {}\n';
const PACKAGE = 'package.json';
const WORKSPACE = 'pnpm-workspace.yaml';
const MEMBERS = 'packages:\n  - a\n';
const SETTINGS = `${MEMBERS}onlyBuiltDependencies:\n  - x\n`;
const HELD = `${MEMBERS}overrides:\n  b: ^2.0.0\n`;
const own = { pnpm: { overrides: { b: '^2.0.0' } } };

const CASES: readonly (readonly [
  what: string,
  manifest: object,
  workspace: string | null,
  file: string | undefined,
  lock?: string,
])[] = [
  ['nothing is said', {}, null, undefined],
  ['nothing is said, and there is a workspace', {}, MEMBERS, undefined],
  ['catalogs are older than that', {}, `${MEMBERS}catalog:\n  a: ^1.0.0\n`, undefined],
  ['pnpm 9', { packageManager: 'pnpm@9.15.9' }, MEMBERS, PACKAGE],
  ['pnpm 10.4', { packageManager: 'pnpm@10.4.1' }, SETTINGS, PACKAGE],
  ['pnpm 10 without a workspace', { packageManager: 'pnpm@10.34.9+sha512.abc' }, null, PACKAGE],
  ['pnpm 10 with one', { packageManager: 'pnpm@10.34.9' }, MEMBERS, WORKSPACE],
  ['pnpm 10 that is silenced by package.json', { packageManager: 'pnpm@10.34.9', ...own }, HELD, PACKAGE],
  [
    'pnpm 10 that is silenced by resolutions',
    { packageManager: 'pnpm@10.34.9', resolutions: { b: '2.0.0' } },
    HELD,
    PACKAGE,
  ],
  [
    "pnpm 10 does not hear npm's overrides",
    { packageManager: 'pnpm@10.34.9', overrides: { b: '2' } },
    HELD,
    WORKSPACE,
  ],
  ['pnpm 11', { packageManager: 'pnpm@11.28.11', ...own }, MEMBERS, WORKSPACE],
  ['pnpm 12 without the file', { packageManager: 'pnpm@12.21.0' }, null, WORKSPACE],
  ['another manager', { packageManager: 'npm@11.0.0' }, MEMBERS, undefined],
  ['engines below 10', { engines: { pnpm: '^8 || ^9' } }, MEMBERS, PACKAGE],
  ['engines of 9 and 10', { engines: { pnpm: '9 || 10' } }, MEMBERS, PACKAGE],
  ['engines from 11', { engines: { pnpm: '>=11.3.0' } }, MEMBERS, WORKSPACE],
  ['engines that are one version', { engines: { pnpm: '11.3.0' } }, MEMBERS, WORKSPACE],
  ['engines from 10.5', { engines: { pnpm: '>=10.5' } }, MEMBERS, WORKSPACE],
  ['engines from 9', { engines: { pnpm: '>=9' } }, MEMBERS, undefined],
  ['engines that are no range', { engines: { pnpm: 'newest' } }, MEMBERS, undefined],
  [
    'devEngines before engines',
    { devEngines: { packageManager: { name: 'pnpm', version: '^12' } }, engines: { pnpm: '>=9' } },
    MEMBERS,
    WORKSPACE,
  ],
  [
    'one of several devEngines',
    { devEngines: { packageManager: [{ name: 'npm' }, { name: 'pnpm', version: '^12' }] } },
    MEMBERS,
    WORKSPACE,
  ],
  ['settings that only 10.5 reads', {}, SETTINGS, WORKSPACE],
  ['overrides that only 10.5 reads', {}, HELD, WORKSPACE],
  ['a workspace of one, which only 10.5 takes', {}, 'nodeLinker: hoisted\n', WORKSPACE],
  ['10.5 or later, and package.json silences 10', own, SETTINGS, undefined],
  ['a lock file of pnpm 7', {}, SETTINGS, PACKAGE, OLD_LOCK],
];

test.each(CASES.map((one) => [one[0], one] as const))(
  '%s',
  async (_, [, manifest, workspace, file, text]) => {
    const [project] = await readSample({
      'package.json': JSON.stringify({ dependencies: { a: '^1.0.0' }, ...manifest }),
      'pnpm-lock.yaml': text ?? LOCK,
      ...(workspace === null ? {} : { 'pnpm-workspace.yaml': workspace }),
    });
    expect(project?.hasLock).toBe(true);
    expect(project?.overridesFile).toBe(file);
  },
);

test('members of a workspace are told of the file of the whole', async () => {
  const projects = await readSample({
    'web/package.json': '{"packageManager":"pnpm@12.0.0"}',
    'web/pnpm-workspace.yaml': 'packages:\n  - m\n',
    'web/m/package.json': '{"dependencies":{"a":"^1.0.0"}}',
    'web/pnpm-lock.yaml': LOCK.replace('  .:\n', '  .: {}\n  m:\n'),
  });
  expect(projects.map(({ folder, overridesFile }) => [folder, overridesFile])).toEqual([
    ['web', 'web/pnpm-workspace.yaml'],
    ['web/m', 'web/pnpm-workspace.yaml'],
  ]);
});

test('of other managers nothing is told', async () => {
  const [project] = await readSample({
    'package.json': '{"packageManager":"pnpm@12.0.0","dependencies":{"a":"^1.0.0"}}',
    'yarn.lock': '# yarn lockfile v1\n\na@^1.0.0:\n  version "1.0.0"\n',
  });
  expect(project?.overridesFile).toBeUndefined();
});
