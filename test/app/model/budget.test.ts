// The budget lets questions through in their order, and the time that answers take has no say in it.
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type Admission, createBudget } from '../../../src/app/model/budget.ts';

const NO_LIMIT = { tokens: 1e9, money: null, findings: 1e6 };
const PRICE = { input: 1, cached: 0.1, output: 10 };
const used = (input: number, output = 0) => ({ input, cached: 0, output });
const need = (id: string, input: number, output = 0) => ({ findings: [id], input, output });

async function kinds(places: readonly { admission: Promise<Admission> }[]): Promise<string> {
  const settled = places.map(async ({ admission }) => ((await admission).kind === 'granted' ? 'y' : 'n'));
  return (await Promise.all(settled)).join('');
}

describe('the number of findings', () => {
  it('is kept to, first come first served, and the rest is counted', async () => {
    const budget = createBudget({ ...NO_LIMIT, findings: 2 }, null, 4);
    const places = ['a', 'b', 'c', 'd'].map((id) => budget.join(need(id, 1)));
    expect(await kinds(places)).toBe('yynn');
    expect([budget.asked(), budget.notAsked()]).toEqual([2, 2]);
    expect(places.map(({ inLine }) => inLine)).toEqual([true, true, false, false]);
  });

  it('is told beforehand, and a finding that was left out twice counts once', () => {
    const budget = createBudget({ ...NO_LIMIT, findings: 1 }, null, 4);
    budget.leaveOut(['b']);
    budget.join(need('a', 1));
    expect(['a', 'b', 'c'].map(budget.mayAsk)).toEqual([true, false, false]);
    expect([budget.asked(), budget.notAsked()]).toEqual([1, 2]);
  });

  it('counts a finding once, however often it is asked about', async () => {
    const budget = createBudget({ ...NO_LIMIT, findings: 1 }, null, 4);
    expect(await kinds(['a', 'a', 'b', 'a'].map((id) => budget.join(need(id, 1))))).toBe('yyny');
  });
});

describe('tokens', () => {
  it('are set aside for a second try, and for one try where there is no room for two', async () => {
    const budget = createBudget({ ...NO_LIMIT, tokens: 40 }, null, 8);
    const first = await budget.join(need('a', 8, 4)).admission;
    const second = await budget.join(need('b', 8, 4)).admission;
    const third = await budget.join(need('c', 8, 4)).admission;
    expect(first).toEqual({ kind: 'granted', repair: true });
    expect(second).toEqual({ kind: 'granted', repair: false });
    expect(third.kind).toBe('refused');
  });

  it('come back when an answer took fewer', async () => {
    const budget = createBudget({ ...NO_LIMIT, tokens: 100 }, null, 1);
    const first = budget.join(need('a', 50));
    const second = budget.join(need('b', 50));
    await first.admission;
    first.settle(used(10));
    expect((await second.admission).kind).toBe('granted');
  });

  it('leave room for a small question after a large one that did not fit', async () => {
    const budget = createBudget({ ...NO_LIMIT, tokens: 100 }, null, 1);
    expect(await kinds([budget.join(need('a', 500)), budget.join(need('b', 50))])).toBe('ny');
    expect(budget.notAsked()).toBe(1);
  });
});

describe('money', () => {
  it('is counted by the price, output apart from input', async () => {
    // 100,000 in and 10,000 out: 0.1 + 0.1 dollars a try.
    const budget = createBudget({ ...NO_LIMIT, money: 0.5 }, PRICE, 8);
    const places = ['a', 'b', 'c'].map((id) => budget.join(need(id, 100_000, 10_000)));
    expect(await kinds(places.slice(0, 1))).toBe('y');
    expect(await places[1]?.admission).toMatchObject({ kind: 'refused', failure: { kind: 'budget' } });
  });

  it('cannot be kept to without a price: nothing is asked', async () => {
    const budget = createBudget({ ...NO_LIMIT, money: 1000 }, null, 8);
    expect(await kinds([budget.join(need('a', 1))])).toBe('n');
  });
});

const question = fc.record({
  id: fc.integer({ min: 0, max: 12 }).map(String),
  input: fc.integer({ min: 1, max: 100 }),
  output: fc.integer({ min: 0, max: 50 }),
  /** Of what was estimated. */
  share: fc.double({ min: 0, max: 3, noNaN: true }),
});

/** Answers come in the order that `pick` says, never more than `width` of them open. */
async function play(
  questions: readonly { id: string; input: number; output: number; share: number }[],
  { limits, width, pick }: { limits: typeof NO_LIMIT; width: number; pick: (open: number) => number },
): Promise<string> {
  const budget = createBudget(limits, PRICE, width);
  const told = questions.map(() => '?');
  const open: (() => void)[] = [];
  questions.forEach(({ id, input, output, share }, index) => {
    const place = budget.join(need(id, input, output));
    place.admission.then((admission) => {
      told[index] = admission.kind === 'refused' ? 'n' : admission.repair ? 'Y' : 'y';
      const usage = used(Math.round(input * share), Math.round(output * share));
      if (admission.kind === 'granted') open.push(() => place.settle(usage));
    });
  });
  for (let turn = 0; turn < 5; turn += 1) await Promise.resolve();
  while (open.length > 0) {
    const [next] = open.splice(pick(Math.min(width, open.length)), 1);
    next?.();
    for (let turn = 0; turn < 5; turn += 1) await Promise.resolve();
  }
  return told.join('');
}

describe('whatever the latency', () => {
  it('lets the same questions through', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(question, { maxLength: 40 }),
        fc.record({
          tokens: fc.integer({ min: 0, max: 3000 }),
          money: fc.constantFrom(null, 0.001, 0.01),
          findings: fc.integer({ min: 0, max: 12 }),
        }),
        fc.integer({ min: 1, max: 6 }),
        fc.infiniteStream(fc.nat()),
        async (questions, limits, width, chance) => {
          const inOrder = await play(questions, { limits: limits as typeof NO_LIMIT, width, pick: () => 0 });
          const byChance = await play(questions, {
            ...{ limits: limits as typeof NO_LIMIT, width },
            pick: (open) => (chance.next().value ?? 0) % open,
          });
          expect(byChance).toBe(inOrder);
          expect(inOrder).not.toContain('?');
        },
      ),
      { numRuns: 300 },
    );
  });

  it('never lets more through than the budget holds, as long as answers keep to what was estimated', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(question, { maxLength: 40 }),
        fc.integer({ min: 0, max: 3000 }),
        fc.infiniteStream(fc.nat()),
        async (questions, tokens, chance) => {
          const modest = questions.map((one, index) => ({
            ...one,
            id: String(index),
            share: Math.min(one.share, 1),
          }));
          const told = await play(modest, {
            ...{ limits: { ...NO_LIMIT, tokens }, width: 4 },
            pick: (open) => (chance.next().value ?? 0) % open,
          });
          const spent = modest.map(({ input, output, share }, index) =>
            told[index] === 'n' ? 0 : Math.round(input * share) + Math.round(output * share),
          );
          expect(spent.reduce((sum, one) => sum + one, 0)).toBeLessThanOrEqual(tokens);
        },
      ),
    );
  });
});
