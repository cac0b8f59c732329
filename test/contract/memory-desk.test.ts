import { expect, test } from 'vitest';
import { MemoryDesk } from '../doubles/memory-desk.ts';
import { CONTRACT_ANCHORS, CONTRACT_DIFF, type DeskUnderTest } from './desk-under-test.ts';
import { reviewDeskContract } from './review-desk.contract.ts';

const HEADS = ['1'.repeat(40), '2'.repeat(40)] as const;

async function openMemoryDesk(): Promise<DeskUnderTest> {
  let head: string = HEADS[0];
  const desk = new MemoryDesk({ head, diff: CONTRACT_DIFF });
  return {
    desk,
    another: () => desk,
    self: desk.self,
    head: () => head,
    writes: () => desk.writes,
    reply: (marker) => desk.reply(marker),
    edit: (marker, body) => desk.edit(marker, body),
    resolve: (marker) => desk.resolve(marker),
    delete: (marker) => desk.delete(marker),
    say: (body) => desk.say(body),
    push: () => {
      head = HEADS[1];
      desk.push(head, CONTRACT_DIFF, (_, line) => (line === 5 ? null : line));
      return head;
    },
    takeRight: (right) => {
      desk.rights[right] = false;
    },
    // Its answers cannot be lost on the way; `storeThenFail` is for the case that nobody finds out.
    loseAnswer: () => {},
    failOnce: () => void desk.refuse('post', 'unreachable', 1),
    goAway: () => {
      for (const method of ['read', 'post', 'amend', 'summarise', 'report'] as const) {
        desk.refuse(method, 'unreachable');
      }
    },
    dispose: async () => {},
  };
}

reviewDeskContract('the desk in memory', openMemoryDesk);

const draft = (id: string, line: number) => {
  const marker = `<!-- assay:v1 k=finding id=${id} -->`;
  return { findingId: id, anchor: { ...CONTRACT_ANCHORS.added, line }, body: `x ${marker}`, marker };
};

test('the desk in memory can store what it has to say was refused, and refuse what a test wants refused', async () => {
  const desk = new MemoryDesk({ head: HEADS[0], diff: CONTRACT_DIFF });
  const at = { head: HEADS[0], opening: 'hello' };
  desk.storeThenFail('post').refuse('summarise', 'spam', 1);
  expect(await desk.post([draft('a', 5), draft('b', 6)], at)).toMatchObject([
    { kind: 'refused', problem: { code: 'unreachable' } },
    { kind: 'posted' },
  ]);
  expect(desk.comments.map(({ line }) => line)).toEqual([5, 6]);
  expect(await desk.summarise('s', 's', null)).toMatchObject({ problem: { code: 'spam' } });
  expect(await desk.summarise('s', 's', null)).toMatchObject({ kind: 'posted' });
  expect(desk.calls.map(({ method }) => method)).toEqual(['post', 'summarise', 'summarise']);
  expect([desk.writes, desk.calls[0]]).toMatchObject([3, { opening: 'hello' }]);
});

test('a comment of the desk in memory is outdated when the next diff does not show its line', async () => {
  const desk = new MemoryDesk({ head: HEADS[0], diff: CONTRACT_DIFF });
  await desk.post([draft('a', 5), draft('b', 6)], { head: HEADS[0], opening: '' });
  const [file] = CONTRACT_DIFF.files;
  const hunk = { oldStart: 3, oldLines: 3, newStart: 3, newLines: 3, marks: '   ', newlineMissing: false };
  desk.push(HEADS[1], { complete: true, files: file ? [{ ...file, hunks: [hunk] }] : [] });
  expect(desk.comments).toMatchObject([
    { line: 5, outdated: false },
    { line: null, outdated: true },
  ]);
});
