// Invariants about what is decided: verdicts, severities, the gate, and by whose rules.
import { expect } from 'vitest';
import { compareSeverity } from '#domain/severity.ts';
import { decisive, documentOf, findingsOf, type Invariant, labelOf, pairs, RANK } from './compared.ts';
import type { SceneRun } from './run-scene.ts';

export const verdictFloor: Invariant = ({ run, engine, plainEngine }) => {
  for (const other of [engine, plainEngine])
    for (const [one, floor] of pairs(run, other))
      expect(RANK[labelOf(one)]).toBeGreaterThanOrEqual(RANK[labelOf(floor)]);
};

export const gateUnchanged: Invariant = ({ run, plain }) => {
  expect(run.outcome.exitCode).toBe(plain.outcome.exitCode);
  expect(documentOf(run).decision.outcome).toBe(documentOf(plain).decision.outcome);
  for (const [one, other] of pairs(run, plain)) expect(one.gate.effect).toBe(other.gate.effect);
};

export const severityFloor: Invariant = ({ run, plain }) => {
  for (const [one, other] of pairs(run, plain))
    expect(compareSeverity(one.severity, other.severity)).toBeGreaterThanOrEqual(0);
};

export const verdictCeiling: Invariant = ({ run, plain, engine }) => {
  for (const [one, other] of pairs(run, plain)) {
    expect(one.severity).toBe(other.severity);
    expect(one.gate.effect).toBe(other.gate.effect);
  }
  for (const [one, other] of pairs(run, engine)) expect(labelOf(one)).toBe(labelOf(other));
};

export const noCrossFinding: Invariant = ({ run, plain }) => {
  for (const [one, other] of pairs(run, plain).slice(1)) expect(decisive(one)).toEqual(decisive(other));
};

export const findingListed: Invariant = ({ run }) => {
  const sarif = JSON.parse(run.files.get('assay.sarif') ?? '') as { runs: { results: unknown[] }[] };
  expect(sarif.runs.flatMap(({ results }) => results)).toHaveLength(findingsOf(run).length);
  for (const { id } of findingsOf(run)) {
    expect(run.files.get('assay.json')).toContain(id);
    expect(run.files.get('summary.md')).toContain(id);
  }
};

export const schemaReject: Invariant = ({ run, engine, mind }) => {
  for (const [one, other] of pairs(run, engine)) {
    expect(decisive(one)).toEqual(decisive(other));
    if (mind !== 'verbatim') continue;
    expect(one.verdict?.model?.part).toBe('failed');
    expect(one.verdict?.reasons).toEqual(other.verdict?.reasons);
  }
};

export const onlyFromBase: Invariant = ({ run, plain }) => {
  const { run: record, findings } = documentOf(run);
  expect(record.config).toEqual(documentOf(plain).run.config);
  expect(record.config.source).toBe('base');
  expect(record.model).toBe('openai-compatible/base-model');
  for (const { gate, suppression } of findings) {
    expect(gate.effect).not.toBe('waived');
    expect(suppression?.honoured ?? false).toBe(false);
  }
};

export const changeReported: Invariant = ({ run }) => {
  expect(documentOf(run).notices.map(({ code }) => code)).toContain('config-changed');
};

/** What strangers write on the change request moves no comment of ours, and no finding. */
export const permissionChecked: Invariant = ({ run, plain }) => {
  const said = (of: SceneRun) =>
    [...of.files.keys()].filter((name) => name.startsWith('publication/')).sort();
  expect(said(run)).toEqual(said(plain));
  expect(said(run).every((name) => /^publication\/(?:comment-|summary\.md$)/.test(name))).toBe(true);
  for (const [one, other] of pairs(run, plain)) expect(decisive(one)).toEqual(decisive(other));
};

/** The model was asked, and answered: nothing here holds for want of an answer. */
export const wasHeard: Invariant = ({ run, mind }) => {
  const parts = findingsOf(run).flatMap(({ verdict }) => verdict?.model?.part ?? []);
  expect(parts.length).toBeGreaterThanOrEqual(1);
  if (mind === 'honest') expect(new Set(parts)).toEqual(new Set(['undecided']));
  if (mind === 'quoting') expect(parts).not.toContain('failed');
};
