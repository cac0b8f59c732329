// What every ReviewDesk promises, whatever host it speaks to: both desks and the double pass this suite.
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { CommentDraft, GateStatus, PostOutcome, StandingComment } from '#domain/publication.ts';
import type { ReviewDesk } from '#ports/review-desk.ts';
import { bodyOf, draft, markerOf, OPENING, standing, stateOf, theOne } from './desk-drafts.ts';
import { describePosting, refusesMovedHead } from './desk-posting.contract.ts';
import { CONTRACT_ANCHORS, type DeskUnderTest } from './desk-under-test.ts';

const { added, context } = CONTRACT_ANCHORS;

export function reviewDeskContract(name: string, open: () => Promise<DeskUnderTest>): void {
  describe(`${name} keeps the promises of a review desk`, () => {
    let host: DeskUnderTest;
    let desk: ReviewDesk;
    beforeEach(async () => {
      host = await open();
      ({ desk } = host);
    });
    afterEach(() => host.dispose());

    const post = async (...drafts: CommentDraft[]): Promise<readonly PostOutcome[]> => {
      await stateOf(desk);
      return desk.post(drafts, { head: host.head(), opening: OPENING });
    };
    const amend = async (
      comment: StandingComment,
      what: { body?: string; thread?: 'close' | 'reopen' | 'delete' },
    ) => (await desk.amend([{ comment, body: what.body ?? null, thread: what.thread ?? 'leave' }]))[0];

    describePosting(() => ({ host, desk, post }));
    refusesMovedHead(() => ({ host, desk, post }));

    it('reads the change request and who it is, and writes nothing', async () => {
      const state = await stateOf(desk);
      expect(state).toMatchObject({ self: host.self, comments: [] });
      expect(state.change).toMatchObject({ state: 'open', locked: false, head: host.head(), fork: false });
      expect(state.rights.comment).not.toBe('no');
      expect(host.writes()).toBe(0);
    });

    it('takes nobody else’s comment for its own, whatever marker it quotes', async () => {
      await post(draft('a', added));
      host.say(bodyOf('a'));
      host.say(bodyOf('S'));
      const { comments } = await stateOf(host.another());
      expect(comments.map(({ body }) => body)).toEqual([bodyOf('a')]);
      expect(comments[0]?.answered).toBe(false);
    });

    it('gives the text as it stands, with line feeds, after somebody edited it', async () => {
      await post(draft('a', added));
      host.edit(markerOf('a'), `no\r\n\r\nproblem\r\n${markerOf('a')}`);
      expect((await theOne(host.another(), 'a')).body).toBe(`no\n\nproblem\n${markerOf('a')}`);
    });

    it('sees who resolved and that somebody answered', async () => {
      await post(draft('a', added), draft('b', context));
      host.resolve(markerOf('a'));
      host.reply(markerOf('b'));
      expect(await theOne(desk, 'a')).toMatchObject({ resolved: true, resolvedBy: 'other', answered: false });
      expect(await theOne(desk, 'b')).toMatchObject({ resolved: false, resolvedBy: null, answered: true });
    });

    it('edits a comment in place, with one write', async () => {
      await post(draft('a', added));
      const comment = await theOne(desk, 'a');
      const before = host.writes();
      const body = bodyOf('a', 'Command injection');
      expect(await amend(comment, { body })).toEqual({ kind: 'amended', did: 'edited' });
      expect(await theOne(desk, 'a')).toMatchObject({ id: comment.id, body, resolved: false });
      expect(host.writes()).toBe(before + 1);
    });

    it('closes a thread and opens it again', async () => {
      await post(draft('a', added));
      const closed = await amend(await theOne(desk, 'a'), { body: bodyOf('a', 'fixed'), thread: 'close' });
      expect(closed).toMatchObject({ kind: 'amended', did: expect.stringMatching(/resolved|minimized/) });
      const fresh = host.another();
      const comment = await theOne(fresh, 'a');
      expect(comment.resolved || comment.minimized).toBe(true);
      expect(comment.body).toBe(bodyOf('a', 'fixed'));
      expect(comment.resolvedBy).not.toBe('other');
      const opened = await fresh.amend([{ comment, body: null, thread: 'reopen' }]);
      expect(opened).toEqual([{ kind: 'amended', did: 'reopened' }]);
      expect(await theOne(host.another(), 'a')).toMatchObject({ resolved: false, minimized: false });
    });

    it('goes as far as it may where it may not resolve', async () => {
      await post(draft('a', added));
      host.takeRight('resolve');
      const fresh = host.another();
      const comment = await theOne(fresh, 'a');
      const [outcome] = await fresh.amend([{ comment, body: bodyOf('a', 'fixed'), thread: 'close' }]);
      expect(outcome).toMatchObject({ kind: 'amended', did: expect.stringMatching(/edited|minimized/) });
      expect(await theOne(fresh, 'a')).toMatchObject({ resolved: false, body: bodyOf('a', 'fixed') });
    });

    it('deletes a second copy of its own', async () => {
      await post(draft('a', added));
      await post(draft('a', added));
      const [first, second] = await standing(desk, 'a');
      expect(second && (await amend(second, { thread: 'delete' }))).toEqual({
        kind: 'amended',
        did: 'deleted',
      });
      expect(await theOne(desk, 'a')).toEqual(first);
    });

    it('deletes nothing in a thread where somebody answered', async () => {
      await post(draft('a', added));
      host.reply(markerOf('a'));
      const comment = await theOne(desk, 'a');
      const before = host.writes();
      expect(await amend(comment, { thread: 'delete' })).toMatchObject({
        kind: 'refused',
        problem: { code: 'rejected' },
      });
      expect(await theOne(desk, 'a')).toEqual(comment);
      expect(host.writes()).toBe(before);
    });

    it('writes no text that stands there already', async () => {
      await post(draft('a', added));
      await desk.summarise(bodyOf('S'), markerOf('S'), null);
      const before = host.writes();
      const fresh = host.another();
      const [comment, summary] = [await theOne(fresh, 'a'), await theOne(fresh, 'S')];
      const same = { comment, body: comment.body, thread: 'leave' } as const;
      expect(await fresh.amend([same])).toMatchObject([{ kind: 'amended' }]);
      expect(await fresh.summarise(bodyOf('S'), markerOf('S'), summary)).toMatchObject({ id: summary.id });
      expect(host.writes()).toBe(before);
    });

    it('reads again what it posted, and still knows what was resolved', async () => {
      await post(draft('a', added));
      host.resolve(markerOf('a'));
      const before = await stateOf(desk);
      await desk.post([draft('b', context)], { head: host.head(), opening: OPENING });
      const after = await desk.read(before);
      const comments = 'comments' in after ? after.comments : [];
      const line = (id: string) => comments.filter(({ body }) => body.includes(markerOf(id)));
      expect(line('a')).toMatchObject([{ resolved: true, resolvedBy: 'other', line: 5 }]);
      expect(line('b')).toMatchObject([{ resolved: false, line: 9 }]);
    });

    it('says of a comment that somebody deleted that it is not there', async () => {
      await post(draft('a', added), draft('b', context));
      const [gone, kept] = [await theOne(desk, 'a'), await theOne(desk, 'b')];
      host.delete(markerOf('a'));
      const outcomes = await desk.amend(
        [gone, kept].map((comment) => ({ comment, body: `changed ${comment.body}`, thread: 'leave' })),
      );
      expect(outcomes).toMatchObject([
        { kind: 'refused', problem: { code: 'not_found' } },
        { kind: 'amended', did: 'edited' },
      ]);
      expect(await standing(desk, 'a')).toEqual([]);
    });

    it('writes one summary, and edits it the next time', async () => {
      await stateOf(desk);
      const first = await desk.summarise(bodyOf('S', 'one'), markerOf('S'), null);
      const comment = await theOne(host.another(), 'S');
      expect(comment).toMatchObject({ kind: 'summary', path: null, line: null, body: bodyOf('S', 'one') });
      expect(first).toEqual({ kind: 'posted', id: comment.id, url: comment.url });
      const next = await desk.summarise(bodyOf('S', 'two'), markerOf('S'), comment);
      expect(next).toEqual(first);
      expect((await theOne(desk, 'S')).body).toBe(bodyOf('S', 'two'));
    });

    it('reports the gate’s answer once, and again only when it is another', async () => {
      await stateOf(desk);
      const status = gateStatus(host.head());
      expect(await desk.report(status)).toMatchObject({ kind: 'reported', action: 'created' });
      const before = host.writes();
      expect(await host.another().report(status)).toMatchObject({ kind: 'reported', action: 'kept' });
      expect(host.writes()).toBe(before);
      const passed: GateStatus = {
        ...status,
        conclusion: 'success',
        title: 'Passed',
        digest: 'd2'.repeat(32),
      };
      expect(await host.another().report(passed)).toMatchObject({ kind: 'reported' });
      const after = host.writes();
      expect(await host.another().report(passed)).toMatchObject({ kind: 'reported', action: 'kept' });
      expect(host.writes()).toBe(after);
    });

    it('tells which comments are outdated after a push, and where the others stand', async () => {
      await post(draft('a', added), draft('b', context));
      const head = host.push();
      const fresh = host.another();
      expect((await stateOf(fresh)).change.head).toBe(head);
      expect(await theOne(fresh, 'a')).toMatchObject({ outdated: true, line: null, answered: false });
      expect(await theOne(fresh, 'b')).toMatchObject({ outdated: false, line: 9, answered: false });
    });

    it('says what is missing when it may not comment', async () => {
      host.takeRight('comment');
      const fresh = host.another();
      const state = await fresh.read();
      expect('rights' in state ? state.rights.comment : 'no').not.toBe('yes');
      const outcomes = await fresh.post([draft('a', added)], { head: host.head(), opening: OPENING });
      expect(outcomes).toMatchObject([{ kind: 'refused', problem: { code: 'permission' } }]);
      expect(await fresh.summarise(bodyOf('S'), markerOf('S'), null)).toMatchObject({
        kind: 'refused',
        problem: { code: 'permission' },
      });
    });

    it('throws nothing when the host is gone', async () => {
      await post(draft('a', added));
      const comment = await theOne(desk, 'a');
      host.goAway();
      const unreachable = { problem: { code: 'unreachable' } };
      expect(await desk.read()).toMatchObject(unreachable);
      const outcomes = [
        ...(await desk.post([draft('b', context)], { head: host.head(), opening: OPENING })),
        ...(await desk.amend([{ comment, body: bodyOf('a', 'x'), thread: 'close' }])),
        await desk.summarise(bodyOf('S'), markerOf('S'), null),
        await desk.report(gateStatus(host.head())),
      ];
      expect(outcomes).toMatchObject(Array(4).fill({ kind: 'refused', ...unreachable }));
    });
  });
}

function gateStatus(head: string): GateStatus {
  return {
    name: 'assay',
    head,
    conclusion: 'failure',
    title: 'Failed: 1 finding',
    summary: 'One finding.',
    annotations: [],
    digest: 'd1'.repeat(32),
    prefer: 'status',
  };
}
