import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { explainGitFailure } from '../../../src/adapters/local/explain-git-failure.ts';
import { type LocalGit, type LocalGitOptions, openLocalGit } from '../../../src/adapters/local/local-git.ts';
import {
  cloneGitRepository,
  createGitRepository,
  createTemporaryFolder,
  type GitRepository,
} from '../../doubles/git-repository.ts';

const cleanUp: (() => void | Promise<void>)[] = [];
afterEach(async () => {
  for (const step of cleanUp.splice(0).reverse()) await step();
});

function keep(repository: GitRepository): GitRepository {
  cleanUp.push(() => repository.dispose());
  return repository;
}

async function open(options: Partial<LocalGitOptions> & { folder: string }): Promise<LocalGit> {
  const git = await openLocalGit({ base: null, head: null, ...options });
  if (git === null) throw new Error('a plain folder');
  cleanUp.push(() => git[Symbol.asyncDispose]());
  return git;
}

const added = (path: string, lines: number) => ({
  status: 'added',
  oldPath: null,
  newPath: path,
  binary: false,
  hunks: lines === 0 ? [] : [{ oldStart: 0, oldLines: 0, newStart: 1, newLines: lines }],
});

describe('the commits of a run', () => {
  let repository: GitRepository;
  let fork: string;
  let main: string;
  let feature: string;
  beforeEach(() => {
    repository = keep(createGitRepository());
    repository.write('a.ts', '1\n2\n3\n');
    fork = repository.commit();
    repository.git('checkout', '-q', '-b', 'feature');
    repository.write('a.ts', '1\nTWO\n3\n');
    feature = repository.commit();
    repository.git('checkout', '-q', 'main');
    repository.write('b.ts', 'main went on\n');
    main = repository.commit();
    repository.git('checkout', '-q', 'feature');
  });

  it('are the tip of the base, where the change branched off, and the head', async () => {
    const git = await open({ folder: repository.root, base: 'main', head: 'feature' });
    expect(await git.commits()).toMatchObject({ baseTip: main, mergeBase: fork, head: feature });
  });

  it('have no head when the sources are the working tree', async () => {
    const git = await open({ folder: repository.root, base: 'main' });
    expect(await git.commits()).toEqual({ baseTip: main, mergeBase: fork, head: null });
  });

  it('are none at all without a base', async () => {
    const git = await open({ folder: repository.root });
    expect(await git.commits()).toEqual({ baseTip: null, mergeBase: null, head: null });
    expect(await git.diff()).toBeNull();
  });

  it('stay what they were when a branch moves during the run', async () => {
    const git = await open({ folder: repository.root, base: 'main', head: 'feature' });
    await git.commits();
    repository.write('a.ts', 'pushed meanwhile\n').commit();
    expect(await git.commits()).toMatchObject({ baseTip: main, mergeBase: fork, head: feature });
    expect(await (await git.sources()).read('a.ts')).toMatchObject({ text: '1\nTWO\n3\n' });
  });

  it('compare with the merge base: what main did meanwhile is no part of the change', async () => {
    const git = await open({ folder: repository.root, base: 'main', head: 'feature' });
    expect((await git.diff())?.files.map((file) => file.newPath)).toEqual(['a.ts']);
  });

  it('take a branch from origin when there is no local one', async () => {
    const clone = keep(cloneGitRepository(repository));
    const git = await open({ folder: clone.root, base: 'main' });
    expect((await git.commits()).baseTip).toBe(main);
  });

  it.each(['-rf', '--upload-pack=touch x', '', 'a\nb'])('never take %j for a ref', async (ref) => {
    const git = await open({ folder: repository.root, base: ref });
    await expect(git.commits()).rejects.toMatchObject({ code: 'usage' });
  });

  it('say which ref is unknown and what to do', async () => {
    const git = await open({ folder: repository.root, base: 'mian' });
    await expect(git.commits()).rejects.toMatchObject({
      code: 'repository',
      message: '--base mian names no commit of this repository.',
      hint: 'Check the spelling, or fetch it first: git fetch origin',
    });
    const other = await open({ folder: repository.root, base: 'main', head: 'nowhere' });
    await expect(other.commits()).rejects.toMatchObject({
      message: '--head nowhere names no commit of this repository.',
    });
  });

  it('need a common commit', async () => {
    repository.git('checkout', '-q', '--orphan', 'unrelated');
    repository.commit();
    const git = await open({ folder: repository.root, base: 'main' });
    await expect(git.commits()).rejects.toMatchObject({
      code: 'repository',
      message: 'main and HEAD have no common commit.',
      hint: 'Give a base that the change was branched off.',
    });
  });

  it('ignore replacements that the repository made for its objects', async () => {
    repository.git('replace', feature, main);
    const git = await open({ folder: repository.root, base: 'main', head: feature });
    expect((await git.diff())?.files.map((file) => file.newPath)).toEqual(['a.ts']);
  });
});

describe('the working tree as the head', () => {
  it('counts what is not committed, and new files that git does not ignore', async () => {
    const repository = keep(createGitRepository());
    repository.write('.gitignore', 'dist/\n').write('a.ts', '1\n2\n').write('gone.ts', '');
    const base = repository.commit();
    repository.write('a.ts', '1\n').write('new.ts', 'x\ny').write('empty.ts', '').write('dist/out.js', 'x\n');
    repository.write('staged.ts', 's\n').git('add', 'staged.ts');
    repository.remove('gone.ts').link('link.ts', 'a.ts');
    const git = await open({ folder: repository.root, base });
    const files = (await git.diff())?.files;
    expect(files).toHaveLength(6);
    expect(files).toContainEqual(added('new.ts', 2));
    expect(files).toContainEqual(added('empty.ts', 0));
    expect(files).toContainEqual(added('staged.ts', 1));
    expect(files).toContainEqual({ ...added('link.ts', 0), binary: true });
    expect(files).toContainEqual(expect.objectContaining({ oldPath: 'gone.ts', newPath: null }));
    expect(await (await git.sources()).files()).toEqual([
      '.gitignore',
      'a.ts',
      'empty.ts',
      'link.ts',
      'new.ts',
      'staged.ts',
    ]);
  });

  it('leaves out nested repositories and submodules', async () => {
    const repository = keep(createGitRepository());
    repository.write('a.ts', '');
    const base = repository.commit();
    mkdirSync(repository.path('nested'));
    repository.git('-C', 'nested', 'init', '-q');
    repository.write('nested/x.ts', 'x');
    repository.git('-C', 'nested', 'add', '.');
    repository.git('-C', 'nested', 'commit', '-qm', 'x');
    const git = await open({ folder: repository.root, base });
    expect(await (await git.sources()).files()).toEqual(['a.ts']);
    expect((await git.diff())?.files).toEqual([]);
  });

  it('compares a file in the middle of a merge conflict as it lies on disk', async () => {
    const repository = keep(createGitRepository());
    repository.write('a.ts', 'base\n');
    const base = repository.commit();
    repository.git('checkout', '-q', '-b', 'other');
    repository.write('a.ts', 'other\n').commit();
    repository.git('checkout', '-q', 'main');
    repository.write('a.ts', 'main\n').commit();
    expect(() => repository.git('merge', '-q', 'other')).toThrow();
    const git = await open({ folder: repository.root, base });
    expect((await git.diff())?.files).toMatchObject([{ newPath: 'a.ts', hunks: [{ newLines: 5 }] }]);
    expect(await (await git.sources()).files()).toEqual(['a.ts']);
  });

  it('is found from a folder inside it, and from a linked worktree', async () => {
    const repository = keep(createGitRepository());
    repository.write('src/deep/a.ts', '').commit();
    expect((await open({ folder: repository.path('src/deep') })).root).toBe(repository.root);
    const linked = createTemporaryFolder();
    cleanUp.push(() => rmSync(linked, { recursive: true, force: true }));
    repository.git('worktree', 'add', '-q', join(linked, 'tree'));
    expect((await open({ folder: join(linked, 'tree') })).root).toBe(join(linked, 'tree'));
  });

  it('of a repository without a commit lists its files, and has no base', async () => {
    const repository = keep(createGitRepository());
    repository.write('a.ts', '');
    const git = await open({ folder: repository.root });
    expect(await (await git.sources()).files()).toEqual(['a.ts']);
    const compared = await open({ folder: repository.root, base: 'main' });
    await expect(compared.commits()).rejects.toMatchObject({ code: 'repository' });
  });
});

describe('the lines of a report are mapped from the commit that was scanned', () => {
  it('to the head, once per commit', async () => {
    const repository = keep(createGitRepository());
    repository.write('a.ts', '1\n2\n');
    const scanned = repository.commit();
    repository.write('a.ts', '0\n1\n2\n');
    const head = repository.commit();
    const git = await open({ folder: repository.root, head });
    const map = await git.diffFrom(scanned);
    expect(map?.files).toMatchObject([{ hunks: [{ oldStart: 0, newStart: 1, newLines: 1 }] }]);
    expect(git.diffFrom(scanned)).toBe(git.diffFrom(scanned));
    expect(await git.diffFrom(scanned.slice(0, 12))).toEqual(map);
  });

  it('stay from the head itself, and are not known from an unknown commit or what is no commit id', async () => {
    const repository = keep(createGitRepository());
    repository.write('a.ts', '1\n').commit();
    repository.write('a.ts', '2\n');
    const head = repository.commit();
    const atHead = await open({ folder: repository.root, head });
    const onDisk = await open({ folder: repository.root });
    expect(await atHead.diffFrom(head)).toEqual({ files: [] });
    expect(await onDisk.diffFrom(head)).toEqual({ files: [] });
    for (const revision of ['0'.repeat(40), 'HEAD~1', '--output=x', '', 'main', ':/x']) {
      expect(await atHead.diffFrom(revision)).toBeNull();
      expect(await onDisk.diffFrom(revision)).toBeNull();
    }
  });
});

describe('a shallow clone', () => {
  let origin: GitRepository;
  let base: string;
  beforeEach(() => {
    origin = keep(createGitRepository());
    origin.write('a.ts', '1\n').commit();
    base = origin.write('a.ts', '1\n2\n').commit();
    origin.git('checkout', '-q', '-b', 'feature');
    origin.write('a.ts', '1\n2\n3\n').commit();
    origin.write('a.ts', '1\n2\n3\n4\n').commit();
    origin.git('checkout', '-q', 'main');
    origin.write('b.ts', 'main went on\n').commit();
  });
  const shallow = (...args: string[]) =>
    keep(cloneGitRepository(origin, '--depth=1', '--branch=feature', ...args));
  const HINT =
    'On GitHub set "fetch-depth: 0" for actions/checkout; on GitLab set the variable GIT_DEPTH: "0"; elsewhere run: git fetch --unshallow';

  it('without the base says exactly what to set', async () => {
    const git = await open({ folder: shallow().root, base });
    await expect(git.commits()).rejects.toMatchObject({
      code: 'repository',
      message: `--base ${base} names no commit of this shallow clone.`,
      hint: HINT,
    });
  });

  it('that ends before the change branched off says so', async () => {
    const git = await open({ folder: shallow('--no-single-branch').root, base: 'origin/main' });
    await expect(git.commits()).rejects.toMatchObject({
      message: 'origin/main and HEAD have no common commit in this shallow clone.',
      hint: HINT,
    });
  });

  it.each(['main', 'origin/main', 'refs/heads/main'])(
    'fetches once when it may, by the branch %s',
    async (name) => {
      const git = await open({
        folder: shallow().root,
        base: name,
        allowFetch: true,
        fetchProtocols: ['file'],
      });
      const main = origin.git('rev-parse', 'main');
      expect(await git.commits()).toEqual({ baseTip: main, mergeBase: base, head: null });
      expect((await git.diff())?.files).toMatchObject([{ newPath: 'a.ts', hunks: [{ newLines: 2 }] }]);
    },
  );

  it('fetches by commit id too, and stays as shallow as the depth allows', async () => {
    const clone = shallow();
    const git = await open({ folder: clone.root, base, allowFetch: true, fetchProtocols: ['file'] });
    expect((await git.commits()).mergeBase).toBe(base);
    expect(clone.git('tag')).toBe('');
  });

  it('tells what went wrong when the fetch does not help', async () => {
    const clone = shallow();
    clone.git('remote', 'set-url', 'origin', 'file:///nowhere/at-all');
    const git = await open({ folder: clone.root, base, allowFetch: true, fetchProtocols: ['file'] });
    await expect(git.commits()).rejects.toMatchObject({
      message: expect.stringMatching(/names no commit of this shallow clone\. Fetching it failed: .*nowhere/),
      hint: HINT,
    });
  });

  it('does not cut a complete clone short when it fetches', async () => {
    const clone = keep(cloneGitRepository(origin));
    origin.git('checkout', '-q', '-b', 'late');
    const late = origin.write('late.ts', '').commit();
    const git = await open({ folder: clone.root, base: late, allowFetch: true, fetchProtocols: ['file'] });
    expect((await git.commits()).baseTip).toBe(late);
    expect(clone.git('rev-parse', '--is-shallow-repository')).toBe('false');
  });
});

describe('a partial clone', () => {
  it('fetches nothing on its own, and says what is missing', async () => {
    const origin = keep(createGitRepository());
    origin.git('config', 'uploadpack.allowFilter', 'true');
    const base = origin.write('a.ts', '1\n').commit();
    const head = origin.write('a.ts', '2\n').commit();
    const clone = keep(cloneGitRepository(origin, '--filter=blob:none'));
    const git = await open({ folder: clone.root, base, head });
    await expect(git.diff()).rejects.toMatchObject({
      code: 'repository',
      message: `${clone.root} is a partial clone that lacks content this comparison needs.`,
      hint: 'Clone without --filter (for actions/checkout: without "filter").',
    });
  });
});

describe('a folder without git', () => {
  it('is fine while nothing is compared', async () => {
    const folder = createTemporaryFolder();
    cleanUp.push(() => rmSync(folder, { recursive: true }));
    expect(await openLocalGit({ folder, base: null, head: null })).toBeNull();
  });

  it.each([
    ['--base', { base: 'main', head: null }],
    ['--head', { base: null, head: 'main' }],
  ])('cannot serve %s, and says so', async (option, refs) => {
    const folder = createTemporaryFolder();
    cleanUp.push(() => rmSync(folder, { recursive: true }));
    await expect(openLocalGit({ folder, ...refs })).rejects.toMatchObject({
      code: 'repository',
      message: `${option} needs git, but ${folder} is not a git repository.`,
    });
  });

  it('is also one that the repository around it ignores', async () => {
    const repository = keep(createGitRepository());
    repository.write('.gitignore', 'scratch/\n').write('scratch/a.ts', '').commit();
    expect(await openLocalGit({ folder: repository.path('scratch'), base: null, head: null })).toBeNull();
  });

  it('must at least be a folder', async () => {
    const folder = createTemporaryFolder();
    cleanUp.push(() => rmSync(folder, { recursive: true }));
    writeFileSync(join(folder, 'file'), '');
    for (const wrong of [join(folder, 'file'), join(folder, 'missing')]) {
      await expect(openLocalGit({ folder: wrong, base: null, head: null })).rejects.toMatchObject({
        code: 'repository',
        hint: 'Give the folder of the sources with --repo.',
      });
    }
  });
});

describe('without the git program', () => {
  const searchPath = process.env.PATH;
  afterEach(() => {
    process.env.PATH = searchPath;
  });

  it('a comparison says that git is missing, and a plain run goes on', async () => {
    const repository = keep(createGitRepository());
    repository.write('a.ts', '').commit();
    process.env.PATH = '/nowhere';
    const folder = repository.root;
    await expect(openLocalGit({ folder, base: 'main', head: null })).rejects.toMatchObject({
      message: '--base needs git, but git is not installed (not found on PATH).',
    });
    expect(await openLocalGit({ folder, base: null, head: null })).toBeNull();
  });
});

describe('when git fails', () => {
  const failure = (stderr: string) => explainGitFailure('diff', { folder: '/repo', stderr, cause: null });

  it.each([
    [
      "fatal: detected dubious ownership in repository at '/repo'",
      'git refuses /repo: another user owns it.',
      'If you trust that folder, run: git config --global --add safe.directory "/repo"',
    ],
    [
      'fatal: not a git repository (or any of the parent directories): .git',
      '/repo is not a git repository.',
      'Give the folder of a clone with --repo, or leave --base and --head out.',
    ],
    [
      'fatal: bad config line 3 in file .git/config',
      'The git configuration of /repo is broken: bad config line 3 in file .git/config',
      'Mend the file that git names.',
    ],
    [
      'error: unable to read tree 1234',
      '/repo lacks objects that git needs: unable to read tree 1234',
      'Run git fsck there, or clone again.',
    ],
  ])('%s: the reader learns what to do', (stderr, message, hint) => {
    expect(failure(stderr)).toMatchObject({ code: 'repository', message, hint });
  });

  it('credentials in an address are not repeated', () => {
    const { message } = failure(
      "fatal: unable to access 'https://x-access-token:s3cret@example.org/r.git/': 403",
    );
    expect(message).toBe("git diff failed in /repo: unable to access 'https://example.org/r.git/': 403");
  });

  it('a limit that was passed is named', () => {
    const killed = Object.assign(new Error('x'), { killed: true, code: null });
    const chatty = Object.assign(new Error('x'), { code: 'ERR_CHILD_PROCESS_STDIO_MAXBUFFER', killed: true });
    const explain = (cause: Error) =>
      explainGitFailure('diff', { folder: '/repo', stderr: '', cause }).message;
    expect(explain(killed)).toBe('git diff in /repo took too long and was stopped.');
    expect(explain(chatty)).toBe('git diff in /repo printed more than Assay reads.');
  });
});
