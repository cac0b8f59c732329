// The command that an expression puts together, word for word: what of it is constant, and where something else comes in.
import type { Expression } from '#code/ir.ts';
import { nameOf } from '#code/read-expression.ts';

/** A constant stretch of text, or an expression whose text is known when the program runs. */
export type Piece = string | Expression;
/** One argument of a program, or its name. */
export type Word = readonly Piece[];

/** What is asked of the file around. */
export interface TextSource {
  textOf(span: Expression['span']): string;
  /** The only value that the variable ever gets; null when that cannot be told. */
  valueOf(name: string, near: Expression): Expression | null;
}

/** Characters that a shell does more with than to pass them on. */
const LIVE = /[|;&<>$()`*?~#\\{}![\]^\r\n]/;
const PLACEHOLDER = /%[sdv]|\{\d?\}/;
const FORMATTERS = new Set([
  'format',
  'String.format',
  'string.Format',
  'fmt.Sprintf',
  'sprintf',
  'Kernel.format',
]);
const MAX_DEPTH = 20;

/** The text in its parts; what is no text is one expression. */
export function piecesOf(node: Expression, source: TextSource, depth = 0): readonly Piece[] {
  if (depth > MAX_DEPTH) return [node];
  const partsOf = (parts: readonly Expression[]) => parts.flatMap((one) => piecesOf(one, source, depth + 1));
  switch (node.kind) {
    case 'constant':
      return node.constant.value === null ? [node] : [String(node.constant.value)];
    case 'template':
      return node.parts.length === 0 ? [source.textOf(node.span)] : partsOf(node.parts);
    case 'binary':
      if (node.operator === '+' || node.operator === '.') return partsOf([node.left, node.right]);
      return node.operator === '%' && node.left.kind === 'constant'
        ? filled(node.left, node.right.kind === 'list' ? node.right.elements : [node.right], node)
        : [node];
    case 'call': {
      const [first, ...rest] = node.arguments.map(({ value }) => value);
      const { callee } = node;
      if (callee.kind === 'member' && callee.object.kind === 'constant' && callee.name === 'format')
        return filled(callee.object, first === undefined ? [] : [first, ...rest], node);
      return first !== undefined && FORMATTERS.has(nameOf(callee) ?? '') ? filled(first, rest, node) : [node];
    }
    case 'name': {
      const value = depth === 0 ? source.valueOf(node.name, node) : null;
      return value === null ? [node] : piecesOf(value, source, depth + 1);
    }
    default:
      return [node];
  }
}

function filled(format: Expression, values: readonly Expression[], whole: Expression): readonly Piece[] {
  if (format.kind !== 'constant' || typeof format.constant.value !== 'string') return [whole];
  const texts = format.constant.value.split(PLACEHOLDER);
  if (texts.length !== values.length + 1) return [whole];
  return texts.flatMap((text, index) => [text, ...values.slice(index, index + 1)]);
}

/** As a shell cuts it; null where a shell would do more than that, or where the program is not constant. */
export function wordsOf(pieces: readonly Piece[]): readonly Word[] | null {
  const words: Piece[][] = [];
  let isOpen = false;
  const add = (piece: Piece) => {
    if (!isOpen) words.push([]);
    isOpen = true;
    words.at(-1)?.push(piece);
  };
  for (const piece of pieces) {
    if (typeof piece !== 'string') {
      add(piece);
      continue;
    }
    if (LIVE.test(piece)) return null;
    for (const part of piece.replace(/['"]/g, '').split(/(\s+)/)) {
      if (part.trim() !== '') add(part);
      else if (part !== '') isOpen = false;
    }
  }
  return words;
}

/** The constant that the word is; null when something else is in it. */
export function constantOf(word: Word | undefined): string | null {
  if (word === undefined || word.length === 0) return null;
  return word.every((piece) => typeof piece === 'string') ? word.join('') : null;
}

/** The same words with something open at the same places, `--` aside. */
export function isSameCommand(old: readonly Word[], now: readonly Word[]): boolean {
  const shape = (words: readonly Word[]) =>
    words
      .map((word) => word.map((piece) => (typeof piece === 'string' ? piece : '\0')).join(''))
      .filter((word) => word !== '--');
  const [before, after] = [shape(old), shape(now)];
  return before.length === after.length && before.every((word, index) => word === after[index]);
}
