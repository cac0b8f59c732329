// What the team decided: the content of `assay.yml`, parsed and checked (app/config.ts reads it).
import type { ScopeChoice, ScopeState } from './change.ts';
import type { ReachabilityLevel } from './dependency.ts';
import type { FindingKind } from './finding.ts';
import type { ModelName, ModelPrice } from './model.ts';
import type { DependencyScope } from './package.ts';
import type { Severity } from './severity.ts';
import type { VerdictLabel } from './verdict.ts';

/** A gate rule blocks a finding when every condition that it states holds. Lists are alternatives. */
export interface GateRule {
  readonly name: string;
  /** Blocks findings of this severity or worse. */
  readonly severity: Severity | null;
  readonly cwe: readonly number[] | null;
  readonly scope: readonly ScopeState[] | null;
  readonly verdict: readonly VerdictLabel[] | null;
  /** Blocks only when `confidenceLowerBound` is at least this. 0–1. */
  readonly confidence: number | null;
  /** Globs. */
  readonly paths: readonly string[] | null;
  /** Tool names, case-insensitive. */
  readonly tools: readonly string[] | null;
  /** What is asked of findings about dependencies; left out: nothing. */
  readonly dependency?: DependencyCondition;
}

/** Holds for findings about dependencies alone, when everything that is stated holds. */
export interface DependencyCondition {
  readonly kinds: readonly FindingKind[] | null;
  /** Whether CISA lists it as exploited; not known counts as not listed. */
  readonly kev: boolean | null;
  /** The probability of exploitation is above this, 0–1; not known counts as 0. */
  readonly epssAbove: number | null;
  /** Whether a version without it is known. */
  readonly fixAvailable: boolean | null;
  readonly scopes: readonly DependencyScope[] | null;
  readonly reachability: readonly ReachabilityLevel[] | null;
}

/** What the team says of its dependencies. */
export interface DependencyPolicy {
  /** What only development brings in: judged like anything, or dismissed by this policy. */
  readonly dev: 'judge' | 'dismiss';
  /** Advisories that cannot be had: the run is unfinished, or goes on without them. */
  readonly feedDown: 'unfinished' | 'ignore';
  /** Packages whose names no service is told: globs of `name` or purl. */
  readonly private: readonly string[];
  /** Whether decisions of VEX documents count, or are only shown. */
  readonly vex: 'honour' | 'show';
  /** What counts how much in the priority of a vulnerability. */
  readonly priority: PriorityWeights;
  /** Null: licences are nothing that is looked at. */
  readonly licences: LicencePolicy | null;
}

/** All 0–1; what lies outside is taken for the nearer end. docs/dependencies.md says why each is as it is. */
export interface PriorityWeights {
  /** Of severity and of the likelihood of exploitation; they are shares of their sum. */
  readonly severity: number;
  readonly exploitation: number;
  /** The likelihood that stands for an EPSS score that is not known. */
  readonly unknownEpss: number;
  /** What is left of the score at each level. */
  readonly reachability: Readonly<Record<ReachabilityLevel, number>>;
  /** What is left of it for a package that others bring in, and where it is not known who does. */
  readonly transitive: number;
  readonly unknownOrigin: number;
  /** What is left of it for development and tests, and for what may be left out of an installation. */
  readonly dev: number;
  readonly optional: number;
}

/** Licences by SPDX id, with `*` for a family (`GPL-*`). */
export interface LicencePolicy {
  /** Null: everything that is not denied. */
  readonly allow: readonly string[] | null;
  readonly deny: readonly string[];
  /** A licence that is not given, or is no SPDX expression. */
  readonly unknown: 'allow' | 'report';
  /** Packages that this does not ask about: globs of `name` or purl. */
  readonly ignore: readonly string[];
}

export interface Waiver {
  /** A finding id, or null when `rule` and `path` say what is waived. */
  readonly id: string | null;
  readonly rule: string | null;
  /** Glob. */
  readonly path: string | null;
  readonly reason: string;
  readonly owner: string;
  /** Last day it holds, `YYYY-MM-DD`, UTC. */
  readonly expires: string;
}

export interface SeverityOverride {
  readonly rule: string | null;
  readonly cwe: number | null;
  readonly path: string | null;
  readonly severity: Severity;
}

export type PolicyPathKind = 'test' | 'generated' | 'vendored';

export interface Policy {
  readonly gate: { readonly mode: 'enforce' | 'report'; readonly rules: readonly GateRule[] };
  readonly scope: ScopeChoice | null;
  readonly waivers: readonly Waiver[];
  readonly severityOverrides: readonly SeverityOverride[];
  /** Globs of paths whose results are no findings for this team; accounted for as such. */
  readonly ignore: readonly string[];
  readonly neverDismiss: readonly number[];
  readonly policyPaths: Readonly<Record<PolicyPathKind, readonly string[]>>;
  readonly suppressions: { readonly acceptExternal: boolean };
  readonly language: 'en' | 'zh-CN';
  readonly publishing: PublishingPolicy;
  readonly model: ModelPolicy;
  readonly knowledge: KnowledgePolicy;
  readonly dependencies: DependencyPolicy;
}

/** Who judges: the built-in engine alone, a model for every finding, or a model where the engine is unsure. */
export type JudgeChoice = 'builtin' | 'model' | 'auto';

export type PatchChoice = 'shown' | 'all' | 'none';

/** What a model may be asked, and what its word counts. Where it is and its key are no matter of policy: they come from the operator. */
export interface ModelPolicy {
  /** Null: no model is asked. */
  readonly name: ModelName | null;
  readonly judge: JudgeChoice | null;
  /** A dismissal that rests on a model's checked claims counts only below this severity, and from this confidence on. */
  readonly dismiss: { readonly below: Severity; readonly confidence: number };
  /** What one run may spend. `money` in USD; null: no limit of its own. */
  readonly budget: {
    readonly tokens: number;
    readonly money: number | null;
    /** Findings that a model is asked about at most. */
    readonly findings: number;
  };
  /** Times that a model is shown more code that it asked for, 0–4. */
  readonly rounds: number;
  /** Requests at a time. */
  readonly concurrency: number;
  /** Tokens of evidence that one finding is laid before a model with, about. */
  readonly evidenceTokens: number;
  /** Whether it explains what will be shown although the verdict stands without it. */
  readonly explain: boolean;
  /** Which findings it is asked to mend: those that reviewers are shown or that block, all that are open, or none. */
  readonly patches: PatchChoice;
  /** What the model named here costs, where the team knows better than the table of Assay; null: what the table says. */
  readonly price: ModelPrice | null;
}

export interface KnowledgePolicy {
  /** Globs of the team's own documents, read at the base commit. */
  readonly paths: readonly string[];
  /** The model that finds passages by meaning; null: by words alone. */
  readonly embeddings: ModelName | null;
  /** US dollars for a million tokens that it reads; null when the team does not say. */
  readonly embeddingsPrice: number | null;
}

/** What is said where the change is discussed. */
export interface PublishingPolicy {
  /** Inline comments at most, 0–30; the others stand in the summary. */
  readonly inlineLimit: number;
  /** Whether findings of these verdicts are commented on inline, or only listed in the summary. */
  readonly dismissed: 'inline' | 'listed';
  readonly needsReview: 'inline' | 'listed';
  /** `auto`: when there is something to say, or something was said before. */
  readonly summary: 'auto' | 'always' | 'never';
  /** What says the gate's answer beside the commit; `auto` takes the best that the token may do. */
  readonly status: 'auto' | 'check' | 'status' | 'none';
  readonly codeScanning: {
    readonly upload: boolean;
    /** Dismiss alerts of other tools that a checked false positive stands for. */
    readonly dismiss: boolean;
  };
}

/** Where the policy came from: an audit line of every result. */
export interface PolicyOrigin {
  readonly source: 'defaults' | 'base' | 'commit' | 'file' | 'working_tree';
  /** `assay.yml@<sha>`, a file's name, or "built-in defaults". */
  readonly description: string;
  /** SHA-256 of the bytes read, or null for defaults. */
  readonly sha256: string | null;
}
