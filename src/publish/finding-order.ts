// Which findings a reader should see first, and what kind of attention each asks for.
import type { FindingRecord } from '#domain/result-document.ts';
import { compareSeverity } from '#domain/severity.ts';
import type { VerdictLabel } from '#domain/verdict.ts';

/** What a finding asks of the reader: `matters` wants an answer, the others are told for the record. */
type Attention = 'matters' | 'dismissed' | 'accepted' | 'out_of_scope';

/** A verdict of false positive is `dismissed`, unless it blocks; waived and suppressed ones are `accepted`. */
function attentionOf(finding: FindingRecord): Attention {
  if (finding.verdict === null || finding.gate.effect === 'out_of_scope') return 'out_of_scope';
  if (isDismissed(finding)) return 'dismissed';
  return finding.gate.effect === 'waived' || finding.gate.effect === 'suppressed' ? 'accepted' : 'matters';
}

/** A false positive; a model's counts only where the gate let it pass, else a person has to agree to it. */
export function isDismissed({ verdict, gate }: Pick<FindingRecord, 'verdict' | 'gate'>): boolean {
  return verdict?.label === 'false_positive' && !awaitsAgreement({ verdict, gate });
}

/** A model's dismissal that the gate did not let pass. */
export function awaitsAgreement({ verdict, gate }: Pick<FindingRecord, 'verdict' | 'gate'>): boolean {
  return verdict?.label === 'false_positive' && verdict.by === 'model' && gate.effect === 'blocks';
}

/** Findings by what they ask for, each list with the most important first. */
export function byAttention(
  findings: readonly FindingRecord[],
): Readonly<Record<Attention, readonly FindingRecord[]>> {
  const lists: Record<Attention, FindingRecord[]> = {
    matters: [],
    dismissed: [],
    accepted: [],
    out_of_scope: [],
  };
  for (const finding of [...findings].sort(compareImportance)) lists[attentionOf(finding)].push(finding);
  return lists;
}

const URGENCY: Record<VerdictLabel, number> = { true_positive: 2, needs_review: 1, false_positive: 0 };

/** Negative when `a` comes first: severity, then what blocks, then proved before open, then place and id by code unit. */
export function compareImportance(a: FindingRecord, b: FindingRecord): number {
  return (
    compareSeverity(b.severity, a.severity) ||
    Number(b.gate.effect === 'blocks') - Number(a.gate.effect === 'blocks') ||
    urgencyOf(b) - urgencyOf(a) ||
    compareText(a.location.path, b.location.path) ||
    a.location.startLine - b.location.startLine ||
    compareText(a.id, b.id)
  );
}

/** `path:line`, or the path alone where the report's place is not in the repository. */
export function placeOf(location: FindingRecord['location']): string {
  return location.resolved ? `${location.path}:${location.startLine}` : location.path;
}

/** `CWE-89`, `CWE-22`: lowest number first, as in the document. */
export function weaknessesOf(finding: FindingRecord): string {
  return finding.cwe.map((cwe) => `CWE-${cwe}`).join(', ');
}

function urgencyOf(finding: FindingRecord): number {
  return finding.verdict === null ? -1 : URGENCY[finding.verdict.label];
}

function compareText(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
