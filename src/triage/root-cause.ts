// One paragraph per finding for the reviewer: what is wrong where, why that is known, what mends it; from facts and the CWE card only.
//
// Nothing a scanner or a comment says enters it. Identifiers, paths and quoted code stand between backticks, never holding one
// (support/mark-outside.ts), so that publish can put them into code spans.
import type { Case, Fact } from '#domain/evidence.ts';
import type { Citation } from '#domain/location.ts';
import type { Verdict } from '#domain/verdict.ts';
import { clipMarked, markOutside } from '../support/mark-outside.ts';
import type { TriageMessages } from './message-catalogue.ts';

/** Longest paragraph, in UTF-16 units. */
export const ROOT_CAUSE_LIMIT = 600;
const QUOTE_LIMIT = 90;
const KNOWN_LIMIT = 150;
/** Context that tells a reader something which the headline does not. */
const CONTEXT_KINDS: ReadonlySet<Fact['kind']> = new Set([
  'sink_call',
  'reported_flow',
  'direct_flow',
  'misuse',
]);

/** The paragraph, in the language of `messages`, at most `ROOT_CAUSE_LIMIT` long; the same case gives the same text. */
export function explainRootCause(theCase: Case, verdict: Verdict, messages: TriageMessages): string {
  const { card } = theCase;
  const headline = messages.headline(verdict.label, {
    weakness: card === null ? messages.unnamedWeakness(markOutside(theCase.finding.ruleId)) : nameOf(card),
    place: placeOf(theCase),
    functionName:
      theCase.evidence.enclosingFunction && markOutside(theCase.evidence.enclosingFunction.name, 60),
    quote: quoteOf(theCase, verdict),
  });
  const reasons = [...new Set(verdict.reasons.map((reason) => reason.text))];
  switch (verdict.label) {
    case 'false_positive':
      return joinWithinLimit([headline, ...reasons, messages.noChange()]);
    case 'true_positive':
      return joinWithinLimit([
        headline,
        ...reasons,
        ...(card === null ? [] : [messages.fix(card.fix, verdict.label), card.what]),
      ]);
    case 'needs_review': {
      const fix = card === null ? [] : [messages.fix(card.fix, verdict.label)];
      return joinWithinLimit([headline, ...knownFacts(theCase, verdict, messages), ...reasons, ...fix]);
    }
  }
}

/** What is known beside the open question, short enough that the question itself is never cut away. */
function knownFacts(theCase: Case, verdict: Verdict, messages: TriageMessages): string[] {
  // A contradiction tells both of its sides already.
  if (verdict.reasons[0]?.code === 'REV.conflict') return [];
  const facts = theCase.evidence.facts.filter((fact) => CONTEXT_KINDS.has(fact.kind)).slice(0, 2);
  return facts.length === 0 ? [] : [clipMarked(messages.known(facts), KNOWN_LIMIT)];
}

function nameOf(card: NonNullable<Case['card']>): string {
  return `${card.name} (CWE-${card.cwe})`;
}

function placeOf({ finding }: Case): string {
  return markOutside(`${finding.location.path}:${finding.location.startLine}`, 120);
}

/** The code that the verdict speaks of: the sink call when it is known, else what the first reason cites. */
function quoteOf(theCase: Case, verdict: Verdict): string | null {
  const sink = theCase.evidence.facts.find((fact) => fact.kind === 'sink_call')?.citations[0];
  const citation: Citation | undefined = sink ?? verdict.reasons.flatMap((reason) => reason.citations)[0];
  return citation === undefined || citation.quote.trim() === ''
    ? null
    : markOutside(citation.quote, QUOTE_LIMIT);
}

/** Joins what fits, in order; a part that does not fit is left out, but the first two are cut rather than lost. */
function joinWithinLimit(parts: readonly string[]): string {
  let text = '';
  for (const [index, part] of parts.entries()) {
    const room = ROOT_CAUSE_LIMIT - text.length - (text === '' ? 0 : 1);
    const whole = clipMarked(part, Number.POSITIVE_INFINITY);
    if (whole.length <= room) text = text === '' ? whole : `${text} ${whole}`;
    else if (index < 2 && room > 20) text = `${text} ${clipMarked(part, room)}`.trimStart();
  }
  return text;
}
