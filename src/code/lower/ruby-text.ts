// Ruby's many spellings of text to IR: quotes, symbols, heredocs, commands, regular expressions.
import type { Node } from 'web-tree-sitter';
import type { Expression } from '../ir.ts';
import { opaque, someText } from './common.ts';
import { DIALECTS, decodeEscapes } from './literals.ts';
import {
  childOfType,
  codeChildren,
  constantNode,
  type Lowerer,
  nameNode,
  positional,
  spanOf,
  stringNode,
  textOf,
} from './lowerer.ts';

/** Named children that are values: the text of a heredoc may stand among them, where its line ends. */
export function valueChildren(node: Node): Node[] {
  return codeChildren(node).filter(({ type }) => type !== 'heredoc_body');
}

function lowerInterpolation(node: Node, lowerer: Lowerer): Expression {
  const inner = valueChildren(node);
  const [only] = inner;
  if (only === undefined) return stringNode(node, '');
  return inner.length === 1
    ? lowerer.expression(only)
    : { kind: 'sequence', items: lowerer.expressions(inner), span: spanOf(node) };
}

/** `decode` gives the text of a literal part; without it the part is constant, but not known exactly. */
function partsOf(
  node: Node,
  lowerer: Lowerer,
  decode: ((text: string) => string | null) | null,
): Expression[] {
  return node.namedChildren
    .filter(({ type }) => type !== 'heredoc_end' && type !== 'comment')
    .map((child) => {
      if (child.type === 'interpolation') return lowerInterpolation(child, lowerer);
      return decode === null ? someText(child) : stringNode(child, decode(child.text));
    });
}

function joined(node: Node, parts: readonly Expression[]): Expression {
  const [only] = parts;
  if (only === undefined) return stringNode(node, '');
  if (only.kind === 'constant' && parts.length === 1) return { ...only, span: spanOf(node) };
  return { kind: 'template', parts, span: spanOf(node) };
}

export function lowerString(node: Node, lowerer: Lowerer): Expression {
  const isRaw = /^('|%q|%w)/.test(node.type === 'bare_string' ? textOf(node.parent) : node.text);
  const dialect = isRaw ? DIALECTS.rubySingle : DIALECTS.ruby;
  return joined(
    node,
    partsOf(node, lowerer, (text) => decodeEscapes(text, dialect)),
  );
}

export function lowerChained(node: Node, lowerer: Lowerer): Expression {
  return { kind: 'template', parts: lowerer.expressions(valueChildren(node)), span: spanOf(node) };
}

/** A symbol is not equal to the text of the same letters: as a `char` the two are never folded together. */
export function lowerSymbol(node: Node, lowerer: Lowerer): Expression {
  if (childOfType(node, 'interpolation') !== null)
    return opaque(node, 'a symbol', partsOf(node, lowerer, null));
  return constantNode(node, {
    kind: 'char',
    value: node.text.replace(/^:/, '').replace(/^(["'])([\s\S]*)\1$/, '$2'),
  });
}

export function lowerCharacter(node: Node, lowerer: Lowerer): Expression {
  return node.text.length === 2 ? stringNode(node, node.text.slice(1)) : lowerer.unknown(node);
}

function callWith(node: Node, name: string, text: Expression, isNew: boolean): Expression {
  return {
    kind: 'call',
    callee: nameNode(node, name),
    arguments: positional([text]),
    isNew,
    span: spanOf(node),
  };
}

export function lowerCommand(node: Node, lowerer: Lowerer): Expression {
  return callWith(node, '`', joined(node, partsOf(node, lowerer, null)), false);
}

/** A pattern with something in it is as good as `Regexp.new` of the text. */
export function lowerRegex(node: Node, lowerer: Lowerer): Expression {
  if (childOfType(node, 'interpolation') === null)
    return { kind: 'regex', pattern: node.text, span: spanOf(node) };
  return callWith(node, 'Regexp', joined(node, partsOf(node, lowerer, null)), true);
}

const heredocs = new WeakMap<Lowerer, ReadonlyMap<number, Node>>();

/** The text of every heredoc by the offset of its `<<NAME`; texts follow in the order of their beginnings. */
function heredocBodies(node: Node, lowerer: Lowerer): ReadonlyMap<number, Node> {
  const known = heredocs.get(lowerer);
  if (known !== undefined) return known;
  const bodies = new Map<number, Node>();
  const open: Node[] = [];
  const found = node.tree.rootNode.descendantsOfType(['heredoc_beginning', 'heredoc_body']);
  for (const one of found.filter((each) => each !== null).sort((a, b) => a.startIndex - b.startIndex)) {
    if (one.type === 'heredoc_beginning') open.push(one);
    else {
      const beginning = open.shift();
      const end = textOf(childOfType(one, 'heredoc_end')).trim();
      if (beginning !== undefined && nameOf(beginning) === end) bodies.set(beginning.startIndex, one);
    }
  }
  heredocs.set(lowerer, bodies);
  return bodies;
}

function nameOf(beginning: Node): string {
  return beginning.text.replace(/^<<[~-]?/, '').replace(/^(["'`])(.*)\1$/, '$2');
}

/** Which white space a heredoc loses is not worth knowing: its literal parts are constants without a spelling. */
export function lowerHeredoc(node: Node, lowerer: Lowerer): Expression {
  const body = heredocBodies(node, lowerer).get(node.startIndex);
  if (body === undefined) return lowerer.unknown(node);
  const text: Expression = { kind: 'template', parts: partsOf(body, lowerer, null), span: spanOf(node) };
  return node.text.endsWith('`') ? callWith(node, '`', text, false) : text;
}
