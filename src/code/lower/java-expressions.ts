// Java expressions to IR.

import type { Node } from 'web-tree-sitter';
import type { Argument, Expression, SwitchCase } from '../ir.ts';
import {
  lowerAssign,
  lowerBinary,
  lowerFalse,
  lowerList,
  lowerName,
  lowerNull,
  lowerNumber,
  lowerTernary,
  lowerTrue,
  lowerUnary,
  lowerUpdate,
  opaque,
} from './common.ts';
import { defineFunction, lowerClass } from './java-definitions.ts';
import { DIALECTS, decodeEscapes } from './literals.ts';
import {
  childOfType,
  childrenOfType,
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

const argumentsOf = (node: Node | null, lowerer: Lowerer): Argument[] =>
  node === null ? [] : positional(lowerer.expressions(codeChildren(node)));

function lowerInvocation(node: Node, lowerer: Lowerer): Expression {
  const object = field(node, 'object');
  const name = need(node, 'name');
  const callee: Expression =
    object === null
      ? nameNode(name)
      : {
          kind: 'member',
          object: lowerer.expression(object),
          name: name.text,
          span: { ...spanOf(object), end: name.endIndex },
        };
  return {
    kind: 'call',
    callee,
    arguments: argumentsOf(field(node, 'arguments'), lowerer),
    isNew: false,
    span: spanOf(node),
  };
}

/** A dotted type name as a chain of members, so that it resolves like any other name. */
function typeChain(node: Node): Expression {
  const [first = '', ...rest] = (plainType(node) ?? node.text).split('.');
  let chain: Expression = nameNode(node, first.trim());
  for (const part of rest) chain = { kind: 'member', object: chain, name: part.trim(), span: spanOf(node) };
  return chain;
}

function lowerCreation(node: Node, lowerer: Lowerer): Expression {
  const body = childOfType(node, 'class_body');
  const span = spanOf(node);
  const creation: Expression = {
    kind: 'call',
    callee: typeChain(need(node, 'type')),
    arguments: argumentsOf(field(node, 'arguments'), lowerer),
    isNew: true,
    span,
  };
  if (body === null) return creation;
  // The methods of an anonymous class are closures over the variables around it.
  const { methods } = lowerClass(node, lowerer);
  const closures = methods.map(
    (definition): Expression => ({ kind: 'lambda', definition, span: definition.span }),
  );
  return { kind: 'sequence', items: [opaque(node, 'anonymous class', closures), creation], span };
}

function lowerString(node: Node): Expression {
  const text = node.text;
  // A text block's indentation is stripped by rules of its own (JLS §3.10.6): only its being constant is kept.
  if (text.startsWith('"""')) return { kind: 'template', parts: [], span: spanOf(node) };
  return stringNode(node, decodeEscapes(text.slice(1, -1), DIALECTS.java));
}

function lowerCharacter(node: Node, lowerer: Lowerer): Expression {
  const value = decodeEscapes(node.text.slice(1, -1), DIALECTS.java);
  return value === null ? lowerer.unknown(node) : constantNode(node, { kind: 'char', value });
}

export function switchCases(node: Node, lowerer: Lowerer): { cases: SwitchCase[]; fallsThrough: boolean } {
  const groups = codeChildren(need(node, 'body'));
  const cases = groups.map((group): SwitchCase => {
    const labels = childrenOfType(group, 'switch_label');
    const isDefault = labels.some((label) => /^default\b/.test(label.text));
    const values = labels.flatMap((label) => lowerer.expressions(codeChildren(label)));
    const body = codeChildren(group).filter(
      (child) => child.type !== 'switch_label' && child.type !== 'guard',
    );
    return {
      labels: isDefault ? null : values,
      guard: null,
      body: lowerer.statements(body),
      span: spanOf(group),
    };
  });
  return { cases, fallsThrough: groups.some((group) => group.type === 'switch_block_statement_group') };
}

/** `switch` for its value: only arms that are plain expressions are modelled. */
function lowerSwitchValue(node: Node, lowerer: Lowerer): Expression {
  const { cases, fallsThrough } = switchCases(node, lowerer);
  const arms = cases.map((arm) => {
    const [only] = arm.body;
    return only?.kind === 'expression' && arm.body.length === 1
      ? { labels: arm.labels, value: only.expression }
      : null;
  });
  if (fallsThrough || arms.some((arm) => arm === null)) return lowerer.unknown(node);
  return {
    kind: 'match',
    subject: lowerer.expression(need(node, 'condition')),
    arms: arms.filter((arm) => arm !== null),
    span: spanOf(node),
  };
}

/** Grammar node type → expression. */
export const JAVA_EXPRESSIONS: LoweringTables['expressions'] = {
  identifier: lowerName,
  this: lowerName,
  super: lowerName,
  decimal_integer_literal: lowerNumber,
  hex_integer_literal: lowerNumber,
  octal_integer_literal: lowerNumber,
  binary_integer_literal: lowerNumber,
  decimal_floating_point_literal: lowerNumber,
  true: lowerTrue,
  false: lowerFalse,
  null_literal: lowerNull,
  string_literal: lowerString,
  character_literal: lowerCharacter,
  binary_expression: lowerBinary,
  unary_expression: lowerUnary,
  ternary_expression: lowerTernary,
  assignment_expression: lowerAssign,
  update_expression: lowerUpdate,
  array_initializer: lowerList,
  method_invocation: lowerInvocation,
  object_creation_expression: lowerCreation,
  explicit_constructor_invocation: (node, lowerer) => ({
    kind: 'call',
    callee: nameNode(need(node, 'constructor')),
    arguments: argumentsOf(field(node, 'arguments'), lowerer),
    isNew: false,
    span: spanOf(node),
  }),
  scoped_type_identifier: typeChain,
  type_identifier: lowerName,
  class_literal: (node) => ({ kind: 'template', parts: [], span: spanOf(node) }),
  field_access: (node, lowerer) => ({
    kind: 'member',
    object: lowerer.expression(need(node, 'object')),
    name: textOf(field(node, 'field')),
    span: spanOf(node),
  }),
  array_access: (node, lowerer) => ({
    kind: 'index',
    object: lowerer.expression(need(node, 'array')),
    index: lowerer.expression(need(node, 'index')),
    span: spanOf(node),
  }),
  array_creation_expression: (node, lowerer) => {
    const value = field(node, 'value');
    if (value !== null) return lowerer.expression(value);
    // Without an initialiser its elements are zero or null, any number of them.
    const zero: Expression = {
      kind: 'constant',
      constant: { kind: 'null', value: null },
      span: spanOf(node),
    };
    return {
      kind: 'list',
      elements: [{ kind: 'spread', operand: zero, span: spanOf(node) }],
      span: spanOf(node),
    };
  },
  cast_expression: (node, lowerer) => ({
    kind: 'cast',
    type: plainType(field(node, 'type')) ?? '',
    operand: lowerer.expression(need(node, 'value')),
    span: spanOf(node),
  }),
  instanceof_expression: (node, lowerer) => ({
    kind: 'type_test',
    operand: lowerer.expression(need(node, 'left')),
    binds: textOf(field(node, 'name')) || null,
    span: spanOf(node),
  }),
  lambda_expression: (node, lowerer) => ({
    kind: 'lambda',
    definition: defineFunction(node, 'lambda', '', lowerer),
    span: spanOf(node),
  }),
  switch_expression: lowerSwitchValue,
};
