// The shape of `assay.json`, schemaVersion 1: what users and other tools rely on.
import type { Accounting } from './accounting.ts';
import type { Scope } from './change.ts';
import type { Decision, GateEffect, Notice } from './decision.ts';
import type { DependencyRecord } from './dependency.ts';
import type { FindingKind, ResultRow, ToolReport } from './finding.ts';
import type { KnowledgeReference } from './knowledge.ts';
import type { FindingLocation, FlowStep } from './location.ts';
import type { ModelFailureKind, PriceOrigin, TokenUsage } from './model.ts';
import type { OddName } from './odd-name.ts';
import type { Patch, PatchRefusal } from './patch.ts';
import type { PolicyOrigin } from './policy.ts';
import type { RawTool, ReportFault } from './report.ts';
import type { SuppressionRuling } from './scoped-finding.ts';
import type { Severity } from './severity.ts';
import type { Verdict, VerdictLabel } from './verdict.ts';

export interface InputRecord {
  readonly name: string;
  readonly sha256: string;
  readonly bytes: number;
  readonly kind: string;
  readonly tools: readonly RawTool[];
  readonly runs: number;
  readonly results: number;
  readonly fault: ReportFault | null;
  readonly notices: readonly string[];
}

export interface RunRecord {
  readonly tool: { readonly name: 'assay'; readonly version: string };
  readonly category: string | null;
  readonly inputs: readonly InputRecord[];
  readonly base: string | null;
  readonly mergeBase: string | null;
  /** Null when the sources were the working tree. */
  readonly head: string | null;
  readonly scope: string;
  readonly config: PolicyOrigin;
  /** Of the reasons and root causes, and so of what is rendered. */
  readonly language: 'en' | 'zh-CN';
  readonly judge: string;
  readonly model: string | null;
  readonly prompts: readonly string[];
  /** What the model was used for; left out when none was asked. */
  readonly modelUse?: ModelUse;
}

/** Sums over the answers that the result rests on, whether they came over the wire or from the cache. */
export interface ModelUse {
  /** Findings that a model was asked about, of them answered, and those that the budget left out. */
  readonly asked: number;
  readonly answered: number;
  readonly notAsked: number;
  /** Answers about findings that were of no use: verdicts, explanations and patches. */
  readonly failures: Readonly<Partial<Record<ModelFailureKind, number>>>;
  /** Left out where no patches were wanted. */
  readonly patches?: PatchUse;
  readonly tokens: TokenUsage;
  /** US dollars; null when no price is known. */
  readonly money: number | null;
  /** Left out when no price is known. */
  readonly price?: PriceOrigin;
  /** What finding passages by meaning takes; not part of `tokens` and `money`. Left out where nothing was. */
  readonly embeddings?: EmbeddingUse;
}

/** Findings that a model was asked to mend, and those without a patch that it was not asked to: not shown, or over the budget. */
export interface PatchUse {
  readonly asked: number;
  readonly notAsked: number;
  /** Their share of `ModelUse.failures`. */
  readonly failures: Readonly<Partial<Record<ModelFailureKind, number>>>;
}

/** Texts whose vectors the result rests on, whether they were asked for in this run or kept. */
export interface EmbeddingUse {
  /** `provider/name`. */
  readonly model: string;
  readonly texts: number;
  /** As estimated: the same whether they were kept or not. */
  readonly tokens: number;
  readonly money: number | null;
}

export interface ResultRecord extends ResultRow {
  readonly verdict: VerdictLabel | null;
}

export interface FindingRecord {
  readonly id: string;
  readonly fingerprints: Readonly<Record<string, string>>;
  readonly kind: FindingKind;
  readonly ruleId: string;
  readonly tools: readonly ToolReport[];
  readonly cwe: readonly number[];
  readonly severity: Severity;
  readonly message: string;
  readonly location: FindingLocation;
  readonly flow: readonly FlowStep[];
  readonly related: readonly FlowStep[];
  readonly scope: Scope;
  readonly suppression: SuppressionRuling | null;
  readonly baselineState: string | null;
  readonly verdict: Verdict | null;
  readonly rootCause: string | null;
  /** How it is mended, in a sentence or two; null where nothing is known of the weakness. */
  readonly remediation: string | null;
  /** The team's own documents on its weakness; left out where there are none. */
  readonly knowledge?: readonly KnowledgeReference[];
  /** Names in its code that may deceive a reader; a note that decided nothing. Left out where there are none. */
  readonly oddNames?: readonly OddName[];
  readonly patch: Patch | null;
  /** Proposals that were not good enough to be shown. */
  readonly refusedPatches: readonly PatchRefusal[];
  readonly gate: GateEffect;
  /** Left out when `kind` is `sast`. */
  readonly dependency?: DependencyRecord;
}

export interface ResultDocument {
  readonly schemaVersion: 1;
  readonly run: RunRecord;
  readonly results: readonly ResultRecord[];
  readonly findings: readonly FindingRecord[];
  readonly accounting: Accounting;
  readonly decision: Decision;
  readonly notices: readonly Notice[];
}
