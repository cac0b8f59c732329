// Go expressions to IR.

import type { Node } from 'web-tree-sitter';
import type { Expression } from '../ir.ts';
import {
  lowerBinary,
  lowerFalse,
  lowerName,
  lowerNull,
  lowerNumber,
  lowerTrue,
  lowerUnary,
  opaque,
} from './common.ts';
import { defineFunction } from './go-definitions.ts';
import { DIALECTS, decodeEscapes } from './literals.ts';
import {
  codeChildren,
  constantNode,
  field,
  type Lowerer,
  type LoweringTables,
  nameNode,
  need,
  plainType,
  positional,
  spanOf,
  stringNode,
  textOf,
} from './lowerer.ts';

function lowerPointer(node: Node, lowerer: Lowerer): Expression {
  const operator = textOf(field(node, 'operator'));
  const operand = need(node, 'operand');
  if (operator === '&')
    return { kind: 'reference', operand: lowerer.expression(operand), span: spanOf(node) };
  if (operator === '*')
    return { kind: 'dereference', operand: lowerer.expression(operand), span: spanOf(node) };
  return operator === '<-' || operator === '^'
    ? opaque(node, operator, [lowerer.expression(operand)])
    : lowerUnary(node, lowerer);
}

function lowerComposite(node: Node, lowerer: Lowerer): Expression {
  const elements = codeChildren(need(node, 'body'));
  const inner = (element: Node | null): Expression => {
    const content =
      element === null
        ? null
        : element.type === 'literal_element'
          ? (codeChildren(element)[0] ?? null)
          : element;
    if (content === null) return opaque(node, 'element', []);
    return content.type === 'literal_value'
      ? { kind: 'list', elements: codeChildren(content).map(inner), span: spanOf(content) }
      : lowerer.expression(content);
  };
  if (elements.some((element) => element.type === 'keyed_element')) {
    const entries = elements.map((element) => {
      const key = field(element, 'key');
      const name = key === null ? null : (codeChildren(key)[0] ?? null);
      return {
        key: name?.type === 'identifier' ? stringNode(name, name.text) : inner(key),
        value: inner(field(element, 'value') ?? element),
      };
    });
    return { kind: 'map', entries, span: spanOf(node) };
  }
  return { kind: 'list', elements: elements.map(inner), span: spanOf(node) };
}

function lowerCall(node: Node, lowerer: Lowerer): Expression {
  const given = field(node, 'arguments');
  const args = (given === null ? [] : codeChildren(given)).map(
    (child): Expression =>
      child.type === 'variadic_argument'
        ? {
            kind: 'spread',
            operand: lowerer.expression(codeChildren(child)[0] ?? child),
            span: spanOf(child),
          }
        : /_type$/.test(child.type)
          ? nameNode(child)
          : lowerer.expression(child),
  );
  return {
    kind: 'call',
    callee: lowerer.expression(need(node, 'function')),
    arguments: positional(args),
    isNew: false,
    span: spanOf(node),
  };
}

/** Grammar node type → expression. */
export const GO_EXPRESSIONS: LoweringTables['expressions'] = {
  identifier: lowerName,
  package_identifier: lowerName,
  blank_identifier: lowerName,
  int_literal: lowerNumber,
  float_literal: lowerNumber,
  true: lowerTrue,
  false: lowerFalse,
  nil: lowerNull,
  interpreted_string_literal: (node) => stringNode(node, decodeEscapes(node.text.slice(1, -1), DIALECTS.go)),
  raw_string_literal: (node) => stringNode(node, node.text.slice(1, -1).replaceAll('\r', '')),
  rune_literal: (node, lowerer) => {
    const value = decodeEscapes(node.text.slice(1, -1), DIALECTS.go);
    return value === null ? lowerer.unknown(node) : constantNode(node, { kind: 'char', value });
  },
  binary_expression: lowerBinary,
  unary_expression: lowerPointer,
  call_expression: lowerCall,
  selector_expression: (node, lowerer) => ({
    kind: 'member',
    object: lowerer.expression(need(node, 'operand')),
    name: textOf(field(node, 'field')),
    span: spanOf(node),
  }),
  index_expression: (node, lowerer) => ({
    kind: 'index',
    object: lowerer.expression(need(node, 'operand')),
    index: lowerer.expression(need(node, 'index')),
    span: spanOf(node),
  }),
  slice_expression: (node, lowerer) => ({
    kind: 'slice',
    object: lowerer.expression(need(node, 'operand')),
    bounds: ['start', 'end'].flatMap((part) => lowerer.optional(field(node, part)) ?? []),
    span: spanOf(node),
  }),
  composite_literal: lowerComposite,
  func_literal: (node, lowerer) => ({
    kind: 'lambda',
    definition: defineFunction(node, lowerer),
    span: spanOf(node),
  }),
  type_assertion_expression: (node, lowerer) => ({
    kind: 'cast',
    type: plainType(field(node, 'type')) ?? '',
    operand: lowerer.expression(need(node, 'operand')),
    span: spanOf(node),
  }),
  type_conversion_expression: (node, lowerer) => ({
    kind: 'cast',
    type: plainType(field(node, 'type')) ?? '',
    operand: lowerer.expression(need(node, 'operand')),
    span: spanOf(node),
  }),
};
