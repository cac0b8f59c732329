// PHP statements to IR, and the language's tables.
import type { Node } from 'web-tree-sitter';
import type { Expression, Statement, SwitchCase } from '../ir.ts';
import { lowerNothing, lowerReturn, opaque } from './common.ts';
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
  spanOf,
  textOf,
} from './lowerer.ts';
import { lowerClass, lowerFunction, referTo } from './php-definitions.ts';
import { callOf, lowerPattern, PHP_EXPRESSIONS } from './php-expressions.ts';

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
function lowerJump(node: Node): Statement {
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

function lowerIf(node: Node, lowerer: Lowerer): Statement {
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

function lowerLoop(node: Node, lowerer: Lowerer): Statement {
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

function lowerForEach(node: Node, lowerer: Lowerer): Statement {
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

function lowerSwitch(node: Node, lowerer: Lowerer): Statement {
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

function lowerTry(node: Node, lowerer: Lowerer): Statement {
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

function statementOf(node: Node, expression: Expression): Statement {
  return { kind: 'expression', expression, span: spanOf(node) };
}

/** Several values given to `echo` are its arguments. */
function echoOf(node: Node, lowerer: Lowerer): Statement {
  const values = codeChildren(node).flatMap((child) =>
    child.type === 'sequence_expression' ? codeChildren(child) : [child],
  );
  return statementOf(node, callOf(node, 'echo', lowerer.expressions(values)));
}

function isAfterEchoTag(node: Node): boolean {
  const before = node.previousNamedSibling;
  const tag = before?.type === 'text_interpolation' ? before.lastNamedChild : before;
  return tag?.type === 'php_tag' && tag.text === '<?=';
}

function exitOf(node: Node, lowerer: Lowerer): Statement[] {
  const span = spanOf(node);
  return [
    statementOf(node, callOf(node, 'exit', lowerer.expressions(codeChildren(node)))),
    { kind: 'throw', value: null, span },
  ];
}

function lowerExpressionStatement(node: Node, lowerer: Lowerer): Statement | readonly Statement[] {
  const [inner] = codeChildren(node);
  if (inner === undefined) return { kind: 'nothing', what: 'empty', span: spanOf(node) };
  if (isAfterEchoTag(node)) return echoOf(node, lowerer);
  const called = inner.type === 'function_call_expression' ? textOf(field(inner, 'function')) : inner.text;
  if (/^\\?(die|exit)$/i.test(called))
    return [statementOf(node, lowerer.expression(inner)), { kind: 'throw', value: null, span: spanOf(node) }];
  if (inner.type === 'throw_expression')
    return { kind: 'throw', value: lowerer.optional(codeChildren(inner)[0] ?? null), span: spanOf(node) };
  return statementOf(node, lowerer.expression(inner));
}

/** `use A\B as C;`, `use A\{B, C as D};`, `use function a\f;` */
function lowerUse(node: Node, lowerer: Lowerer): Statement {
  const span = spanOf(node);
  const group = field(node, 'body');
  const prefix = group === null ? '' : `${textOf(childOfType(node, 'namespace_name'))}\\`;
  for (const clause of (group ?? node).descendantsOfType('namespace_use_clause')) {
    if (clause === null) continue;
    const alias = textOf(field(clause, 'alias'));
    const name = codeChildren(clause).find(({ type }) => type === 'qualified_name' || type === 'name');
    const path = `${prefix}${textOf(name ?? null)}`.replace(/^\\/, '').replaceAll('\\', '.');
    lowerer.imports.push({ local: alias || path.slice(path.lastIndexOf('.') + 1), path, span });
  }
  return { kind: 'nothing', what: 'import', span };
}

function declare(node: Node, name: string, value: Expression, isConstant: boolean): Statement {
  return {
    kind: 'declare',
    name,
    type: null,
    value,
    isConstant,
    scope: 'function',
    isArray: false,
    span: spanOf(node),
  };
}

function lowerUnset(node: Node): Statement[] {
  return childrenOfType(node, 'variable_name').map((name) => {
    const value = constantNode(name, { kind: 'null', value: null });
    return statementOf(node, {
      kind: 'assign',
      target: nameNode(name),
      operator: null,
      value,
      span: spanOf(name),
    });
  });
}

const lowerInside = (node: Node, lowerer: Lowerer): Statement => lowerer.block(node, false);

export const PHP: LoweringTables = {
  transparent: ['parenthesized_expression'],
  identifiers: ['variable_name'],
  expressions: PHP_EXPRESSIONS,
  statements: {
    comment: lowerNothing('comment'),
    php_tag: lowerNothing('empty'),
    php_end_tag: lowerNothing('empty'),
    text: lowerNothing('empty'),
    text_interpolation: lowerNothing('empty'),
    empty_statement: lowerNothing('empty'),
    namespace_use_declaration: lowerUse,
    namespace_definition: (node, lowerer) => {
      const body = field(node, 'body');
      return body === null
        ? { kind: 'nothing', what: 'import', span: spanOf(node) }
        : lowerInside(body, lowerer);
    },
    compound_statement: lowerInside,
    colon_block: lowerInside,
    declare_statement: (node, lowerer) => ({
      kind: 'block',
      body: lowerer.statements(codeChildren(node).filter(({ type }) => type !== 'declare_directive')),
      scoped: false,
      span: spanOf(node),
    }),
    expression_statement: lowerExpressionStatement,
    echo_statement: echoOf,
    exit_statement: exitOf,
    unset_statement: lowerUnset,
    const_declaration: (node, lowerer) =>
      childrenOfType(node, 'const_element').map((element) => {
        const [name, value = element] = codeChildren(element);
        return declare(element, textOf(name ?? null), lowerer.expression(value), true);
      }),
    global_declaration: (node) => ({
      kind: 'outer_names',
      names: codeChildren(node).map(({ text }) => text),
      span: spanOf(node),
    }),
    // A static variable keeps what earlier calls left in it.
    function_static_declaration: (node) =>
      childrenOfType(node, 'static_variable_declaration').map((one) =>
        declare(one, textOf(field(one, 'name')), opaque(one, 'a static variable', []), false),
      ),
    if_statement: lowerIf,
    while_statement: lowerLoop,
    do_statement: lowerLoop,
    for_statement: lowerLoop,
    foreach_statement: lowerForEach,
    switch_statement: lowerSwitch,
    try_statement: lowerTry,
    return_statement: lowerReturn,
    break_statement: lowerJump,
    continue_statement: lowerJump,
    goto_statement: (node) => ({ kind: 'goto', label: node.text, span: spanOf(node) }),
    named_label_statement: (node) => ({
      kind: 'labeled',
      label: node.text,
      body: { kind: 'nothing', what: 'empty', span: spanOf(node) },
      isJumpTarget: true,
      span: spanOf(node),
    }),
    function_definition: lowerFunction,
    class_declaration: lowerClass,
    interface_declaration: lowerClass,
    trait_declaration: lowerClass,
    enum_declaration: lowerClass,
  },
};
