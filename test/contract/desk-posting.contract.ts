// What every ReviewDesk promises about new comments; a part of the contract of the review desk.
import { expect, it } from 'vitest';
import type { CommentDraft, PostOutcome } from '#domain/publication.ts';
import type { ReviewDesk } from '#ports/review-desk.ts';
import { bodyOf, draft, markerOf, OPENING, standing, stateOf, theOne } from './desk-drafts.ts';
import { CONTRACT_ANCHORS, type DeskUnderTest, type LostHow } from './desk-under-test.ts';

const { added, context, range, file, outside } = CONTRACT_ANCHORS;
const LOST: readonly LostHow[] = ['error', 'reset'];

export interface Posting {
  readonly host: DeskUnderTest;
  readonly desk: ReviewDesk;
  readonly post: (...drafts: CommentDraft[]) => Promise<readonly PostOutcome[]>;
}

export function describePosting(opened: () => Posting): void {
  it('posts on lines, ranges and files, one outcome a draft in order', async () => {
    const { host, desk, post } = opened();
    const anchors = { a: added, f: file, c: context, r: range };
    const outcomes = await post(...Object.entries(anchors).map(([id, anchor]) => draft(id, anchor)));
    for (const [at, [id, anchor]] of Object.entries(anchors).entries()) {
      const comment = await theOne(host.another(), id);
      expect(outcomes[at]).toEqual({ kind: 'posted', id: comment.id, url: comment.url });
      expect(comment).toMatchObject({
        kind: anchor.kind,
        body: bodyOf(id),
        path: anchor.path,
        outdated: false,
        resolved: false,
        resolvedBy: null,
        minimized: false,
        answered: false,
      });
      // A comment on a range stands at one of its ends.
      const ends = anchor.kind === 'line' ? [anchor.line, anchor.startLine] : [null];
      expect(ends).toContain(comment.line);
    }
    expect(new Set((await stateOf(desk)).comments.map(({ order }) => order)).size).toBe(4);
  });

  it('counts a later comment higher', async () => {
    const { host, desk, post } = opened();
    await post(draft('a', added));
    await host.another().read();
    await post(draft('b', added));
    expect((await theOne(desk, 'a')).order).toBeLessThan((await theOne(desk, 'b')).order);
  });

  it('refuses an anchor that the diff does not show, and posts the others', async () => {
    const { host, desk, post } = opened();
    const outcomes = await post(draft('a', added), draft('x', outside), draft('b', context));
    expect(outcomes).toMatchObject([
      { kind: 'posted' },
      { kind: 'refused', problem: { code: 'anchor' } },
      { kind: 'posted' },
    ]);
    expect(await standing(host.another(), 'x')).toEqual([]);
    expect((await stateOf(desk)).comments).toHaveLength(2);
  });

  it('writes nothing when there is nothing to say', async () => {
    const { host, desk } = opened();
    await stateOf(desk);
    expect(await desk.post([], { head: host.head(), opening: OPENING })).toEqual([]);
    expect(await desk.amend([])).toEqual([]);
    expect(host.writes()).toBe(0);
  });

  it.each(LOST)(
    'finds out that a write was done though its answer was lost (%s), and does not repeat it',
    async (how) => {
      const { host, desk, post } = opened();
      await stateOf(desk);
      host.loseAnswer(how);
      expect(await post(draft('a', added))).toMatchObject([{ kind: 'posted' }]);
      host.loseAnswer(how);
      expect(await post(draft('f', file))).toMatchObject([{ kind: 'posted' }]);
      host.loseAnswer(how);
      const summary = await desk.summarise(bodyOf('S'), markerOf('S'), null);
      expect(summary).toMatchObject({ kind: 'posted', id: (await theOne(host.another(), 'S')).id });
      const comment = await theOne(host.another(), 'a');
      await theOne(host.another(), 'f');
      const body = bodyOf('a', 'edited');
      host.loseAnswer(how);
      expect(await desk.amend([{ comment, body, thread: 'leave' }])).toMatchObject([{ kind: 'amended' }]);
      expect((await theOne(host.another(), 'a')).body).toBe(body);
    },
  );

  it.each(LOST)(
    'tells the truth about a write that failed (%s): posted and there, or refused and not',
    async (how) => {
      const { host, desk, post } = opened();
      await stateOf(desk);
      host.failOnce(how);
      const outcomes = await post(draft('a', added), draft('b', context));
      for (const [at, id] of ['a', 'b'].entries()) {
        const copies = (await standing(host.another(), id)).length;
        expect([id, outcomes[at]?.kind, copies]).toEqual(
          copies === 1 ? [id, 'posted', 1] : [id, 'refused', 0],
        );
      }
    },
  );
}

export function refusesMovedHead(opened: () => Posting): void {
  it('posts nothing at a head that the change has left', async () => {
    const { host, desk } = opened();
    const { change } = await stateOf(desk);
    host.push();
    const before = host.writes();
    const outcomes = await desk.post([draft('a', added), draft('b', context)], {
      head: change.head,
      opening: OPENING,
    });
    expect(outcomes).toMatchObject(Array(2).fill({ kind: 'refused', problem: { code: 'moved' } }));
    expect((await stateOf(host.another())).comments).toEqual([]);
    expect(host.writes()).toBe(before);
  });
}
