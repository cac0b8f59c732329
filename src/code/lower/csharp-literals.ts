// C# spellings of text: regular, verbatim, raw and interpolated strings, characters (C# specification §6.4.5).
import type { Node } from 'web-tree-sitter';
import type { Expression } from '../ir.ts';
import { opaque, someText } from './common.ts';
import { parseNumber } from './literals.ts';
import {
  childrenOfType,
  codeChildren,
  constantNode,
  type ExpressionHandler,
  type Lowerer,
  spanOf,
  stringNode,
} from './lowerer.ts';

const SIMPLE = new Map([
  ['n', '\n'],
  ['t', '\t'],
  ['r', '\r'],
  ['b', '\b'],
  ['f', '\f'],
  ['v', '\v'],
  ['a', '\x07'],
  ['e', '\x1b'],
  ['0', '\0'],
  ['\\', '\\'],
  ["'", "'"],
  ['"', '"'],
]);

/** `\x` takes one to four digits and `\0` only itself: both unlike C. */
const ESCAPE = /\\(u[0-9a-fA-F]{4}|U[0-9a-fA-F]{8}|x[0-9a-fA-F]{1,4}|[\s\S])/g;

/** The text that a regular literal's body stands for, or null. */
function decodeRegular(body: string): string | null {
  let understood = true;
  const text = body.replace(ESCAPE, (whole: string, spelling: string) => {
    if (spelling.length > 1) {
      const code = Number.parseInt(spelling.slice(1), 16);
      if (code <= 0x10ffff) return String.fromCodePoint(code);
    }
    const simple = SIMPLE.get(spelling);
    if (simple === undefined) understood = false;
    return simple ?? whole;
  });
  return understood ? text : null;
}

/** The one name behind its spellings: `@a`, `\\u0061`, and `a` with invisible characters in it (C# specification §6.4.3). */
export function nameOf(node: Node | null): string {
  return (node?.text ?? '')
    .replace(/^@/, '')
    .replace(/\\u([0-9a-fA-F]{4})|\\U([0-9a-fA-F]{8})/g, (whole, short?: string, long?: string) => {
      const code = Number.parseInt(short ?? long ?? '', 16);
      return code <= 0x10ffff ? String.fromCodePoint(code) : whole;
    })
    .replace(/\p{Cf}/gu, '');
}

/** `"a"u8` is bytes, not text. */
const isBytes = (node: Node): boolean => /u8$/i.test(node.text);

export const lowerRegularString: ExpressionHandler = (node) =>
  isBytes(node) ? opaque(node, 'bytes', []) : stringNode(node, decodeRegular(node.text.slice(1, -1)));

export const lowerVerbatimString: ExpressionHandler = (node) =>
  isBytes(node) ? opaque(node, 'bytes', []) : stringNode(node, node.text.slice(2, -1).replaceAll('""', '"'));

/** The last line's indentation is taken from every line; what is odd stays a text of unknown spelling. */
export const lowerRawString: ExpressionHandler = (node) => {
  if (isBytes(node)) return opaque(node, 'bytes', []);
  const quotes = /^"{3,}/.exec(node.text)?.[0] ?? '';
  if (quotes === '' || !node.text.endsWith(quotes)) return someText(node);
  const body = node.text.slice(quotes.length, -quotes.length);
  if (!/[\r\n]/.test(body)) return stringNode(node, body);
  const lines = body.split(/\r?\n/);
  const indent = lines.at(-1) ?? '';
  const inner = lines.slice(1, -1);
  const isRegular =
    lines[0]?.trim() === '' &&
    indent.trim() === '' &&
    inner.every((line) => line.startsWith(indent) || line === '');
  // A file with Windows line ends has them in the text too: only its being constant is kept.
  if (!isRegular || body.includes('\r')) return someText(node);
  return stringNode(node, inner.map((line) => line.slice(indent.length)).join('\n'));
};

export const lowerCharacter: ExpressionHandler = (node, lowerer) => {
  const value = decodeRegular(node.text.slice(1, -1));
  return value === null ? lowerer.unknown(node) : constantNode(node, { kind: 'char', value });
};

/** Unsigned numbers wrap around at zero, which folding does not: they are kept as unknown. */
export const lowerInteger: ExpressionHandler = (node, lowerer) => {
  const text = node.text.toLowerCase();
  const isSuffixed = /l$/.test(text);
  const number = /u/.test(text)
    ? null
    : parseNumber(/^0[xb]/.test(text) ? text : text.replace(/^0+(?=\d)/, ''));
  const isWide = number !== null && number.value > 2 ** 31 - 1 && !isSuffixed;
  return number === null || isWide ? lowerer.unknown(node) : constantNode(node, number);
};

/** `$"…{value}…"`: alignment and format change the value's text in ways that depend on the culture. */
export const lowerInterpolated: ExpressionHandler = (node, lowerer) => {
  const open = /^[$@]*/.exec(node.text)?.[0] ?? '';
  const isRaw = node.text.slice(open.length).startsWith('"""');
  if (!isRaw && childrenOfType(node, 'string_content').some(({ text }) => isMisread(text)))
    return {
      kind: 'unknown',
      what: 'a text that was not understood',
      names: ['*'],
      children: [],
      span: spanOf(node),
    };
  const isMultiLine = isRaw && node.text.includes('\n');
  const parts = childrenOfType(node, 'string_content', 'interpolation', 'escape_sequence').map(
    (child): Expression => {
      if (child.type === 'interpolation') return lowerHole(child, lowerer);
      if (isRaw) return isMultiLine ? someText(child) : stringNode(child, child.text);
      const text = child.text.replaceAll('{{', '{').replaceAll('}}', '}');
      return open.includes('@')
        ? stringNode(child, text.replaceAll('""', '"'))
        : stringNode(child, decodeRegular(text));
    },
  );
  return parts.length === 0 ? stringNode(node, '') : { kind: 'template', parts, span: spanOf(node) };
};

/** The grammar overlooks the end of `$@"…"""` and takes the code after it for text: a quote in a text has a second one beside it. */
function isMisread(content: string): boolean {
  return content.replaceAll('""', '').includes('"');
}

/** Whether the file has a text that the grammar may take for longer than it is. */
export function mayBeMisread(file: string): boolean {
  return /\$@"|@\$"/.test(file) && file.includes('"""');
}

function lowerHole(node: Node, lowerer: Lowerer): Expression {
  const [value = node, ...format] = codeChildren(node).filter(({ type }) => type !== 'interpolation_brace');
  const lowered = lowerer.expression(value);
  return format.length === 0
    ? lowered
    : { kind: 'template', parts: [lowered, someText(node)], span: spanOf(node) };
}
