import { describe, expect, it } from 'vitest';
import type { GatedFinding } from '#domain/decision.ts';
import type { ResultRow } from '#domain/finding.ts';
import { account } from '../../src/app/account.ts';

const row = (index: number, disposition: ResultRow['disposition']): ResultRow => ({
  input: 0,
  run: 0,
  index,
  tool: 't',
  ruleId: 'r',
  path: 'a.ts',
  line: 1,
  disposition,
  why: '',
  findingId: null,
});

const finding = (id: string, label: string | null, effect: string) =>
  ({ id, verdict: label === null ? null : { label }, gate: { effect, why: '' } }) as unknown as GatedFinding;

describe('the accounting of a run', () => {
  it('counts every result and every finding', () => {
    const rows = [
      row(0, 'finding'),
      row(1, 'duplicate'),
      row(2, 'finding'),
      row(3, 'not_a_finding'),
      row(4, 'rejected'),
    ];
    const findings = [finding('a', 'true_positive', 'blocks'), finding('b', null, 'out_of_scope')];
    expect(account(5, rows, findings)).toEqual({
      in: 5,
      findings: 2,
      duplicates: 1,
      notFindings: 1,
      rejected: 1,
      judged: 1,
      outOfScope: 1,
      truePositives: 1,
      falsePositives: 0,
      needsReview: 0,
      suppressed: 0,
      waived: 0,
    });
  });

  it('refuses to go on when a result was lost', () => {
    expect(() => account(2, [row(0, 'finding')], [finding('a', 'needs_review', 'blocks')])).toThrow(
      'accounting of results',
    );
  });

  it('refuses to go on when a finding was neither judged nor put out of scope', () => {
    expect(() => account(1, [row(0, 'finding')], [finding('a', null, 'allowed')])).toThrow(
      'accounting of findings',
    );
  });

  it('refuses to go on when two findings share an id', () => {
    const findings = [finding('a', 'needs_review', 'blocks'), finding('a', 'needs_review', 'blocks')];
    expect(() => account(2, [row(0, 'finding'), row(1, 'finding')], findings)).toThrow('accounting of ids');
  });
});
