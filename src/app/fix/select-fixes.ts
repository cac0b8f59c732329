// Which findings of a result `assay fix` is about, and in which order: upgrades first, by priority, then code by importance.
import { AssayError } from '#domain/errors.ts';
import type { FindingRecord } from '#domain/result-document.ts';
import { compareImportance } from '../../publish/finding-order.ts';

export type FixKind = 'sca' | 'sast';

export interface FixChoice {
  /** Ids or their first characters; empty: all. */
  readonly findings: readonly string[];
  /** Null: both. */
  readonly kind: FixKind | null;
}

/** A finding that something mends: a patch, or for an upgrade that manifests allow already the lock file alone. */
export interface Fixable {
  readonly finding: FindingRecord;
  readonly patch: FindingRecord['patch'];
}

/** Throws AssayError `usage` for an id that names no finding, or several. */
export function selectFixes(
  findings: readonly FindingRecord[],
  { findings: wanted, kind }: FixChoice,
): readonly Fixable[] {
  const named = wanted.length === 0 ? null : new Set(wanted.map((id) => findOne(findings, id).id));
  return allFixes(findings).filter(
    ({ finding, patch }) =>
      (named === null || named.has(finding.id)) && (kind === null || kindOf({ patch, finding }) === kind),
  );
}

/** Dismissed ones are left alone, as publishing does. */
export function allFixes(findings: readonly FindingRecord[]): readonly Fixable[] {
  return findings
    .filter(({ verdict }) => verdict?.label !== 'false_positive')
    .map((finding) => ({ finding, patch: finding.patch }))
    .filter(({ finding, patch }) => patch !== null || isLockAlone(finding))
    .sort(compareFixes);
}

/** The manifest admits the version, and what the lock file holds is older. */
function isLockAlone({ patch, dependency }: FindingRecord): boolean {
  const upgrade = dependency?.upgrade;
  return patch === null && upgrade?.kind === 'direct' && upgrade.to !== null && upgrade.command !== null;
}

function kindOf({ patch, finding }: Fixable): FixKind {
  return patch?.origin === 'upgrade' || finding.kind === 'sca' ? 'sca' : 'sast';
}

function compareFixes(a: Fixable, b: Fixable): number {
  const rank = (one: Fixable) => (kindOf(one) === 'sca' ? 0 : 1);
  const score = ({ finding }: Fixable) => finding.dependency?.priority?.score ?? -1;
  return rank(a) - rank(b) || score(b) - score(a) || compareImportance(a.finding, b.finding);
}

function findOne(findings: readonly FindingRecord[], text: string): FindingRecord {
  const prefix = text.toLowerCase();
  if (prefix.length < 4) {
    throw new AssayError('usage', `${JSON.stringify(text)} is too short for a finding id.`, {
      hint: 'Give at least its first four characters.',
    });
  }
  const [first, second] = findings.filter(({ id }) => id.startsWith(prefix));
  if (first === undefined || second !== undefined) {
    const many = first === undefined ? 'No finding has' : 'More than one finding has';
    throw new AssayError('usage', `${many} an id that starts with ${JSON.stringify(text.slice(0, 80))}.`, {
      hint: 'The table of assay triage and assay fix without --finding show the ids.',
    });
  }
  return first;
}
