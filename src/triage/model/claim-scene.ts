// Where claims are checked: the finding's place as syntax, and the lines that a claim quotes.

import type { Claim } from '#domain/claim.ts';
import type { DossierItem } from '#domain/dossier.ts';
import type { Case } from '#domain/evidence.ts';
import type { ConditionAt } from '../../code/condition-at.ts';
import type { FunctionDefinition } from '../../code/ir.ts';
import type { KnownApis } from '../../code/known-apis.ts';
import type { SourceUnit } from '../../code/source-unit.ts';
import { type SyntaxAt, syntaxAt } from '../../code/syntax-at.ts';
import type { ClaimWhy } from './claim-words.ts';
import type { Cover } from './cover-values.ts';
import type { CodePlace } from './place-values.ts';

export interface Scene {
  readonly case: Case;
  /** Null when the place is not in a file that is understood. */
  readonly place: CodePlace | null;
  readonly apis: KnownApis;
  /** Functions of the repository whose result is harmless, as other claims of the answer prove. */
  readonly cleaners: readonly Cleaner[];
}

/** A function all of whose results are harmless. */
export interface Cleaner {
  readonly unit: SourceUnit;
  readonly definition: FunctionDefinition;
  /** The conditions in it that were quoted. */
  readonly conditions: readonly ConditionAt[];
  /** Whether a result may be the last segment of somebody's path: harmless only where that is. */
  readonly keepsSegment: boolean;
}

/** The lines that a claim quotes, as syntax. */
export interface Quoted {
  readonly id: number;
  readonly claim: Claim;
  readonly item: DossierItem;
  readonly unit: SourceUnit;
  readonly startLine: number;
  readonly endLine: number;
  readonly syntax: SyntaxAt;
  /** The last name of the claim's symbol. */
  readonly symbol: string;
}

/**
 * What the check of one kind found. `cover`: it opens when every value at the place is answered for and this cover had a part in it;
 * when it had none it is struck as `unused`, or held as `partly`.
 */
export type Ruling =
  | { readonly outcome: 'opens' | 'holds' | 'struck'; readonly why: ClaimWhy }
  | { readonly outcome: 'covers'; readonly cover: Cover; readonly why: ClaimWhy; readonly unused: ClaimWhy };

export function quotedAt(
  given: Pick<Quoted, 'id' | 'claim' | 'item' | 'unit'>,
  startLine: number,
  endLine: number,
): Quoted {
  const syntax = syntaxAt(given.unit, startLine, endLine);
  return { ...given, startLine, endLine, syntax, symbol: lastName(given.claim.symbol) };
}

/** `escape` of `Encode.escape(…)`, `$id` of `$id`, `id` of `this.id`. */
export function lastName(symbol: string): string {
  const plain = symbol.replace(/\(.*$/s, '').trim();
  return (
    plain
      .split(/\.|::|->/)
      .at(-1)
      ?.trim() ?? ''
  );
}

export const struck = (why: ClaimWhy): Ruling => ({ outcome: 'struck', why });
export const holding = (why: ClaimWhy): Ruling => ({ outcome: 'holds', why });
export const opening = (why: ClaimWhy): Ruling => ({ outcome: 'opens', why });
