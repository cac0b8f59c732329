// C# objects in the making: constructors with initialisers, copies, anonymous objects, arrays and tuples.
import type { Node } from 'web-tree-sitter';
import type { Expression, Span } from '../ir.ts';
import { opaque } from './common.ts';
import { argumentsOf, indexed, lowerAssigned, lowerTypeName } from './csharp-expressions.ts';
import { nameOf } from './csharp-literals.ts';
import { bind } from './csharp-patterns.ts';
import {
  childOfType,
  childrenOfType,
  codeChildren,
  constantNode,
  type ExpressionHandler,
  field,
  type Lowerer,
  nameNode,
  need,
  spanOf,
} from './lowerer.ts';

/** `new T(a) { P = b }` as what it means: make it, set the members one by one, give it. */
export const lowerCreation: ExpressionHandler = (node, lowerer) => {
  const written = field(node, 'type');
  const type = written ?? targetType(node);
  const list = field(node, 'arguments') ?? childOfType(node, 'argument_list');
  const initial = childOfType(node, 'initializer_expression');
  const args = argumentsOf(list, lowerer);
  // What the initialiser does has places of its own.
  const head = initial === null ? null : (list ?? written);
  const span = head === null ? spanOf(node) : spanBetween(node, head);
  const values = args.map(({ value }) => value);
  const made: Expression =
    type === null
      ? opaque(node, 'new', values)
      : { kind: 'call', callee: lowerTypeName(type, lowerer), arguments: args, isNew: true, span };
  return initialised(node, made, initial, lowerer);
};

function spanBetween(first: Node, last: Node): Span {
  const { end, endLine, endColumn } = spanOf(last);
  return { ...spanOf(first), end, endLine, endColumn };
}

/** The type of `new(…)` where the declaration around it says it. */
function targetType(node: Node): Node | null {
  const holder = node.parent?.type === 'variable_declarator' ? node.parent.parent : node.parent;
  return holder?.type === 'variable_declaration' || holder?.type === 'property_declaration'
    ? field(holder, 'type')
    : null;
}

function initialised(node: Node, made: Expression, list: Node | null, lowerer: Lowerer): Expression {
  if (list === null || codeChildren(list).length === 0) return made;
  const name = `#new${node.startIndex}`;
  const self = nameNode(node, name);
  const items = itemsOf(list, self, lowerer);
  return { kind: 'sequence', items: [bind(node, name, made), ...items, self], span: spanOf(node) };
}

/** What an initialiser does to the new object: assignments of members and elements, calls of `Add`. */
function itemsOf(list: Node, self: Expression, lowerer: Lowerer): Expression[] {
  return codeChildren(list).flatMap((item): Expression[] => {
    if (item.type !== 'assignment_expression') return [added(item, self, lowerer)];
    const left = need(item, 'left');
    const target: Expression =
      left.type === 'identifier'
        ? { kind: 'member', object: self, name: nameOf(left), span: spanOf(left) }
        : indexed(left, self, left, lowerer);
    const right = need(item, 'right');
    if (right.type === 'initializer_expression') return itemsOf(right, target, lowerer);
    return [
      {
        kind: 'assign',
        target,
        operator: null,
        value: lowerAssigned(left, right, lowerer),
        span: spanOf(item),
      },
    ];
  });
}

function added(item: Node, self: Expression, lowerer: Lowerer): Expression {
  const values = item.type === 'initializer_expression' ? codeChildren(item) : [item];
  return {
    kind: 'call',
    callee: { kind: 'member', object: self, name: 'Add', span: spanOf(item) },
    arguments: lowerer.expressions(values).map((value) => ({ value, name: null })),
    isNew: false,
    span: spanOf(item),
  };
}

/** `r with { P = a }`: a changed copy. */
export const lowerWith: ExpressionHandler = (node, lowerer) => {
  const name = `#new${node.startIndex}`;
  const self = nameNode(node, name);
  const record = codeChildren(node).filter(({ type }) => type !== 'with_initializer');
  const items = childrenOfType(node, 'with_initializer').map((part): Expression => {
    const [member, value] = codeChildren(part);
    if (member === undefined || value === undefined) return lowerer.unknown(part);
    const target: Expression = { kind: 'member', object: self, name: nameOf(member), span: spanOf(member) };
    return { kind: 'assign', target, operator: null, value: lowerer.expression(value), span: spanOf(part) };
  });
  const copy = opaque(node, 'a copy', lowerer.expressions(record));
  return { kind: 'sequence', items: [bind(node, name, copy), ...items, self], span: spanOf(node) };
};

export const lowerAnonymousObject: ExpressionHandler = (node, lowerer) => {
  const children = codeChildren(node);
  const entries = children.flatMap((child, index) => {
    const isName = child.nextSibling?.type === '=';
    if (isName) return [];
    const before = child.previousSibling?.type === '=' ? children[index - 1] : undefined;
    const key = before?.text ?? child.text.slice(child.text.lastIndexOf('.') + 1);
    return [{ key: constantNode(child, { kind: 'string', value: key }), value: lowerer.expression(child) }];
  });
  return { kind: 'map', entries, span: spanOf(node) };
};

const CUT_ELEMENTS =
  /^(new\s+)?(byte|sbyte|short|ushort|uint|ulong|nint|nuint|float|double|decimal|object)\b/;

/** Arrays, tuples, collection expressions. Numbers that are cut or boxed when stored are not known as elements. */
export const lowerItems: ExpressionHandler = (node, lowerer) => {
  const list = /array_creation/.test(node.type) ? childOfType(node, 'initializer_expression') : node;
  const elements = list === null ? [] : lowerer.expressions(codeChildren(list));
  const whole: Expression = { kind: 'list', elements, span: spanOf(node) };
  return CUT_ELEMENTS.test(node.text) ? opaque(node, 'an array of numbers', [whole]) : whole;
};
