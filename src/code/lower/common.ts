// Handlers for node shapes that many grammars share; each language's table names the node types that have them.
import type { Node } from 'web-tree-sitter';
import type { BinaryOperator, Expression, Statement } from '../ir.ts';
import { parseNumber } from './literals.ts';
import {
  codeChildren,
  constantNode,
  type ExpressionHandler,
  field,
  type Lowerer,
  nameNode,
  need,
  type StatementHandler,
  spanOf,
  textOf,
} from './lowerer.ts';

const OPERATORS: ReadonlySet<string> = new Set([
  '+',
  '-',
  '*',
  '/',
  '//',
  '%',
  '**',
  '.',
  '&',
  '|',
  '^',
  '<<',
  '>>',
  '>>>',
  '==',
  '!=',
  '===',
  '!==',
  '<',
  '<=',
  '>',
  '>=',
  '&&',
  '||',
  '??',
  'in',
  'not in',
] satisfies BinaryOperator[]);
const ALIASES: ReadonlyMap<string, BinaryOperator> = new Map([
  ['and', '&&'],
  ['or', '||'],
  ['<>', '!='],
  ['is', '=='],
  ['is not', '!='],
  ['?:', '??'],
]);

/** `?` is an operator that no rule folds. */
export function operatorOf(text: string): BinaryOperator {
  return OPERATORS.has(text) ? (text as BinaryOperator) : (ALIASES.get(text) ?? '?');
}

export const lowerName: ExpressionHandler = (node) => nameNode(node);

export const lowerNumber: ExpressionHandler = (node, lowerer) => {
  const number = parseNumber(node.text);
  return number === null ? lowerer.unknown(node) : constantNode(node, number);
};

export const lowerTrue: ExpressionHandler = (node) => constantNode(node, { kind: 'bool', value: true });
export const lowerFalse: ExpressionHandler = (node) => constantNode(node, { kind: 'bool', value: false });
export const lowerNull: ExpressionHandler = (node) => constantNode(node, { kind: 'null', value: null });

export const lowerBinary: ExpressionHandler = (node, lowerer) => ({
  kind: 'binary',
  operator: operatorOf(textOf(field(node, 'operator'))),
  left: lowerer.expression(need(node, 'left')),
  right: lowerer.expression(need(node, 'right')),
  span: spanOf(node),
});

/** `!x`, `not x`, `-x`, `+x`, `~x`; the operand in field `operand` or `argument`. */
export const lowerUnary: ExpressionHandler = (node, lowerer) => {
  const operand = field(node, 'operand') ?? field(node, 'argument') ?? codeChildren(node).at(-1) ?? null;
  const text = textOf(field(node, 'operator') ?? node.child(0));
  const operator = text === 'not' ? '!' : text;
  if (operand === null || !(operator === '!' || operator === '-' || operator === '+' || operator === '~')) {
    return lowerer.unknown(node);
  }
  return { kind: 'unary', operator, operand: lowerer.expression(operand), span: spanOf(node) };
};

export const lowerTernary: ExpressionHandler = (node, lowerer) => ({
  kind: 'ternary',
  condition: lowerer.expression(need(node, 'condition')),
  consequence: lowerer.expression(need(node, 'consequence')),
  otherwise: lowerer.expression(need(node, 'alternative')),
  span: spanOf(node),
});

/** `left = right` and, with an operator text such as `+=`, compound assignment. */
export const lowerAssign: ExpressionHandler = (node, lowerer) => {
  const text = textOf(field(node, 'operator')) || '=';
  return {
    kind: 'assign',
    target: lowerer.expression(need(node, 'left')),
    operator: text === '=' ? null : operatorOf(text.slice(0, -1)),
    value: lowerer.expression(need(node, 'right')),
    span: spanOf(node),
  };
};

/** `i++`, `--i`. */
export const lowerUpdate: ExpressionHandler = (node, lowerer) => {
  const target = field(node, 'argument') ?? codeChildren(node)[0] ?? null;
  return {
    kind: 'update',
    target: lowerer.expression(target ?? node),
    delta: node.text.includes('++') ? 1 : -1,
    prefix: node.text.startsWith('++') || node.text.startsWith('--'),
    span: spanOf(node),
  };
};

export function lowerList(node: Node, lowerer: Lowerer): Expression {
  return { kind: 'list', elements: lowerer.expressions(codeChildren(node)), span: spanOf(node) };
}

export const lowerAwait: ExpressionHandler = (node, lowerer) => ({
  kind: 'await',
  operand: lowerer.expression(codeChildren(node)[0] ?? node),
  span: spanOf(node),
});

export const lowerSpread: ExpressionHandler = (node, lowerer) => ({
  kind: 'spread',
  operand: lowerer.expression(codeChildren(node)[0] ?? node),
  span: spanOf(node),
});

export const lowerNothing = (what: 'comment' | 'import' | 'type' | 'empty'): StatementHandler => {
  return (node) => ({ kind: 'nothing', what, span: spanOf(node) });
};

export const lowerBlock: StatementHandler = (node, lowerer) => lowerer.block(node);

export const lowerExpressionStatement: StatementHandler = (node, lowerer) => {
  const [inner] = codeChildren(node);
  if (inner === undefined) return { kind: 'nothing', what: 'empty', span: spanOf(node) };
  const lowered = lowerer.statement(inner);
  return lowered.kind === 'expression' ? { ...lowered, span: spanOf(node) } : lowered;
};

export const lowerIf: StatementHandler = (node, lowerer) => ({
  kind: 'if',
  condition: lowerer.expression(need(node, 'condition')),
  consequence: lowerer.statement(field(node, 'consequence')),
  otherwise: lowerer.optionalStatement(field(node, 'alternative')),
  span: spanOf(node),
});

export const lowerWhile: StatementHandler = (node, lowerer) => ({
  kind: 'loop',
  init: [],
  condition: lowerer.expression(need(node, 'condition')),
  step: [],
  body: lowerer.statement(field(node, 'body')),
  bodyFirst: node.type.startsWith('do'),
  orElse: lowerer.optionalStatement(field(node, 'alternative')),
  span: spanOf(node),
});

export const lowerReturn: StatementHandler = (node, lowerer) => ({
  kind: 'return',
  value: lowerer.optional(codeChildren(node)[0] ?? null),
  span: spanOf(node),
});

export const lowerThrow: StatementHandler = (node, lowerer) => ({
  kind: 'throw',
  value: lowerer.optional(codeChildren(node)[0] ?? null),
  span: spanOf(node),
});

export const lowerBreak: StatementHandler = (node) => lowerJump(node, 'break');
export const lowerContinue: StatementHandler = (node) => lowerJump(node, 'continue');

function lowerJump(node: Node, kind: 'break' | 'continue'): Statement {
  const label = codeChildren(node)[0];
  return { kind, label: label === undefined ? null : label.text, span: spanOf(node) };
}

/** An expression whose value is not known but whose parts are ordinary: no variable in it is changed. */
export function opaque(node: Node, what: string, children: readonly Expression[]): Expression {
  return { kind: 'unknown', what, names: [], children, span: spanOf(node) };
}

/** Part of a text that is constant without its exact spelling being known. */
export function someText(node: Node): Expression {
  return { kind: 'template', parts: [], span: spanOf(node) };
}

/** A pattern's names bound to parts of a value: `const { a, b: c } = v` as `a = v.a`, `c = v.b`. */
export interface Binding {
  readonly name: string;
  readonly value: Expression;
}
