// Ruby expressions to IR.
import type { Node } from 'web-tree-sitter';
import type { BinaryOperator, Expression } from '../ir.ts';
import {
  lowerFalse,
  lowerName,
  lowerNull,
  lowerNumber,
  lowerSpread,
  lowerTernary,
  lowerTrue,
  lowerUnary,
  opaque,
  operatorOf,
  someText,
} from './common.ts';
import {
  codeChildren,
  constantNode,
  type ExpressionHandler,
  field,
  type Lowerer,
  nameNode,
  need,
  positional,
  spanOf,
  stringNode,
  textOf,
} from './lowerer.ts';
import { after, anyVariable, changing, lowerCall, lowerYield } from './ruby-calls.ts';
import { defineBlock, defineMethod, namedCaptures } from './ruby-definitions.ts';
import {
  lowerChained,
  lowerCharacter,
  lowerCommand,
  lowerHeredoc,
  lowerRegex,
  lowerString,
  lowerSymbol,
  valueChildren,
} from './ruby-text.ts';

/** Settings of the platform: told apart by their names, whose numbers are nobody's business. */
const FLAG = /^(VERIFY_(NONE|PEER|FAIL_IF_NO_PEER_CERT|CLIENT_ONCE)|NOENT|DTDLOAD|NONET)$/;

const lowerIdentifier: ExpressionHandler = (node) => {
  if (/^__(FILE|LINE|method|dir|ENCODING)__$/.test(node.text)) return someText(node);
  // Who holds the binding can set any variable, whenever.
  return node.text === 'binding' ? anyVariable(node) : lowerName(node, undefined as never);
};

/** Variables of an object, a class or the process: others may change them at any time. */
const lowerShared =
  (owner: string): ExpressionHandler =>
  (node) => ({ kind: 'member', object: nameNode(node, owner), name: node.text, span: spanOf(node) });

const lowerBinary: ExpressionHandler = (node, lowerer) => {
  const operator = textOf(field(node, 'operator'));
  const left = lowerer.expression(need(node, 'left'));
  const right = lowerer.expression(need(node, 'right'));
  const span = spanOf(node);
  if (operator === '<<') {
    const callee: Expression = { kind: 'member', object: left, name: '<<', span: left.span };
    const call: Expression = { kind: 'call', callee, arguments: positional([right]), isNew: false, span };
    return changing(need(node, 'left'), left, call);
  }
  const captured = namedCaptures(node).map(
    (name): Expression => ({
      kind: 'assign',
      target: nameNode(node, name),
      operator: null,
      value: opaque(node, 'a match', [right]),
      span,
    }),
  );
  // `===` asks the left side whether the right belongs to it.
  const known: BinaryOperator = operator === '===' ? '?' : operatorOf(operator);
  return after(captured, { kind: 'binary', operator: known, left, right, span });
};

const lowerElement: ExpressionHandler = (node, lowerer) => {
  const object = need(node, 'object');
  const rest = valueChildren(node).filter(({ id }) => id !== object.id);
  const [index] = rest;
  const lowered = lowerer.expression(object);
  if (index === undefined || rest.length > 1 || /^(range|splat_argument|unary)$/.test(index.type))
    return { kind: 'slice', object: lowered, bounds: lowerer.expressions(rest), span: spanOf(node) };
  return { kind: 'index', object: lowered, index: lowerer.expression(index), span: spanOf(node) };
};

const lowerHash: ExpressionHandler = (node, lowerer) => {
  const entries = valueChildren(node).map((child) => {
    const key = field(child, 'key');
    const value = field(child, 'value');
    if (child.type !== 'pair' || key === null)
      return { key: someText(child), value: lowerer.expression(child) };
    return {
      key: lowerer.expression(key),
      value: value === null ? nameNode(key) : lowerer.expression(value),
    };
  });
  return { kind: 'map', entries, span: spanOf(node) };
};

/** With a splat in it nobody knows which element stands where. */
const lowerItems: ExpressionHandler = (node, lowerer) => {
  const children = valueChildren(node);
  const elements = lowerer.expressions(children);
  if (
    !children.some(
      ({ type }) => type === 'splat_argument' || type === 'pair' || type === 'hash_splat_argument',
    )
  )
    return { kind: 'list', elements, span: spanOf(node) };
  return { kind: 'map', entries: elements.map((value) => ({ key: value, value })), span: spanOf(node) };
};

const lowerScope: ExpressionHandler = (node, lowerer) => {
  const scope = field(node, 'scope');
  const name = textOf(field(node, 'name'));
  // A `char` is never folded with the text of the same letters.
  if (FLAG.test(name)) return constantNode(node, { kind: 'char', value: name });
  return scope === null
    ? nameNode(node, name)
    : { kind: 'member', object: lowerer.expression(scope), name, span: spanOf(node) };
};

/** `a.b = …` sets `b`, it does not call it. */
export function lowerTarget(node: Node, lowerer: Lowerer): Expression {
  const span = spanOf(node);
  if (node.type === 'call') {
    const receiver = field(node, 'receiver');
    const name = textOf(field(node, 'method'));
    if (receiver !== null) return { kind: 'member', object: lowerer.expression(receiver), name, span };
  }
  if (/_list$|^destructured_left_assignment$/.test(node.type))
    return { kind: 'list', elements: codeChildren(node).map((child) => lowerTarget(child, lowerer)), span };
  if (node.type === 'rest_assignment') {
    const [inner] = codeChildren(node);
    return inner === undefined
      ? opaque(node, 'rest', [])
      : { kind: 'spread', operand: lowerTarget(inner, lowerer), span };
  }
  return lowerer.expression(node);
}

const lowerAssignment: ExpressionHandler = (node, lowerer) => {
  const left = need(node, 'left');
  const target = lowerTarget(left, lowerer);
  const value = lowerer.expression(need(node, 'right'));
  const span = spanOf(node);
  const operator = node.type === 'assignment' ? null : textOf(field(node, 'operator')).slice(0, -1);
  if (operator === '<<') return changing(left, target, opaque(node, '<<', [value]));
  return { kind: 'assign', target, operator: operator === null ? null : operatorOf(operator), value, span };
};

/** One value of two, the second when the first fails. */
const lowerRescue: ExpressionHandler = (node, lowerer) => {
  const [left, right] = lowerer.expressions(valueChildren(node));
  if (left === undefined || right === undefined) return lowerer.unknown(node);
  return { kind: 'binary', operator: '??', left, right, span: spanOf(node) };
};

const lowerParentheses: ExpressionHandler = (node, lowerer) => {
  const inner = valueChildren(node);
  const [only] = inner;
  if (only === undefined || !inner.every((child) => child.type in RUBY_EXPRESSIONS))
    return lowerer.unknown(node);
  return inner.length === 1
    ? lowerer.expression(only)
    : { kind: 'sequence', items: lowerer.expressions(inner), span: spanOf(node) };
};

const lowerOpaque: ExpressionHandler = (node, lowerer) =>
  opaque(node, node.type, lowerer.expressions(valueChildren(node)));

export const RUBY_EXPRESSIONS: Readonly<Record<string, ExpressionHandler>> = {
  identifier: lowerIdentifier,
  constant: lowerName,
  self: lowerName,
  instance_variable: lowerShared('@'),
  class_variable: lowerShared('@@'),
  global_variable: lowerShared('$'),
  integer: lowerNumber,
  float: lowerNumber,
  true: lowerTrue,
  false: lowerFalse,
  nil: lowerNull,
  string: lowerString,
  bare_string: lowerString,
  chained_string: lowerChained,
  heredoc_beginning: lowerHeredoc,
  character: lowerCharacter,
  simple_symbol: lowerSymbol,
  delimited_symbol: lowerSymbol,
  bare_symbol: lowerSymbol,
  hash_key_symbol: (node) => stringNode(node, node.text),
  subshell: lowerCommand,
  regex: lowerRegex,
  array: lowerItems,
  string_array: lowerItems,
  symbol_array: lowerItems,
  right_assignment_list: lowerItems,
  hash: lowerHash,
  binary: lowerBinary,
  unary: lowerUnary,
  conditional: lowerTernary,
  assignment: lowerAssignment,
  operator_assignment: lowerAssignment,
  call: lowerCall,
  element_reference: lowerElement,
  scope_resolution: lowerScope,
  splat_argument: lowerSpread,
  hash_splat_argument: lowerSpread,
  block_argument: lowerOpaque,
  lambda: (node, lowerer) => ({ kind: 'lambda', definition: defineBlock(node, lowerer), span: spanOf(node) }),
  // `private def m … end` hands the name of the method on.
  method: (node, lowerer) => {
    defineMethod(node, lowerer);
    return someText(node);
  },
  singleton_method: (node, lowerer) => {
    defineMethod(node, lowerer);
    return someText(node);
  },
  range: lowerOpaque,
  super: lowerYield,
  yield: lowerYield,
  rescue_modifier: lowerRescue,
  parenthesized_statements: lowerParentheses,
  begin: lowerParentheses,
};
