// PHP texts, names and constants to IR.
import type { Node } from 'web-tree-sitter';
import type { Expression } from '../ir.ts';
import { opaque, someText } from './common.ts';
import { DIALECTS, decodeEscapes } from './literals.ts';
import {
  codeChildren,
  constantNode,
  field,
  type Lowerer,
  nameNode,
  need,
  spanOf,
  stringNode,
} from './lowerer.ts';

/** Constants that differ between machines and versions, but are never input. */
const PLATFORM_TEXT = /^(__[A-Z]+__|PHP_\w+|DIRECTORY_SEPARATOR|PATH_SEPARATOR|M_[A-Z0-9_]+)$/i;
/** Flags of the platform's functions: told apart by their names, whose numbers are nobody's business. */
const FLAG =
  /^(CURLOPT|CURL|OPENSSL|MCRYPT|LIBXML|ENT|FILTER|PASSWORD|HASH|EXTR|LOCK|FILE|PREG|JSON|LDAP|CRYPT|MHASH)_[A-Z0-9_]+$/;

export function lowerConstant(node: Node): Expression {
  const name = node.text;
  if (PLATFORM_TEXT.test(name)) return someText(node);
  // A `char` is never folded with the text of the same letters.
  return FLAG.test(name) ? constantNode(node, { kind: 'char', value: name }) : nameNode(node);
}

/** `\A\B\f` as a chain of members, so that imports resolve its first name. */
export function lowerQualified(node: Node): Expression {
  const [first = '', ...rest] = node.text.replace(/^(namespace)?\\/i, '').split('\\');
  let chain: Expression = rest.length === 0 && FLAG.test(first) ? lowerConstant(node) : nameNode(node, first);
  for (const name of rest) chain = { kind: 'member', object: chain, name, span: spanOf(node) };
  return chain;
}

function textParts(children: readonly Node[], lowerer: Lowerer, isExact = true): Expression[] {
  return children.map((child) => {
    if (child.type === 'nowdoc_string') return isExact ? stringNode(child, child.text) : someText(child);
    if (child.type !== 'string_content' && child.type !== 'escape_sequence') return lowerer.expression(child);
    return isExact ? stringNode(child, decodeEscapes(child.text, DIALECTS.php)) : someText(child);
  });
}

export function lowerText(node: Node, lowerer: Lowerer): Expression {
  const parts = textParts(codeChildren(node), lowerer);
  const [only] = parts;
  if (only === undefined) return stringNode(node, '');
  return parts.length === 1 && only.kind === 'constant'
    ? only
    : { kind: 'template', parts, span: spanOf(node) };
}

/** An indented end tag takes white space off every line: then the text is constant without being known exactly. */
export function lowerHeredoc(node: Node, lowerer: Lowerer): Expression {
  const isExact = field(node, 'end_tag')?.startPosition.column === 0;
  const parts = textParts(codeChildren(field(node, 'value') ?? need(node, 'identifier')), lowerer, isExact);
  return parts.length === 0 ? someText(node) : { kind: 'template', parts, span: spanOf(node) };
}

/** `${x}` in a text is `$x`; `$$x` is any variable at all. */
export function lowerDynamicVariable(node: Node, lowerer: Lowerer): Expression {
  const [inner = node] = codeChildren(node);
  if (inner.type === 'name') return nameNode(node, `$${inner.text}`);
  if (inner.type === 'subscript_expression' && inner.namedChild(0)?.type === 'name') {
    const [object = inner, index = inner] = codeChildren(inner);
    return {
      kind: 'index',
      object: nameNode(object, `$${object.text}`),
      index: lowerer.expression(index),
      span: spanOf(node),
    };
  }
  return opaque(node, 'variable variable', [lowerer.expression(inner)]);
}
