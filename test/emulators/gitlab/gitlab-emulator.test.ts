import { afterEach, beforeEach, expect, test } from 'vitest';
import { type BehaviourWorld, openBehaviourWorld } from './behaviour-world.ts';
import { GITLAB_TOKENS, GITLAB_USERS } from './start-gitlab-emulator.ts';

let world: BehaviourWorld;
beforeEach(async () => {
  world = await openBehaviourWorld();
});
afterEach(() => world.close());

const post = async (body: string, position?: unknown) =>
  (await world.send('POST', 'discussions', { body, position })).body;

test('a GitLab below a path is asked below that path only', async () => {
  const below = await openBehaviourWorld({ basePath: '/gitlab/api/v4', project: { path: 'a/b/c' } });
  try {
    const { gitlab } = below;
    expect((await below.get('')).body).toMatchObject({
      web_url: `${gitlab.url}/gitlab/a/b/c/-/merge_requests/7`,
      references: { full: 'a/b/c!7' },
    });
    expect((await below.get('/projects/a%2Fb%2Fc')).body).toMatchObject({
      id: 42,
      archived: false,
      permissions: { project_access: { access_level: 30 } },
    });
    expect(gitlab.violations).toEqual([]);
    expect((await below.get('/projects/a/b/c')).status).toBe(404);
    expect((await fetch(`${gitlab.url}/api/v4/user`)).status).toBe(404);
    expect(gitlab.violations).toHaveLength(2);
  } finally {
    await below.close();
  }
});

test('merge requests are found by their branch and state, without diff_refs', async () => {
  const found = await world.get('/projects/42/merge_requests?source_branch=feature&state=opened');
  expect(found.body).toMatchObject([{ iid: 7, sha: world.refs().head_sha }]);
  expect(found.body[0]).not.toHaveProperty('diff_refs');
  expect((await world.get('/projects/42/merge_requests?source_branch=other')).body).toEqual([]);
  expect((await world.get('/projects/42/merge_requests/8')).body).toEqual({ message: '404 Not found' });
});

test('each push makes a version, newest first', async () => {
  const first = world.refs();
  world.repository.pushBase((git) => git.write('base.txt', 'x'));
  expect(world.refs()).toEqual(first);
  world.repository.rebase();
  const { body } = await world.get('versions');
  expect(body.map((row: Record<string, string>) => [row.base_commit_sha, row.start_commit_sha])).toEqual([
    [world.repository.baseTip(), world.repository.baseTip()],
    [first.base_sha, first.start_sha],
  ]);
});

test('files, folders, commits and branches are those of the repository', async () => {
  const { get, repository } = world;
  const raw = await get('/projects/42/repository/files/src%2Fcrlf.js/raw?ref=feature');
  expect(raw.text).toBe('a\r\nB\r\nc\r\n');
  expect((await get('/projects/42/repository/files/none/raw?ref=main')).body).toEqual({
    message: '404 File Not Found',
  });
  const tree = '/projects/42/repository/tree?ref=feature&path=src&pagination=keyset&per_page=3';
  const first = await get(tree);
  expect(first.body.map(({ path }: { path: string }) => path)).toEqual([
    'src/app.js',
    'src/crlf.js',
    'src/moved.js',
  ]);
  const next = /<([^>]+)>; rel="next"/.exec(first.headers.get('link') ?? '')?.[1] ?? '';
  const second = await get(next.slice(world.gitlab.apiUrl.length));
  expect(second.body).toMatchObject([{ path: 'src/new.js', type: 'blob' }]);
  expect(second.headers.get('link')).toBeNull();
  expect((await get(`/projects/42/repository/commits/${repository.head()}`)).body).toMatchObject({
    id: repository.head(),
    parent_ids: [repository.baseTip()],
  });
});

test('one’s own notes are edited and deleted, those of others are not', async () => {
  const { send, gitlab } = world;
  const { id, notes } = await post('mine');
  const theirs = gitlab.people.reply(id, 'an answer');
  const refused = await send('PUT', `discussions/${id}/notes/${theirs.id}`, { body: 'x' });
  expect(refused.status).toBe(403);
  expect((await send('DELETE', `notes/${theirs.id}`)).status).toBe(403);
  expect((await send('DELETE', `notes/${theirs.id}`, undefined, GITLAB_TOKENS.maintainer)).status).toBe(204);
  const edited = await send('PUT', `discussions/${id}/notes/${notes[0].id}`, { body: 'again \n' });
  expect(edited.body).toMatchObject({ body: 'again', resolved: false });
  expect((await send('DELETE', `discussions/${id}/notes/${notes[0].id}`)).status).toBe(204);
  expect((await world.get(`discussions/${id}`)).body).toEqual({ message: '404 Discussion Not Found' });
  expect(gitlab.discussions()).toEqual([]);
});

test('a plain note that somebody answers becomes a thread', async () => {
  const { body } = await world.send('POST', 'notes', { body: 'summary' });
  expect(body).toMatchObject({ type: null, resolvable: false });
  expect(body).not.toHaveProperty('resolved');
  const [plain] = (await world.get('discussions')).body;
  expect(plain).toMatchObject({ individual_note: true, notes: [{ id: body.id }] });
  world.gitlab.people.reply(body.id, 'why?');
  const [thread] = (await world.get('discussions')).body;
  expect(thread).toMatchObject({
    individual_note: false,
    notes: [
      { id: body.id, type: 'DiscussionNote' },
      { body: 'why?', author: { username: 'grace' } },
    ],
  });
});

test('people resolve, reopen, edit, quote and delete without a request', async () => {
  const { people } = world.gitlab;
  const { id } = await post('text <!-- marker -->', world.at({ new_line: 5 }));
  const requests = world.gitlab.log.length;
  people.resolve(id);
  people.quote(id);
  expect(people.discussion(id).notes[0]?.resolved?.by.username).toBe('grace');
  people.unresolve(id);
  people.edit(id, 'text\r\nchanged');
  expect(world.gitlab.discussions().map(({ notes: [note] }) => [note?.author.username, note?.body])).toEqual([
    ['project_42_bot_5f3a', 'text\r\nchanged'],
    ['grace', 'text <!-- marker -->'],
  ]);
  people.delete(id);
  expect(world.gitlab.discussionsBy(GITLAB_USERS.bot)).toEqual([]);
  expect(world.gitlab.log).toHaveLength(requests);
});

test('a suggestion is applied to the file, pushed, and its thread resolved', async () => {
  const { people } = world.gitlab;
  const before = world.refs().head_sha;
  const { id } = await post('````suggestion:-0+1\nFIVE();\nSIX();\n````', world.at({ new_line: 5 }));
  const crlf = await post('```suggestion:-0+0\nb\r\nbb\r\n```', world.at({ new_line: 2 }, 'src/crlf.js'));
  const gone = await post('```suggestion\nx\n```', world.at({ old_line: 20 }));
  expect(people.applySuggestion(id).split('\n').slice(3, 7)).toEqual([
    'line 4',
    'FIVE();',
    'SIX();',
    'line 7',
  ]);
  expect(world.refs().head_sha).not.toBe(before);
  expect(people.note(id)).toMatchObject({ resolved: { by: GITLAB_USERS.reviewer } });
  expect(() => people.applySuggestion(id)).toThrow('outdated');
  expect(() => people.applySuggestion(gone.id)).toThrow('not deleted');
  const applied = people.applySuggestion(crlf.id);
  expect(world.repository.file(world.refs().head_sha, 'src/crlf.js')?.toString()).toBe(applied);
  world.gitlab.switches.state = 'merged';
  expect(() => people.applySuggestion(crlf.id)).toThrow('merged');
});

test('what GitLab would overlook is noted: unknown keys, ranges that name no line, wrong types', async () => {
  const { send, gitlab, at } = world;
  expect((await send('POST', 'notes', { body: 'x', colour: 'red' })).status).toBe(400);
  expect((await send('POST', 'discussions', { body: 'x', position: at({ new_line: 'five' }) })).body).toEqual(
    {
      error: 'position[new_line] is invalid',
    },
  );
  expect((await send('PUT', 'notes/1', 'a text')).status).toBe(400);
  const end = { line_code: 'abc_5_5', type: 'new' };
  await post('x', at({ new_line: 5, line_range: { start: end, end } }));
  expect(gitlab.violations).toEqual([
    'POST /api/v4/projects/42/merge_requests/7/notes: colour is no parameter of this endpoint',
    'POST /api/v4/projects/42/merge_requests/7/discussions: position[new_line] is invalid',
    'PUT /api/v4/projects/42/merge_requests/7/notes/1: the body is no object',
    'line_range.start names no line of the diff',
    'line_range.end names no line of the diff',
  ]);
  expect(gitlab.writes().map(({ status }) => status)).toEqual([400, 400, 400, 201]);
});

test('nobody writes in an archived project', async () => {
  world.gitlab.switches.archived = true;
  expect((await world.send('POST', 'notes', { body: 'x' })).status).toBe(403);
  expect((await world.get('/projects/42')).body.archived).toBe(true);
});
