// The place itself and the function around it: whole when it is short, else its head, its end, and the lines that matter.
import { linesText, type Piece, slice } from './dossier-piece.ts';
import { type DossierScene, functionTitle } from './dossier-scene.ts';
import { rootOf } from './names-of-place.ts';

/** Lines shown on both sides of the place. */
const AROUND = 3;
/** The same where no function tells what belongs to it. */
const AROUND_ALONE = 12;
const SHORT_LINES = 60;
const SHORT_CHARACTERS = 4000;
/** Lines around the place that a long function keeps. */
const NEAR = 10;
const MOST_LINES_THAT_MATTER = 60;

export function sliceFunction(scene: DossierScene): readonly Piece[] {
  const { path, around, startLine, endLine, lines, theCase } = scene;
  const isWholeFile = theCase.finding.location.wholeFile === true;
  const margin = around === null ? AROUND_ALONE : AROUND;
  const whole = {
    path,
    startLine: around?.span.line ?? 1,
    endLine: Math.min(around?.span.endLine ?? lines.length, lines.length),
  };
  const place = { path, ...clip({ startLine: startLine - margin, endLine: endLine + margin }, whole) };
  const said = isWholeFile
    ? 'the start of the file: the report names the file and no line'
    : `the reported place, ${linesText(startLine, endLine)}`;
  const pieces = [
    slice('place', { path, startLine, endLine: startLine }, said, null),
    slice('place', { path, startLine, endLine }, said, 'further reported lines'),
    slice('place', place, `${said}, with the lines around it`, 'lines around the place'),
  ].map((piece) => ({ ...piece, isPointer: true }));
  if (around === null) return pieces;
  const title = `${functionTitle(around.name)}, ${linesText(whole.startLine, whole.endLine)}`;
  if (isShort(scene, whole)) return [...pieces, ...keep(scene, whole, title, place)];
  const note = `${title}: only its head, its end and the lines that matter; the line numbers tell what is left out`;
  return [
    ...pieces,
    ...rangesThatMatter(scene, whole).flatMap((range) => keep(scene, { path, ...range }, note, place)),
  ];
}

interface Lines {
  readonly startLine: number;
  readonly endLine: number;
}

function clip(range: Lines, whole: Lines): Lines {
  return {
    startLine: Math.max(range.startLine, whole.startLine),
    endLine: Math.min(range.endLine, whole.endLine),
  };
}

/** One piece for each line, so that the budget may narrow the function to what is nearest: head and place go last. */
function keep(
  scene: DossierScene,
  range: Lines & { readonly path: string },
  note: string,
  place: Lines,
): readonly Piece[] {
  const head = scene.around?.span.line ?? 0;
  return Array.from({ length: range.endLine - range.startLine + 1 }, (_, at) => {
    const line = range.startLine + at;
    const isCore = line === head || (line >= place.startLine && line <= place.endLine);
    const lines = { path: range.path, startLine: line, endLine: line };
    return slice('function', lines, note, isCore ? 'enclosing function' : 'lines of the enclosing function');
  });
}

function isShort({ lines }: DossierScene, { startLine, endLine }: Lines): boolean {
  if (endLine - startLine >= SHORT_LINES) return false;
  let length = 0;
  for (let line = startLine; line <= endLine; line++) length += (lines[line - 1] ?? '').length + 1;
  return length <= SHORT_CHARACTERS;
}

function rangesThatMatter(scene: DossierScene, whole: Lines): readonly Lines[] {
  const { startLine, endLine, syntax, names } = scene;
  const wanted = new Set<number>();
  const add = (from: number, to: number): void => {
    for (let line = Math.max(from, whole.startLine); line <= Math.min(to, whole.endLine); line++)
      wanted.add(line);
  };
  add(whole.startLine, whole.startLine + headLines(scene) - 1);
  add(startLine - NEAR, endLine + NEAR);
  add(whole.endLine - 1, whole.endLine);
  const roots = new Set([...names].map(rootOf));
  let left = MOST_LINES_THAT_MATTER;
  const uses = [
    ...(syntax?.constants ?? []).filter(({ name }) => roots.has(rootOf(name))),
    ...(syntax?.conditions ?? []).filter((condition) =>
      condition.names.some((name) => roots.has(rootOf(name))),
    ),
  ].sort((a, b) => Math.abs(a.span.line - startLine) - Math.abs(b.span.line - startLine));
  for (const { span } of uses) {
    const last = Math.min(span.endLine, span.line + 5);
    left -= last - span.line + 1;
    if (left < 0) break;
    add(span.line, last);
  }
  return rangesOf([...wanted].sort((a, b) => a - b));
}

/** Lines of the signature. */
function headLines({ around }: DossierScene): number {
  const first = around?.definition.body[0]?.span.line ?? 0;
  const start = around?.span.line ?? 0;
  return Math.min(Math.max(first - start, 1), 8);
}

function rangesOf(lines: readonly number[]): readonly Lines[] {
  const ranges: { startLine: number; endLine: number }[] = [];
  for (const line of lines) {
    const last = ranges.at(-1);
    // One or two lines left out cost as much to say as to show.
    if (last !== undefined && line - last.endLine <= 2) last.endLine = line;
    else ranges.push({ startLine: line, endLine: line });
  }
  return ranges;
}
