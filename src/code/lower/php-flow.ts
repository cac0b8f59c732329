// PHP branches, loops and jumps to IR.
import type { Node } from 'web-tree-sitter';
import type { Statement, SwitchCase } from '../ir.ts';
import {
  childOfType,
  childrenOfType,
  codeChildren,
  field,
  type Lowerer,
  need,
  spanOf,
  textOf,
} from './lowerer.ts';
import { callOf } from './php-calls.ts';
import { referTo } from './php-definitions.ts';
import { lowerPattern } from './php-expressions.ts';

const BREAKABLE: ReadonlySet<string> = new Set([
  'for_statement',
  'foreach_statement',
  'while_statement',
  'do_statement',
  'switch_statement',
]);
const FUNCTIONS: ReadonlySet<string> = new Set([
  'function_definition',
  'method_declaration',
  'anonymous_function',
  'anonymous_function_creation_expression',
]);

/** The loop or switch that is the given number of levels out, or null. */
function breakableAround(node: Node, levels: number): Node | null {
  let left = levels;
  for (let around = node.parent; around !== null && !FUNCTIONS.has(around.type); around = around.parent) {
    if (BREAKABLE.has(around.type) && --left === 0) return around;
  }
  return null;
}

/** `break 2` leaves two levels; `continue` of a `switch` is a `break` of it (PHP manual, control structures). */
export function lowerJump(node: Node): Statement {
  const levels = Number(codeChildren(node)[0]?.text ?? 1);
  const target = breakableAround(node, levels);
  const isBreak = node.type === 'break_statement' || target?.type === 'switch_statement';
  const label = levels > 1 ? labelOf(target ?? node) : null;
  return { kind: isBreak ? 'break' : 'continue', label, span: spanOf(node) };
}

function labelOf(node: Node): string {
  return `#${node.startIndex}`;
}

function labeled(node: Node, body: Statement): Statement {
  if (!/\b(break|continue)\s*\(?\s*[2-9]/i.test(node.text)) return body;
  return { kind: 'labeled', label: labelOf(node), body, isJumpTarget: false, span: body.span };
}

function bodyOf(node: Node, lowerer: Lowerer): Statement {
  const parts = node.childrenForFieldName('body').filter((child) => child.isNamed);
  const [only] = parts;
  return {
    kind: 'block',
    body: parts.length === 1 && only !== undefined ? [lowerer.statement(only)] : lowerer.statements(parts),
    scoped: false,
    span: only === undefined ? spanOf(node) : { ...spanOf(only), ...endOf(parts.at(-1) ?? only) },
  };
}

function endOf(node: Node): { end: number; endLine: number; endColumn: number } {
  const { end, endLine, endColumn } = spanOf(node);
  return { end, endLine, endColumn };
}

export function lowerIf(node: Node, lowerer: Lowerer): Statement {
  const branches = node.childrenForFieldName('alternative').filter((child) => child.isNamed);
  const otherwise = branches.reduceRight<Statement | null>(
    (rest, branch) =>
      branch.type === 'else_clause'
        ? bodyOf(branch, lowerer)
        : {
            kind: 'if',
            condition: lowerer.expression(need(branch, 'condition')),
            consequence: bodyOf(branch, lowerer),
            otherwise: rest,
            span: spanOf(branch),
          },
    null,
  );
  const condition = lowerer.expression(need(node, 'condition'));
  return { kind: 'if', condition, consequence: bodyOf(node, lowerer), otherwise, span: spanOf(node) };
}

export function lowerLoop(node: Node, lowerer: Lowerer): Statement {
  const init = field(node, 'initialize');
  const condition = field(node, 'condition');
  const step = field(node, 'update');
  const loop: Statement = {
    kind: 'loop',
    init: init === null ? [] : lowerer.statements([init]),
    condition: lowerer.optional(condition),
    step: step === null ? [] : [lowerer.expression(step)],
    body: bodyOf(node, lowerer),
    bodyFirst: node.type === 'do_statement',
    orElse: null,
    span: spanOf(node),
  };
  return labeled(node, loop);
}

export function lowerForEach(node: Node, lowerer: Lowerer): Statement {
  const [source = node, target = node] = codeChildren(node);
  const targets = (target.type === 'pair' ? codeChildren(target) : [target]).map((one) => {
    if (one.type === 'dynamic_variable_name') return callOf(one, '$$', []);
    return one.type === 'list_literal' ? lowerPattern(one, lowerer) : lowerer.expression(one);
  });
  const isShared = target.text.includes('&');
  const value = lowerer.expression(source);
  const body = bodyOf(node, lowerer);
  // A computed target is a call, evaluated where it would be assigned.
  const writes = targets.filter((one) => one.kind === 'call');
  const loop: Statement = {
    kind: 'foreach',
    targets: targets.filter((one) => one.kind !== 'call'),
    declares: false,
    iterable: isShared ? referTo(source, value) : value,
    body: {
      kind: 'block',
      body: [
        ...writes.map((one): Statement => ({ kind: 'expression', expression: one, span: one.span })),
        body,
      ],
      scoped: false,
      span: body.span,
    },
    orElse: null,
    span: spanOf(node),
  };
  return labeled(node, loop);
}

export function lowerSwitch(node: Node, lowerer: Lowerer): Statement {
  const cases = childrenOfType(need(node, 'body'), 'case_statement', 'default_statement').map(
    (entry): SwitchCase => {
      const value = field(entry, 'value');
      return {
        labels: value === null ? null : [lowerer.expression(value)],
        guard: null,
        body: lowerer.statements(codeChildren(entry).filter(({ id }) => id !== value?.id)),
        span: spanOf(entry),
      };
    },
  );
  const subject = lowerer.expression(need(node, 'condition'));
  return labeled(node, { kind: 'switch', subject, cases, fallsThrough: true, span: spanOf(node) });
}

export function lowerTry(node: Node, lowerer: Lowerer): Statement {
  const last = childOfType(node, 'finally_clause');
  const catches = childrenOfType(node, 'catch_clause').map((clause) => ({
    name: textOf(field(clause, 'name')) || null,
    body: lowerer.statements(codeChildren(need(clause, 'body'))),
    span: spanOf(clause),
  }));
  return {
    kind: 'try',
    resources: [],
    body: lowerer.statement(field(node, 'body')),
    catches,
    orElse: null,
    finalizer: last === null ? null : lowerer.statement(field(last, 'body')),
    span: spanOf(node),
  };
}
