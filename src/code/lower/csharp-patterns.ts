// C# patterns: `is`, `switch` and what they bind (C# specification §11).
import type { Node } from 'web-tree-sitter';
import type { Expression, Statement, SwitchCase } from '../ir.ts';
import { opaque } from './common.ts';
import { nameOf } from './csharp-literals.ts';
import {
  childOfType,
  childrenOfType,
  codeChildren,
  type ExpressionHandler,
  field,
  type Lowerer,
  need,
  type StatementHandler,
  spanOf,
} from './lowerer.ts';

const ASSIGNING = ['assignment_expression', 'postfix_unary_expression', 'prefix_unary_expression'];

/** Code that runs only sometimes, where the IR has no place for it: what it assigns is not known afterwards. */
function lowerSometimes(node: Node, lowerer: Lowerer): Expression {
  return node.descendantsOfType(ASSIGNING).length > 0
    ? lowerer.unknown(node)
    : opaque(node, 'condition', [lowerer.expression(node)]);
}

/** Makes `name` a variable that holds `value` from here on. */
export function bind(node: Node, name: string, value: Expression): Expression {
  return { kind: 'type_test', operand: value, binds: name, span: spanOf(node) };
}

const BINDING = [
  'declaration_pattern',
  'var_pattern',
  'recursive_pattern',
  'list_pattern',
  'parenthesized_variable_designation',
];

/** Every name that a pattern binds. */
function boundNames(pattern: Node): string[] {
  return [pattern, ...pattern.descendantsOfType(BINDING)]
    .filter((node) => node !== null)
    .flatMap((node) => {
      const isDesignation = node.type === 'parenthesized_variable_designation' || node.type === 'var_pattern';
      const names = isDesignation ? childrenOfType(node, 'identifier') : node.childrenForFieldName('name');
      return [...names, ...node.childrenForFieldName('name')].flatMap((name) =>
        name === null ? [] : [nameOf(name)],
      );
    })
    .filter((name, index, all) => name !== '_' && all.indexOf(name) === index);
}

/** A pattern as labels of its subject: constants as they are, everything else as something that may or may not fit. */
function lowerPattern(pattern: Node, subject: Expression, lowerer: Lowerer): Expression[] {
  if (pattern.type === 'constant_pattern') return lowerer.expressions(codeChildren(pattern).slice(0, 1));
  if (pattern.type === 'parenthesized_pattern')
    return codeChildren(pattern).flatMap((inner) => lowerPattern(inner, subject, lowerer));
  if (pattern.type === 'or_pattern') {
    return [need(pattern, 'left'), need(pattern, 'right')].flatMap((side) =>
      side.id === pattern.id ? [lowerer.unknown(side)] : lowerPattern(side, subject, lowerer),
    );
  }
  const names = boundNames(pattern);
  // Asked twice, a call would run twice.
  const whole =
    subject.kind === 'name' || subject.kind === 'member' ? subject : opaque(pattern, 'pattern', []);
  const isWhole = pattern.type === 'declaration_pattern' || pattern.type === 'var_pattern';
  return names.length === 0
    ? [opaque(pattern, 'pattern', [])]
    : names.map((name) =>
        bind(pattern, name, isWhole && names.length === 1 ? whole : opaque(pattern, 'pattern', [])),
      );
}

/** `x is p`. Compared with something unknown, so that it counts as a check of `x`. */
export const lowerIs: ExpressionHandler = (node, lowerer) => {
  const left = field(node, 'expression') ?? need(node, 'left');
  const pattern = field(node, 'pattern') ?? field(node, 'right') ?? node;
  const subject = lowerer.expression(left);
  const isNegated = pattern.type === 'negated_pattern';
  const inner = isNegated ? (codeChildren(pattern)[0] ?? pattern) : pattern;
  const labels = /_pattern$/.test(inner.type) ? lowerPattern(inner, subject, lowerer) : [];
  const [only] = labels;
  if (only?.kind === 'type_test' && labels.length === 1 && inner.type === 'declaration_pattern')
    return { ...only, operand: subject };
  const isConstant = inner.type === 'constant_pattern' && only !== undefined;
  return {
    kind: 'binary',
    operator: isConstant ? (isNegated ? '!=' : '==') : '?',
    left: subject,
    right: isConstant ? only : opaque(pattern, 'pattern', labels),
    span: spanOf(node),
  };
};

interface Arm {
  readonly labels: readonly Expression[] | null;
  readonly value: Expression;
}

/** `x switch { p => v }`; an arm that throws gives no value. */
export const lowerSwitchValue: ExpressionHandler = (node, lowerer) => {
  const [head = node] = codeChildren(node);
  const subject = lowerer.expression(head);
  const arms = childrenOfType(node, 'switch_expression_arm').flatMap((arm): Arm[] => {
    const children = codeChildren(arm);
    const [pattern = arm] = children;
    const value = children.at(-1) ?? arm;
    const guard = childOfType(arm, 'when_clause');
    if (value.type === 'throw_expression') return [];
    if (pattern.type === 'discard' && guard === null)
      return [{ labels: null, value: lowerer.expression(value) }];
    const labels = lowerPattern(pattern, subject, lowerer);
    return [
      {
        labels:
          guard === null
            ? labels
            : [
                ...labels.filter(({ kind }) => kind === 'type_test'),
                lowerSometimes(codeChildren(guard)[0] ?? guard, lowerer),
              ],
        value: lowerer.expression(value),
      },
    ];
  });
  return { kind: 'match', subject, arms, span: spanOf(node) };
};

export const lowerSwitch: StatementHandler = (node, lowerer): Statement => {
  const subject = lowerer.expression(need(node, 'value'));
  const cases = childrenOfType(need(node, 'body'), 'switch_section').map((section): SwitchCase => {
    const children = codeChildren(section);
    const guard = childOfType(section, 'when_clause');
    // `default` is a word of its own; `case x` may hold a pattern or, before C# 7, an expression.
    const isDefault = /^default\b/.test(section.text);
    const [pattern] = isDefault ? [] : children;
    const body = children.filter((child) => child.id !== pattern?.id && child.id !== guard?.id);
    return {
      labels:
        pattern === undefined
          ? null
          : [
              ...lowerPattern(pattern, subject, lowerer),
              ...(guard === null ? [] : [lowerSometimes(codeChildren(guard)[0] ?? guard, lowerer)]),
            ],
      guard: guard === null ? null : lowerer.expression(codeChildren(guard)[0] ?? guard),
      body: lowerer.statements(body),
      span: spanOf(section),
    };
  });
  return { kind: 'switch', subject, cases, fallsThrough: true, span: spanOf(node) };
};
