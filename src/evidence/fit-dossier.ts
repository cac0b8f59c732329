// Lays pieces out as items without showing a line twice, and gives pieces up in the stated order until they fit the budget.
import type { DossierItem } from '#domain/dossier.ts';
import { CUT_ORDER, type CutStep, type Piece } from './dossier-piece.ts';

/** Characters of code and English prose that a token holds, on the low side. */
const CHARACTERS_PER_TOKEN = 3.6;
/** What an item costs besides its text, note and path: id, kind, line numbers, marks. */
const ITEM_OVERHEAD = 40;
const LINE_OVERHEAD = 8;

export interface Fitted {
  readonly items: readonly DossierItem[];
  /** What was given up, in words, in the order in which it was. */
  readonly cut: readonly string[];
}

/** Tokens that the items take, about; one whose lines another item before it shows costs no text. */
export function tokensOf(items: readonly DossierItem[]): number {
  let characters = 0;
  for (const [index, item] of items.entries()) {
    characters += item.note.length + item.path.length + ITEM_OVERHEAD;
    const isShown = items
      .slice(0, index)
      .some(
        ({ path, startLine, endLine }) =>
          path === item.path && startLine <= item.startLine && endLine >= item.endLine,
      );
    characters += isShown
      ? ITEM_OVERHEAD
      : item.text.length + LINE_OVERHEAD * (item.endLine - item.startLine + 1);
  }
  return Math.ceil(characters / CHARACTERS_PER_TOKEN);
}

/**
 * @param pieces in the order in which they are shown
 * @param linesOf lines of every file that a piece names
 * @param firstId the number of the first item that is no fact
 */
export function fitDossier(
  pieces: readonly Piece[],
  linesOf: ReadonlyMap<string, readonly string[]>,
  firstId: number,
  budgetTokens: number,
): Fitted {
  let kept = pieces;
  let items = layOut(kept, linesOf, firstId);
  const cut: string[] = [];
  for (const step of CUT_ORDER) {
    const before = kept.filter((piece) => piece.cut === step);
    if (tokensOf(items) <= budgetTokens) break;
    let most = before.length;
    let least = 0;
    // The most of them that fit; as many as there are, or none, at the ends.
    while (least < most) {
      const middle = Math.ceil((least + most) / 2);
      if (tokensOf(layOut(without(kept, step, middle), linesOf, firstId)) <= budgetTokens) least = middle;
      else most = middle - 1;
    }
    kept = without(kept, step, least);
    const left = layOut(kept, linesOf, firstId);
    cut.push(...describeCut(step, countLines(items) - countLines(left), before.length - least));
    items = left;
  }
  return { items, cut };
}

/** All but the last pieces of a step; of a function's lines, all but those farthest from the place. */
function without(pieces: readonly Piece[], step: CutStep, count: number): readonly Piece[] {
  const mine = pieces.filter((piece) => piece.cut === step);
  const place = pieces.find((piece) => piece.kind === 'place');
  const ordered =
    step === 'lines of the enclosing function' && place !== undefined
      ? [...mine].sort((a, b) => distance(a, place) - distance(b, place) || a.startLine - b.startLine)
      : mine;
  const kept = new Set(ordered.slice(0, count));
  return pieces.filter((piece) => piece.cut !== step || kept.has(piece));
}

function distance(a: Piece, b: Piece): number {
  return a.endLine < b.startLine ? b.startLine - a.endLine : Math.max(0, a.startLine - b.endLine);
}

function countLines(items: readonly DossierItem[]): number {
  const lines = new Set<string>();
  for (const { path, startLine, endLine } of items)
    for (let line = startLine; line <= endLine; line++) lines.add(`${line} ${path}`);
  return lines.size;
}

/** Nothing is said of pieces whose lines others show as well, but of facts: they say more than their lines. */
function describeCut(step: CutStep, lines: number, pieces: number): readonly string[] {
  if (step === 'facts') return pieces === 0 ? [] : [`facts: ${pieces}`];
  return lines <= 0 ? [] : [`${step}: ${lines} ${lines === 1 ? 'line' : 'lines'}`];
}

interface Range {
  readonly piece: Piece;
  startLine: number;
  endLine: number;
}

function layOut(
  pieces: readonly Piece[],
  linesOf: ReadonlyMap<string, readonly string[]>,
  firstId: number,
): readonly DossierItem[] {
  const shown = new Map<string, Set<number>>();
  // What points into code (facts, the place) keeps its lines; slices leave out what stands before them.
  const ranges = widestPlace(pieces).flatMap((piece) => {
    const fresh = unshown(piece, shown);
    return piece.isPointer ? [rangeOf(piece)] : fresh;
  });
  const merged = mergeTouching(ranges);
  let next = firstId;
  return merged.map(({ piece, startLine, endLine }) => ({
    id: piece.id ?? `E${next++}`,
    kind: piece.kind,
    note: piece.note,
    path: piece.path,
    startLine,
    endLine,
    text: (linesOf.get(piece.path) ?? []).slice(startLine - 1, endLine).join('\n'),
  }));
}

function rangeOf(piece: Piece): Range {
  return { piece, startLine: piece.startLine, endLine: piece.endLine };
}

function unshown(piece: Piece, shown: Map<string, Set<number>>): Range[] {
  let lines = shown.get(piece.path);
  if (lines === undefined) {
    lines = new Set();
    shown.set(piece.path, lines);
  }
  const ranges: Range[] = [];
  for (let line = piece.startLine; line <= piece.endLine; line++) {
    if (lines.has(line)) continue;
    lines.add(line);
    const last = ranges.at(-1);
    if (last !== undefined && last.endLine === line - 1) last.endLine = line;
    else ranges.push({ piece, startLine: line, endLine: line });
  }
  return ranges;
}

/** The place is given several times, each wider than the one before, so that it may be narrowed: the widest that is left is shown. */
function widestPlace(pieces: readonly Piece[]): readonly Piece[] {
  const widest = pieces.findLast(({ kind }) => kind === 'place');
  return pieces.filter((piece) => piece.kind !== 'place' || piece === widest);
}

function mergeTouching(ranges: readonly Range[]): readonly Range[] {
  const merged: Range[] = [];
  for (const range of ranges) {
    const before = merged.find(
      ({ piece, startLine, endLine }) =>
        !piece.isPointer &&
        !range.piece.isPointer &&
        piece.path === range.piece.path &&
        piece.note === range.piece.note &&
        piece.kind === range.piece.kind &&
        startLine <= range.endLine + 1 &&
        endLine >= range.startLine - 1,
    );
    if (before === undefined) merged.push({ ...range });
    else {
      before.startLine = Math.min(before.startLine, range.startLine);
      before.endLine = Math.max(before.endLine, range.endLine);
    }
  }
  return merged;
}
