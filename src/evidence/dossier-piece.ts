// A stretch of a file that a dossier may show, why, and when it is given up for the budget.
import type { DossierItemKind } from '#domain/dossier.ts';

/**
 * What is cut first comes first. Within a step the last pieces go first. What is not listed (the place, the facts, what was asked
 * for) goes only when nothing else is left, in the order at the end.
 */
export const CUT_ORDER = [
  'imports',
  'further callers',
  'callees’ bodies',
  'far flow steps',
  'configuration',
  'definitions',
  'lines of the enclosing function',
  'callers',
  'callees',
  'flow steps',
  'enclosing function',
  'what was asked for',
  'further lines of facts',
  'facts',
  'lines around the place',
  'further reported lines',
] as const;
export type CutStep = (typeof CUT_ORDER)[number];

export interface Piece {
  readonly kind: DossierItemKind;
  readonly path: string;
  /** 1-based, inclusive, within the file. */
  readonly startLine: number;
  readonly endLine: number;
  /** English, of ours; names from outside between backticks. Pieces with the same note that touch become one item. */
  readonly note: string;
  /** Null: never cut. */
  readonly cut: CutStep | null;
  /** Id of a fact; null for slices, which are numbered after the facts. */
  readonly id: string | null;
  /** It points at lines that other items may show as well. */
  readonly isPointer: boolean;
}

export function slice(
  kind: DossierItemKind,
  place: { readonly path: string; readonly startLine: number; readonly endLine: number },
  note: string,
  cut: CutStep | null,
): Piece {
  const { path, startLine, endLine } = place;
  return { kind, path, startLine, endLine, note, cut, id: null, isPointer: false };
}

export function linesText(startLine: number, endLine: number): string {
  return startLine === endLine ? `line ${startLine}` : `lines ${startLine} to ${endLine}`;
}
