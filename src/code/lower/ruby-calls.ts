// Ruby calls to IR. What changes a text or collection in place is a store into it.
import type { Node } from 'web-tree-sitter';
import type { Argument, Expression } from '../ir.ts';
import {
  childrenOfType,
  codeChildren,
  type ExpressionHandler,
  field,
  type Lowerer,
  nameNode,
  need,
  spanOf,
} from './lowerer.ts';
import { defineBlock } from './ruby-definitions.ts';
import { valueChildren } from './ruby-text.ts';

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
export function changing(node: Node, object: Expression, call: Expression): Expression {
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

export const lowerCall: ExpressionHandler = (node, lowerer) => {
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

export function anyVariable(node: Node): Expression {
  return {
    kind: 'unknown',
    what: 'code made of text in a block',
    names: ['*'],
    children: [],
    span: spanOf(node),
  };
}

export function after(first: readonly Expression[], last: Expression): Expression {
  return first.length === 0 ? last : { kind: 'sequence', items: [...first, last], span: last.span };
}

function spanThrough(from: Node, to: Node): Expression['span'] {
  const { end, endLine, endColumn } = spanOf(to);
  return { ...spanOf(from), end, endLine, endColumn };
}

export const lowerYield: ExpressionHandler = (node, lowerer) => {
  const given = childrenOfType(node, 'argument_list')[0] ?? null;
  return {
    kind: 'call',
    callee: nameNode(node, node.type),
    arguments: argumentsOf(given, lowerer),
    isNew: false,
    span: spanOf(node),
  };
};
