// The first two lines of a comment: the verdict on what, and how sure that is.
import type { FindingRecord } from '#domain/result-document.ts';
import type { Severity } from '#domain/severity.ts';
import type { Verdict } from '#domain/verdict.ts';
import { hasInvisible } from '#support/invisible-characters.ts';
import { awaitsAgreement, weaknessesOf } from './finding-order.ts';
import { quoted, sentence } from './markdown-blocks.ts';
import type { CommentMessages } from './messages/comment-en.ts';
import { claimCounts } from './model-part.ts';

const SEVERITY_SIGN: Readonly<Record<Severity, string>> = {
  critical: '🟣',
  high: '🔴',
  medium: '🟠',
  low: '🟡',
  none: '⚪',
};

/**
 * `🔴 **Real · high · SQL injection (CWE-89)**`; by its number or by the tool's rule where it has no name.
 * @param title of a finding about a dependency: the package and its vulnerability, which is what it is about
 */
export function headline(
  finding: FindingRecord,
  weakness: string | null,
  messages: CommentMessages,
  title: string | null = null,
): string {
  const { verdict, severity, cwe, ruleId } = finding;
  const [number] = cwe;
  const what =
    title !== null
      ? sentence(title)
      : weakness !== null && number !== undefined
        ? sentence(messages.weakness(weakness, number))
        : number === undefined
          ? quoted(ruleId)
          : weaknessesOf(finding);
  const label = verdict === null ? [] : [messages.verdict[verdict.label]];
  return `${SEVERITY_SIGN[severity]} **${[...label, messages.severity[severity], what].join(' · ')}**`;
}

/** In small print: whether it blocks, how often such verdicts are right, and a warning where something is hidden. */
export function standing(finding: FindingRecord, onlyReports: boolean, messages: CommentMessages): string {
  const parts = [
    ...(finding.gate.effect === 'blocks'
      ? [onlyReports ? messages.wouldBlock : blocks(finding, messages)]
      : []),
    ...(finding.verdict === null ? [] : [confidence(finding.verdict, finding.kind, messages)]),
    ...(holdsHiddenText(finding) ? [messages.hiddenText] : []),
  ];
  return parts.length === 0 ? '' : `<sub>${parts.join(' · ')}</sub>`;
}

function blocks(finding: FindingRecord, messages: CommentMessages): string {
  return messages.blocks + (awaitsAgreement(finding) ? messages.untilAgreed : '');
}

function confidence(
  { by, label, model, ...measured }: Verdict,
  kind: FindingRecord['kind'],
  messages: CommentMessages,
): string {
  if (by === 'policy')
    return kind === 'sca' || kind === 'licence' ? messages.byPackagePolicy[kind] : messages.byPolicy;
  if (by === 'human') return messages.byPerson;
  if (by === 'model' && model !== undefined) {
    return messages.byModel({
      model: quoted(model.model),
      share: measured.confidence,
      ...claimCounts(model),
    });
  }
  const { confidence: share, confidenceLowerBound } = measured;
  if (confidenceLowerBound === 0) return messages.notMeasured;
  return messages.measured(share, confidenceLowerBound, label !== 'needs_review');
}

/** Somebody who hides characters in a message, a name or the code that is cited may have something to hide (security row 32). */
function holdsHiddenText({ message, ruleId, location, verdict }: FindingRecord): boolean {
  const quotes = (verdict?.reasons ?? []).flatMap(({ citations }) => citations.map(({ quote }) => quote));
  return [message, ruleId, location.path, ...quotes].some(hasInvisible);
}
