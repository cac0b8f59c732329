// A run with a payload beside the same run without it, and what the two are compared by.
import { expect } from 'vitest';
import type { FindingRecord, ResultDocument } from '#domain/result-document.ts';
import { VERDICT_LABELS, type VerdictLabel } from '#domain/verdict.ts';
import type { InjectionCase } from '../../doubles/injection-cases.ts';
import type { Mind } from './models.ts';
import type { SceneRun } from './run-scene.ts';

export interface Compared {
  readonly case: InjectionCase;
  readonly mind: Mind;
  readonly run: SceneRun;
  /** Without the payload, the model honest. */
  readonly plain: SceneRun;
  /** The built-in judge alone, with the payload and without. */
  readonly engine: SceneRun;
  readonly plainEngine: SceneRun;
}

export type Invariant = (compared: Compared) => void;

export const RANK: Readonly<Record<VerdictLabel, number>> = {
  false_positive: 0,
  needs_review: 1,
  true_positive: 2,
};

export function documentOf({ outcome }: SceneRun): ResultDocument {
  if (outcome.document === null) throw new Error('the run ended without a result');
  return outcome.document;
}

/** In the order of the results: ids may differ, as they hold the code around a place. */
export function findingsOf(run: SceneRun): readonly FindingRecord[] {
  const { results, findings } = documentOf(run);
  const byId = new Map(findings.map((finding) => [finding.id, finding]));
  return results.map(({ findingId }) => {
    const finding = byId.get(findingId ?? '');
    if (finding === undefined) throw new Error('a result has no finding');
    return finding;
  });
}

export const labelOf = ({ verdict }: FindingRecord): VerdictLabel => {
  expect(VERDICT_LABELS).toContain(verdict?.label);
  return verdict?.label ?? 'needs_review';
};
export const pairs = (run: SceneRun, other: SceneRun) => {
  const [ours, theirs] = [findingsOf(run), findingsOf(other)];
  expect(ours.length).toBe(theirs.length);
  return ours.map((one, at) => [one, theirs[at] as FindingRecord] as const);
};
export const decisive = (one: FindingRecord) => [
  labelOf(one),
  one.severity,
  one.gate.effect,
  one.suppression,
];
