// Security rows 11 and 44: a repository whose configuration names programs at every place git knows of; none of them runs.
import { chmodSync, existsSync, mkdirSync, rmSync, utimesSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { openLocalGit } from '../../src/adapters/local/local-git.ts';
import {
  cloneGitRepository,
  createGitRepository,
  createTemporaryFolder,
  type GitRepository,
} from '../doubles/git-repository.ts';

/** Settings that make git start a program. `%` stands for the program. */
const TRAPS: readonly (readonly [key: string, value: string])[] = [
  ['core.fsmonitor', '%'],
  ['core.sshCommand', '%'],
  ['core.gitProxy', '%'],
  ['core.pager', '%'],
  ['core.editor', '%'],
  ['core.askPass', '%'],
  ['core.alternateRefsCommand', '%'],
  ['pager.diff', '%'],
  ['pager.ls-files', '%'],
  ['alias.diff', '!%'],
  ['credential.helper', '!%'],
  ['diff.external', '%'],
  ['diff.trap.command', '%'],
  ['diff.trap.textconv', '%'],
  ['filter.trap.clean', '%'],
  ['filter.trap.smudge', '%'],
  ['filter.trap.process', '%'],
  ['filter.trap.required', 'true'],
  ['filter.other.name.clean', '%'],
  ['gc.recentObjectsHook', '%'],
  ['gpg.program', '%'],
  ['log.showSignature', 'true'],
  ['remote.origin.uploadpack', '%'],
  ['remote.origin.promisor', 'true'],
  ['remote.origin.proxy', 'ext::% x'],
  ['extensions.partialClone', 'origin'],
  ['protocol.allow', 'always'],
  ['protocol.ext.allow', 'always'],
  ['uploadpack.packObjectsHook', '%'],
];

const HOOKS = [
  'post-index-change',
  'reference-transaction',
  'post-checkout',
  'pre-auto-gc',
  'fsmonitor-watchman',
];

// What is planted are shell scripts, which Windows does not run.
describe.skipIf(process.platform === 'win32')('a repository that wants to run its own programs', () => {
  let origin: GitRepository;
  let repository: GitRepository;
  let traps: string;
  let canary: string;
  let base: string;

  beforeEach(() => {
    traps = createTemporaryFolder();
    canary = join(traps, 'canary');
    origin = createGitRepository();
    origin.write('a.ts', '1\n').write('b.other', 'b\n');
    origin.write('.gitattributes', '*.ts filter=trap diff=trap\n*.other filter=other.name\n');
    base = origin.commit();
    origin.write('a.ts', '1\n2\n').commit();
    repository = cloneGitRepository(origin, '--depth=1');
  });
  afterEach(() => {
    for (const folder of [origin.root, repository.root, traps]) rmSync(folder, { recursive: true });
  });

  /** A program that leaves a mark when it runs; the mark names the trap. */
  function makeTrap(name: string): string {
    const program = join(traps, name.replace(/\W/g, '-'));
    writeFileSync(program, `#!/bin/sh\necho ${name} >> ${canary}\ncat\n`);
    chmodSync(program, 0o755);
    return program;
  }

  function plantTraps(): void {
    for (const [key, value] of TRAPS) repository.git('config', key, value.replace('%', makeTrap(key)));
    mkdirSync(repository.path('.git/hooks'), { recursive: true });
    for (const hook of HOOKS) {
      writeFileSync(repository.path(`.git/hooks/${hook}`), `#!/bin/sh\necho ${hook} >> ${canary}\n`);
      chmodSync(repository.path(`.git/hooks/${hook}`), 0o755);
    }
    repository.git('config', 'core.hooksPath', repository.path('.git/hooks'));
    repository.write('.git/info/attributes', '* filter=trap diff=trap\n');
    // Files whose time differs from the index are compared by content, through the filters.
    for (const path of ['a.ts', 'b.other']) utimesSync(repository.path(path), 1, 1);
    repository.write('a.ts', '1\n2\n3\n').write('untracked.ts', 'u\n');
  }

  async function exercise(options: { base: string | null; head: string | null; allowFetch: boolean }) {
    await using git = await openLocalGit({ folder: repository.root, fetchProtocols: ['file'], ...options });
    const outcome = await git?.diff().catch((error: unknown) => error);
    await git?.diffFrom(base).catch((error: unknown) => error);
    const sources = await git?.sources().catch(() => null);
    for (const path of (await sources?.files()) ?? []) await sources?.read(path);
    return outcome;
  }

  it('has traps that work: git itself walks into them', () => {
    plantTraps();
    expect(() => repository.git('diff', 'HEAD')).toThrow('filter');
    expect(existsSync(canary)).toBe(true);
  });

  it('runs none while it is compared and read', async () => {
    plantTraps();
    await exercise({ base: 'HEAD', head: null, allowFetch: false });
    await exercise({ base: 'HEAD', head: 'HEAD', allowFetch: false });
    await exercise({ base: null, head: null, allowFetch: false });
    expect(existsSync(canary)).toBe(false);
  });

  it('still tells the truth about what changed', async () => {
    plantTraps();
    expect(await exercise({ base: 'HEAD', head: null, allowFetch: false })).toMatchObject({
      files: [{ newPath: 'a.ts', hunks: [{ newStart: 3, newLines: 1 }] }, { newPath: 'untracked.ts' }],
    });
  });

  it('runs none while a missing base is fetched', async () => {
    plantTraps();
    expect(await exercise({ base, head: null, allowFetch: true })).toMatchObject({
      files: [{ newPath: 'a.ts' }, { newPath: 'untracked.ts' }],
    });
    expect(existsSync(canary)).toBe(false);
  });

  it.each(['ext::sh -c touch% canary', 'fd::17/x', 'git://localhost/x'])(
    'cannot make the fetch speak %s',
    async (url) => {
      plantTraps();
      repository.git('config', 'remote.origin.url', url.replace('canary', canary));
      expect(await exercise({ base, head: null, allowFetch: true })).toMatchObject({ code: 'repository' });
      expect(existsSync(canary)).toBe(false);
    },
  );

  it('cannot name a helper program for its remote', async () => {
    plantTraps();
    repository.git('config', 'remote.origin.vcs', 'ext');
    expect(await exercise({ base, head: null, allowFetch: true })).toMatchObject({ code: 'repository' });
    expect(existsSync(canary)).toBe(false);
  });

  it('is refused when a filter has a name that cannot be overruled', async () => {
    repository.git('config', 'filter.a=b.clean', makeTrap('filter'));
    await expect(openLocalGit({ folder: repository.root, base: 'HEAD', head: null })).rejects.toMatchObject({
      code: 'repository',
      message: expect.stringContaining('a filter that cannot be turned off: filter.a=b.clean'),
    });
    expect(existsSync(canary)).toBe(false);
  });

  it('cannot point at files elsewhere with core.worktree', async () => {
    repository.git('config', 'core.worktree', traps);
    await expect(openLocalGit({ folder: repository.root, base: 'HEAD', head: null })).rejects.toMatchObject({
      code: 'repository',
      hint: expect.stringContaining('core.worktree'),
    });
  });

  it('cannot hide in a folder that looks like a bare repository', async () => {
    const bare = repository.path('vendor/lib');
    repository.git('init', '-q', '--bare', bare);
    repository.git('--git-dir', bare, 'config', 'core.fsmonitor', makeTrap('bare'));
    await expect(openLocalGit({ folder: bare, base: 'HEAD', head: null })).rejects.toMatchObject({
      message: `${bare} is a bare repository: it has no files to read.`,
    });
    expect(existsSync(canary)).toBe(false);
  });

  it('starts no git inside its submodules', async () => {
    const inner = createGitRepository();
    inner.write('x', 'x').commit();
    repository.git(
      '-c',
      'protocol.file.allow=always',
      'submodule',
      '--quiet',
      'add',
      `file://${inner.root}`,
      'sub',
    );
    const head = repository.commit('submodule');
    repository.git('-C', 'sub', 'config', 'core.fsmonitor', makeTrap('submodule'));
    repository.write('sub/x', 'dirty');
    repository.git('config', 'diff.ignoreSubmodules', 'none');
    await exercise({ base: head, head: null, allowFetch: false });
    expect(existsSync(canary)).toBe(false);
    inner.dispose();
  });

  it('gains nothing from variables of the environment', async () => {
    const program = makeTrap('environment');
    const planted = {
      GIT_EXTERNAL_DIFF: program,
      GIT_SSH_COMMAND: program,
      GIT_ASKPASS: program,
      GIT_PAGER: program,
      GIT_DIR: join(traps, 'elsewhere'),
      GIT_CONFIG_PARAMETERS: `'core.fsmonitor=${program}'`,
      GIT_CONFIG_COUNT: '1',
      GIT_CONFIG_KEY_0: 'core.fsmonitor',
      GIT_CONFIG_VALUE_0: program,
    };
    Object.assign(process.env, planted);
    try {
      await using git = await openLocalGit({ folder: repository.root, base: 'HEAD', head: null });
      expect((await git?.diff())?.files).toEqual([]);
    } finally {
      for (const name of Object.keys(planted)) delete process.env[name];
    }
    expect(existsSync(canary)).toBe(false);
  });
});
