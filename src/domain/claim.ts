// What a model says of a finding, claim by claim, and what a machine made of each claim.
import type { Citation } from './location.ts';

/**
 * What a claim says stands at the cited lines.
 * - `sanitizer`: `symbol` is a call that makes the value harmless for this weakness
 * - `guard`: a condition on `symbol` keeps bad values from the sink
 * - `constant`: `symbol` is a constant that the reporter took for input
 * - `safe_api`: `symbol` is a call that cannot have this weakness in this form
 * - `unreachable`: the code cannot run
 * - `trusted_source`: the value comes from `symbol`, which no attacker controls
 * - `source`, `sink`: `symbol` is where attackers get in, or where it does harm
 * - `flow`: the value passes here on its way, unchanged
 * - `context`: something that helps the reader, deciding nothing
 */
export const CLAIM_KINDS = [
  'sanitizer',
  'guard',
  'constant',
  'safe_api',
  'unreachable',
  'trusted_source',
  'source',
  'sink',
  'flow',
  'context',
] as const;
export type ClaimKind = (typeof CLAIM_KINDS)[number];

/** Why a model thinks that a finding is none. */
export const DISMISSAL_CLASSES = [
  'sanitised',
  'guarded',
  'constant',
  'not_reachable',
  'not_attacker_controlled',
  'wrong_api',
  'test_only',
  'mitigated_elsewhere',
  'other',
] as const;
export type DismissalClass = (typeof DISMISSAL_CLASSES)[number];

export interface Claim {
  readonly kind: ClaimKind;
  /** Id of the dossier's item that it cites, for example `E3`. */
  readonly item: string;
  /** Exact text of that item. */
  readonly quote: string;
  /** The call, variable or constant that it is about; '' when there is none. */
  readonly symbol: string;
  /** The claim in the model's words; outside text. */
  readonly says: string;
}

export interface CheckedClaim extends Claim {
  /**
   * - `opens`: checked, and by itself enough to allow a dismissal or a proof
   * - `holds`: checked, and supports what is said without deciding it
   * - `struck`: it failed its check
   */
  readonly outcome: 'opens' | 'holds' | 'struck';
  /** Why, in one sentence of ours. */
  readonly why: string;
  /** Where the quote stands; null when the claim was struck because it stands nowhere. */
  readonly citation: Citation | null;
}

export const CODE_REQUESTS = ['definition', 'callers', 'imports', 'configuration'] as const;

/** A question to the repository's syntax index. `name` is a function's, variable's, module's or configuration key's name. */
export interface CodeRequest {
  readonly ask: (typeof CODE_REQUESTS)[number];
  readonly name: string;
}
