// Lays before a model what it needs to know of one finding: numbered pieces of code and the facts, within a budget, nothing else.
//
// When the budget is too small, this is given up, in this order (docs/model.md says it to users):
//  1. imports  2. callers beyond the first two  3. bodies of callees, but for their heads and returns  4. flow steps in other files
//  5. configuration  6. definitions of constants and fields, those of guards first  7. the enclosing function, down to its head and the place, farthest
//  lines first  8. the first two callers  9. callees  10. the other flow steps  11. what is left of the enclosing function
//  12. what the model asked for  13. further lines of facts  14. facts, the last first  15. the lines around the place
//  16. all but the first of the reported lines.
import type { CodeRequest } from '#domain/claim.ts';
import type { Dossier } from '#domain/dossier.ts';
import type { Case, Fact } from '#domain/evidence.ts';
import type { Passage } from '#domain/knowledge.ts';
import type { CodeIndex } from '../code/code-index.ts';
import type { RepositoryIndex } from '../code/repository-index.ts';
import { type Piece, slice } from './dossier-piece.ts';
import { type DossierScene, linesOf, openScene } from './dossier-scene.ts';
import { fitDossier } from './fit-dossier.ts';
import { sliceFlow } from './slice-flow.ts';
import { sliceFunction } from './slice-function.ts';
import {
  sliceCallees,
  sliceCallers,
  sliceDefinitions,
  sliceImports,
  sliceSettings,
} from './slice-neighbours.ts';
import { sliceRequests } from './slice-requests.ts';

export interface DossierContext {
  readonly code: CodeIndex;
  readonly repository: RepositoryIndex;
  readonly knowledge: readonly Passage[];
  /** For the items; characters / 3.6. Knowledge is not counted: whoever retrieves it bounds it. */
  readonly budgetTokens: number;
  /** What a model asked to see. */
  readonly requests: readonly CodeRequest[];
}

/**
 * The same case and repository give the same dossier. Every item's text is the lines of its file as they stand. Facts keep their
 * ids; slices are numbered after the highest of them. No two slices show the same line; the place, the facts and what was asked for may
 * point at lines that an item before them shows. A file that is not understood is shown by lines around the place.
 */
export async function gatherDossier(theCase: Case, context: DossierContext): Promise<Dossier> {
  const scene = await openScene(theCase, context);
  const asked = await sliceRequests(context.requests, { ...context, path: theCase.finding.location.path });
  const around =
    scene === null
      ? { pieces: [], notes: ['the code: the reported place was not found'] }
      : await sliceAround(scene);
  const facts = theCase.evidence.facts;
  const shownFirst = around.pieces.filter(({ kind }) => kind === 'function' || kind === 'place');
  const others = around.pieces.filter(({ kind }) => kind !== 'function' && kind !== 'place');
  // The function goes first, so that the place and the facts point into code that was read already.
  const pieces = [
    ...shownFirst.filter(({ kind }) => kind === 'function'),
    ...shownFirst.filter(({ kind }) => kind === 'place'),
    ...facts.flatMap(firstOf),
    ...facts.flatMap(restOf),
    ...asked.pieces,
    ...others,
  ];
  const lines = await readAll(pieces, context);
  const inFile = pieces.flatMap((piece) => withinFile(piece, lines));
  const fitted = fitDossier(inFile, lines, highestId(facts) + 1, context.budgetTokens);
  return {
    case: theCase,
    items: fitted.items,
    unknowns: theCase.evidence.unknowns,
    knowledge: context.knowledge,
    cut: [...new Set([...asked.notes, ...around.notes, ...fitted.cut])],
  };
}

async function sliceAround(
  scene: DossierScene,
): Promise<{ readonly pieces: readonly Piece[]; readonly notes: readonly string[] }> {
  const callers = await sliceCallers(scene);
  const pieces = [
    ...sliceFunction(scene),
    ...(await sliceFlow(scene)),
    ...(await sliceCallees(scene)),
    ...callers.pieces,
    ...(await sliceDefinitions(scene)),
    ...(await sliceSettings(scene)),
    ...(await sliceImports(scene)),
  ];
  return { pieces, notes: callers.left === null ? [] : [callers.left] };
}

function firstOf(fact: Fact): readonly Piece[] {
  const [first] = fact.citations;
  return first === undefined
    ? []
    : [{ ...slice(fact.kind, first, fact.text, 'facts'), id: fact.id, isPointer: true }];
}

/** Further citations of a fact are items of their own: a quote stands in one place. Of the scanner's flow, its steps are shown. */
function restOf(fact: Fact): readonly Piece[] {
  if (fact.kind === 'reported_flow') return [];
  return fact.citations.slice(1).map((citation) => ({
    ...slice(fact.kind, citation, `${fact.id} rests on these lines too`, 'further lines of facts'),
    isPointer: true,
  }));
}

async function readAll(
  pieces: readonly Piece[],
  context: DossierContext,
): Promise<ReadonlyMap<string, readonly string[]>> {
  const lines = new Map<string, readonly string[]>();
  for (const path of new Set(pieces.map((piece) => piece.path))) {
    const read = await linesOf(path, context);
    if (read !== null) lines.set(path, read);
  }
  return lines;
}

/** A piece clamped to its file; none when the file or the lines are not there. */
function withinFile(piece: Piece, lines: ReadonlyMap<string, readonly string[]>): readonly Piece[] {
  const count = lines.get(piece.path)?.length ?? 0;
  const startLine = Math.max(1, piece.startLine);
  const endLine = Math.min(piece.endLine, count);
  return startLine > endLine ? [] : [{ ...piece, startLine, endLine }];
}

function highestId(facts: readonly Fact[]): number {
  return Math.max(0, ...facts.map(({ id }) => Number(/^E(\d+)$/.exec(id)?.[1] ?? 0)));
}
