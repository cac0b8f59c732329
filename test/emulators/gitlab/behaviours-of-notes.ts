// Platforms D38, D39, D42, D43 and D46 to D49, tried on the emulator.
import { expect } from 'vitest';
import type { BehaviourWorld } from './behaviour-world.ts';
import { GITLAB_TOKENS } from './start-gitlab-emulator.ts';

type Behaviour = (world: BehaviourWorld) => Promise<void>;

async function lostDrafts({ gitlab, get, send, at, refs }: BehaviourWorld): Promise<void> {
  const drafts = [
    { note: 'good', position: at({ new_line: 5 }) },
    { note: 'bad line', position: at({ new_line: 15 }) },
    { note: 'no line', position: at({}) },
  ];
  for (const draft of drafts) expect((await send('POST', 'draft_notes', draft)).status).toBe(201);
  expect((await get('draft_notes')).body).toHaveLength(3);
  expect((await get('draft_notes', GITLAB_TOKENS.reviewer)).body).toEqual([]);
  expect((await send('POST', 'draft_notes/bulk_publish')).status).toBe(204);
  expect((await get('draft_notes')).body).toEqual([]);
  expect(
    gitlab.discussions().map(({ notes: [note] }) => [note?.body, note?.type, note?.position?.head_sha]),
  ).toEqual([
    ['good', 'DiffNote', refs().head_sha],
    ['no line', 'DiscussionNote', undefined],
  ]);
}

async function failedPublish({ gitlab, get, send, at }: BehaviourWorld): Promise<void> {
  await send('POST', 'draft_notes', { note: 'x', position: at({ new_line: 5 }) });
  gitlab.switches.publishFails = true;
  const failed = await send('POST', 'draft_notes/bulk_publish');
  expect([failed.status, failed.text]).toEqual([500, '']);
  const [draft] = (await get('draft_notes')).body;
  expect((await send('PUT', `draft_notes/${draft.id}/publish`)).status).toBe(500);
  gitlab.switches.publishFails = false;
  expect((await send('PUT', `draft_notes/${draft.id}/publish`)).status).toBe(204);
  expect(gitlab.discussions()).toHaveLength(1);
}

async function sameStatus({ gitlab, get, send, repository }: BehaviourWorld): Promise<void> {
  const path = `/projects/42/statuses/${repository.head()}`;
  const report = (state: string, more = {}) =>
    send('POST', path, { state, name: 'assay', description: 'd 1', ...more });
  expect((await report('running')).status).toBe(201);
  const again = await report('running');
  expect([again.status, again.body]).toEqual([
    400,
    {
      message:
        'Cannot transition status via :run from :running (Reason(s): Status cannot transition via "run")',
    },
  ]);
  expect((await report('success')).status).toBe(201);
  expect((await report('success')).status).toBe(400);
  expect((await report('success', { name: 'other' })).status).toBe(201);
  expect((await report('failed')).body).toMatchObject({ status: 'failed', name: 'assay' });
  const listed = await get(`/projects/42/repository/commits/${repository.head()}/statuses?name=assay`);
  expect(listed.body).toMatchObject([{ status: 'failed', description: 'd 1' }]);
  expect(gitlab.statuses()).toHaveLength(3);
  const missing = await send('POST', `/projects/42/statuses/${'0'.repeat(40)}`, { state: 'success' });
  expect([missing.status, missing.body]).toEqual([404, { message: '404 Commit Not Found' }]);
  expect((await send('POST', path, { state: 'success' }, GITLAB_TOKENS.reporter)).status).toBe(403);
}

async function quickActions({ gitlab, send }: BehaviourWorld): Promise<void> {
  const alone = await send('POST', 'notes', { body: '/label ~bug\n/approve' });
  expect([alone.status, gitlab.discussions()]).toEqual([202, []]);
  const mixed = await send('POST', 'discussions', { body: 'text\n/close\n/no_command\nmore' });
  expect(mixed.body.notes[0].body).toBe('text\n/no_command\nmore');
  expect(gitlab.switches.state).toBe('closed');
  const fenced = 'a\n\n````js\n/merge\n```\n/merge\n````\n\n~~~\n/merge\n~~~\n `/merge`';
  expect((await send('POST', 'notes', { body: fenced })).body.body).toBe(fenced);
  expect(gitlab.quickActions).toEqual(['/label ~bug', '/approve', '/close']);
  const id = gitlab.people.comment('by grace').id;
  const edited = await send('PUT', `notes/${id}`, { body: 'x\n/title y' }, GITLAB_TOKENS.reviewer);
  expect([edited.body.body, gitlab.quickActions.at(-1)]).toEqual(['x', '/title y']);
}

async function largeDiffs({ gitlab, get, repository }: BehaviourWorld): Promise<void> {
  const numbered = (count: number): string => Array.from({ length: count }, (_, at) => `${at}\n`).join('');
  repository.push((git) => git.write('big.txt', numbered(5000)).write('huge.txt', numbered(50_000)));
  const first = await get('diffs?per_page=3');
  expect([first.headers.get('x-total'), first.headers.get('x-next-page')]).toEqual(['6', '2']);
  const rows = [...first.body, ...(await get('diffs?per_page=3&page=2')).body];
  expect(
    rows.map((row) => [row.new_path, row.collapsed, row.too_large, row.diff.slice(0, 3), row.new_file]),
  ).toEqual([
    ['big.txt', true, false, '', true],
    ['huge.txt', false, true, '', true],
    ['src/app.js', false, false, '@@ ', false],
    ['src/crlf.js', false, false, '@@ ', false],
    ['src/moved.js', false, false, '@@ ', false],
    ['src/new.js', false, false, '@@ ', true],
  ]);
  expect(rows[4]).toMatchObject({ old_path: 'src/old.js', renamed_file: true });
  expect((await get('raw_diffs')).text).toContain('+49999\n');
  expect(gitlab.violations).toEqual([]);
}

async function resolving({ gitlab, send, at }: BehaviourWorld): Promise<void> {
  const thread = (await send('POST', 'discussions', { body: 'x', position: at({ new_line: 5 }) })).body;
  const put = (token: string, resolved = true) =>
    send('PUT', `discussions/${thread.id}?resolved=${resolved}`, undefined, token);
  const refused = await put(GITLAB_TOKENS.reporter);
  expect([refused.status, refused.body]).toEqual([403, { message: '403 Forbidden' }]);
  expect((await put(GITLAB_TOKENS.author)).body.notes[0]).toMatchObject({
    resolved: true,
    resolved_by: { username: 'ada' },
  });
  expect((await put(GITLAB_TOKENS.bot, false)).body.notes[0].resolved).toBe(false);
  const note = `discussions/${thread.id}/notes/${thread.notes[0].id}`;
  expect((await send('PUT', note, { resolved: true })).body.resolved).toBe(true);
  expect((await send('PUT', note, { resolved: true, body: 'y' })).body).toEqual({
    error: 'body, resolved are mutually exclusive',
  });
  expect((await send('PUT', note, {})).body).toEqual({
    error: 'body, resolved are missing, exactly one parameter must be provided',
  });
  await send('POST', 'notes', { body: 'plain' });
  const plain = gitlab.discussions().at(-1);
  expect((await send('PUT', `discussions/${plain?.id}`, { resolved: true })).status).toBe(403);
  const unable = await send('PUT', `discussions/${plain?.id}/notes/${plain?.notes[0]?.id}`, {
    resolved: true,
  });
  expect([unable.status, unable.body]).toEqual([
    400,
    { message: '400 Bad request - Note is not resolvable' },
  ]);
}

async function shortPages({ gitlab, get, send }: BehaviourWorld): Promise<void> {
  await send('POST', 'notes', { body: 'first' });
  gitlab.people.whisper(25);
  await send('POST', 'notes', { body: 'last' });
  for (const list of ['discussions', 'notes']) {
    const first = await get(`${list}?per_page=20`);
    expect([first.body.length, first.headers.get('x-next-page')]).toEqual([1, '2']);
    const second = await get(`${list}?per_page=20&page=2`);
    expect([second.body.length, second.headers.get('x-next-page')]).toEqual([1, '']);
    expect(first.headers.get('link')).toContain('page=2');
    expect((await get(`${list}?per_page=10&page=2`)).body).toEqual([]);
  }
}

async function validation({ gitlab, send }: BehaviourWorld): Promise<void> {
  const blank = { message: { note: ["can't be blank"] } };
  const posted = await send('POST', 'notes', { body: ' \n' });
  expect([posted.status, posted.body]).toEqual([400, blank]);
  const { id } = (await send('POST', 'notes', { body: 'x' })).body;
  expect((await send('PUT', `notes/${id}`, { body: '' })).body).toEqual(blank);
  const long = await send('POST', 'notes', { body: 'x'.repeat(1_000_001) });
  expect(long.body).toEqual({ message: { note: ['is too long (maximum is 1000000 characters)'] } });
  const missing = await send('POST', 'notes', {});
  expect([missing.status, missing.body]).toEqual([400, { error: 'body is missing' }]);
  gitlab.switches.maximumNotes = 1;
  const full = await send('POST', 'notes', { body: 'x' });
  expect(full.body).toEqual({ message: { base: ['Maximum number of comments exceeded'] } });
}

export const BEHAVIOURS_OF_NOTES: Readonly<Record<number, Behaviour>> = {
  38: lostDrafts,
  39: failedPublish,
  42: sameStatus,
  43: quickActions,
  46: largeDiffs,
  47: resolving,
  48: shortPages,
  49: validation,
};
