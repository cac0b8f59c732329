// Whether the place holds no code that could have the weakness: only comments, imports or type declarations.

import { hasInvisible } from '#support/invisible-characters.ts';
import type { Statement } from '../code/ir.ts';
import { citeLines } from './citing.ts';
import type { EvidenceDraft } from './draft.ts';
import type { Place } from './place.ts';
import { findSinks } from './sink.ts';

/** Weaknesses that a comment or an import can have: secrets, leftovers, components. */
const ANYWHERE: ReadonlySet<number> = new Set([
  200, 256, 257, 259, 260, 312, 321, 477, 522, 540, 546, 547, 615, 676, 798, 829, 937, 1035, 1104, 1357, 1395,
]);

/** Languages whose imports only shorten names. */
const IMPORTS_DO_NOTHING: ReadonlySet<string> = new Set(['java', 'csharp']);

/** A sink this near makes a report that is a few lines off more likely than one that is wrong. */
const NEAR = 5;

/** Adds the fact and says true when it is certain. */
export function describeNoCode(place: Place, draft: EvidenceDraft): boolean {
  const { unit, startLine, endLine, finding } = place;
  const what = kindOfLines(place);
  if (
    what === null ||
    hidesText(place) ||
    place.isMisuse ||
    finding.cwe.some((cwe) => ANYWHERE.has(cwe)) ||
    place.families.length === 0
  )
    return false;
  if (hasSinkNearby(place)) {
    draft.unknown(
      'REV.no-sink',
      `Line ${startLine} holds only ${what}, but a call of the reported kind stands near: is the report a few lines off?`,
      [citeLines(unit, startLine, endLine)],
    );
    return true;
  }
  draft.fact(
    'not_the_sink',
    `Line ${startLine} holds only ${what}: nothing there can have the reported weakness.`,
    [citeLines(unit, startLine, endLine)],
  );
  return true;
}

/** A comment with characters that nobody sees may be the very weakness: what a reader takes for a comment need not be one (Trojan Source). */
function hidesText({ unit, startLine, endLine }: Place): boolean {
  return unit.lines.slice(startLine - 1, endLine).some(hasInvisible);
}

function hasSinkNearby(place: Place): boolean {
  const startLine = Math.max(1, place.startLine - NEAR);
  const endLine = Math.min(place.unit.lines.length, place.endLine + NEAR);
  return findSinks({ ...place, startLine, endLine }).length > 0;
}

function kindOfLines(place: Place): string | null {
  const kinds = new Set<string>();
  for (let line = place.startLine; line <= place.endLine; line++) {
    const kind = kindOfLine(place, line);
    if (kind === null) return null;
    if (kind !== 'blank') kinds.add(kind);
  }
  // A blank line alone is more likely a report of another version of the file.
  return kinds.size === 0 ? null : [...kinds].join(' and ');
}

function kindOfLine(place: Place, line: number): string | null {
  const { unit } = place;
  const text = unit.lines[line - 1] ?? '';
  if (text.trim() === '') return 'blank';
  const start = offsetOfLine(unit.text, line);
  const from = start + text.length - text.trimStart().length;
  const to = start + text.trimEnd().length;
  const comment = unit.comments.find(({ start, end }) => start <= from && end >= to);
  if (comment !== undefined)
    return isMoreThanComment(unit.text.slice(comment.start, comment.end), unit.text, unit.language)
      ? null
      : 'a comment';
  const statement = unit.module.body
    .flatMap(flatten)
    .find(
      (candidate) =>
        candidate.span.line <= line &&
        candidate.span.endLine >= line &&
        candidate.span.start <= from &&
        candidate.span.end >= to - 1,
    );
  if (statement?.kind !== 'nothing') return null;
  // Elsewhere an import loads code, and which code it loads can be the point.
  if (statement.what === 'import') return IMPORTS_DO_NOTHING.has(unit.language) ? 'an import' : null;
  return statement.what === 'type' ? 'a type declaration' : null;
}

/** Comments that tools act on: directives, encodings, code of another language, line ends that Java decodes before it looks for comments. */
function isMoreThanComment(comment: string, file: string, language: string): boolean {
  if (language === 'go' && (/^\/\/(go:|export |line )/.test(comment) || file.includes('import "C"')))
    return true;
  if (language === 'java' && /\\u+000[aAdD]/.test(comment)) return true;
  return /coding[:=]|@cc_on|^#!/.test(comment);
}

function flatten(statement: Statement): readonly Statement[] {
  return statement.kind === 'block' ? statement.body.flatMap(flatten) : [statement];
}

function offsetOfLine(text: string, line: number): number {
  let offset = 0;
  for (let current = 1; current < line; current++) offset = text.indexOf('\n', offset) + 1;
  return offset;
}
