import { describe, expect, it } from 'vitest';
import { createGitHubDesk } from '#adapters/github/github-desk.ts';
import { actionsToken, appToken, classicToken, createPerson } from '../../emulators/github/actors.ts';
import { fileDraft, kinds, lineDraft, markerOf, openDeskWorld, readState } from './desk-world.ts';

const OPENING = 'Assay looked at this change. <!-- assay:v1 k=review -->';

describe('reading a pull request', () => {
  it('tells what it is, who the bot is, and that nothing is there yet, in five requests', async () => {
    const { desk, host, repository, client } = await openDeskWorld();
    const state = await readState(desk);
    expect(state).toEqual({
      change: {
        host: 'github',
        name: 'octo/shop#7',
        state: 'open',
        locked: false,
        head: repository.head(),
        baseTip: repository.baseTip(),
        mergeBase: null,
        fork: false,
        blobUrl: `https://github.test/octo/shop/blob/${repository.head()}`,
        url: 'https://github.test/octo/shop/pull/7',
      },
      self: 'github-actions[bot]',
      rights: { comment: 'unknown', problem: null },
      comments: [],
    });
    expect(client.requests()).toEqual({ reads: 5, writes: 0 });
    expect(host.violations).toEqual([]);
  });

  it('lists only what the bot itself wrote, whoever quotes its marker', async () => {
    const { desk, host, repository, nextRun } = await openDeskWorld();
    await readState(desk);
    await desk.post([lineDraft('one', 12)], { head: repository.head(), opening: OPENING });
    await desk.summarise(`Summary\n${markerOf('summary')}`, markerOf('summary'), null);
    const own = host.state.shownComments()[0]?.id ?? 0;
    for (const where of ['timeline', 'thread', 'line'] as const) host.people.quoteMarker(own, where);
    host.people.quoteMarker(own, 'line', 'github-actions');
    const { comments } = await readState(nextRun());
    expect(comments.map(({ kind, answered }) => [kind, answered])).toEqual([
      ['line', true],
      ['summary', false],
      ['review', false],
    ]);
  });

  it('finds a comment on the fourth page', async () => {
    const { desk, host, repository, nextRun } = await openDeskWorld();
    for (let count = 0; count < 320; count += 1) host.people.comment('me too');
    await readState(desk);
    await desk.summarise(`S ${markerOf('late')}`, markerOf('late'), null);
    const { comments } = await readState(nextRun());
    expect(comments.map(({ body }) => body)).toEqual([`S ${markerOf('late')}`]);
    expect(repository.head()).toHaveLength(40);
  });

  it('says what is outdated, resolved and by whom, hidden, and where it stands now', async () => {
    const { desk, host, repository, nextRun } = await openDeskWorld({ pushes: true });
    const drafts = [
      lineDraft('a', 12),
      lineDraft('b', 14),
      lineDraft('c', 5, { path: 'src/b.ts' }),
      fileDraft('d'),
    ];
    await readState(desk);
    await desk.post(drafts, { head: repository.head(), opening: OPENING });
    const idOf = (id: string) =>
      host.state.shownComments().find(({ body }) => body.includes(markerOf(id)))?.id ?? 0;
    host.people.resolve(idOf('b'));
    host.people.minimize(idOf('d'));
    repository.push((git) => {
      const [lines] = [Array.from({ length: 40 }, (_, index) => `line ${index + 1}`)];
      lines[11] = 'changed';
      git.write('src/a.ts', `${['first', ...lines].join('\n')}\n`);
    });
    const { comments } = await readState(nextRun());
    const seen = Object.fromEntries(
      comments.map((comment) => [/id=(\w+)/.exec(comment.body)?.[1] ?? '', comment]),
    );
    expect(seen.a).toMatchObject({ kind: 'line', outdated: true, line: null, resolved: false });
    expect(seen.b).toMatchObject({ outdated: false, line: 15, resolved: true, resolvedBy: 'other' });
    expect(seen.c).toMatchObject({ path: 'src/b.ts', line: 5, outdated: false });
    expect(seen.d).toMatchObject({ kind: 'file', line: null, outdated: false, minimized: true });
  });

  it('lists only the comments in the diff again, or the summaries, in at most one request', async () => {
    const { desk, repository, client } = await openDeskWorld();
    const before = await readState(desk);
    await desk.post([lineDraft('a', 12)], { head: repository.head(), opening: OPENING });
    const sent = client.requests();
    const after = await desk.read(before);
    // Posting listed them already, to learn their numbers.
    expect(client.requests()).toEqual(sent);
    expect(await desk.read(before)).toEqual(after);
    await desk.read(before, 'summaries');
    expect(client.requests()).toEqual({ reads: sent.reads + 2, writes: sent.writes });
    expect(after).toMatchObject({ self: 'github-actions[bot]', comments: [{ kind: 'line', line: 12 }] });
  });

  it('gets by without threads when GraphQL does not answer the query', async () => {
    const { desk, host } = await openDeskWorld();
    host.faults.add({
      kind: 'status',
      status: 200,
      text: /reviewThreads/,
      body: { data: null, errors: [{ type: 'FORBIDDEN', message: 'no' }] },
    });
    expect((await readState(desk)).self).toBe('github-actions[bot]');
  });

  it('gives a problem, and no stack trace, for a pull request that the token does not see', async () => {
    const { host, client } = await openDeskWorld();
    host.tokens.set('ghs_workflow', { ...actionsToken(), seesRepository: false });
    const desk = createGitHubDesk(client, {
      repository: 'octo/shop',
      number: 7,
      serverUrl: 'https://github.test',
    });
    const state = await desk.read();
    expect(state).toMatchObject({
      problem: { code: 'not_found', text: expect.stringContaining('`Not Found`') },
    });
    expect(JSON.stringify(state)).not.toMatch(/ghs_workflow|\n\s+at /);
  });

  it('knows what a classic token may do from its scopes, and an archived or locked conversation from the answer', async () => {
    const mona = createPerson(502, 'mona');
    const { host, nextRun } = await openDeskWorld();
    host.tokens.set('classic', classicToken(mona, ['repo']));
    expect((await readState(nextRun('classic'))).rights).toMatchObject({ comment: 'yes', problem: null });
    expect(Object.keys((await readState(nextRun('classic'))).rights.withheld ?? {})).toEqual(['check']);
    host.people.lock();
    expect((await readState(nextRun())).rights).toMatchObject({ comment: 'no', problem: { code: 'locked' } });
    host.people.archive();
    expect((await readState(nextRun())).rights.problem?.text).toContain('archived');
  });
});

describe('posting comments', () => {
  it('puts all lines into one review, pinned to the head, and files beside it', async () => {
    const { desk, host, repository, client } = await openDeskWorld();
    await readState(desk);
    const drafts = [
      lineDraft('a', 12),
      fileDraft('f'),
      lineDraft('b', 16, { startLine: 14 }),
      lineDraft('c', 18, { startLine: 18 }),
    ];
    const outcomes = await desk.post(drafts, { head: repository.head(), opening: OPENING });
    expect(kinds(outcomes)).toEqual(['posted', 'posted', 'posted', 'posted']);
    expect(host.writes().map(({ method, path }) => `${method} ${path}`)).toEqual([
      'POST /repos/octo/shop/pulls/7/reviews',
      'POST /repos/octo/shop/pulls/7/comments',
    ]);
    expect(
      host.state
        .shownComments()
        .map((comment) => [comment.originalStartLine, comment.originalLine, comment.originalCommitId]),
    ).toEqual([
      [null, 12, repository.head()],
      [14, 16, repository.head()],
      [null, 18, repository.head()],
      [null, null, repository.head()],
    ]);
    const first = host.state.shownComments()[0]?.id;
    expect(outcomes[0]).toEqual({
      kind: 'posted',
      id: `comment:${first}`,
      url: `https://github.test/octo/shop/pull/7#discussion_r${first}`,
    });
    expect(client.requests().reads).toBe(7);
    expect(host.violations).toEqual([]);
  });

  it('refuses only the draft whose line is not in the diff, though GitHub does not say which it is', async () => {
    const { desk, host, repository } = await openDeskWorld();
    await readState(desk);
    const drafts = [
      lineDraft('a', 12),
      lineDraft('bad', 39),
      lineDraft('b', 14),
      lineDraft('gone', 1, { path: 'no.ts' }),
    ];
    const outcomes = await desk.post(drafts, { head: repository.head(), opening: OPENING });
    expect(kinds(outcomes)).toEqual(['posted', 'anchor', 'posted', 'anchor']);
    expect(host.state.shownComments()).toHaveLength(2);
  });

  it('posts nothing when the head has moved on by a force push', async () => {
    const { desk, host, repository } = await openDeskWorld({ pushes: true });
    await readState(desk);
    const head = repository.head();
    repository.forcePush((git) => git.write('src/a.ts', 'all new\n'));
    const outcomes = await desk.post([lineDraft('a', 12), fileDraft('f')], { head, opening: OPENING });
    expect(kinds(outcomes)).toEqual(['moved', 'moved']);
    expect(host.state.shownComments()).toEqual([]);
  });

  it.each(['store_then_status', 'store_then_drop'] as const)(
    'posts nothing twice when the answer was lost (%s)',
    async (kind) => {
      const { desk, host, repository } = await openDeskWorld();
      await readState(desk);
      const fault = kind === 'store_then_status' ? { kind, status: 502 } : { kind };
      host.faults.add(
        { ...fault, method: 'POST', path: /reviews$/ },
        { ...fault, method: 'POST', path: /pulls\/7\/comments$/ },
      );
      const outcomes = await desk.post([lineDraft('a', 12), lineDraft('b', 14), fileDraft('f')], {
        head: repository.head(),
        opening: OPENING,
      });
      expect(kinds(outcomes)).toEqual(['posted', 'posted', 'posted']);
      expect(host.state.shownComments()).toHaveLength(3);
      expect(host.faults.left()).toBe(0);
    },
  );

  it('sends a review that was not stored once more, and gives up when that fails too', async () => {
    const { desk, host, repository } = await openDeskWorld();
    await readState(desk);
    host.faults.add({ kind: 'status', status: 502, method: 'POST', path: /reviews$/ });
    expect(
      kinds(await desk.post([lineDraft('a', 12)], { head: repository.head(), opening: OPENING })),
    ).toEqual(['posted']);
    host.faults.clear();
    host.faults.add({ kind: 'drop', method: 'POST', path: /reviews$/, nth: 'always' });
    const outcomes = await desk.post([lineDraft('b', 13), fileDraft('f')], {
      head: repository.head(),
      opening: OPENING,
    });
    expect(kinds(outcomes)).toEqual(['unreachable', 'unreachable']);
    expect(host.writes().filter(({ path }) => path.endsWith('/reviews'))).toHaveLength(4);
    expect(host.state.shownComments()).toHaveLength(1);
  });

  it.each(['before the run', 'during the run'])(
    'is not stopped by a review of its own that was never submitted, begun %s',
    async (when) => {
      const { desk, host, repository } = await openDeskWorld();
      if (when === 'before the run') host.people.startReview(actionsToken().actor);
      await readState(desk);
      if (when === 'during the run') host.people.startReview(actionsToken().actor);
      host.people.startReview(createPerson(502, 'mona'));
      const outcomes = await desk.post([lineDraft('a', 12)], { head: repository.head(), opening: OPENING });
      expect(kinds(outcomes)).toEqual(['posted']);
      expect(host.state.reviews.map(({ state }) => state).sort()).toEqual(['COMMENTED', 'PENDING']);
    },
  );

  it('names the permission that is missing, once, and does not go on asking', async () => {
    const { desk, host, repository } = await openDeskWorld();
    await readState(desk);
    host.tokens.set('ghs_workflow', actionsToken({ contents: 'read', 'pull-requests': 'read' }));
    const outcomes = await desk.post([lineDraft('a', 12), fileDraft('f'), fileDraft('g')], {
      head: repository.head(),
      opening: OPENING,
    });
    expect(kinds(outcomes)).toEqual(['permission', 'permission', 'permission']);
    expect(outcomes[0]).toMatchObject({
      problem: {
        text: 'Assay could not post the review (status 403), GitHub said `Resource not accessible by integration`.',
        hint: expect.stringContaining('`pull-requests: write` under `permissions:`'),
      },
    });
    expect(host.writes()).toHaveLength(1);
  });

  it('refuses a text that is too long by itself, and posts the rest', async () => {
    const { desk, host, repository } = await openDeskWorld();
    await readState(desk);
    const long = { ...lineDraft('long', 13), body: `${'x'.repeat(65_536)}${markerOf('long')}` };
    const outcomes = await desk.post([lineDraft('a', 12), long], {
      head: repository.head(),
      opening: OPENING,
    });
    expect(kinds(outcomes)).toEqual(['posted', 'too_long']);
    expect(host.writes()).toHaveLength(1);
  });

  it('waits for a limit as long as the host says, and gives up when it has waited enough', async () => {
    const { desk, host, repository, pauses } = await openDeskWorld();
    await readState(desk);
    host.throttle.secondary({ status: 403, retryAfter: 7 });
    expect(
      kinds(await desk.post([lineDraft('a', 12)], { head: repository.head(), opening: OPENING })),
    ).toEqual(['posted']);
    expect(pauses).toEqual([7000]);
    host.throttle.secondary({ status: 429, retryAfter: null, requests: 9 });
    expect(
      kinds(await desk.post([lineDraft('b', 13)], { head: repository.head(), opening: OPENING })),
    ).toEqual(['rate_limit']);
    expect(pauses).toEqual([7000, 60_000, 120_000]);
  });

  it('takes the spam guard for a limit first, and says so when it stays', async () => {
    const { desk, host, repository, pauses } = await openDeskWorld();
    await readState(desk);
    host.throttle.spam(3);
    const outcomes = await desk.post([lineDraft('a', 12), lineDraft('b', 13)], {
      head: repository.head(),
      opening: OPENING,
    });
    expect(kinds(outcomes)).toEqual(['spam', 'spam']);
    expect(pauses).toEqual([60_000, 120_000]);
  });

  it('refuses comments on files as anchors where an old Enterprise Server does not know them, after one question', async () => {
    const { desk, host, repository } = await openDeskWorld({ enterprise: '3.6' });
    await readState(desk);
    const outcomes = await desk.post([fileDraft('f'), fileDraft('g'), lineDraft('a', 12)], {
      head: repository.head(),
      opening: OPENING,
    });
    expect(kinds(outcomes)).toEqual(['anchor', 'anchor', 'posted']);
    expect(host.writes()).toHaveLength(2);
  });

  it('does nothing for no drafts', async () => {
    const { desk, host } = await openDeskWorld();
    expect(await desk.post([], { head: 'a'.repeat(40), opening: OPENING })).toEqual([]);
    expect(host.log).toEqual([]);
  });
});

describe('amending comments', () => {
  const posted = async (options: Parameters<typeof openDeskWorld>[0] = {}) => {
    const world = await openDeskWorld(options);
    await readState(world.desk);
    await world.desk.post([lineDraft('a', 12), fileDraft('f')], {
      head: world.repository.head(),
      opening: OPENING,
    });
    await world.desk.summarise(`S ${markerOf('s')}`, markerOf('s'), null);
    const run = world.nextRun();
    const { comments } = await readState(run);
    const of = (kind: string) => {
      const found = comments.find((comment) => comment.kind === kind);
      if (found === undefined) throw new Error(`no ${kind}`);
      return found;
    };
    return { ...world, run, of };
  };

  it('changes the text of every kind, and closes what it may', async () => {
    const { run, of, host, nextRun } = await posted();
    const text = (kind: string) => `new ${kind} ${markerOf(kind)}`;
    const amendments = (['line', 'file', 'summary', 'review'] as const).map((kind) => ({
      comment: of(kind),
      body: text(kind),
      thread: 'close' as const,
    }));
    expect(await run.amend(amendments)).toEqual([
      { kind: 'amended', did: 'resolved' },
      { kind: 'amended', did: 'resolved' },
      { kind: 'amended', did: 'minimized' },
      { kind: 'amended', did: 'minimized' },
    ]);
    const { comments } = await readState(nextRun());
    expect(
      comments.map(({ kind, body, resolved, resolvedBy }) => [kind, body, resolved, resolvedBy]),
    ).toEqual([
      ['line', text('line'), true, 'self'],
      ['file', text('file'), true, 'self'],
      ['summary', text('summary'), false, null],
      ['review', text('review'), false, null],
    ]);
    expect(host.violations).toEqual([]);
  });

  it('hides a comment where the thread may not be resolved, and opens it again', async () => {
    const token = actionsToken({ contents: 'read', 'pull-requests': 'write', issues: 'write' });
    const { run, of, nextRun } = await posted({ tokens: { ghs_workflow: token } });
    expect(await run.amend([{ comment: of('line'), body: null, thread: 'close' }])).toEqual([
      { kind: 'amended', did: 'minimized' },
    ]);
    const next = nextRun();
    const hidden = (await readState(next)).comments.find(({ kind }) => kind === 'line');
    expect(hidden).toMatchObject({ minimized: true, resolved: false });
    if (hidden === undefined) return;
    expect(await next.amend([{ comment: hidden, body: null, thread: 'reopen' }])).toEqual([
      { kind: 'amended', did: 'reopened' },
    ]);
    expect((await readState(nextRun())).comments.find(({ kind }) => kind === 'line')).toMatchObject({
      minimized: false,
    });
  });

  it('hides it when resolving is refused inside an answer with status 200, and does not ask again', async () => {
    const { run, of, host } = await posted();
    const refusal = {
      data: { resolveReviewThread: null },
      errors: [{ type: 'FORBIDDEN', message: 'Resource not accessible by integration' }],
    };
    host.faults.add({
      kind: 'status',
      status: 200,
      text: /resolveReviewThread/,
      body: refusal,
      nth: 'always',
    });
    const before = host.writes().length;
    const outcomes = await run.amend([
      { comment: of('line'), body: null, thread: 'close' },
      { comment: of('file'), body: null, thread: 'close' },
    ]);
    expect(outcomes).toEqual([
      { kind: 'amended', did: 'minimized' },
      { kind: 'amended', did: 'minimized' },
    ]);
    expect(host.writes().length - before).toBe(3);
  });

  it('only edits where neither is allowed', async () => {
    const { run, of, host } = await posted();
    const refusal = { data: null, errors: [{ type: 'FORBIDDEN', message: 'no' }] };
    host.faults.add({ kind: 'status', status: 200, text: /mutation/, body: refusal, nth: 'always' });
    expect(await run.amend([{ comment: of('line'), body: 'fixed', thread: 'close' }])).toEqual([
      { kind: 'amended', did: 'edited' },
    ]);
    expect(host.state.shownComments()[0]?.body).toBe('fixed');
  });

  it('opens a thread that is resolved', async () => {
    const { run, of, nextRun } = await posted();
    await run.amend([{ comment: of('line'), body: null, thread: 'close' }]);
    const next = nextRun();
    const closed = (await readState(next)).comments.filter(({ kind }) => kind === 'line');
    expect(
      await next.amend(
        closed.map((comment) => ({ comment, body: `again ${markerOf('a')}`, thread: 'reopen' as const })),
      ),
    ).toEqual([{ kind: 'amended', did: 'reopened' }]);
    expect((await readState(nextRun())).comments.find(({ kind }) => kind === 'line')).toMatchObject({
      resolved: false,
      body: `again ${markerOf('a')}`,
    });
  });

  it('deletes comments, edits a review instead, and leaves a thread in which people spoke', async () => {
    const { run, of, host } = await posted();
    const answered = { ...of('file'), answered: true };
    const outcomes = await run.amend([
      { comment: of('line'), body: null, thread: 'delete' },
      { comment: of('summary'), body: null, thread: 'delete' },
      { comment: of('review'), body: 'nothing here', thread: 'delete' },
      { comment: answered, body: null, thread: 'delete' },
      { comment: of('line'), body: null, thread: 'delete' },
    ]);
    expect(
      outcomes.map((outcome) => (outcome.kind === 'amended' ? outcome.did : outcome.problem.code)),
    ).toEqual(['deleted', 'deleted', 'edited', 'rejected', 'deleted']);
    expect(host.state.shownComments().map(({ subject }) => subject)).toEqual(['file']);
  });

  it('says of a comment that somebody deleted that it is not there', async () => {
    const { run, of, host } = await posted();
    host.people.delete(Number(of('line').id.split(':')[1]));
    expect(await run.amend([{ comment: of('line'), body: 'x', thread: 'leave' }])).toMatchObject([
      { kind: 'refused', problem: { code: 'not_found' } },
    ]);
  });

  it('writes nothing twice when answers are lost', async () => {
    const { run, of, host, nextRun } = await posted();
    const lost = { kind: 'store_then_status', status: 502 } as const;
    host.faults.add(
      { ...lost, method: 'PATCH' },
      { ...lost, text: /mutation/ },
      { ...lost, method: 'DELETE' },
    );
    const before = host.writes().length;
    const outcomes = await run.amend([
      { comment: of('line'), body: 'done', thread: 'close' },
      { comment: of('file'), body: null, thread: 'delete' },
    ]);
    expect(outcomes).toEqual([
      { kind: 'amended', did: 'resolved' },
      { kind: 'amended', did: 'deleted' },
    ]);
    expect(host.writes().length - before).toBe(3);
    expect(host.faults.left()).toBe(0);
    expect((await readState(nextRun())).self).toBe('github-actions[bot]');
  });
});

describe('the summary comment', () => {
  const body = `Passed\n\n${markerOf('s')}`;

  it('is posted once, then edited in place, and left alone when equal', async () => {
    const { desk, host, nextRun } = await openDeskWorld();
    await readState(desk);
    const first = await desk.summarise(body, markerOf('s'), null);
    const run = nextRun();
    const [standing = null] = (await readState(run)).comments;
    expect(await run.summarise(body, markerOf('s'), standing)).toEqual(first);
    expect(host.writes()).toHaveLength(1);
    expect(await run.summarise(`Failed ${markerOf('s')}`, markerOf('s'), standing)).toEqual(first);
    expect(host.state.issueComments.map((comment) => comment.body)).toEqual([`Failed ${markerOf('s')}`]);
  });

  it('is posted anew when somebody deleted it, and once when the answer is lost', async () => {
    const { desk, host, nextRun } = await openDeskWorld();
    await readState(desk);
    await desk.summarise(body, markerOf('s'), null);
    const run = nextRun();
    const [standing = null] = (await readState(run)).comments;
    host.people.delete(Number(standing?.id.split(':')[1]));
    host.faults.add({ kind: 'store_then_drop', method: 'POST', path: /issues\/7\/comments/ });
    expect(await run.summarise(`${body} `, markerOf('s'), standing)).toMatchObject({ kind: 'posted' });
    expect(host.state.issueComments).toHaveLength(1);
    expect(host.faults.left()).toBe(0);
  });

  it('says that it may not be written', async () => {
    const { desk, host } = await openDeskWorld();
    host.tokens.set('ghs_workflow', actionsToken({ 'pull-requests': 'read', contents: 'read' }));
    await readState(desk);
    const outcome = await desk.summarise(body, markerOf('s'), null);
    expect(outcome).toMatchObject({
      kind: 'refused',
      problem: { code: 'permission', hint: expect.stringContaining('`pull-requests: write`') },
    });
    expect(await desk.summarise('x'.repeat(70_000), 'x', null)).toMatchObject({
      problem: { code: 'too_long' },
    });
  });

  it('is not adopted from an app with another account', async () => {
    const { desk, host, nextRun } = await openDeskWorld();
    await readState(desk);
    await desk.summarise(body, markerOf('s'), null);
    host.tokens.set('other', appToken('other'));
    expect((await readState(nextRun('other'))).comments).toEqual([]);
  });
});
