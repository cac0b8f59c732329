// Which findings a model is asked to mend: what a reviewer will be shown, and nothing that was put away.
import { expect, test } from 'vitest';
import type { Policy } from '#domain/policy.ts';
import { findingsToMend } from '../../src/app/shown-findings.ts';
import { aJudgedFinding, aPolicy, aVerdict } from '../doubles/judged-finding.ts';
import { diffShowing } from '../patch/scanner-fix.ts';

const at = (path: string, line: number) => ({
  location: {
    ...{ path, startLine: line, endLine: line, startColumn: null, endColumn: null },
    ...{ resolved: true, why: null },
  },
});
const open = { verdict: aVerdict({ label: 'needs_review' }) };
const BLOCKING = aJudgedFinding({ id: 'blocking', severity: 'critical', ...open, ...at('a.js', 1) });
const FINDINGS = [
  aJudgedFinding({ id: 'low', severity: 'low', ...open, ...at('a.js', 4) }),
  aJudgedFinding({ id: 'medium', severity: 'medium', ...open, ...at('a.js', 3) }),
  aJudgedFinding({ id: 'elsewhere', severity: 'medium', ...open, ...at('b.js', 1) }),
  BLOCKING,
  aJudgedFinding({ id: 'dismissed', severity: 'high', verdict: aVerdict({ label: 'false_positive' }) }),
  aJudgedFinding({ id: 'outside', severity: 'critical', inScope: false, verdict: null }),
  aJudgedFinding({ id: 'waived', severity: 'critical', ...open, ...at('a.js', 2) }),
];
const WAIVER = {
  ...{ id: 'waived', rule: null, path: null, reason: 'Accepted.', owner: 'us', expires: '2099-01-01' },
};

function asked(choice: 'shown' | 'all' | 'none', limit: number, over: Partial<Policy['publishing']> = {}) {
  const policy = aPolicy({ waivers: [WAIVER] });
  const publishing = { ...policy.publishing, inlineLimit: limit, ...over };
  const ids = findingsToMend(FINDINGS, choice, {
    policy: { ...policy, publishing },
    ...{ failOn: 'high', today: '2026-01-01', isKindOf: (cwe: number, other: number) => cwe === other },
    reviewDiff: diffShowing('a.js', 1, 9),
  });
  return [...ids].sort();
}

test('a model is asked to mend what blocks, and the most important of what will be a comment', () => {
  expect(asked('shown', 2)).toEqual(['blocking', 'medium']);
  expect(asked('shown', 30)).toEqual(['blocking', 'low', 'medium']);
});

test('what blocks is mended where there are no comments, or none about open findings', () => {
  expect(asked('shown', 0)).toEqual(['blocking']);
  expect(asked('shown', 30, { needsReview: 'listed' })).toEqual(['blocking']);
});

test('all is everything that is open, and never what is dismissed, waived or out of scope', () => {
  expect(asked('all', 0)).toEqual(['blocking', 'elsewhere', 'low', 'medium']);
  expect(asked('none', 30)).toEqual([]);
});
