// What a model is shown for a question about a run as a whole: its sums and decision, and the findings that weigh most, within the budget.
import type { DossierItem } from '#domain/dossier.ts';
import type { FindingRecord, ResultDocument } from '#domain/result-document.ts';
import type { VerdictLabel } from '#domain/verdict.ts';
import type { PromptTexts } from '../../prompt/compose-prompt.ts';
import type { PromptSubject } from '../../prompt/describe-subject.ts';
import { estimateTokens } from '../../prompt/estimate-tokens.ts';
import { shorten } from '../../support/shorten.ts';
import { scopedAgain } from './scoped-again.ts';

export interface RunQuestion {
  readonly opening: PromptTexts;
  /** The findings, the weightiest first; empty for a run without findings. */
  readonly subjects: readonly PromptSubject[];
}

const MOST_FINDINGS = 20;
const MOST_REASONS = 3;
const MOST_RULES = 15;
const LONGEST_MESSAGE = 300;
const LONGEST_REASON = 500;
const LONGEST_QUOTE = 600;
/** Of headings and names around each finding. */
const TOKENS_BESIDES = 90;

const LABELS: Readonly<Record<VerdictLabel, string>> = {
  true_positive: 'real',
  needs_review: 'needs review',
  false_positive: 'false positive',
};

/** `named`: findings that the question names; they go first. The same result gives the same texts. */
export function gatherRunQuestion(
  document: ResultDocument,
  named: readonly FindingRecord[],
  budgetTokens: number,
): RunQuestion {
  const ordered = [...document.findings].sort(
    (a, b) => weight(b, named) - weight(a, named) || (a.id < b.id ? -1 : 1),
  );
  const subjects: PromptSubject[] = [];
  let tokens = 0;
  let nextItem = 1;
  for (const finding of ordered.slice(0, MOST_FINDINGS)) {
    const subject = describe(finding, nextItem);
    tokens += tokensOf(subject);
    // One is shown however long it is: its pieces are bounded.
    if (tokens > budgetTokens && subjects.length > 0) break;
    nextItem += subject.dossier.items.length;
    subjects.push(subject);
  }
  return { opening: openingOf(document, subjects.length), subjects };
}

const SEVERITY_WEIGHT = { critical: 4, high: 3, medium: 2, low: 1, none: 0 } as const;
const LABEL_WEIGHT: Readonly<Record<VerdictLabel, number>> = {
  true_positive: 2,
  needs_review: 1,
  false_positive: 0,
};

function weight(finding: FindingRecord, named: readonly FindingRecord[]): number {
  const { gate, verdict, severity } = finding;
  return (
    (named.includes(finding) ? 1000 : 0) +
    (gate.effect === 'blocks' ? 100 : 0) +
    (verdict === null ? 0 : 10 * LABEL_WEIGHT[verdict.label]) +
    SEVERITY_WEIGHT[severity]
  );
}

function describe(finding: FindingRecord, firstItem: number): PromptSubject {
  const { verdict, gate, rootCause, id } = finding;
  const reasons = (verdict?.reasons ?? []).slice(0, MOST_REASONS);
  const items: DossierItem[] = reasons
    .flatMap(({ citations, code }) => citations.slice(0, 1).map((citation) => ({ citation, code })))
    .map(({ citation: { path, startLine, endLine, quote }, code }, index) => ({
      id: `E${firstItem + index}`,
      kind: 'place' as const,
      note: `what the reason ${code} rests on`,
      ...{ path, startLine, endLine, text: shorten(quote, LONGEST_QUOTE) },
    }));
  const judged = verdict === null ? 'out of scope, not judged' : `${LABELS[verdict.label]}, by ${verdict.by}`;
  const cause = rootCause === null ? [] : [`Root cause: ${shorten(rootCause, LONGEST_REASON)}`];
  return {
    dossier: {
      case: {
        finding: { ...scopedAgain(finding), message: shorten(finding.message, LONGEST_MESSAGE) },
        evidence: { language: null, enclosingFunction: null, facts: [], unknowns: [] },
        card: null,
      },
      ...{ items, unknowns: [], knowledge: [], cut: [] },
    },
    extra: [{ title: 'Decided', text: `${judged}; gate: ${gate.effect}; scope: ${finding.scope.state}` }],
    outside: [
      {
        title: 'Id in the result, reasons of the verdict',
        text: [
          id,
          ...reasons.map(({ code, text }) => `${code}: ${shorten(text, LONGEST_REASON)}`),
          ...cause,
        ].join('\n'),
      },
    ],
  };
}

function tokensOf({ dossier, extra = [], outside = [] }: PromptSubject): number {
  const texts = [
    ...dossier.items.map(({ text, path }) => text + path),
    ...[...extra, ...outside].map(({ text }) => text),
    dossier.case.finding.message,
  ];
  return TOKENS_BESIDES + texts.reduce((sum, text) => sum + estimateTokens(text), 0);
}

function openingOf({ accounting, decision, findings }: ResultDocument, shown: number): PromptTexts {
  const counts = [
    `Findings: ${accounting.findings}, from ${accounting.in} results of scanners (${accounting.duplicates} duplicates).`,
    `Real: ${accounting.truePositives}. Needs review: ${accounting.needsReview}. False positives: ${accounting.falsePositives}. Out of scope: ${accounting.outOfScope}. Suppressed: ${accounting.suppressed}. Waived: ${accounting.waived}.`,
    `The gate: ${decision.outcome}, mode ${decision.mode}. Blocking findings: ${findings.filter(({ gate }) => gate.effect === 'blocks').length}.`,
    `Of the findings ${shown} are shown below, the weightiest first; cite one by its name there, as [f-0123456789]. Of the others you know only the sums by rule.`,
  ];
  return {
    extra: [{ title: 'The run as a whole', text: counts.join('\n') }],
    outside: [
      { title: 'Reasons of the gate', text: decision.reasons.map(({ text }) => text).join('\n') },
      { title: 'Findings by rule', text: byRule(findings) },
    ],
  };
}

function byRule(findings: readonly FindingRecord[]): string {
  const sums = new Map<string, Map<string, number>>();
  for (const { ruleId, verdict } of findings) {
    const label = verdict === null ? 'out of scope' : LABELS[verdict.label];
    const sum = sums.get(ruleId) ?? new Map<string, number>();
    sum.set(label, (sum.get(label) ?? 0) + 1);
    sums.set(ruleId, sum);
  }
  const total = (sum: ReadonlyMap<string, number>) => [...sum.values()].reduce((a, b) => a + b, 0);
  const rows = [...sums]
    .sort(([a, left], [b, right]) => total(right) - total(left) || (a < b ? -1 : 1))
    .map(
      ([rule, sum]) => `${shorten(rule, 100)}: ${[...sum].map(([label, n]) => `${n} ${label}`).join(', ')}`,
    );
  const more = rows.length - MOST_RULES;
  return [...rows.slice(0, MOST_RULES), ...(more > 0 ? [`and ${more} further rules`] : [])].join('\n');
}
