// The figures, against examples worked out by hand or printed in the papers that they come from.
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { VERDICT_LABELS } from '#domain/verdict.ts';
import { figuresOf } from '../../src/measure/figures.ts';
import { correlation, difference, fromJaccard, share } from '../../src/measure/intervals.ts';
import { reliabilityOf } from '../../src/measure/reliability.ts';
import { labelledVerdicts } from '../doubles/labelled-verdicts.ts';

describe('an interval', () => {
  test('of a share is that of Wilson’s score (Newcombe 1998, table 1)', () => {
    const { value, low, high } = share(81, 263);
    expect([value, low, high].map((one) => one?.toFixed(4))).toEqual(['0.3080', '0.2553', '0.3662']);
    expect(share(0, 20).high?.toFixed(4)).toBe('0.1611');
    expect(share(15, 148).low?.toFixed(4)).toBe('0.0624');
  });

  test('of a difference is Newcombe’s tenth (Newcombe 1998, table II)', () => {
    const { low, high } = difference(share(56, 70), share(48, 80));
    expect([low, high].map((one) => one?.toFixed(4))).toEqual(['0.0524', '0.3339']);
  });

  test('of nothing does not exist', () => {
    expect(share(0, 0)).toEqual({ count: 0, of: 0, value: null, low: null, high: null });
    expect(difference(share(1, 2), share(0, 0)).value).toBeNull();
  });

  test('always holds its value, and stays within its bounds', () => {
    const counts = fc.tuple(fc.nat(200), fc.nat(200)).map(([a, b]) => share(Math.min(a, b), Math.max(a, b)));
    fc.assert(
      fc.property(counts, counts, fc.double({ min: -1, max: 1, noNaN: true }), (a, b, r) => {
        for (const one of [a, fromJaccard(a), difference(a, b), correlation(r, a.of)]) {
          if (one.value === null) continue;
          expect(one.low).toBeLessThanOrEqual(one.value + 1e-12);
          expect(one.high).toBeGreaterThanOrEqual(one.value - 1e-12);
          expect(Math.abs(one.low ?? 2)).toBeLessThanOrEqual(1);
          expect(Math.abs(one.high ?? 2)).toBeLessThanOrEqual(1);
        }
      }),
    );
  });
});

describe('the figures of a judge', () => {
  const figures = figuresOf(
    labelledVerdicts(
      [30, 'real', 'true_positive'],
      [8, 'real', 'needs_review'],
      [2, 'real', 'false_positive'],
      [5, 'not real', 'true_positive'],
      [15, 'not real', 'needs_review'],
      [40, 'not real', 'false_positive'],
    ),
  );

  test('count every verdict by truth', () => {
    expect(figures).toMatchObject({ findings: 100, real: 40, notReal: 60 });
    expect(figures.confusion.real).toEqual({ true_positive: 30, needs_review: 8, false_positive: 2 });
    expect(figures.confusion.notReal).toEqual({ true_positive: 5, needs_review: 15, false_positive: 40 });
  });

  test('keep what needs review, as the gate does', () => {
    const { gate } = figures;
    expect(gate.precision).toMatchObject({ count: 38, of: 58 });
    expect(gate.recall).toMatchObject({ count: 38, of: 40 });
    expect(gate.f1.value).toBeCloseTo((2 * 38) / (2 * 38 + 20 + 2), 12);
    expect(gate.youden.value).toBeCloseTo(38 / 40 - 20 / 60, 12);
    expect(gate.mcc.value).toBeCloseTo((38 * 40 - 20 * 2) / Math.sqrt(58 * 40 * 60 * 42), 12);
  });

  test('leave it out where only definite verdicts are looked at', () => {
    expect(figures.definite.precision).toMatchObject({ count: 30, of: 35 });
    expect(figures.definite.recall).toMatchObject({ count: 30, of: 32 });
  });

  test('say how much was decided, lost and taken away', () => {
    expect(figures.decided).toMatchObject({ count: 77, of: 100 });
    expect(figures.falseDismissals).toMatchObject({ count: 2, of: 40 });
    expect(figures.wrongDismissals).toMatchObject({ count: 2, of: 42 });
    expect(figures.noiseRemoved).toMatchObject({ count: 40, of: 60 });
  });

  test('are not defined where there is nothing to divide by', () => {
    const { gate, noiseRemoved } = figuresOf(labelledVerdicts([3, 'real', 'true_positive']));
    expect(gate.mcc.value).toBeNull();
    expect(gate.youden.value).toBeNull();
    expect(noiseRemoved.value).toBeNull();
    expect(gate.f1.value).toBe(1);
    expect(figuresOf([]).gate.f1.value).toBeNull();
  });

  test('are the same in any order, and better for no judge than for the one that is always right', () => {
    const one = fc.record({ isReal: fc.boolean(), verdict: fc.constantFrom(...VERDICT_LABELS) });
    fc.assert(
      fc.property(fc.array(one, { maxLength: 40 }), (list) => {
        const verdicts = labelledVerdicts(
          ...list.map(({ isReal, verdict }) => [1, isReal ? 'real' : 'not real', verdict] as const),
        );
        const found = figuresOf(verdicts);
        expect(figuresOf([...verdicts].reverse())).toEqual(found);
        const right = verdicts.map((v) => ({
          ...v,
          verdict: v.isReal ? ('true_positive' as const) : ('false_positive' as const),
        }));
        const best = figuresOf(right);
        expect(found.falseDismissals.count).toBeGreaterThanOrEqual(best.falseDismissals.count);
        expect(found.gate.f1.value ?? 0).toBeLessThanOrEqual((best.gate.f1.value ?? 0) + 1e-12);
        expect(found.gate.mcc.value ?? -1).toBeLessThanOrEqual((best.gate.mcc.value ?? 1) + 1e-12);
        expect(found.gate.youden.value ?? -1).toBeLessThanOrEqual((best.gate.youden.value ?? 1) + 1e-12);
      }),
    );
  });
});

describe('the reliability of confidences', () => {
  test('is perfect where a stated 0.8 is right four times in five', () => {
    const { ece, brier, bins } = reliabilityOf(
      labelledVerdicts(
        [4, 'real', 'true_positive', { confidence: 0.8 }],
        [1, 'not real', 'true_positive', { confidence: 0.8 }],
      ),
    );
    expect(ece).toBeCloseTo(0, 12);
    expect(brier).toBeCloseTo(0.16, 12);
    expect(bins.map(({ count }) => count)).toEqual([0, 0, 0, 0, 0, 0, 0, 0, 5, 0]);
  });

  test('counts each bin by its weight', () => {
    const { ece } = reliabilityOf(
      labelledVerdicts(
        [3, 'real', 'false_positive', { confidence: 1 }],
        [1, 'not real', 'needs_review', { confidence: 0.05 }],
      ),
    );
    expect(ece).toBeCloseTo((3 * 1 + 1 * 0.05) / 4, 12);
  });

  test('takes a finding that needs review for right where it is real', () => {
    const { bins } = reliabilityOf(
      labelledVerdicts(
        [1, 'real', 'needs_review', { confidence: 0.5 }],
        [1, 'not real', 'needs_review', { confidence: 0.59 }],
      ),
    );
    expect(bins[5]).toMatchObject({ count: 2, right: 0.5 });
  });

  test('of nothing is not known', () => {
    expect(reliabilityOf([])).toMatchObject({ ece: null, brier: null });
  });
});
