// How urgent a vulnerable dependency is: one number from severity, likelihood of exploitation, reachability and the way it came in.
import type { CvssRating } from '#domain/advisory.ts';
import type { ReachabilityLevel } from '#domain/dependency.ts';
import type { DependencyScope } from '#domain/package.ts';
import { type Phrase, phrase } from '#domain/phrase.ts';
import type { PriorityWeights } from '#domain/policy.ts';
import type { Severity } from '#domain/severity.ts';
import { DEFAULT_WEIGHTS } from './priority-weights.ts';
import { scoreOf } from './score-of.ts';

export interface PriorityQuestion {
  readonly rating: CvssRating | null;
  /** Counts where there is no rating. */
  readonly severity: Severity;
  /** 0–1; null when not known. */
  readonly epss: number | null;
  readonly kev: boolean | null;
  readonly reachability: ReachabilityLevel;
  readonly direct: boolean | null;
  readonly scope: DependencyScope | null;
  /** The package itself does harm: its advisory's id starts with MAL-. */
  readonly isMalicious: boolean;
}

export interface PriorityParts {
  /** Severity and likelihood of exploitation, 0–1 each, before they are weighed. */
  readonly severity: number;
  readonly exploitation: number;
  /** Factors, 0–1. */
  readonly reachability: number;
  readonly origin: number;
  readonly scope: number;
}

export interface Priority {
  /** 0–100, whole. */
  readonly score: number;
  /** How it came about, in one sentence. */
  readonly text: Phrase;
  readonly parts: PriorityParts;
}

/** The middle of the scores that each word stands for, as a share of ten. */
const SEVERITY_SHARES: Readonly<Record<Severity, number>> = {
  critical: 0.95,
  high: 0.8,
  medium: 0.55,
  low: 0.2,
  none: 0,
};

/**
 * `100 × (severity share × severity + exploitation share × exploitation) × reachability × origin × scope`, rounded. It never falls when
 * one of the answers gets worse. Malicious code that is there is 100. docs/dependencies.md, "Priority", has the reasons and the sources.
 */
export function priorityOf(question: PriorityQuestion, weights: PriorityWeights = DEFAULT_WEIGHTS): Priority {
  const parts = weigh(question, weights);
  if (question.isMalicious) {
    const isThere = question.reachability !== 'absent';
    const text = isThere
      ? phrase`100 of 100: the package itself is malicious, whatever of it is used`
      : phrase`0 of 100: the package is malicious, and not at this version or not there`;
    return { score: isThere ? 100 : 0, text, parts };
  }
  const [severityShare, exploitationShare] = sharesOf(weights);
  const [first, second] = [severityShare * parts.severity, exploitationShare * parts.exploitation];
  const factor = parts.reachability * parts.origin * parts.scope;
  // Rounded first to what a sum of decimals means: 0.1 + 0.2 is 0.3.
  const score = Math.round(Number((100 * (first + second) * factor).toFixed(9)));
  return { score, text: explain(score, [first, second], question, parts), parts };
}

function weigh(question: PriorityQuestion, weights: PriorityWeights): PriorityParts {
  const { reachability, direct, scope } = question;
  return {
    severity: severityShare(question),
    exploitation: exploitationOf(question, weights),
    reachability: clamp(weights.reachability[reachability]),
    origin: direct === true ? 1 : clamp(direct === null ? weights.unknownOrigin : weights.transitive),
    scope: scopeFactor(scope, weights),
  };
}

function severityShare({ rating, severity }: Pick<PriorityQuestion, 'rating' | 'severity'>): number {
  const score = rating?.score ?? (rating?.vector == null ? null : scoreOf(rating.vector));
  return score === null ? SEVERITY_SHARES[severity] : clamp(score / 10);
}

/** The root spreads EPSS, most of whose scores lie below 0.01; what is exploited already needs no forecast. */
function exploitationOf(
  { epss, kev }: Pick<PriorityQuestion, 'epss' | 'kev'>,
  weights: PriorityWeights,
): number {
  return kev === true ? 1 : Math.sqrt(clamp(epss ?? weights.unknownEpss));
}

function scopeFactor(scope: DependencyScope | null, weights: PriorityWeights): number {
  if (scope === 'dev' || scope === 'test') return clamp(weights.dev);
  return scope === 'optional' ? clamp(weights.optional) : 1;
}

function sharesOf(weights: PriorityWeights): readonly [number, number] {
  const [severity, exploitation] = [clamp(weights.severity), clamp(weights.exploitation)];
  const sum = severity + exploitation;
  return sum === 0 ? [0, 0] : [severity / sum, exploitation / sum];
}

function clamp(value: number): number {
  return Number.isFinite(value) ? Math.min(1, Math.max(0, value)) : 0;
}

function explain(
  score: number,
  [severity, exploitation]: readonly [number, number],
  question: PriorityQuestion,
  parts: PriorityParts,
): Phrase {
  const points = (share: number) => Math.round(share * 100);
  const sum = phrase`${points(severity)} for severity (${severityWords(question)}) and ${points(exploitation)} for the likelihood of exploitation (${exploitationWords(question)})`;
  const factors = [
    [parts.reachability, LEVEL_WORDS[question.reachability]],
    [
      parts.origin,
      question.direct === null ? phrase`not known whether direct` : phrase`brought in by others`,
    ],
    [parts.scope, question.scope === 'optional' ? phrase`optional` : phrase`development or tests only`],
  ] as const;
  const told = factors
    .filter(([factor]) => factor !== 1)
    .reduce((before, [factor, words]) => phrase`${before}, × ${decimal(factor)} (${words})`, sum);
  return phrase`${score} of 100: ${told}`;
}

function severityWords({ rating, severity }: PriorityQuestion): string {
  const score = rating?.score ?? (rating?.vector == null ? null : scoreOf(rating.vector));
  if (score === null) return severity;
  return rating?.version == null ? `CVSS ${score.toFixed(1)}` : `CVSS ${rating.version}: ${score.toFixed(1)}`;
}

function exploitationWords({ epss, kev }: PriorityQuestion): Phrase | string {
  if (kev === true) return phrase`known to be exploited`;
  return epss === null ? phrase`EPSS not known` : `EPSS ${decimal(epss, 5)}`;
}

/** Without zeros at the end. */
function decimal(value: number, digits = 2): string {
  return String(Number(value.toFixed(digits)));
}

const LEVEL_WORDS: Readonly<Record<ReachabilityLevel, Phrase>> = {
  absent: phrase`not there at an affected version`,
  dev_only: phrase`brought in by development alone`,
  not_imported: phrase`not imported`,
  part_not_imported: phrase`its vulnerable part is not imported`,
  not_called: phrase`what is vulnerable is not called`,
  unknown: phrase`not known whether it is reached`,
  imported: phrase`imported`,
  called: phrase`called`,
};
