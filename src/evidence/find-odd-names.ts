// Notes names and characters that may deceive whoever reads the code of a finding; no judge looks at them (security row 33).
import type { Citation } from '#domain/location.ts';
import type { OddName } from '#domain/odd-name.ts';
import { replaceInvisible } from '#support/invisible-characters.ts';
import { disguisedLetters, lookOf, mixedLetters } from '#support/look-alikes.ts';
import type { FunctionDefinition } from '../code/ir.ts';
import type { SourceUnit } from '../code/source-unit.ts';
import { syntaxAt } from '../code/syntax-at.ts';

const MOST_NAMES = 5;
const LONGEST_NAME = 60;
const MOST_CODE_POINTS = 4;
/** Characters of a function that are looked through, and of a file for names that look the same. */
const MOST_TEXT = 200_000;
const ASCII = /^[\0-\x7f]*$/;
const WORD = /[\p{L}\p{M}\p{N}_$]+/gu;
const DIRECTION = /[\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]/u;

/** At most five, each name once, in the order of the text: the function around the place first, then the other cited lines. */
export function findOddNames(
  unit: SourceUnit,
  within: FunctionDefinition,
  citations: readonly Citation[],
): readonly OddName[] {
  const found = new Map<string, OddName>();
  const add = (odd: OddName): void => {
    const key = `${odd.oddity} ${odd.name}`;
    if (found.size < MOST_NAMES && !found.has(key)) found.set(key, odd);
  };
  if (within !== unit.topLevel) lookAtFunction(unit, within, add);
  for (const { path, startLine, quote } of citations) {
    for (const [index, text] of quote.split('\n').entries())
      lookAtLine(text, { path, line: startLine + index }, add);
  }
  return [...found.values()];
}

interface Where {
  readonly path: string;
  readonly line: number;
}

/** Names in code alone: words of comments and texts are people's. */
function lookAtFunction(unit: SourceUnit, { span }: FunctionDefinition, add: (odd: OddName) => void): void {
  const end = Math.min(span.end, span.start + MOST_TEXT);
  const text = unit.text.slice(span.start, end);
  if (ASCII.test(text)) return;
  const beside = [
    ...unit.comments.filter((comment) => comment.start < end && comment.end > span.start),
    ...syntaxAt(unit, span.line, span.endLine).literals.map((literal) => literal.span),
  ].sort((a, b) => a.start - b.start);
  const plain = plainNames(unit);
  let line = span.line;
  let offset = span.start;
  let next = 0;
  for (const row of text.split('\n')) {
    if (!ASCII.test(row)) {
      const where = { path: unit.path, line };
      lookForHidden(row, where, add);
      for (const { 0: name, index } of row.matchAll(WORD)) {
        if (ASCII.test(name)) continue;
        const at = offset + index;
        while ((beside[next]?.end ?? Number.POSITIVE_INFINITY) <= at) next += 1;
        if ((beside[next]?.start ?? Number.POSITIVE_INFINITY) > at) lookAtName(name, where, plain, add);
      }
    }
    offset += row.length + 1;
    line += 1;
  }
}

function lookAtLine(text: string, where: Where, add: (odd: OddName) => void): void {
  if (ASCII.test(text)) return;
  lookForHidden(text, where, add);
  for (const [name] of text.matchAll(WORD)) lookAtName(name, where, new Set(), add);
}

function lookAtName(
  name: string,
  where: Where,
  plain: ReadonlySet<string>,
  add: (odd: OddName) => void,
): void {
  if (ASCII.test(name)) return;
  const mixed = mixedLetters(name);
  if (mixed.length > 0) add(oddName(name, where, 'mixed_scripts', mixed));
  else if (plain.has(lookOf(name))) add(oddName(name, where, 'look_alike', disguisedLetters(name)));
}

function lookForHidden(text: string, where: Where, add: (odd: OddName) => void): void {
  const hidden = new Set<string>();
  replaceInvisible(text.replace(/\r$/, ''), (run) => {
    for (const character of run) hidden.add(character);
    return run;
  });
  if (hidden.size === 0) return;
  const characters = [...hidden];
  const oddity = characters.some((character) => DIRECTION.test(character)) ? 'direction' : 'invisible';
  add(oddName(text.trim(), where, oddity, characters));
}

function oddName(
  name: string,
  where: Where,
  oddity: OddName['oddity'],
  characters: readonly string[],
): OddName {
  const points = [...new Set(characters)].slice(0, MOST_CODE_POINTS).map(codePointOf);
  return { name: [...name].slice(0, LONGEST_NAME).join(''), ...where, oddity, characters: points };
}

function codePointOf(character: string): string {
  return `U+${(character.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, '0')}`;
}

/** Names of plain letters in the file: what another name may be taken for. */
function plainNames({ text }: SourceUnit): ReadonlySet<string> {
  return new Set(text.slice(0, MOST_TEXT).match(/[A-Za-z_$][\w$]*/g));
}
