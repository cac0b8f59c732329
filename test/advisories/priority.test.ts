// How urgent a vulnerable dependency is: what raises the number, what lowers it, and how it is told.
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { REACHABILITY_LEVELS } from '#domain/dependency.ts';
import { say } from '#domain/phrase.ts';
import { SEVERITIES } from '#domain/severity.ts';
import { ADVISORIES_PHRASES_ZH_CN } from '../../src/advisories/phrases-zh-cn.ts';
import { type PriorityQuestion, priorityOf } from '../../src/advisories/priority-of.ts';
import { DEFAULT_WEIGHTS } from '../../src/advisories/priority-weights.ts';

const rated = (score: number) => ({ vector: null, score, version: '3.1' });
const WORST: PriorityQuestion = {
  ...{ rating: rated(10), severity: 'critical', epss: 1, kev: true, reachability: 'called' },
  ...{ direct: true, scope: 'runtime', isMalicious: false },
};
const scoreOf = (change: Partial<PriorityQuestion>) => priorityOf({ ...WORST, ...change }).score;

/** Each from the least to the most urgent. */
const STEPS: { readonly [Key in keyof PriorityQuestion]: readonly PriorityQuestion[Key][] } = {
  rating: [0, 1.5, 3.9, 5, 7.5, 9.8, 10].map(rated),
  severity: [...SEVERITIES].reverse(),
  epss: [0, 0.0004, 0.01, 0.1, 0.5, 0.97, 1],
  kev: [null, true],
  reachability: REACHABILITY_LEVELS,
  direct: [false, null, true],
  scope: ['dev', 'optional', null],
  isMalicious: [false, true],
};

const anyOf = <Key extends keyof PriorityQuestion>(key: Key) => fc.constantFrom(...STEPS[key]);
const QUESTION: fc.Arbitrary<PriorityQuestion> = fc.record({
  rating: fc.option(anyOf('rating')),
  severity: anyOf('severity'),
  epss: fc.option(anyOf('epss')),
  kev: fc.constantFrom(null, false, true),
  reachability: anyOf('reachability'),
  direct: anyOf('direct'),
  scope: fc.constantFrom(null, 'runtime', 'dev', 'test', 'optional'),
  isMalicious: fc.boolean(),
});

describe('the priority of a vulnerable dependency', () => {
  test('is 100 for the worst, and 0 for what is not there', () => {
    expect(scoreOf({})).toBe(100);
    expect(scoreOf({ reachability: 'absent' })).toBe(0);
    expect(scoreOf({ isMalicious: true, reachability: 'dev_only', scope: 'dev', rating: null })).toBe(100);
    expect(scoreOf({ isMalicious: true, reachability: 'absent' })).toBe(0);
  });

  test('puts what is exploited and called before what is only rated high', () => {
    const exploited = scoreOf({ rating: rated(7.5), kev: true });
    const unreached = scoreOf({ rating: rated(9.8), kev: false, epss: 0.002, reachability: 'not_called' });
    expect(exploited).toBeGreaterThan(80);
    expect(unreached).toBeLessThan(20);
  });

  test.each(Object.keys(STEPS) as (keyof PriorityQuestion)[])('never falls when %s gets worse', (key) => {
    fc.assert(
      fc.property(QUESTION, (question) => {
        const base = key === 'severity' ? { ...question, rating: null } : question;
        const scores = STEPS[key].map((value) => priorityOf({ ...base, [key]: value }).score);
        expect(scores).toEqual([...scores].sort((a, b) => a - b));
        for (const score of scores) expect(score >= 0 && score <= 100 && Number.isInteger(score)).toBe(true);
      }),
      { numRuns: 200 },
    );
  });

  test('follows the weights that a team chose, and takes none beyond its ends', () => {
    const onlySeverity = { ...DEFAULT_WEIGHTS, exploitation: 0 };
    const question = { ...WORST, kev: false, epss: 0, rating: rated(7) };
    expect(priorityOf(question, onlySeverity).score).toBe(70);
    expect(priorityOf(question, { ...onlySeverity, severity: 0 }).score).toBe(0);
    expect(priorityOf({ ...WORST, direct: false }, { ...DEFAULT_WEIGHTS, transitive: 7 }).score).toBe(100);
    expect(
      priorityOf({ ...WORST, direct: false }, { ...DEFAULT_WEIGHTS, transitive: Number.NaN }).score,
    ).toBe(0);
  });

  test('reads a rating that is only a vector', () => {
    const rating = { vector: 'CVSS:3.1/AV:N/AC:L/PR:N/UI:N/S:U/C:H/I:H/A:H', score: null, version: '3.1' };
    expect(priorityOf({ ...WORST, rating, kev: false, epss: 0 }).score).toBe(49);
  });

  test('names every part that counted, in both languages', () => {
    const { text } = priorityOf({
      ...{ rating: rated(9.8), severity: 'critical', epss: 0.04, kev: false, reachability: 'imported' },
      ...{ direct: false, scope: 'runtime', isMalicious: false },
    });
    expect(say(text, null)).toBe(
      '42 of 100: 49 for severity (CVSS 3.1: 9.8) and 10 for the likelihood of exploitation (EPSS 0.04), × 0.8 (imported), × 0.9 (brought in by others)',
    );
    expect(say(text, ADVISORIES_PHRASES_ZH_CN)).toBe(
      '42 分（满分 100）：严重程度 49 分（CVSS 3.1: 9.8），加上被利用的可能性 10 分（EPSS 0.04），乘以 0.8（已被导入），乘以 0.9（由其他依赖引入）',
    );
  });

  test('says what is not known', () => {
    const { text } = priorityOf({
      ...WORST,
      rating: null,
      severity: 'high',
      epss: null,
      kev: null,
      direct: null,
    });
    expect(say(text, null)).toBe(
      '49 of 100: 40 for severity (high) and 11 for the likelihood of exploitation (EPSS not known), × 0.95 (not known whether direct)',
    );
  });
});
