// Python expressions to IR.

import type { Node } from 'web-tree-sitter';
import type { Argument, Expression } from '../ir.ts';
import {
  lowerAssign,
  lowerAwait,
  lowerBinary,
  lowerFalse,
  lowerList,
  lowerName,
  lowerNull,
  lowerNumber,
  lowerSpread,
  lowerTrue,
  lowerUnary,
  opaque,
  operatorOf,
  someText,
} from './common.ts';
import { DIALECTS, decodeEscapes } from './literals.ts';
import {
  childOfType,
  childrenOfType,
  codeChildren,
  field,
  type Lowerer,
  type LoweringTables,
  need,
  spanOf,
  stringNode,
  textOf,
} from './lowerer.ts';
import { defineFunction } from './python-definitions.ts';

function lowerString(node: Node, lowerer: Lowerer): Expression {
  const prefix = textOf(childOfType(node, 'string_start'))
    .replace(/["']+$/, '')
    .toLowerCase();
  const parts = node.namedChildren.filter(
    (child) => child.type === 'string_content' || child.type === 'interpolation',
  );
  const decode = (part: Node): Expression => {
    if (prefix.includes('f') && /\{\{|\}\}/.test(part.text)) return someText(part);
    // Bytes equal no text, and their escapes are others.
    if (prefix.includes('b') || part.text.includes('\\N{')) return someText(part);
    return stringNode(part, prefix.includes('r') ? part.text : decodeEscapes(part.text, DIALECTS.python));
  };
  const [only] = parts;
  if (parts.length === 0) return stringNode(node, '');
  if (only !== undefined && parts.length === 1 && only.type === 'string_content')
    return { ...decode(only), span: spanOf(node) };
  return {
    kind: 'template',
    parts: parts.map((part) =>
      part.type === 'interpolation' ? lowerInterpolation(part, lowerer) : decode(part),
    ),
    span: spanOf(node),
  };
}

function lowerInterpolation(node: Node, lowerer: Lowerer): Expression {
  const value = lowerer.expression(need(node, 'expression'));
  const isPlain =
    childOfType(node, 'type_conversion', 'format_specifier') === null && !/=\s*\}$/.test(node.text);
  return isPlain ? value : { kind: 'template', parts: [value, someText(node)], span: spanOf(node) };
}

function lowerComparison(node: Node, lowerer: Lowerer): Expression {
  const operands = codeChildren(node);
  const [left, right] = operands;
  if (operands.length !== 2 || left === undefined || right === undefined) {
    return opaque(node, 'chained comparison', lowerer.expressions(operands));
  }
  const text = node
    .childrenForFieldName('operators')
    .map((part) => part.text)
    .join(' ');
  // Identity is equality only for the singletons.
  const operator =
    text.startsWith('is') && !['none', 'true', 'false'].includes(right.type) ? '?' : operatorOf(text);
  return {
    kind: 'binary',
    operator,
    left: lowerer.expression(left),
    right: lowerer.expression(right),
    span: spanOf(node),
  };
}

function argumentsOf(node: Node | null, lowerer: Lowerer): Argument[] {
  if (node === null) return [];
  if (node.type === 'generator_expression') return [{ value: lowerer.expression(node), name: null }];
  return codeChildren(node).map((child) =>
    child.type === 'keyword_argument'
      ? { value: lowerer.expression(need(child, 'value')), name: textOf(field(child, 'name')) }
      : { value: lowerer.expression(child), name: null },
  );
}

function lowerSubscript(node: Node, lowerer: Lowerer): Expression {
  const object = lowerer.expression(need(node, 'value'));
  const parts = node.childrenForFieldName('subscript');
  const [only] = parts;
  if (only !== undefined && parts.length === 1 && only.type !== 'slice') {
    return { kind: 'index', object, index: lowerer.expression(only), span: spanOf(node) };
  }
  const bounds = parts.flatMap((part) => (part.type === 'slice' ? codeChildren(part) : [part]));
  return { kind: 'slice', object, bounds: lowerer.expressions(bounds), span: spanOf(node) };
}

/** A call of what no name can be: a set is made of the elements, in no order. */
function lowerSet(node: Node, lowerer: Lowerer): Expression {
  const span = spanOf(node);
  // A place of its own, for the list that it is made of.
  const inside = { ...span, start: span.start + 1 };
  return {
    kind: 'call',
    callee: { kind: 'name', name: '{}', span },
    arguments: [{ value: { ...lowerList(node, lowerer), span: inside }, name: null }],
    isNew: false,
    span,
  };
}

function lowerDictionary(node: Node, lowerer: Lowerer): Expression {
  return {
    kind: 'map',
    entries: codeChildren(node).map((child) =>
      child.type === 'pair'
        ? { key: lowerer.expression(need(child, 'key')), value: lowerer.expression(need(child, 'value')) }
        : { key: someText(child), value: lowerer.expression(child) },
    ),
    span: spanOf(node),
  };
}

function lowerComprehension(node: Node, lowerer: Lowerer): Expression {
  const clauses = childrenOfType(node, 'for_in_clause');
  const body = codeChildren(node).filter((child) => child.type !== 'for_in_clause');
  const names = clauses.flatMap((clause) => [
    ...(textOf(field(clause, 'left')).match(/[A-Za-z_]\w*/g) ?? []),
  ]);
  return {
    kind: 'comprehension',
    iterables: clauses.map((clause) => lowerer.expression(need(clause, 'right'))),
    names,
    body: body.flatMap((child) =>
      lowerer.expressions(
        child.type === 'if_clause' || child.type === 'pair' ? codeChildren(child) : [child],
      ),
    ),
    span: spanOf(node),
  };
}

function lowerConditional(node: Node, lowerer: Lowerer): Expression {
  const [taken = node, condition = node, otherwise = node] = codeChildren(node);
  return {
    kind: 'ternary',
    condition: lowerer.expression(condition),
    consequence: lowerer.expression(taken),
    otherwise: lowerer.expression(otherwise),
    span: spanOf(node),
  };
}

function lowerAssignment(node: Node, lowerer: Lowerer): Expression {
  if (field(node, 'right') === null) return opaque(node, 'annotation', []);
  return lowerAssign(node, lowerer);
}

/** Grammar node type → expression. */
export const PYTHON_EXPRESSIONS: LoweringTables['expressions'] = {
  identifier: lowerName,
  integer: lowerNumber,
  float: lowerNumber,
  true: lowerTrue,
  false: lowerFalse,
  none: lowerNull,
  ellipsis: someText,
  string: lowerString,
  concatenated_string: (node, lowerer) => ({
    kind: 'template',
    parts: lowerer.expressions(codeChildren(node)),
    span: spanOf(node),
  }),
  binary_operator: lowerBinary,
  boolean_operator: lowerBinary,
  not_operator: lowerUnary,
  unary_operator: lowerUnary,
  comparison_operator: lowerComparison,
  conditional_expression: lowerConditional,
  assignment: lowerAssignment,
  augmented_assignment: lowerAssign,
  named_expression: (node, lowerer) => ({
    kind: 'assign',
    target: lowerer.expression(need(node, 'name')),
    operator: null,
    value: lowerer.expression(need(node, 'value')),
    span: spanOf(node),
  }),
  call: (node, lowerer) => ({
    kind: 'call',
    callee: lowerer.expression(need(node, 'function')),
    arguments: argumentsOf(field(node, 'arguments'), lowerer),
    isNew: false,
    span: spanOf(node),
  }),
  attribute: (node, lowerer) => ({
    kind: 'member',
    object: lowerer.expression(need(node, 'object')),
    name: textOf(field(node, 'attribute')),
    span: spanOf(node),
  }),
  subscript: lowerSubscript,
  list: lowerList,
  tuple: lowerList,
  set: lowerSet,
  expression_list: lowerList,
  pattern_list: lowerList,
  tuple_pattern: lowerList,
  list_pattern: lowerList,
  dictionary: lowerDictionary,
  list_comprehension: lowerComprehension,
  set_comprehension: lowerComprehension,
  dictionary_comprehension: lowerComprehension,
  generator_expression: lowerComprehension,
  list_splat: lowerSpread,
  list_splat_pattern: lowerSpread,
  dictionary_splat: lowerSpread,
  lambda: (node, lowerer) => ({
    kind: 'lambda',
    definition: defineFunction(node, lowerer),
    span: spanOf(node),
  }),
  await: lowerAwait,
  yield: (node, lowerer) => opaque(node, 'yield', lowerer.expressions(codeChildren(node))),
};
