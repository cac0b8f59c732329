import { Buffer } from 'node:buffer';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { CommitFiles } from '#adapters/gitlab/commit-files.ts';
import { findMergeRequest } from '#adapters/gitlab/find-merge-request.ts';
import { createGitLabChangeSource } from '#adapters/gitlab/gitlab-change-source.ts';
import { AssayError } from '#domain/errors.ts';
import { type BuildWorkspace, describeWorkspace } from '../../contract/workspace.contract.ts';
import {
  GITLAB_TOKENS,
  type GitLabEmulator,
  startGitLabEmulator,
} from '../../emulators/gitlab/start-gitlab-emulator.ts';
import { createReviewRepository, type ReviewRepository } from '../../emulators/review-repository.ts';
import { clientOf, json, scriptedHost } from './scripted-host.ts';

let repository: ReviewRepository;
let gitlab: GitLabEmulator;
beforeAll(async () => {
  const lines = Array.from({ length: 30 }, (_, index) => `line ${index + 1}`);
  repository = createReviewRepository(
    (git) =>
      git
        .write('src/a.ts', `${lines.join('\n')}\n`)
        .write('gone.ts', 'x\n')
        .write('before.ts', `${lines.join('\n')}!\n`),
    (git) => {
      git.git('rm', '--quiet', 'gone.ts');
      git.git('mv', 'before.ts', 'after.ts');
      git.write('src/a.ts', `${lines.with(9, 'ten').toSpliced(20, 0, 'new').join('\n')}\n`);
      git.write('big.ts', 'some text\n'.repeat(5000)).write('%2e%2e/#?&.ts', 'odd\n');
    },
  );
  gitlab = await startGitLabEmulator({ repository });
});
afterAll(async () => {
  expect(gitlab.violations).toEqual([]);
  await gitlab.close();
  repository.dispose();
});

const client = () => clientOf(fetch, { token: GITLAB_TOKENS.bot, apiUrl: gitlab.apiUrl }).client;
const source = () => createGitLabChangeSource(client(), { project: 'group/project', iid: 7 });

describe('a change told by GitLab', () => {
  it('has the commits of the merge request’s diff', async () => {
    expect(await source().commits()).toEqual({
      baseTip: repository.baseTip(),
      mergeBase: repository.mergeBase(),
      head: repository.head(),
    });
  });

  it('shows the hunks where it shows any, and says of a large file that it shows none', async () => {
    const diff = await source().reviewDiff(repository.mergeBase(), repository.head());
    const by = (path: string) => diff?.files.find(({ newPath, oldPath }) => (newPath ?? oldPath) === path);
    expect(diff?.complete).toBe(true);
    expect(by('src/a.ts')).toEqual({
      status: 'modified',
      oldPath: 'src/a.ts',
      newPath: 'src/a.ts',
      hunks: [
        { oldStart: 7, oldLines: 7, newStart: 7, newLines: 7, marks: '   -+   ', newlineMissing: false },
        { oldStart: 18, oldLines: 6, newStart: 18, newLines: 7, marks: '   +   ', newlineMissing: false },
      ],
    });
    expect(by('big.ts')).toEqual({ status: 'added', oldPath: null, newPath: 'big.ts', hunks: null });
    expect(by('gone.ts')).toMatchObject({ status: 'deleted', oldPath: 'gone.ts', newPath: null });
    expect(by('after.ts')).toMatchObject({ status: 'renamed', oldPath: 'before.ts', newPath: 'after.ts' });
  });

  it('is not passed off as whole when GitLab keeps lines back', async () => {
    await expect(source().diff()).rejects.toThrow(AssayError);
    await expect(source().diff()).rejects.toThrow('"big.ts"');
  });

  it('asks nothing for what is no commit', async () => {
    const host = scriptedHost([]);
    const changes = createGitLabChangeSource(clientOf(host.fetch).client, { project: 42, iid: 7 });
    expect(await changes.reviewDiff('main', 'HEAD')).toBeNull();
    expect(() => changes.at('../../x')).toThrow(AssayError);
  });
});

describe('a change in GitLab’s own words', () => {
  const [base, start, head] = ['a', 'b', 'c'].map((letter) => letter.repeat(40)) as [string, string, string];
  const request = {
    iid: 7,
    state: 'opened',
    web_url: 'https://evil.example',
    source_branch: 'feature',
    source_project_id: 42,
    target_project_id: 42,
    changes_count: '2',
    diff_refs: { base_sha: base, start_sha: start, head_sha: head },
  };
  const row = (more: object) => ({
    old_path: 'a.ts',
    new_path: 'a.ts',
    a_mode: '100644',
    b_mode: '100644',
    new_file: false,
    renamed_file: false,
    deleted_file: false,
    diff: '',
    ...more,
  });
  const changes = (...answers: Response[]) =>
    createGitLabChangeSource(clientOf(scriptedHost([json(200, request), ...answers]).fetch).client, {
      project: 42,
      iid: 7,
    });

  it('has every run of changed lines by itself, as git counts them', async () => {
    const diff =
      '@@ -1,6 +1,8 @@\n one\n-two\n+2\n three\n+3.5\n four\n-five\n+5\n+5.5\n six\n@@ -10 +11,0 @@\n-ten\n';
    expect(
      await changes(json(200, [row({ diff }), row({ diff: 'Binary files a/x and b/x differ\n' })])).diff(),
    ).toEqual({
      files: [
        {
          status: 'modified',
          oldPath: 'a.ts',
          newPath: 'a.ts',
          binary: false,
          hunks: [
            { oldStart: 2, oldLines: 1, newStart: 2, newLines: 1 },
            { oldStart: 3, oldLines: 0, newStart: 4, newLines: 1 },
            { oldStart: 5, oldLines: 1, newStart: 6, newLines: 2 },
            { oldStart: 10, oldLines: 1, newStart: 11, newLines: 0 },
          ],
        },
        { status: 'modified', oldPath: 'a.ts', newPath: 'a.ts', binary: true, hunks: [] },
      ],
    });
  });

  it('is incomplete when GitLab counts more files than it lists', async () => {
    expect((await changes(json(200, [row({})])).reviewDiff(base, head))?.complete).toBe(false);
  });

  it('compares two trees where another diff is asked for, and knows of a commit that is not there', async () => {
    const compared = { diffs: [row({ b_mode: '120000' })], compare_timeout: true };
    expect(await changes(json(200, compared)).reviewDiff(start, head)).toEqual({
      files: [{ status: 'type_changed', oldPath: 'a.ts', newPath: 'a.ts', hunks: null }],
      complete: false,
    });
    expect(await changes(json(404, { message: '404 Commit Not Found' })).diffFrom(start)).toBeNull();
    expect(await changes().diffFrom(head)).toEqual({ files: [] });
  });
});

describe('files at a commit', () => {
  it('are listed over all pages and read by their names, whatever these hold', async () => {
    const tree = source().at(repository.head());
    expect(await tree.files()).toEqual(['%2e%2e/#?&.ts', 'after.ts', 'big.ts', 'src/a.ts']);
    expect(await tree.read('%2e%2e/#?&.ts')).toEqual({ kind: 'text', text: 'odd\n', bytes: 4 });
    expect(await source().at(repository.mergeBase()).read('after.ts')).toEqual({ kind: 'missing' });
  });

  it('are asked for once, with one look at each folder', async () => {
    const used = client();
    const tree = createGitLabChangeSource(used, { project: 42, iid: 7 }).at(repository.head());
    for (const path of ['src/a.ts', 'src/a.ts', 'src/b.ts', '../x', '/etc/passwd', 'src/\ud800'])
      await tree.read(path);
    expect(used.requests()).toEqual({ reads: 2, writes: 0 });
  });

  it('that are links, submodules or folders are refused', async () => {
    const host = scriptedHost([
      json(200, [
        { path: 'link', type: 'blob', mode: '120000' },
        { path: 'module', type: 'commit', mode: '160000' },
        { path: 'folder', type: 'tree', mode: '040000' },
      ]),
    ]);
    const tree = new CommitFiles(clientOf(host.fetch).client, 42, 'a'.repeat(40));
    const whys = await Promise.all(['link', 'module', 'folder'].map((path) => tree.read(path)));
    expect(whys).toEqual(
      ['is a symbolic link', 'is a submodule', 'is a folder'].map((why) => ({ kind: 'refused', why })),
    );
  });

  it('that are too large or cannot be had are refused, each saying why', async () => {
    const folder = json(200, [
      { path: 'large', type: 'blob', mode: '100644' },
      { path: 'kept', type: 'blob', mode: '100644' },
    ]);
    const large = new Response(Buffer.alloc(16 * 1024 * 1024 + 1, 'x'));
    const tree = new CommitFiles(
      clientOf(scriptedHost([folder, large, json(403, {})]).fetch).client,
      42,
      'a'.repeat(40),
    );
    expect(await tree.read('large')).toMatchObject({
      kind: 'refused',
      why: expect.stringContaining('larger'),
    });
    expect(await tree.read('kept')).toEqual({ kind: 'refused', why: 'cannot be read from GitLab (403)' });
  });
});

/** Answers tree and raw file requests out of a map, two entries a page. */
const buildServed: BuildWorkspace = async (files) => {
  const paths = [...files.keys()].sort();
  const answer = ({ url }: { url: URL }): Response => {
    const raw = /\/files\/([^/]+)\/raw$/.exec(url.pathname)?.[1];
    if (raw !== undefined) {
      const content = files.get(decodeURIComponent(raw));
      if (content === undefined) return json(404, { message: '404 File Not Found' });
      return new Response(typeof content === 'string' ? content : Buffer.from(content));
    }
    const folder = url.searchParams.get('path') ?? '';
    const all = url.searchParams.get('recursive') === 'true';
    const rows = paths
      .filter((path) => all || path.slice(0, Math.max(0, path.lastIndexOf('/'))) === folder)
      .map((path) => ({ path, type: 'blob', mode: '100644' }));
    if (rows.length === 0 && folder !== '') return json(404, { message: '404 Tree Not Found' });
    const from = Number(url.searchParams.get('page_token') ?? 0);
    const more = from + 2 < rows.length;
    const query = new URLSearchParams(url.searchParams);
    query.set('page_token', String(from + 2));
    return json(
      200,
      rows.slice(from, from + 2),
      more ? { link: `<${url.origin}${url.pathname}?${query}>; rel="next"` } : {},
    );
  };
  const { client: served } = clientOf(scriptedHost([answer], true).fetch);
  return { workspace: new CommitFiles(served, 42, 'a'.repeat(40)), dispose: () => undefined };
};
describeWorkspace('the tree of a commit on GitLab', buildServed);

describe('finding the merge request of a commit', () => {
  const find = (sourceBranch: string | null, headSha = repository.head()) =>
    findMergeRequest(client(), { project: 42, headSha, sourceBranch });

  it('gives the open one whose head it is', async () => {
    expect(await find('feature')).toEqual({ kind: 'found', project: 42, iid: 7 });
    expect(await find('feature', repository.mergeBase())).toEqual({ kind: 'none' });
    expect(await find('other')).toEqual({ kind: 'none' });
  });

  const row = (iid: number, more: object = {}) => ({
    iid,
    state: 'opened',
    sha: 'c'.repeat(40),
    source_branch: 'feature',
    target_project_id: 42,
    ...more,
  });
  const among = (answer: Response) =>
    findMergeRequest(clientOf(scriptedHost([answer]).fetch).client, {
      project: 42,
      headSha: 'c'.repeat(40),
      sourceBranch: null,
    });

  it('passes over closed ones and those that went on, and does not choose among several', async () => {
    expect(
      await among(json(200, [row(1, { state: 'closed' }), row(2, { sha: 'd'.repeat(40) }), row(3)])),
    ).toMatchObject({
      kind: 'found',
      iid: 3,
    });
    expect(await among(json(200, [row(9), row(3)]))).toEqual({ kind: 'several', iids: [3, 9] });
    expect(await among(json(403, {}))).toMatchObject({ kind: 'refused', problem: { code: 'permission' } });
  });
});
