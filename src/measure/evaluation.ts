// The shape of `eval.json`, schemaVersion 1: what was measured, of whom, on what. Everything in it but the outside texts is ours.
import type { ModelFailureKind, TokenUsage } from '#domain/model.ts';
import type { JudgeChoice } from '#domain/policy.ts';
import type { SubjectComparison } from './compare-subjects.ts';
import type { GivenVerdict, LabelledFinding } from './labelled-finding.ts';
import type { Measurement } from './measure-verdicts.ts';
import type { PartWorth } from './worth-of-parts.ts';

/** Whose verdicts are measured. */
export interface Subject {
  /** `builtin`, `provider/name`, or `provider/name (auto)`. */
  readonly name: string;
  readonly judge: JudgeChoice;
  /** `provider/name`; null for the built-in judge. */
  readonly model: string | null;
}

export interface InputFile {
  readonly name: string;
  readonly sha256: string;
}

export interface SetRecord {
  readonly name: string;
  readonly reports: readonly InputFile[];
  readonly labels: InputFile;
  /** Labels that a result answers to, and how the others fared. */
  readonly labelled: number;
  readonly real: number;
  /** Results without a label: judged like the others, and in no figure. */
  readonly unlabelled: number;
  /** Labels that no result answers to. */
  readonly missing: number;
}

/** What the answers used have cost, whether they came over the wire or from the cache. */
export interface AnswerCost {
  readonly asked: number;
  readonly answered: number;
  readonly notAsked: number;
  readonly failures: Readonly<Partial<Record<ModelFailureKind, number>>>;
  readonly tokens: TokenUsage;
  /** US dollars; null when no price is known. */
  readonly money: number | null;
}

export interface SubjectRecord extends Subject {
  readonly measurement: Measurement;
  /** Null where no model was asked. */
  readonly cost: AnswerCost | null;
  /** Findings judged, labelled or not: what the cost is divided by. */
  readonly judged: number;
  readonly prompts: readonly string[];
  readonly verdicts: readonly GivenVerdict[];
}

export interface Ablation {
  /** Name of the subject. */
  readonly subject: string;
  readonly parts: readonly PartWorth[];
}

export interface Evaluation {
  readonly schemaVersion: 1;
  readonly tool: { readonly name: 'assay'; readonly version: string };
  readonly sets: readonly SetRecord[];
  readonly findings: readonly LabelledFinding[];
  /** Best first: fewest false dismissals, then the highest MCC. */
  readonly subjects: readonly SubjectRecord[];
  readonly ablations: readonly Ablation[];
  /** Null without `--compare`. */
  readonly comparison: { readonly tolerance: number; readonly subjects: readonly SubjectComparison[] } | null;
  readonly notices: readonly string[];
}

/** What one subject took in this run: the content of `eval-times.json`, which differs from run to run. */
export interface SubjectTimes {
  readonly name: string;
  readonly elapsedMs: number;
  /** Over the wire, repeats included; 0 when every answer came from the cache. */
  readonly requests: number;
  readonly tokens: TokenUsage;
  readonly money: number | null;
  /** Over all questions that were sent, of all sets together; null when none was. */
  readonly latencyMs: { readonly p50: number; readonly p95: number } | null;
}
