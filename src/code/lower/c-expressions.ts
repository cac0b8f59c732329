// C and C++ expressions to IR.

import type { Node } from 'web-tree-sitter';
import type { Expression } from '../ir.ts';
import { defineFunction } from './c-definitions.ts';
import {
  lowerAssign,
  lowerBinary,
  lowerFalse,
  lowerName,
  lowerNull,
  lowerNumber,
  lowerTernary,
  lowerTrue,
  lowerUnary,
  lowerUpdate,
  opaque,
  someText,
} from './common.ts';
import { DIALECTS, decodeEscapes } from './literals.ts';
import {
  codeChildren,
  constantNode,
  field,
  type Lowerer,
  type LoweringTables,
  nameNode,
  need,
  positional,
  spanOf,
  stringNode,
  textOf,
} from './lowerer.ts';

export function pathNode(node: Node, text: string): Expression {
  const [first = '', ...rest] = text
    .replace(/<[\s\S]*>/, '')
    .split('::')
    .filter((part) => part !== '');
  let chain: Expression = nameNode(node, first);
  for (const part of rest) chain = { kind: 'member', object: chain, name: part, span: spanOf(node) };
  return chain;
}

function lowerCall(node: Node, lowerer: Lowerer): Expression {
  const target = need(node, 'function');
  const args = field(node, 'arguments');
  const values = args === null ? [] : lowerer.expressions(codeChildren(args));
  const span = spanOf(node);
  const [only] = values;
  if (
    target.type === 'template_function' &&
    /_cast$/.test(textOf(field(target, 'name'))) &&
    only !== undefined
  ) {
    return { kind: 'cast', type: textOf(field(target, 'arguments')).slice(1, -1), operand: only, span };
  }
  const callee =
    target.type === 'template_function'
      ? nameNode(target, textOf(field(target, 'name')))
      : lowerer.expression(target);
  return { kind: 'call', callee, arguments: positional(values), isNew: false, span };
}

function lowerNew(node: Node, lowerer: Lowerer): Expression {
  // `new (place) T` writes over what is there.
  if (field(node, 'placement') !== null) return lowerer.unknown(node);
  const args = field(node, 'arguments');
  return {
    kind: 'call',
    callee: pathNode(need(node, 'type'), textOf(field(node, 'type'))),
    arguments: positional(args === null ? [] : lowerer.expressions(codeChildren(args))),
    isNew: true,
    span: spanOf(node),
  };
}

function lowerPointer(node: Node, lowerer: Lowerer): Expression {
  const kind = textOf(field(node, 'operator')) === '&' ? 'reference' : 'dereference';
  return { kind, operand: lowerer.expression(need(node, 'argument')), span: spanOf(node) };
}

function lowerInitializerList(node: Node, lowerer: Lowerer): Expression {
  const children = codeChildren(node);
  if (!children.some((child) => child.type === 'initializer_pair'))
    return { kind: 'list', elements: lowerer.expressions(children), span: spanOf(node) };
  const entries = children.map((child) => ({
    key: stringNode(
      child,
      textOf(child.type === 'initializer_pair' ? (codeChildren(child)[0] ?? null) : null).replace(/^\./, ''),
    ),
    value: lowerer.expression(field(child, 'value') ?? child),
  }));
  return { kind: 'map', entries, span: spanOf(node) };
}

/** Grammar node type → expression. */
export const C_EXPRESSIONS: LoweringTables['expressions'] = {
  identifier: lowerName,
  field_identifier: lowerName,
  namespace_identifier: lowerName,
  type_identifier: lowerName,
  this: lowerName,
  qualified_identifier: (node) => pathNode(node, node.text),
  number_literal: lowerNumber,
  true: lowerTrue,
  false: lowerFalse,
  null: lowerNull,
  string_literal: (node, lowerer) => {
    const quote = node.text.indexOf('"');
    const value = decodeEscapes(node.text.slice(quote + 1, -1), DIALECTS.c);
    return value === null ? lowerer.unknown(node) : stringNode(node, value);
  },
  raw_string_literal: someText,
  concatenated_string: (node, lowerer) => ({
    kind: 'template',
    parts: lowerer.expressions(codeChildren(node)),
    span: spanOf(node),
  }),
  char_literal: (node, lowerer) => {
    const value = decodeEscapes(node.text.slice(node.text.indexOf("'") + 1, -1), DIALECTS.c);
    return value === null ? lowerer.unknown(node) : constantNode(node, { kind: 'char', value });
  },
  binary_expression: lowerBinary,
  unary_expression: lowerUnary,
  conditional_expression: lowerTernary,
  assignment_expression: lowerAssign,
  update_expression: lowerUpdate,
  comma_expression: (node, lowerer) => ({
    kind: 'sequence',
    items: lowerer.expressions(codeChildren(node)),
    span: spanOf(node),
  }),
  call_expression: lowerCall,
  new_expression: lowerNew,
  delete_expression: (node, lowerer) => opaque(node, 'delete', lowerer.expressions(codeChildren(node))),
  field_expression: (node, lowerer) => ({
    kind: 'member',
    object: lowerer.expression(need(node, 'argument')),
    name: textOf(field(node, 'field')),
    span: spanOf(node),
  }),
  subscript_expression: (node, lowerer) => {
    const index = field(node, 'index') ?? codeChildren(field(node, 'indices') ?? node).at(-1) ?? node;
    return {
      kind: 'index',
      object: lowerer.expression(need(node, 'argument')),
      index: lowerer.expression(index),
      span: spanOf(node),
    };
  },
  pointer_expression: lowerPointer,
  cast_expression: (node, lowerer) => ({
    kind: 'cast',
    type: textOf(field(node, 'type')),
    operand: lowerer.expression(need(node, 'value')),
    span: spanOf(node),
  }),
  sizeof_expression: (node) => opaque(node, 'sizeof', []),
  initializer_list: lowerInitializerList,
  lambda_expression: (node, lowerer) => {
    // `[&other = name]`: the variable goes by two names from here on.
    if (/&\s*\w+\s*=/.test(textOf(field(node, 'captures')))) return lowerer.unknown(node);
    return { kind: 'lambda', definition: defineFunction(node, lowerer), span: spanOf(node) };
  },
};
