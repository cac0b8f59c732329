// Ruby expressions to IR. What changes a text or collection in place is a store into it.
import type { Node } from 'web-tree-sitter';
import type { Argument, BinaryOperator, Expression } from '../ir.ts';
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
  childrenOfType,
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
/** Methods that change their receiver, or hand it to code that may. Names that end with `!` do too. */
const CHANGES_RECEIVER =
  /!$|^(<<|concat|replace|insert|prepend|append|push|unshift|clear|setbyte|force_encoding|append_as_bytes|bytesplice|store|update|delete|delete_if|keep_if|fill|shift|pop|tap|then|yield_self|instance_eval|instance_exec|instance_variable_set|send|public_send|__send__)$/;

/** The variable at the root of a chain of calls, any of which may hand on the object it was asked of. */
function holderOf(expression: Expression): Expression | null {
  switch (expression.kind) {
    case 'name':
      return expression;
    case 'member':
    case 'index':
    case 'slice':
      return holderOf(expression.object);
    case 'call':
      return expression.callee.kind === 'member' && !expression.isNew
        ? holderOf(expression.callee.object)
        : null;
    case 'assign':
      return holderOf(expression.target);
    default:
      return null;
  }
}

/** What holds the receiver may afterwards be whatever the call made of it; so may every variable, where the holder is not plain. */
function changing(node: Node, object: Expression, call: Expression): Expression {
  const receiver = holderOf(object);
  if (receiver === null) {
    const names = node.descendantsOfType('identifier').flatMap((one) => one?.text ?? []);
    if (names.length === 0) return call;
    return after(
      [{ kind: 'unknown', what: 'a change in place', names, children: [], span: spanOf(node) }],
      call,
    );
  }
  const target: Expression = { kind: 'slice', object: receiver, bounds: [], span: receiver.span };
  return { kind: 'assign', target, operator: null, value: call, span: call.span };
}

function keyOf(key: Node): string | null {
  if (key.type === 'hash_key_symbol') return key.text;
  if (key.type === 'simple_symbol') return key.text.slice(1);
  return key.type === 'string' && key.namedChildren.every(({ type }) => type === 'string_content')
    ? key.text.slice(1, -1)
    : null;
}

/** Keys that the code spells out are keywords; with a computed key the hash is an argument of its own. */
function pairArgument(pair: Node, lowerer: Lowerer): Argument {
  const key = need(pair, 'key');
  const name = keyOf(key);
  const value = field(pair, 'value');
  const lowered = value === null ? nameNode(key) : lowerer.expression(value);
  if (name !== null) return { value: lowered, name };
  return {
    value: { kind: 'map', entries: [{ key: lowerer.expression(key), value: lowered }], span: spanOf(pair) },
    name: null,
  };
}

function argumentsOf(node: Node | null, lowerer: Lowerer): Argument[] {
  const given = node === null ? [] : valueChildren(node);
  return given.flatMap((child, position): Argument[] => {
    if (child.type === 'pair') return [pairArgument(child, lowerer)];
    // A literal hash at the end is as good as keywords.
    const isKeywords =
      child.type === 'hash' &&
      position === given.length - 1 &&
      codeChildren(child).every((pair) => pair.type === 'pair' && keyOf(need(pair, 'key')) !== null);
    if (isKeywords && codeChildren(child).length > 0)
      return codeChildren(child).map((pair) => pairArgument(pair, lowerer));
    const value = lowerer.expression(child);
    return [{ value, name: child.type === 'block_argument' ? '&' : null }];
  });
}

const lowerCall: ExpressionHandler = (node, lowerer) => {
  const receiver = field(node, 'receiver');
  const method = field(node, 'method');
  const name = method === null ? 'call' : method.text;
  const args = argumentsOf(field(node, 'arguments'), lowerer);
  const block = field(node, 'block');
  if (block !== null)
    args.push({
      value: { kind: 'lambda', definition: defineBlock(block, lowerer), span: spanOf(block) },
      name: '&',
    });
  const span = spanOf(node);
  // A block that evaluates text may assign the variables around it.
  const guard =
    block !== null && /\b(eval|binding|local_variable_set)\b/.test(block.text) ? [anyVariable(block)] : [];
  if (receiver === null)
    return after(guard, {
      kind: 'call',
      callee: nameNode(method ?? node, name),
      arguments: args,
      isNew: false,
      span,
    });
  const object = lowerer.expression(receiver);
  const isNew = name === 'new' && /^(constant|scope_resolution)$/.test(receiver.type);
  const callee: Expression = isNew
    ? object
    : { kind: 'member', object, name, span: spanThrough(receiver, method ?? node) };
  const call: Expression = { kind: 'call', callee, arguments: args, isNew, span };
  return after(
    guard,
    CHANGES_RECEIVER.test(name) && receiver.type !== 'self' ? changing(receiver, object, call) : call,
  );
};

function anyVariable(node: Node): Expression {
  return {
    kind: 'unknown',
    what: 'code made of text in a block',
    names: ['*'],
    children: [],
    span: spanOf(node),
  };
}

function after(first: readonly Expression[], last: Expression): Expression {
  return first.length === 0 ? last : { kind: 'sequence', items: [...first, last], span: last.span };
}

function spanThrough(from: Node, to: Node): Expression['span'] {
  const { end, endLine, endColumn } = spanOf(to);
  return { ...spanOf(from), end, endLine, endColumn };
}

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

export const lowerAssignment: ExpressionHandler = (node, lowerer) => {
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

const lowerYield: ExpressionHandler = (node, lowerer) => {
  const given = childrenOfType(node, 'argument_list')[0] ?? null;
  return {
    kind: 'call',
    callee: nameNode(node, node.type),
    arguments: argumentsOf(given, lowerer),
    isNew: false,
    span: spanOf(node),
  };
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
