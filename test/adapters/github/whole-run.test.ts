import { describe, expect, it } from 'vitest';
import type { CommentDraft, GateStatus } from '#domain/publication.ts';
import type { ReviewDesk } from '#ports/review-desk.ts';
import { type DeskWorld, fileDraft, lineDraft, markerOf, openDeskWorld } from './desk-world.ts';

const SUMMARY = `Failed\n\n${markerOf('summary')}`;

function gate(head: string): GateStatus {
  return {
    ...{ name: 'Assay', head, conclusion: 'failure', title: 'Failed', summary: 'Failed', annotations: [] },
    ...{ digest: 'digest', prefer: 'auto' },
  };
}

/** What a run does, at its simplest: says what does not stand there yet. Ends at the first problem. */
async function run(desk: ReviewDesk, drafts: readonly CommentDraft[]): Promise<void> {
  const state = await desk.read();
  if ('problem' in state) return;
  const standing = (marker: string) => state.comments.find(({ body }) => body.includes(marker)) ?? null;
  const missing = drafts.filter(({ marker }) => standing(marker) === null);
  await desk.post(missing, { head: state.change.head, opening: 'Assay looked at this change.' });
  if (missing.length > 0) await desk.read(state);
  await desk.summarise(SUMMARY, markerOf('summary'), standing(markerOf('summary')));
  await desk.report(gate(state.change.head));
}

function bodies({ host }: DeskWorld): readonly string[] {
  return [...host.state.shownComments(), ...host.state.issueComments].map(({ body }) => body).sort();
}

describe('a whole run', () => {
  it('with thirty comments takes eleven requests, and writes nothing when it is run again', async () => {
    const world = await openDeskWorld();
    const drafts = Array.from({ length: 30 }, (_, index) => lineDraft(`f${index}-`, 10 + (index % 11)));
    await run(world.desk, drafts);
    expect(world.client.requests()).toEqual({ reads: 8, writes: 3 });
    expect(bodies(world)).toHaveLength(31);
    const writes = world.host.writes().length;
    await run(world.nextRun(), drafts);
    expect(world.host.writes()).toHaveLength(writes);
  });

  it('that ends between any two requests leaves nothing double and nothing out, once it is run again', async () => {
    const drafts = [lineDraft('a', 12), lineDraft('b', 14, { startLine: 13 }), fileDraft('c')];
    const whole = await openDeskWorld();
    await run(whole.desk, drafts);
    const total = whole.host.log.length;
    for (let last = 1; last <= total; last += 1) {
      for (const when of ['before', 'after'] as const) {
        const world = await openDeskWorld();
        // The process is gone: from this request on nothing that it sends arrives, and no answer reaches it.
        world.host.onRequest(last, () => 'drop', when);
        for (let later = last + 1; later < last + 60; later += 1) world.host.onRequest(later, () => 'drop');
        await run(world.desk, drafts);
        const dead = world.host.log.length;
        expect(dead).toBeLessThan(last + 60);
        for (let later = dead + 1; later < last + 60; later += 1)
          world.host.onRequest(later, () => undefined);
        await run(world.nextRun(), drafts);
        expect([last, when, bodies(world)]).toEqual([last, when, bodies(whole)]);
        expect(world.host.checkRuns).toHaveLength(1);
      }
    }
  });
});
