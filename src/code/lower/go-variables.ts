// Go declarations and assignments to IR.

import type { Node } from 'web-tree-sitter';
import type { Expression, Statement } from '../ir.ts';
import { opaque, operatorOf } from './common.ts';
import {
  childrenOfType,
  codeChildren,
  constantNode,
  field,
  type Lowerer,
  plainType,
  spanOf,
  stringNode,
  textOf,
} from './lowerer.ts';

export const listed = (node: Node | null): Node[] =>
  node === null ? [] : node.type === 'expression_list' ? codeChildren(node) : [node];

/** The values for several names: one each, or the parts of one call's results. */
function spread(values: readonly Expression[], count: number, node: Node): (Expression | null)[] {
  const [first] = values;
  return Array.from({ length: count }, (_, at) => {
    if (values.length === count) return values[at] ?? null;
    if (first === undefined || at === 0) return first ?? null;
    return opaque(node, 'a further result', [first]);
  });
}

export function lowerDeclare(node: Node, lowerer: Lowerer): Statement[] {
  const isShort = node.type === 'short_var_declaration';
  const names = isShort
    ? listed(field(node, 'left'))
    : node.childrenForFieldName('name').filter((child) => child.isNamed);
  const given = lowerer.expressions(listed(field(node, isShort ? 'right' : 'value')));
  const values = spread(given, names.length, node);
  const isConstant = node.type === 'const_spec';
  const type = plainType(field(node, 'type'));
  return names.map((name, at) => {
    const zero = isConstant || isShort ? null : zeroValue(node, type);
    return {
      kind: 'declare',
      name: name.text,
      type,
      value: values[at] ?? zero,
      isConstant,
      scope: 'block',
      isArray: false,
      span: spanOf(node),
    };
  });
}

/** `var s string` is the empty text, `var n int` zero (Go specification, "The zero value"). */
function zeroValue(node: Node, type: string | null): Expression | null {
  if (type === 'string') return stringNode(node, '');
  if (type === 'bool') return constantNode(node, { kind: 'bool', value: false });
  return type !== null && /^(u?int\d*|byte|rune)$/.test(type)
    ? constantNode(node, { kind: 'int', value: 0 })
    : null;
}

export function lowerAssignment(node: Node, lowerer: Lowerer): Statement[] {
  const text = textOf(field(node, 'operator')) || '=';
  const targets = lowerer.expressions(listed(field(node, 'left')));
  const given = lowerer.expressions(listed(field(node, 'right')));
  const [target] = targets;
  const span = spanOf(node);
  if (targets.length > 1 && given.length === targets.length) {
    // All right sides are read before any left side is written.
    const value: Expression = { kind: 'list', elements: given, span };
    return [
      {
        kind: 'expression',
        expression: {
          kind: 'assign',
          target: { kind: 'list', elements: targets, span },
          operator: null,
          value,
          span,
        },
        span,
      },
    ];
  }
  const values = spread(given, targets.length, node);
  return targets.map((each, at) => ({
    kind: 'expression',
    expression: {
      kind: 'assign',
      target: each,
      operator: text === '=' || each !== target ? null : operatorOf(text.slice(0, -1)),
      value: values[at] ?? opaque(node, 'nothing', []),
      span,
    },
    span,
  }));
}

export const lowerSpecs = (node: Node, lowerer: Lowerer): Statement[] => {
  const specs = [
    ...childrenOfType(node, 'var_spec', 'const_spec'),
    ...childrenOfType(node, 'var_spec_list').flatMap((list) => childrenOfType(list, 'var_spec')),
  ];
  return specs.flatMap((spec) => lowerDeclare(spec, lowerer));
};
