// Two or three sentences per finding for the reviewer: what is wrong and why that is known, from facts and the CWE card only.
// The verdict, the place, the quoted lines, the open question and the remedy stand beside it in the result and are not said again.
//
// Nothing a scanner or a comment says enters it. Identifiers, paths and quoted code stand between backticks, never holding one
// (support/mark-outside.ts), so that publish can put them into code spans.
import type { Case, Fact } from '#domain/evidence.ts';
import type { Verdict } from '#domain/verdict.ts';
import { clipMarked, markOutside } from '../support/mark-outside.ts';
import type { TriageMessages } from './message-catalogue.ts';

/** Longest paragraph, in UTF-16 units. */
export const ROOT_CAUSE_LIMIT = 600;
const KNOWN_LIMIT = 200;
/** Context that helps to answer the open question. */
const CONTEXT_KINDS: ReadonlySet<Fact['kind']> = new Set([
  'sink_call',
  'reported_flow',
  'direct_flow',
  'misuse',
]);

/** Two or three sentences in the language of `messages`, at most `ROOT_CAUSE_LIMIT` long; the same case gives the same text. */
export function explainRootCause(theCase: Case, verdict: Verdict, messages: TriageMessages): string {
  const { card, evidence } = theCase;
  const functionName = evidence.enclosingFunction && markOutside(evidence.enclosingFunction.name, 60);
  const reasons = [...new Set(verdict.reasons.map((reason) => reason.text))];
  const what = card === null ? [] : [card.what];
  switch (verdict.label) {
    case 'false_positive':
      return joinWithinLimit([messages.because(functionName, reasons), messages.noChange()]);
    case 'true_positive':
      return joinWithinLimit([messages.because(functionName, reasons), ...what]);
    case 'needs_review': {
      const weakness = card === null ? messages.unnamedWeakness(markOutside(theCase.finding.ruleId)) : null;
      return joinWithinLimit([
        messages.open(functionName, weakness),
        ...knownFacts(theCase, verdict, messages),
        // The card speaks as if it were so, which is not known here.
        ...what.map((words) => messages.meaning(words)),
      ]);
    }
  }
}

/** What is known beside the open question. The question itself stands in the verdict's reasons. */
function knownFacts(theCase: Case, verdict: Verdict, messages: TriageMessages): string[] {
  // A contradiction tells both of its sides itself.
  if (verdict.reasons[0]?.code === 'REV.conflict') return [];
  const facts = theCase.evidence.facts.filter((fact) => CONTEXT_KINDS.has(fact.kind)).slice(0, 2);
  return facts.length === 0 ? [] : [clipMarked(messages.known(facts), KNOWN_LIMIT)];
}

/** Joins what fits, in order; a part that does not fit is left out, but the first is cut rather than lost. */
function joinWithinLimit(parts: readonly string[]): string {
  let text = '';
  for (const [index, part] of parts.entries()) {
    // Chinese sentences follow each other without a space.
    const gap = text === '' || /[。？！]$/.test(text) ? '' : ' ';
    const room = ROOT_CAUSE_LIMIT - text.length - gap.length;
    const whole = clipMarked(part, Number.POSITIVE_INFINITY);
    if (whole.length <= room) text += gap + whole;
    else if (index === 0) text = clipMarked(part, room);
  }
  return text;
}
