// What a model said and what was confirmed of it → the verdict, always within the band that facts and confirmed claims open (security R4).
import type { CheckedClaim, DismissalClass } from '#domain/claim.ts';
import type { ModelFailure } from '#domain/model.ts';
import type { ModelAnswer } from '#domain/model-answer.ts';
import type { Judgement, ModelOpinion, Reason, ReasonCode, Verdict, VerdictLabel } from '#domain/verdict.ts';
import type { JudgeContext } from '../builtin-judge.ts';
import { confidenceFrom } from '../calibration.ts';
import type { ModelRemark } from '../message-catalogue.ts';
import { messagesIn } from '../messages.ts';
import { bandFor } from '../verdict-band.ts';
import { weighEvidence } from '../weigh-evidence.ts';
import { dismissingClaims, isRefused, provingClaims } from './opening-claims.ts';

interface Asked {
  /** `provider/name`. */
  readonly model: string;
  /** What the provider said answered, where it is another model. */
  readonly answeredBy?: string;
  readonly prompt: ModelOpinion['prompt'];
  /** Times that it was shown more code. */
  readonly rounds: number;
}

export type ModelSaid = Asked &
  (
    | {
        readonly answer: ModelAnswer;
        readonly claims: readonly CheckedClaim[];
        /** It was asked to explain a verdict, not to give one. */
        readonly wordsOnly?: boolean;
      }
    | { readonly failure: ModelFailure }
  );

/** No model is surer than this, whatever it states. */
export const MOST_CONFIDENT = 0.9;
/** The lower bound treats a stated confidence as if so many such answers had been looked at: a model's own word is not worth more. */
const ANSWERS_BEHIND_A_WORD = 20;

const FITTING: Readonly<Partial<Record<CheckedClaim['kind'], { fits: DismissalClass; code: ReasonCode }>>> = {
  sanitizer: { fits: 'sanitised', code: 'FP.model.sanitised' },
  guard: { fits: 'guarded', code: 'FP.model.guarded' },
  constant: { fits: 'constant', code: 'FP.model.constant' },
  safe_api: { fits: 'wrong_api', code: 'FP.model.safe-api' },
  unreachable: { fits: 'not_reachable', code: 'FP.model.unreachable' },
};

interface Settled {
  readonly part: ModelOpinion['part'];
  readonly verdict: Verdict;
}

/**
 * The judgement with the model's part in it. What a proof fixes stays; what the facts dismiss stays unless the model confirms the
 * opposite, which leaves it to a person; where nothing is proved, confirmed claims that fit may dismiss or prove. Everything else
 * changes no label: the verdict of the built-in judge stands, with a reason that says what the model could not show. A failure leaves
 * the verdict as it is. Nothing here reads or changes severity (security row 49). The model's root cause takes the place of ours only
 * where it speaks for the verdict that is given, as outside text.
 */
export function settleVerdict(judgement: Judgement, said: ModelSaid, context: JudgeContext): Judgement {
  const { model, answeredBy, prompt, rounds } = said;
  if ('failure' in said) {
    const nothing = { label: null, confidence: null, dismissal: null, claims: [] };
    const opinion: ModelOpinion = {
      model,
      prompt,
      rounds,
      part: 'failed',
      ...nothing,
      failure: said.failure,
    };
    return { ...judgement, verdict: { ...judgement.verdict, model: opinion } };
  }
  const { answer, claims } = said;
  const { part, verdict } =
    said.wordsOnly === true
      ? { part: 'explained' as const, verdict: judgement.verdict }
      : decide(judgement, said, context);
  const { label, dismissal } = answer;
  const confidence = boundedConfidence(answer.confidence);
  const opinion: ModelOpinion = {
    model,
    ...(answeredBy === undefined ? {} : { answeredBy }),
    prompt,
    rounds,
    part,
    label,
    confidence,
    dismissal,
    claims,
    failure: null,
  };
  const speaksForIt = part !== 'overruled' && label === verdict.label && answer.rootCause.trim() !== '';
  return {
    ...judgement,
    verdict: { ...verdict, model: opinion },
    rootCause: speaksForIt
      ? messagesIn(context.language ?? 'en').inModelsWords(answer.rootCause)
      : judgement.rootCause,
    remediation:
      verdict.label === 'false_positive' ? null : (judgement.remediation ?? judgement.case.card?.fix ?? null),
  };
}

type Answered = Extract<ModelSaid, { answer: ModelAnswer }>;

function decide(judgement: Judgement, said: Answered, context: JudgeContext): Settled {
  const { verdict } = judgement;
  const { label } = said.answer;
  // The team's own list, and people, are not for a model to second.
  const isSettled = verdict.by === 'policy' || verdict.by === 'human';
  if (label === 'needs_review')
    return {
      part: 'undecided',
      verdict: asking(judgement, said, context),
    };
  if (label === verdict.label) return { part: 'agreed', verdict };
  const weighed = weighEvidence(judgement.case, context);
  const { floor, ceiling } = bandFor(weighed);
  if (isSettled || (floor === 'true_positive' && ceiling === floor)) return { part: 'overruled', verdict };
  if (label === 'true_positive') return decideProof({ ...judgement, verdict }, said, ceiling, context);
  if (isRefused(judgement.case, weighed))
    return overruled(judgement, weighed.neverDismiss ? 'never_dismiss' : 'not_open', context);
  return decideDismissal(judgement, said, context);
}

function decideProof(
  judgement: Judgement,
  said: Answered,
  ceiling: VerdictLabel,
  context: JudgeContext,
): Settled {
  const { claims, answer } = said;
  const proving = judgement.case.finding.location.resolved ? provingClaims(claims) : [];
  if (proving.length === 0) return overruled(judgement, 'unproved', context);
  // Its own confirmed claims speak against its label.
  if (answer.dismissal !== null || dismissingClaims(claims, judgement.case.finding.cwe).length > 0)
    return overruled(judgement, 'mixed', context);
  if (ceiling === 'true_positive') {
    const reasons = proving.map((claim) => reasonOf('TP.model', claim));
    return { part: 'decided', verdict: byModel('true_positive', said, reasons, context, judgement) };
  }
  // Where it was open before, the facts that keep it open say more than this would.
  if (judgement.verdict.label === 'needs_review') return overruled(judgement, 'unproved', context);
  return { part: 'overruled', verdict: conflicting(judgement, proving, context) };
}

function decideDismissal(judgement: Judgement, said: Answered, context: JudgeContext): Settled {
  const { answer, claims } = said;
  const opening = dismissingClaims(claims, judgement.case.finding.cwe);
  if (opening.length === 0)
    return overruled(
      judgement,
      claims.length > 0 && claims.every(({ outcome }) => outcome === 'struck') ? 'struck' : 'unproved',
      context,
    );
  const fitting = opening.filter(({ kind }) => FITTING[kind]?.fits === answer.dismissal);
  if (fitting.length === 0) return overruled(judgement, 'mixed', context);
  const ordered = [...fitting, ...opening.filter((claim) => !fitting.includes(claim))];
  const reasons = ordered.flatMap((claim) => {
    const code = FITTING[claim.kind]?.code;
    return code === undefined ? [] : [reasonOf(code, claim)];
  });
  return { part: 'decided', verdict: byModel('false_positive', said, reasons, context, judgement) };
}

function reasonOf(code: ReasonCode, { why, citation }: CheckedClaim): Reason {
  return { code, text: why, citations: citation === null ? [] : [citation] };
}

function byModel(
  label: VerdictLabel,
  { answer }: Answered,
  reasons: readonly Reason[],
  { calibration }: JudgeContext,
  { case: theCase }: Judgement,
): Verdict {
  const stated = boundedConfidence(answer.confidence);
  const measured = calibration.confidenceOf(reasons[0]?.code ?? 'REV.model', theCase.evidence.language);
  // What was measured counts where it is worse than what the model says of itself.
  const confidence = measured.confidenceLowerBound > 0 ? Math.min(stated, measured.confidence) : stated;
  return { label, confidence, confidenceLowerBound: lowerBoundOf(confidence), by: 'model', reasons };
}

function boundedConfidence(stated: number): number {
  return Number.isFinite(stated) ? Math.min(Math.max(stated, 0), MOST_CONFIDENT) : 0;
}

/** Lower end of the 95 % score interval, had the confidence been counted on `ANSWERS_BEHIND_A_WORD` answers: 0.9 becomes 0.699. */
function lowerBoundOf(confidence: number): number {
  return confidenceFrom(confidence * ANSWERS_BEHIND_A_WORD, ANSWERS_BEHIND_A_WORD).confidenceLowerBound;
}

/** The verdict stands; where it is open, a reason says what became of the model's. */
function overruled(judgement: Judgement, remark: ModelRemark, context: JudgeContext): Settled {
  const { verdict } = judgement;
  if (verdict.label !== 'needs_review') return { part: 'overruled', verdict };
  const code = remark === 'never_dismiss' ? 'REV.never-dismiss' : 'REV.model';
  const reason: Reason = {
    code,
    text: messagesIn(context.language ?? 'en').modelRemark(remark),
    citations: [],
  };
  return { part: 'overruled', verdict: { ...verdict, reasons: [...verdict.reasons, reason] } };
}

/** What it would need to know, beside our own open question. */
function asking({ verdict }: Judgement, { answer }: Answered, context: JudgeContext): Verdict {
  if (verdict.label !== 'needs_review' || answer.openQuestion === null) return verdict;
  const text = messagesIn(context.language ?? 'en').modelAsks(answer.openQuestion);
  return { ...verdict, reasons: [...verdict.reasons, { code: 'REV.model', text, citations: [] }] };
}

/** The facts clear it, and the model's confirmed claims speak for it: neither is to be believed alone. */
function conflicting(
  { verdict, case: theCase }: Judgement,
  proving: readonly CheckedClaim[],
  context: JudgeContext,
): Verdict {
  const citations = [
    ...verdict.reasons.flatMap((reason) => reason.citations),
    ...proving.flatMap(({ citation }) => (citation === null ? [] : [citation])),
  ];
  const text = messagesIn(context.language ?? 'en').modelConflict(
    verdict.reasons.map((reason) => reason.text),
    proving.map(({ why }) => why),
  );
  const confidence = context.calibration.confidenceOf('REV.conflict', theCase.evidence.language);
  return {
    label: 'needs_review',
    ...confidence,
    by: 'model',
    reasons: [{ code: 'REV.conflict', text, citations }],
  };
}
