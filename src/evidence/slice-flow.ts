// The scanner's own steps from source to sink: each with its line and the head of the function that it stands in.
import { enclosingFunction } from '../code/enclosing-function.ts';
import { type Piece, slice } from './dossier-piece.ts';
import { type DossierScene, functionTitle, linesOf } from './dossier-scene.ts';

const MOST_STEPS = 30;
/** Lines shown on both sides of a step. */
const AROUND = 1;

export async function sliceFlow(scene: DossierScene): Promise<readonly Piece[]> {
  const { flow } = scene.theCase.finding;
  const pieces: Piece[] = [];
  for (const [index, { location }] of flow.slice(0, MOST_STEPS).entries()) {
    if (!location.resolved || location.wholeFile === true) continue;
    const lines = await linesOf(location.path, scene);
    if (lines === null || location.startLine > lines.length) continue;
    const unit = await scene.code.unit(location.path);
    const around = unit.kind === 'unit' ? enclosingFunction(unit, location.startLine) : null;
    const from = around?.span.line ?? 1;
    const to = around?.span.endLine ?? lines.length;
    // Where the value comes from, and what happens in the finding's own file, says most.
    const isNear = index === 0 || location.path === scene.path;
    const cut = isNear ? 'flow steps' : 'far flow steps';
    const end = Math.min(Math.max(location.endLine, location.startLine), location.startLine + 5);
    const inside = around === null ? '' : `, in ${functionTitle(around.name)}`;
    const note = `step ${index + 1} of ${flow.length} of the flow that the scanner reports${inside}`;
    if (around !== null && around.span.line < location.startLine - AROUND) {
      const head = { path: location.path, startLine: around.span.line, endLine: around.span.line };
      pieces.push(slice('flow_step', head, note, cut));
    }
    const step = {
      path: location.path,
      startLine: Math.max(from, location.startLine - AROUND, 1),
      endLine: Math.min(to, end + AROUND, lines.length),
    };
    if (step.startLine <= step.endLine) pieces.push(slice('flow_step', step, note, cut));
  }
  return pieces;
}
