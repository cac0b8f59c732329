import { describe, expect, test } from 'vitest';
import { askInRounds, type OpenQuestion, type RoundOutcome } from '../../../src/app/model/ask-in-rounds.ts';
import type { Question } from '../../../src/app/model/select-questions.ts';
import { aCase, aVerdict } from '../../doubles/judged-finding.ts';

function question(id: string): Question {
  const judgement = { case: aCase({ id }), verdict: aVerdict(), rootCause: '', remediation: null };
  return { task: 'verdict', judgement };
}

const idOf = ({ question: { judgement } }: Pick<OpenQuestion<string>, 'question'>) =>
  judgement.case.finding.id;

function settled(open: OpenQuestion<string>, said: string): RoundOutcome<string> {
  return { kind: 'settled', question: open.question, said };
}

function wantsMore(open: OpenQuestion<string>, name: string, known: string): RoundOutcome<string> {
  const requests = [...open.requests, { ask: 'definition' as const, name }];
  return { kind: 'more', open: { ...open, requests, rounds: open.rounds + 1, known } };
}

function recorder(
  answer: (open: OpenQuestion<string>, log: string[]) => RoundOutcome<string>,
  { window = 2, stopAfter = Number.POSITIVE_INFINITY, delays = [] as number[] } = {},
) {
  const log: string[] = [];
  let prepared = 0;
  let inFlight = 0;
  const counts = { most: 0 };
  return {
    log,
    counts,
    rounds: {
      window,
      isInterrupted: () => prepared >= stopAfter,
      onSettled: () => undefined,
      prepare: async (group: readonly OpenQuestion<string>[]) => {
        prepared++;
        log.push(`prepare ${group.map(idOf).join('+')}`);
        const turn = prepared;
        return async () => {
          log.push(
            `ask ${group.map((one) => `${idOf(one)}${one.requests.map(({ name }) => ` with ${name}`).join('')}`).join('+')}`,
          );
          counts.most = Math.max(counts.most, ++inFlight);
          for (let left = delays[turn - 1] ?? 0; left > 0; left--) await Promise.resolve();
          inFlight--;
          return group.map((one) => answer(one, log));
        };
      },
    },
  };
}

describe('rounds', () => {
  test('go on one by one for those that want to see more, with all they asked for', async () => {
    const { log, rounds } = recorder((open) => {
      if (idOf(open) !== 'b' || open.rounds === 2) return settled(open, `${idOf(open)} after ${open.rounds}`);
      return wantsMore(open, open.rounds === 0 ? 'clean' : 'base', 'not yet');
    });
    const said = await askInRounds([[question('a'), question('b')], [question('c')]], rounds);
    expect([...said.entries()]).toEqual([
      ['a', 'a after 0'],
      ['c', 'c after 0'],
      ['b', 'b after 2'],
    ]);
    expect(log.filter((line) => line.startsWith('ask'))).toEqual([
      'ask a+b',
      'ask c',
      'ask b with clean',
      'ask b with clean with base',
    ]);
  });

  test('are asked in the same order whichever answer is late, and only a window of them is open', async () => {
    const groups = [1, 2, 3, 4, 5, 6].map((n) => [question(`f${n}`)]);
    const run = async (delays: number[]) => {
      const { log, rounds, counts } = recorder((open) => settled(open, 'x'), { window: 3, delays });
      await askInRounds(groups, rounds);
      return { order: log.filter((line) => line.startsWith('ask')), most: counts.most };
    };
    const [quick, late] = [await run([]), await run([90, 2, 50, 0, 70, 1])];
    expect(late.order).toEqual(quick.order);
    expect(late.most).toBeGreaterThan(1);
    expect(late.most).toBeLessThanOrEqual(3);
  });
});

describe('an interrupted run', () => {
  test('keeps what was said, and asks nothing more', async () => {
    const { log, rounds } = recorder((open) => settled(open, 'x'), { stopAfter: 2 });
    const said = await askInRounds([[question('a')], [question('b')], [question('c')]], rounds);
    expect([...said.keys()]).toEqual(['a', 'b']);
    expect(log).not.toContain('prepare c');
  });

  test('falls back to what was known of a finding that wanted to see more', async () => {
    const { rounds } = recorder((open) => wantsMore(open, 'clean', 'known so far'), { stopAfter: 1 });
    expect([...(await askInRounds([[question('a')]], rounds))]).toEqual([['a', 'known so far']]);
  });
});
