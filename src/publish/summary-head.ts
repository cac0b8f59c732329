// The top of the summary: may this change merge, why, and the counts.
import type { Decision } from '#domain/decision.ts';
import type { ResultDocument } from '#domain/result-document.ts';
import { VERDICT_LABELS } from '#domain/verdict.ts';
import { byAttention } from './finding-order.ts';
import type { Section } from './fit-sections.ts';
import { sentence } from './markdown-blocks.ts';
import type { Messages } from './messages/en.ts';

const OUTCOME_SIGN = { passed: '✅', failed: '❌', unfinished: '⚠️' } as const;
const LABEL_SIGN = { true_positive: '❗', needs_review: '❓', false_positive: '☑️' } as const;
/** A gate names what blocks in a handful of reasons; an unfinished run may have one for each broken report. */
const MOST_REASONS = 20;

/** The one line that everybody reads. */
export function headline({ decision, findings }: ResultDocument, messages: Messages): string {
  const blocking = findings.filter((finding) => finding.gate.effect === 'blocks').length;
  return messages.headline(decision.outcome, blocking, decision.mode === 'report');
}

/** Where something would have failed, a reason says that the gate only reports. */
export function mustSayMode({ mode, reasons }: Decision): boolean {
  return mode === 'report' && !reasons.some(({ code }) => code === 'report-mode');
}

/** Rank 0: stands in every summary. */
export function headSection(document: ResultDocument, messages: Messages): Section {
  const { decision, findings } = document;
  const shown = decision.reasons.slice(0, MOST_REASONS);
  const more = decision.reasons.length - shown.length;
  const lines = [
    titleLine(document, messages),
    '',
    ...shown.map((reason) => `- ${sentence(reason.text)}`),
    ...(more > 0 ? [`- ${messages.moreRows(more)}`] : []),
    ...(mustSayMode(decision) ? [`- ${messages.reportMode}`] : []),
    '',
    countLine(document, messages),
    ...(byAttention(findings).matters.length === 0 && decision.outcome !== 'unfinished'
      ? ['', messages.nothingMatters]
      : []),
    '',
  ];
  return { before: lines.join('\n'), rows: [], after: '', rank: 0 };
}

/** For a change in which nothing was found: no table of zeros. Rank 0. */
export function quietHeadSection(document: ResultDocument, messages: Messages, nothing: string): Section {
  const { outOfScope } = document.accounting;
  const lines = [
    titleLine(document, messages),
    '',
    outOfScope > 0 ? nothing + messages.bracketed(messages.outOfScope(outOfScope)) : nothing,
    '',
  ];
  return { before: lines.join('\n'), rows: [], after: '', rank: 0 };
}

function titleLine(document: ResultDocument, messages: Messages): string {
  return `## ${OUTCOME_SIGN[document.decision.outcome]} ${messages.named('Assay', headline(document, messages))}`;
}

function countLine({ accounting, findings }: ResultDocument, messages: Messages): string {
  const byModels = findings.filter(({ verdict }) => verdict?.by === 'model').length;
  const counts = {
    true_positive: accounting.truePositives,
    needs_review: accounting.needsReview,
    false_positive: accounting.falsePositives,
  };
  const labelled = VERDICT_LABELS.toReversed()
    .filter((label) => counts[label] > 0)
    .map((label) => `${LABEL_SIGN[label]} ${messages.labelled(label, counts[label])}`);
  const parts = [
    `**${messages.findingsFrom(accounting.findings, accounting.in)}**`,
    ...labelled,
    ...(byModels > 0 ? [messages.byModels(byModels)] : []),
    ...(accounting.outOfScope > 0 ? [messages.outOfScope(accounting.outOfScope)] : []),
  ];
  const aside = messages.setAside(accounting);
  return parts.join(' · ') + (aside === '' ? '' : messages.bracketed(aside));
}
