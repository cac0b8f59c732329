// The end of the verdict table: the counts, then the gate's decision with its reasons.
import type { ResultDocument } from '#domain/result-document.ts';
import { VERDICT_LABELS, type VerdictLabel } from '#domain/verdict.ts';
import { toTerminal } from '#support/escape-terminal.ts';
import { wrapColumns } from '#support/text-columns.ts';
import { mustSayMode } from './summary-head.ts';
import { modelLine } from './summary-model.ts';
import type { Layout } from './table-layout.ts';
import { OUTCOME_STYLE, VERDICT_STYLE } from './terminal-style.ts';

export function tableFoot(document: ResultDocument, { width, paint, messages }: Layout): string[] {
  const { decision, findings } = document;
  const blocking = findings.filter((finding) => finding.gate.effect === 'blocks').length;
  const [headline = '', ...rest] = wrapColumns(
    messages.named('Assay', messages.headline(decision.outcome, blocking, decision.mode === 'report')),
    width,
  );
  const reasons = decision.reasons.map((reason) => toTerminal(reason.text));
  if (mustSayMode(decision)) reasons.push(messages.reportMode);
  return [
    ...countLines(document, { width, paint, messages }),
    ...modelLines(document, width),
    '',
    ...[headline, ...rest].map((line) => paint(OUTCOME_STYLE[decision.outcome], line)),
    ...reasons.flatMap((reason) => listItem(reason, width)),
  ];
}

function modelLines({ run }: ResultDocument, width: number): readonly string[] {
  const line = modelLine(run, toTerminal);
  return line === null ? [] : wrapColumns(line, width);
}

/** Wrapped behind a bar, so that a line of foreign text never starts at the margin. */
function listItem(text: string, width: number): string[] {
  return wrapColumns(text, width - 4).map((line, index) => `  ${index === 0 ? '·' : '│'} ${line}`);
}

function countLines(
  { accounting }: ResultDocument,
  { width, paint, messages }: Pick<Layout, 'width' | 'paint' | 'messages'>,
): string[] {
  const labelled = countsOf(accounting).map(([label, count]) => ({
    label,
    text: messages.labelled(label, count),
  }));
  const aside = messages.setAside(accounting);
  const parts = [
    messages.findingsFrom(accounting.findings, accounting.in),
    ...labelled.map(({ text }) => text),
    ...(accounting.outOfScope > 0 ? [messages.outOfScope(accounting.outOfScope)] : []),
    ...(aside === '' ? [] : [aside]),
  ];
  const lines = wrapColumns(parts.join(' · '), width);
  return lines.map((line) => paintCounts(line, labelled, paint));
}

function paintCounts(
  line: string,
  labelled: readonly { label: VerdictLabel; text: string }[],
  paint: Layout['paint'],
): string {
  return labelled.reduce(
    (painted, { label, text }) => painted.replace(text, paint(VERDICT_STYLE[label], text)),
    line,
  );
}

function countsOf(accounting: ResultDocument['accounting']): [VerdictLabel, number][] {
  const counts: Record<VerdictLabel, number> = {
    true_positive: accounting.truePositives,
    needs_review: accounting.needsReview,
    false_positive: accounting.falsePositives,
  };
  return VERDICT_LABELS.toReversed()
    .map((label): [VerdictLabel, number] => [label, counts[label]])
    .filter(([, count]) => count > 0);
}
