// When an evaluation got worse than an earlier one, and what changed.
import { describe, expect, test } from 'vitest';
import { compareSubjects } from '../../src/measure/compare-subjects.ts';
import type { LabelledVerdict } from '../../src/measure/labelled-finding.ts';
import { readEvaluation } from '../../src/measure/read-evaluation.ts';
import { labelledVerdicts, type VerdictRow } from '../doubles/labelled-verdicts.ts';

const judged = (verdicts: readonly LabelledVerdict[]) => ({ name: 'builtin', findings: verdicts, verdicts });
const compare = (before: readonly VerdictRow[], after: readonly VerdictRow[], tolerance = 0) =>
  compareSubjects(judged(labelledVerdicts(...before)), judged(labelledVerdicts(...after)), tolerance);

const BEFORE: readonly VerdictRow[] = [
  [10, 'real', 'true_positive'],
  [10, 'not real', 'false_positive'],
  [10, 'not real', 'needs_review'],
];

describe('a comparison', () => {
  test('of the same verdicts finds nothing', () => {
    expect(compare(BEFORE, BEFORE)).toMatchObject({ common: 30, changes: [], regressions: [] });
  });

  test('says of each changed finding whether that is better or worse', () => {
    const { changes, regressions } = compare(BEFORE, [
      [9, 'real', 'true_positive'],
      [1, 'real', 'needs_review'],
      [10, 'not real', 'false_positive'],
      [9, 'not real', 'needs_review'],
      [1, 'not real', 'false_positive'],
    ]);
    expect(changes.map(({ key, before, after, effect }) => [key, before, after, effect])).toEqual([
      ['set/10', 'true_positive', 'needs_review', 'worse'],
      ['set/30', 'needs_review', 'false_positive', 'better'],
    ]);
    expect(regressions).toEqual([]);
  });

  test('fails for one real finding that is newly dismissed, however much else got better, at any tolerance', () => {
    const after: readonly VerdictRow[] = [
      [9, 'real', 'true_positive'],
      [1, 'real', 'false_positive'],
      [20, 'not real', 'false_positive'],
    ];
    const { regressions, differences, changes } = compare(BEFORE, after, 1);
    expect(differences.mcc).toBeGreaterThan(0);
    expect(regressions).toEqual(['1 real finding is newly dismissed.']);
    expect(changes.filter(({ isNewFalseDismissal }) => isNewFalseDismissal)).toHaveLength(1);
  });

  test('does not fail for a real finding that was dismissed before', () => {
    const lost: readonly VerdictRow[] = [[1, 'real', 'false_positive'], ...BEFORE];
    expect(compare(lost, lost).regressions).toEqual([]);
  });

  test('fails where F1 or MCC falls by more than the tolerance', () => {
    const after: readonly VerdictRow[] = [
      [10, 'real', 'true_positive'],
      [9, 'not real', 'false_positive'],
      [11, 'not real', 'needs_review'],
    ];
    expect(compare(BEFORE, after).regressions).toEqual([
      expect.stringMatching(/^F1 fell by 0\.0215, more than 0\.$/),
      expect.stringMatching(/^MCC fell by 0\.\d{4}, more than 0\.$/),
    ]);
    expect(compare(BEFORE, after, 0.1).regressions).toEqual([]);
  });

  test('looks only at findings that are in both', () => {
    const more: readonly VerdictRow[] = [...BEFORE, [50, 'not real', 'true_positive']];
    expect(compare(BEFORE, more)).toMatchObject({ common: 30, added: 50, gone: 0, regressions: [] });
    expect(compare(more, BEFORE)).toMatchObject({ common: 30, added: 0, gone: 50, regressions: [] });
  });
});

describe('what is read back', () => {
  test('must be an evaluation of this version', () => {
    for (const text of [
      '{',
      '[]',
      '{"schemaVersion":2}',
      '{"schemaVersion":1,"findings":[],"subjects":[]}',
    ]) {
      expect(() => readEvaluation(text, 'old.json')).toThrow(
        'old.json is no evaluation that can be compared',
      );
    }
  });

  test('says where it is wrong', () => {
    const text = JSON.stringify({
      schemaVersion: 1,
      findings: [],
      subjects: [{ name: 'x', verdicts: [{}] }],
    });
    expect(() => readEvaluation(text, 'old.json')).toThrow('at subjects.0.verdicts.0.key');
  });
});
