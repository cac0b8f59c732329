// A definition elsewhere in the repository as pieces: its head and how it returns are kept longer than the rest of its body.

import type { DossierItemKind } from '#domain/dossier.ts';
import type { CodeIndex } from '../code/code-index.ts';
import type { Definition } from '../code/find-definitions.ts';
import { syntaxAt } from '../code/syntax-at.ts';
import { type CutStep, type Piece, slice } from './dossier-piece.ts';

/** Lines of a body that are shown at most; of a longer one only head and returns. */
const MOST_LINES = 60;
const MOST_RETURNS = 12;

export async function sliceBody(
  definition: Definition,
  kind: DossierItemKind,
  note: string,
  code: CodeIndex,
  cuts: { readonly head: CutStep; readonly body: CutStep },
): Promise<readonly Piece[]> {
  const { path, startLine, endLine } = definition;
  const unit = await code.unit(path);
  if (unit.kind === 'failure' || endLine - startLine < 3)
    return [
      slice(kind, { path, startLine, endLine: Math.min(endLine, startLine + MOST_LINES) }, note, cuts.head),
    ];
  const end = Math.min(endLine, unit.lines.length);
  const core = new Set<number>([startLine, end]);
  for (const { kind: exit, span } of syntaxAt(unit, startLine, end).exits) {
    if (exit !== 'return' || core.size > MOST_RETURNS) continue;
    for (
      let line = Math.max(span.line, startLine);
      line <= Math.min(span.endLine, span.line + 4, end);
      line++
    )
      core.add(line);
  }
  for (let line = startLine; line < end && core.size < 30; line++) {
    core.add(line);
    if (/[{:]\s*(#.*|\/\/.*)?$|^\s*def\b/.test(unit.lines[line - 1] ?? '')) break;
  }
  const isWhole = end - startLine < MOST_LINES;
  const pieces: Piece[] = [];
  for (let line = startLine; line <= end; line++) {
    if (!isWhole && !core.has(line)) continue;
    pieces.push(
      slice(kind, { path, startLine: line, endLine: line }, note, core.has(line) ? cuts.head : cuts.body),
    );
  }
  return pieces;
}
