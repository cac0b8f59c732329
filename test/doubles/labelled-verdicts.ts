// Labelled verdicts for tests: a row says how many findings of one truth got one verdict.
import type { VerdictLabel } from '#domain/verdict.ts';
import type { LabelledFinding, LabelledVerdict } from '../../src/measure/labelled-finding.ts';

export type VerdictRow = readonly [
  count: number,
  truth: 'real' | 'not real',
  verdict: VerdictLabel,
  overrides?: Partial<LabelledVerdict>,
];

/** Keys are `set/1`, `set/2`, … in the order of the rows. */
export function labelledVerdicts(...rows: readonly VerdictRow[]): readonly LabelledVerdict[] {
  const all = rows.flatMap(([count, truth, verdict, overrides]) =>
    Array.from({ length: count }, () => ({ isReal: truth === 'real', verdict, ...overrides })),
  );
  return all.map((one, at) => ({
    ...aLabelledFinding(`set/${at + 1}`),
    ...{ confidence: 0.9, by: 'builtin', reason: 'REV.unknown' },
    ...one,
  }));
}

function aLabelledFinding(key: string): LabelledFinding {
  return {
    ...{ key, set: 'set', path: 'src/app.py', line: 3, ruleId: 'sql-injection', tool: 'Scanner' },
    ...{ cwe: '89', language: 'python', isReal: true },
  };
}
