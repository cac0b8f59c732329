// Ruby statements to IR, and the language's tables.
import type { Node } from 'web-tree-sitter';
import type { Expression, Statement, SwitchCase } from '../ir.ts';
import { lowerNothing, opaque } from './common.ts';
import {
  childrenOfType,
  codeChildren,
  constantNode,
  field,
  type Lowerer,
  type LoweringTables,
  need,
  spanOf,
} from './lowerer.ts';
import { bodyOf, defineClass, defineMethod, lowerBodies } from './ruby-definitions.ts';
import { lowerTarget, RUBY_EXPRESSIONS } from './ruby-expressions.ts';
import { valueChildren } from './ruby-text.ts';

function conditionOf(node: Node, lowerer: Lowerer): Expression {
  const given = lowerer.expression(need(node, 'condition'));
  return /^(unless|until)/.test(node.type)
    ? { kind: 'unary', operator: '!', operand: given, span: given.span }
    : given;
}

function lowerIf(node: Node, lowerer: Lowerer): Statement {
  const alternative = field(node, 'alternative');
  const body = field(node, 'body');
  return {
    kind: 'if',
    condition: conditionOf(node, lowerer),
    consequence: body === null ? bodyOf(field(node, 'consequence'), lowerer) : lowerer.statement(body),
    otherwise:
      alternative === null
        ? null
        : alternative.type === 'elsif'
          ? lowerIf(alternative, lowerer)
          : bodyOf(alternative, lowerer),
    span: spanOf(node),
  };
}

function lowerWhile(node: Node, lowerer: Lowerer): Statement {
  const body = field(node, 'body');
  return {
    kind: 'loop',
    init: [],
    condition: conditionOf(node, lowerer),
    step: [],
    body: body?.type === 'do' ? bodyOf(body, lowerer) : lowerer.statement(body),
    bodyFirst: body?.type === 'begin',
    orElse: null,
    span: spanOf(node),
  };
}

function lowerFor(node: Node, lowerer: Lowerer): Statement {
  const source = field(node, 'value');
  return {
    kind: 'foreach',
    targets: [lowerTarget(need(node, 'pattern'), lowerer)],
    declares: false,
    iterable: lowerer.expression(source === null ? node : (codeChildren(source)[0] ?? source)),
    body: bodyOf(field(node, 'body'), lowerer),
    orElse: null,
    span: spanOf(node),
  };
}

const PLAIN_LABELS = /^(string|integer|nil|true|false|simple_symbol)$/;

/** `when` asks by `===`, which for texts, numbers and symbols is equality; `in` matches patterns that bind names. */
function labelsOf(clause: Node, lowerer: Lowerer): Expression[] {
  const patterns = clause.childrenForFieldName('pattern').filter((pattern) => pattern.isNamed);
  if (clause.type === 'in_clause') return patterns.map((pattern) => lowerer.unknown(pattern));
  return patterns.map((pattern) => {
    const inner = codeChildren(pattern)[0] ?? pattern;
    return PLAIN_LABELS.test(inner.type) ? lowerer.expression(inner) : opaque(inner, 'pattern', []);
  });
}

function lowerCase(node: Node, lowerer: Lowerer): Statement {
  const cases = childrenOfType(node, 'when', 'in_clause', 'else').map((clause): SwitchCase => {
    const guard = field(clause, 'guard');
    const isElse = clause.type === 'else';
    return {
      labels: isElse ? null : labelsOf(clause, lowerer),
      guard: guard === null ? null : opaque(guard, 'guard', []),
      body: isElse ? lowerBodies(clause, lowerer) : [bodyOf(field(clause, 'body'), lowerer)],
      span: spanOf(clause),
    };
  });
  return {
    kind: 'switch',
    subject: lowerer.optional(field(node, 'value')),
    cases,
    fallsThrough: false,
    span: spanOf(node),
  };
}

/** `next` and `break` leave a block as `return` leaves a function; in a loop they are the loop's own. */
function lowerJump(node: Node, lowerer: Lowerer): Statement {
  for (let outer = node.parent; outer !== null; outer = outer.parent) {
    if (/^(while|until|for)(_modifier)?$/.test(outer.type))
      return { kind: node.type === 'next' ? 'continue' : 'break', label: null, span: spanOf(node) };
    if (/^(do_block|block|lambda|method|singleton_method)$/.test(outer.type)) break;
  }
  return lowerReturn(node, lowerer);
}

function lowerReturn(node: Node, lowerer: Lowerer): Statement {
  const [given] = valueChildren(node);
  const values =
    given === undefined
      ? []
      : lowerer.expressions(given.type === 'argument_list' ? valueChildren(given) : [given]);
  const value: Expression | null =
    values.length > 1 ? { kind: 'list', elements: values, span: spanOf(node) } : (values[0] ?? null);
  return { kind: 'return', value, span: spanOf(node) };
}

/** `x = if c then a else b end`: the last value of every way is what is assigned. */
function lowerAssignment(node: Node, lowerer: Lowerer): Statement {
  const right = field(node, 'right');
  const left = need(node, 'left');
  const span = spanOf(node);
  const isBranch = right !== null && /^(if|unless|case|case_match|begin)$/.test(right.type);
  if (!isBranch || left.type !== 'identifier' || node.type !== 'assignment')
    return { kind: 'expression', expression: lowerer.expression(node), span };
  return assignLast(lowerer.statement(right), lowerTarget(left, lowerer), node);
}

function assignLast(statement: Statement, target: Expression, node: Node): Statement {
  const span = spanOf(node);
  const last = (body: readonly Statement[]): Statement[] => {
    const final = body.at(-1);
    return final === undefined
      ? [nothingTo(target, node)]
      : [...body.slice(0, -1), assignLast(final, target, node)];
  };
  switch (statement.kind) {
    case 'expression':
      return {
        kind: 'expression',
        expression: { kind: 'assign', target, operator: null, value: statement.expression, span },
        span: statement.span,
      };
    case 'block':
      return { ...statement, body: last(statement.body) };
    case 'if':
      return {
        ...statement,
        consequence: assignLast(statement.consequence, target, node),
        otherwise:
          statement.otherwise === null
            ? nothingTo(target, node)
            : assignLast(statement.otherwise, target, node),
      };
    case 'switch': {
      const cases = statement.cases.map((entry) => ({ ...entry, body: last(entry.body) }));
      const isOpen = cases.every(({ labels }) => labels !== null);
      const none: SwitchCase = { labels: null, guard: null, body: [nothingTo(target, node)], span };
      return { ...statement, cases: isOpen ? [...cases, none] : cases };
    }
    case 'return':
    case 'break':
    case 'continue':
    case 'throw':
      return statement;
    default: {
      const value = opaque(node, 'a value of several ways', []);
      const assign: Statement = {
        kind: 'expression',
        expression: { kind: 'assign', target, operator: null, value, span },
        span,
      };
      return { kind: 'block', body: [statement, assign], scoped: false, span: statement.span };
    }
  }
}

function nothingTo(target: Expression, node: Node): Statement {
  const value = constantNode(node, { kind: 'null', value: null });
  const span = spanOf(node);
  return { kind: 'expression', expression: { kind: 'assign', target, operator: null, value, span }, span };
}

const lowerBegin = (node: Node, lowerer: Lowerer): Statement => bodyOf(node, lowerer);

export const RUBY: LoweringTables = {
  transparent: [],
  identifiers: ['identifier', 'constant'],
  expressions: RUBY_EXPRESSIONS,
  statements: {
    comment: lowerNothing('comment'),
    empty_statement: lowerNothing('empty'),
    heredoc_body: lowerNothing('empty'),
    uninterpreted: lowerNothing('empty'),
    alias: lowerNothing('empty'),
    undef: lowerNothing('empty'),
    module: defineClass,
    class: defineClass,
    singleton_class: (node, lowerer) => bodyOf(field(node, 'body'), lowerer),
    method: defineMethod,
    singleton_method: defineMethod,
    body_statement: lowerBegin,
    block_body: lowerBegin,
    begin: lowerBegin,
    begin_block: lowerBegin,
    end_block: lowerBegin,
    parenthesized_statements: lowerBegin,
    assignment: lowerAssignment,
    if: lowerIf,
    unless: lowerIf,
    if_modifier: lowerIf,
    unless_modifier: lowerIf,
    while: lowerWhile,
    until: lowerWhile,
    while_modifier: lowerWhile,
    until_modifier: lowerWhile,
    for: lowerFor,
    case: lowerCase,
    case_match: lowerCase,
    return: lowerReturn,
    next: lowerJump,
    break: lowerJump,
  },
};
