// What is known of a finding from the code itself: facts with citations, and what stays open.

import type { Citation } from './location.ts';
import type { OddName } from './odd-name.ts';
import type { ScopedFinding } from './scoped-finding.ts';

/**
 * What a fact says. The kind decides what a judge may conclude from it; the text is for the reader.
 * - `constant_arguments`: every argument of the sink call that the weakness is about evaluates to constants
 * - `sanitized_arguments`: everything open in these arguments passed through a sanitizer for the very place in the text that it comes to
 * - `dead_branch`: the place cannot be reached, by constant folding inside the function
 * - `safe_call`: the call at the place is a form of the API that cannot have the weakness (parameterised, literal list, …)
 * - `not_the_sink`: the place holds no code (comment, blank, declaration without initialiser) or the kind of weakness cannot exist there
 * - `misuse`: a constant that itself is the weakness (weak algorithm, disabled check, hard-coded secret)
 * - `direct_flow`: a remote source reaches the sink argument inside the function with nothing but propagation between
 * - `policy_path`: the path is listed as test, generated or vendored by the base configuration
 * - `sink_call`, `enclosing_function`, `reported_flow`, `imports`: context for the reader, deciding nothing
 */
export type FactKind =
  | 'constant_arguments'
  | 'sanitized_arguments'
  | 'dead_branch'
  | 'safe_call'
  | 'not_the_sink'
  | 'misuse'
  | 'direct_flow'
  | 'policy_path'
  | 'sink_call'
  | 'enclosing_function'
  | 'reported_flow'
  | 'imports';

export interface Fact {
  /** `E1`, `E2`, … within one case. */
  readonly id: string;
  readonly kind: FactKind;
  readonly text: string;
  readonly citations: readonly Citation[];
}

/** Why the code alone does not decide; each names exactly what would be needed. */
export type UnknownCode =
  | 'REV.language'
  | 'REV.unresolved'
  | 'REV.parse'
  | 'REV.no-sink'
  | 'REV.unknown'
  | 'REV.param'
  | 'REV.too-large'
  | 'REV.weakness';

export interface Unknown {
  readonly code: UnknownCode;
  /** The open question, in one sentence. */
  readonly text: string;
  readonly citations: readonly Citation[];
}

export interface Evidence {
  /** Grammar name, for example `java`; null when the language is not known. */
  readonly language: string | null;
  readonly enclosingFunction: {
    readonly name: string;
    readonly startLine: number;
    readonly endLine: number;
  } | null;
  readonly facts: readonly Fact[];
  readonly unknowns: readonly Unknown[];
  /** For readers; no judge looks at it. Left out where there are none. */
  readonly oddNames?: readonly OddName[];
}

/** A CWE card of `rules/cwe/`: our own wording of what a weakness is and how it is mended. */
export interface WeaknessCard {
  readonly cwe: number;
  readonly name: string;
  /** One or two sentences: what goes wrong and what an attacker gains. */
  readonly what: string;
  /** One or two sentences on how code is written so that it cannot happen. */
  readonly fix: string;
}

/** A finding with everything the judge may look at. */
export interface Case {
  readonly finding: ScopedFinding;
  readonly evidence: Evidence;
  readonly card: WeaknessCard | null;
}
