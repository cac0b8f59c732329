import { afterEach, describe, expect, it } from 'vitest';
import { createGitHubChangeSource } from '#adapters/github/github-change-source.ts';
import { createGitHubClient } from '#adapters/github/github-client.ts';
import { createBoundedFetch } from '#adapters/http/bounded-fetch.ts';
import { openLocalGit } from '#adapters/local/local-git.ts';
import { describeStoredText, describeWorkspace } from '../../contract/workspace.contract.ts';
import { actionsToken } from '../../emulators/github/actors.ts';
import { startGitHubEmulator } from '../../emulators/github/github-emulator.ts';
import { createReviewRepository, type ReviewRepository } from '../../emulators/review-repository.ts';

const open: (() => unknown)[] = [];
const closeAll = async () => {
  for (const close of open.splice(0).reverse()) await close();
};
afterEach(closeAll);

async function sourceOf(repository: ReviewRepository, settings: object = {}) {
  open.push(() => repository.dispose());
  const host = await startGitHubEmulator({ repository, ...settings });
  open.push(() => host.close());
  const client = createGitHubClient({
    token: 'ghs_workflow',
    apiUrl: host.apiUrl,
    graphqlUrl: null,
    fetch: createBoundedFetch({ signal: new AbortController().signal }),
    sleep: async () => {},
    now: () => 0,
    log: { debug: () => {}, info: () => {} },
  });
  return { host, changes: createGitHubChangeSource(client, { repository: 'octo/shop', number: 7 }) };
}

const LINES = Array.from({ length: 60 }, (_, index) => `line ${index}`);
const text = (lines: readonly string[]) => `${lines.join('\n')}\n`;
const changed = () =>
  createReviewRepository(
    (git) => {
      git.write('edited.ts', text(LINES)).write('gone.ts', 'x\n').write('moved.ts', text(LINES.toReversed()));
      git.write('blob.bin', new Uint8Array([0, 1, 2]));
    },
    (git) => {
      git.write(
        'edited.ts',
        text(['first', ...LINES.slice(0, 30), 'two', 'three', ...LINES.slice(33, 50), ...LINES.slice(52)]),
      );
      git.write('new.ts', text(LINES.slice(0, 3))).write('blob.bin', new Uint8Array([0, 3]));
      git.git('rm', '--quiet', 'gone.ts');
      git.git('mv', 'moved.ts', 'place.ts');
      git.write('place.ts', text(['top', ...LINES.toReversed()]));
    },
  );

describe('the change as GitHub tells it', () => {
  it('has the commits of the pull request, asked for once', async () => {
    const repository = changed();
    repository.pushBase((git) => git.write('other.ts', 'x\n'));
    const { changes, host } = await sourceOf(repository);
    const commits = {
      baseTip: repository.baseTip(),
      mergeBase: repository.mergeBase(),
      head: repository.head(),
    };
    expect(await changes.commits()).toEqual(commits);
    expect(await changes.commits()).toEqual(commits);
    expect(host.log).toHaveLength(2);
    expect(commits.mergeBase).not.toBe(commits.baseTip);
  });

  it('has the same hunks as git itself, with context and without', async () => {
    const repository = changed();
    const { changes } = await sourceOf(repository);
    const [from, to] = [repository.mergeBase(), repository.head()];
    const local = await openLocalGit({ folder: repository.git.root, base: from, head: to });
    if (local === null) throw new Error('no repository');
    open.push(() => local[Symbol.asyncDispose]());
    const shown = await changes.reviewDiff(from, to);
    const byPath = <T extends { oldPath: string | null; newPath: string | null }>(
      files: readonly T[] | undefined,
    ) =>
      [...(files ?? [])].sort((one, other) =>
        (one.newPath ?? one.oldPath ?? '').localeCompare(other.newPath ?? other.oldPath ?? ''),
      );
    expect(byPath(shown?.files)).toEqual(byPath((await local.reviewDiff(from, to))?.files));
    expect(shown?.complete).toBe(true);
    expect(byPath((await changes.diff())?.files)).toEqual(byPath((await local.diff())?.files));
  });

  it('knows no other diff than its own', async () => {
    const repository = changed();
    const { changes } = await sourceOf(repository);
    expect(await changes.diffFrom(repository.head())).toEqual({ files: [] });
    expect(await changes.diffFrom('a'.repeat(40))).toBeNull();
    expect(await changes.reviewDiff(repository.baseTip(), 'a'.repeat(40))).toBeNull();
  });

  it('says what it may not read, without the token', async () => {
    const { changes, host } = await sourceOf(changed());
    host.tokens.set('ghs_workflow', { ...actionsToken(), seesRepository: false });
    await expect(changes.commits()).rejects.toMatchObject({
      name: 'AssayError',
      code: 'repository',
      hint: expect.stringContaining('contents: read'),
    });
    await expect(changes.commits()).rejects.not.toThrow(/ghs_workflow/);
  });
});

describe('the sources as a commit on GitHub holds them', () => {
  it('asks for no path that is no plain one, and for no file that is not there', async () => {
    const repository = changed();
    const { changes, host } = await sourceOf(repository);
    const tree = changes.at(repository.head());
    for (const path of [
      '../etc/passwd',
      '/etc/passwd',
      '.git/config',
      'a/.GIT/config',
      'a\0b',
      'a//b',
      './a',
      '\ud800',
    ]) {
      expect([path, (await tree.read(path)).kind]).toEqual([path, 'refused']);
    }
    expect(host.log).toEqual([]);
    expect((await tree.read('gone.ts')).kind).toBe('missing');
    expect(host.log).toHaveLength(1);
  });

  it('reads each file once, by names that addresses have to encode', async () => {
    const names = ['a b#c?.ts', '100%.ts', '%2e%2e', "it's(1)+&=;:@.ts", 'é/ü.ts', '[id]/{x}.ts'];
    const repository = createReviewRepository((git) => {
      for (const name of names) git.write(name, name);
    });
    const { changes, host } = await sourceOf(repository);
    const tree = changes.at(repository.head());
    for (const name of [...names, ...names])
      expect(await tree.read(name)).toMatchObject({ kind: 'text', text: name });
    expect(host.log).toHaveLength(names.length + 1);
  });

  it('refuses links, whose contents would be those of another file', async () => {
    const repository = createReviewRepository((git) => git.write('a.ts', 'x').link('b.ts', 'a.ts'));
    const { changes } = await sourceOf(repository);
    const tree = changes.at(repository.head());
    expect(await tree.read('b.ts')).toEqual({ kind: 'refused', why: 'is a symbolic link' });
    expect(await tree.files()).toContain('b.ts');
  });
});

const build = async (files: ReadonlyMap<string, string | Uint8Array>) => {
  const repository = createReviewRepository((git) => {
    for (const [path, content] of files) git.write(path, content);
  });
  const { changes } = await sourceOf(repository);
  return { workspace: changes.at(repository.head()), dispose: closeAll };
};
describeWorkspace('a commit on GitHub', build);
describeStoredText('a commit on GitHub', build);
