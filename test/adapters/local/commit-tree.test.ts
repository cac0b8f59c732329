import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type LocalGit, openLocalGit } from '../../../src/adapters/local/local-git.ts';
import { describeStoredText, describeWorkspace } from '../../contract/workspace.contract.ts';
import { createGitRepository, type GitRepository } from '../../doubles/git-repository.ts';

async function openCommit(repository: GitRepository, head: string): Promise<LocalGit> {
  const git = await openLocalGit({ folder: repository.root, base: null, head });
  if (git === null) throw new Error('not a repository');
  return git;
}

async function buildCommit(files: ReadonlyMap<string, string | Uint8Array>) {
  const repository = createGitRepository();
  for (const [path, content] of files) repository.write(path, content);
  const head = repository.commit();
  const git = await openCommit(repository, head);
  // What lies on disk must not matter.
  for (const path of files.keys()) repository.write(path, 'changed on disk');
  return {
    workspace: git.at(head),
    dispose: async () => {
      await git[Symbol.asyncDispose]();
      repository.dispose();
    },
  };
}

describeWorkspace('the tree of a commit', buildCommit);
describeStoredText('the tree of a commit', buildCommit);

describe('the tree of a commit', () => {
  let repository: GitRepository;
  beforeEach(() => {
    repository = createGitRepository();
  });
  afterEach(() => repository.dispose());

  it('names links and submodules for what they are', async () => {
    repository.write('a.ts', 'a').link('link.ts', 'a.ts').link('out.ts', '/etc/passwd');
    repository.git('update-index', '--add', '--cacheinfo', `160000,${'1'.repeat(40)},module`);
    repository.git('add', '--', 'a.ts', 'link.ts', 'out.ts');
    repository.git('commit', '-qm', 'module');
    const head = repository.git('rev-parse', 'HEAD');
    await using git = await openCommit(repository, head);
    const tree = git.at(head);
    expect(await tree.files()).toEqual(['a.ts', 'link.ts', 'out.ts']);
    expect(await tree.read('link.ts')).toEqual({ kind: 'refused', why: 'is a symbolic link' });
    expect(await tree.readBytes('out.ts')).toBeNull();
    expect(await tree.read('module')).toEqual({ kind: 'refused', why: 'is a submodule' });
  });

  it('answers many questions at once, each with its own file, large and small in turn', async () => {
    const contents = Array.from({ length: 200 }, (_, index) =>
      `${index}\n`.repeat(index % 7 === 0 ? 40_000 : 1),
    );
    contents.forEach((content, index) => {
      repository.write(`f/${index}`, content);
    });
    const head = repository.commit();
    await using git = await openCommit(repository, head);
    const tree = git.at(head);
    const read = await Promise.all(contents.map((_, index) => tree.read(`f/${index}`)));
    expect(read.map((outcome) => (outcome.kind === 'text' ? outcome.text : outcome.kind))).toEqual(contents);
  });

  it('goes on after a file that was too large to read', async () => {
    repository.write('big', Buffer.alloc(17 * 1024 * 1024, 'x')).write('small', 's');
    const head = repository.commit();
    await using git = await openCommit(repository, head);
    const [big, small] = await Promise.all([git.at(head).read('big'), git.at(head).read('small')]);
    expect(big).toMatchObject({ kind: 'refused' });
    expect(small).toMatchObject({ kind: 'text', text: 's' });
  });

  it('reads several commits side by side', async () => {
    repository.write('a.ts', 'one');
    const first = repository.commit();
    repository.write('a.ts', 'two');
    const second = repository.commit();
    await using git = await openCommit(repository, second);
    expect(await git.at(first).read('a.ts')).toMatchObject({ text: 'one' });
    expect(await git.at(second).read('a.ts')).toMatchObject({ text: 'two' });
    expect(git.at(first)).toBe(git.at(first));
  });

  it('says which file a partial clone lacks', async () => {
    repository.write('a.ts', 'content');
    const head = repository.commit();
    const blob = repository.git('rev-parse', 'HEAD:a.ts');
    repository.remove(`.git/objects/${blob.slice(0, 2)}/${blob.slice(2)}`);
    await using git = await openCommit(repository, head);
    expect(await git.at(head).read('a.ts')).toEqual({
      kind: 'refused',
      why: 'is not in this partial clone',
    });
  });

  it('can be read again after its process was ended', async () => {
    repository.write('a.ts', 'a').write('b.ts', 'b');
    const head = repository.commit();
    const git = await openCommit(repository, head);
    await git.at(head).read('a.ts');
    await git[Symbol.asyncDispose]();
    expect(await git.at(head).read('b.ts')).toMatchObject({ text: 'b' });
    await git[Symbol.asyncDispose]();
  });
});
