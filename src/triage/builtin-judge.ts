// A case → its judgement, by facts alone: no model, no wording of any tool, only what was checked and cited (pure).
import type { Case, FactKind, UnknownCode } from '#domain/evidence.ts';
import type { Judgement, Reason, ReasonCode, Verdict } from '#domain/verdict.ts';
import type { Calibration } from './calibration.ts';
import type { Language, TriageMessages } from './message-catalogue.ts';
import { messagesIn } from './messages.ts';
import { explainRootCause } from './root-cause.ts';
import { bandFor, isConflict } from './verdict-band.ts';
import {
  type DismissalKind,
  type ProofKind,
  type WeighedEvidence,
  type WeighingRules,
  weighEvidence,
} from './weigh-evidence.ts';

export interface JudgeContext extends WeighingRules {
  readonly calibration: Calibration;
  /** Of reasons and root cause; English when left out. */
  readonly language?: Language;
}

const DISMISSAL_CODES: Record<DismissalKind, ReasonCode> = {
  dead_branch: 'FP.unreachable',
  not_the_sink: 'FP.wrong-class',
  safe_call: 'FP.safe-api',
  constant_arguments: 'FP.const',
  sanitized_arguments: 'FP.sanitized',
  policy_path: 'FP.policy',
};
const PROOF_CODES: Record<ProofKind, ReasonCode> = { misuse: 'TP.misuse', direct_flow: 'TP.flow.remote' };

/** What only says that nothing was found comes after what names an open question. */
const VAGUE: ReadonlySet<UnknownCode> = new Set(['REV.unknown']);

/**
 * The verdict within the band of the facts: false positive when a checked dismissal stands alone, true positive when a proof does,
 * else needs review with the open questions. The first reason is the leading one: it carries the confidence.
 */
export function judge(theCase: Case, context: JudgeContext): Judgement {
  const messages = messagesIn(context.language ?? 'en');
  const weighed = weighEvidence(theCase, context);
  const verdict = verdictFor(theCase, weighed, context.calibration, messages);
  return {
    case: theCase,
    verdict,
    rootCause: explainRootCause(theCase, verdict, messages),
    remediation: verdict.label === 'false_positive' ? null : (theCase.card?.fix ?? null),
  };
}

function verdictFor(
  theCase: Case,
  weighed: WeighedEvidence,
  calibration: Calibration,
  messages: TriageMessages,
): Verdict {
  const { language } = theCase.evidence;
  const { floor, ceiling } = bandFor(weighed);
  if (floor === 'false_positive') {
    const reasons = factReasons(weighed.dismissals, DISMISSAL_CODES, messages);
    const byPolicy = weighed.dismissals.every((fact) => fact.kind === 'policy_path');
    // Applying the team's own list is no estimate.
    const confidence = byPolicy
      ? { confidence: 1, confidenceLowerBound: 1 }
      : calibration.confidenceOf(leading(reasons), language);
    return { label: 'false_positive', ...confidence, by: byPolicy ? 'policy' : 'builtin', reasons };
  }
  const proved = floor === 'true_positive' && ceiling === 'true_positive';
  const reasons = proved
    ? factReasons(weighed.proofs, PROOF_CODES, messages)
    : openReasons(theCase, weighed, messages);
  const confidence = calibration.confidenceOf(leading(reasons), language);
  return { label: proved ? 'true_positive' : 'needs_review', ...confidence, by: 'builtin', reasons };
}

function leading(reasons: readonly Reason[]): ReasonCode {
  return reasons[0]?.code ?? 'REV.unknown';
}

function factReasons<K extends FactKind>(
  facts: readonly (WeighedEvidence['dismissals' | 'proofs'][number] & { readonly kind: K })[],
  codes: Record<K, ReasonCode>,
  messages: TriageMessages,
): Reason[] {
  return facts.map((fact) => ({
    code: codes[fact.kind],
    text: messages.fact(fact),
    citations: fact.citations,
  }));
}

/** Why a person has to look: a contradiction, a dismissal that is not for a machine to make, then what stayed unknown. */
function openReasons(theCase: Case, weighed: WeighedEvidence, messages: TriageMessages): Reason[] {
  const { dismissals, proofs, refusals } = weighed;
  const reasons: Reason[] = [];
  if (isConflict(weighed)) {
    const facts = [...dismissals.filter((fact) => fact.kind !== 'policy_path'), ...proofs];
    const citations = facts.flatMap((fact) => fact.citations);
    reasons.push({ code: 'REV.conflict', text: messages.conflict(dismissals, proofs), citations });
  } else {
    for (const fact of dismissals) {
      reasons.push({
        code: 'REV.never-dismiss',
        text: messages.refusal('never_dismiss', fact),
        citations: fact.citations,
      });
    }
  }
  for (const { kind, fact } of refusals) {
    // What stayed unknown speaks for itself below.
    if (kind === 'incomplete') continue;
    reasons.push({
      code: 'REV.never-dismiss',
      text: messages.refusal(kind, fact),
      citations: fact.citations,
    });
  }
  const { unknowns } = theCase.evidence;
  const ordered = [
    ...unknowns.filter(({ code }) => !VAGUE.has(code)),
    ...unknowns.filter(({ code }) => VAGUE.has(code)),
  ];
  for (const unknown of ordered) {
    reasons.push({ code: unknown.code, text: messages.question(unknown), citations: unknown.citations });
  }
  if (reasons.length === 0) reasons.push(nothingKnown(theCase, messages));
  return reasons;
}

function nothingKnown(theCase: Case, messages: TriageMessages): Reason {
  const code = theCase.finding.location.resolved ? 'REV.unknown' : 'REV.unresolved';
  return { code, text: messages.question({ code, text: '', citations: [] }), citations: [] };
}
