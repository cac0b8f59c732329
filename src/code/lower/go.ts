// Go statements to IR; with the tables of the language.

import type { Node } from 'web-tree-sitter';
import type { Expression, Statement, SwitchCase } from '../ir.ts';
import {
  lowerBlock,
  lowerBreak,
  lowerContinue,
  lowerExpressionStatement,
  lowerNothing,
  lowerUpdate,
  opaque,
} from './common.ts';
import { defineFunction } from './go-definitions.ts';
import { GO_EXPRESSIONS } from './go-expressions.ts';
import { listed, lowerAssignment, lowerDeclare, lowerSpecs } from './go-variables.ts';
import {
  childOfType,
  childrenOfType,
  codeChildren,
  field,
  type Lowerer,
  type LoweringTables,
  need,
  spanOf,
  textOf,
} from './lowerer.ts';

/** `if x := f(); c {…}`: the initialiser's names live in the statement only. */
function withInitializer(node: Node, inner: Statement, lowerer: Lowerer): Statement {
  const initial = field(node, 'initializer');
  return initial === null
    ? inner
    : { kind: 'block', body: [...lowerer.statements([initial]), inner], scoped: true, span: spanOf(node) };
}

function lowerIf(node: Node, lowerer: Lowerer): Statement {
  return withInitializer(
    node,
    {
      kind: 'if',
      condition: lowerer.expression(need(node, 'condition')),
      consequence: lowerer.statement(field(node, 'consequence')),
      otherwise: lowerer.optionalStatement(field(node, 'alternative')),
      span: spanOf(node),
    },
    lowerer,
  );
}

function lowerFor(node: Node, lowerer: Lowerer): Statement {
  const [head] = codeChildren(node);
  const body = lowerer.statement(field(node, 'body'));
  const span = spanOf(node);
  if (head?.type === 'range_clause') {
    const left = listed(field(head, 'left'));
    const declares = head.children.some((child) => child.type === ':=');
    const targets = left.length === 2 ? [left[1] ?? head] : left;
    const keys = left.length === 2 && left[0] !== undefined ? [left[0]] : [];
    const iterable = lowerer.expression(need(head, 'right'));
    // A lone target of `range` is the index.
    const index: Statement[] = keys.map((key) => ({
      kind: 'declare',
      name: key.text,
      type: null,
      value: opaque(key, 'index', []),
      isConstant: false,
      scope: 'block',
      isArray: false,
      span: spanOf(key),
    }));
    const loop: Statement = {
      kind: 'foreach',
      targets: lowerer.expressions(left.length === 2 ? targets : left.flatMap((one) => [one, one])),
      declares,
      iterable,
      body,
      orElse: null,
      span,
    };
    return { kind: 'block', body: [...index, loop], scoped: true, span };
  }
  const clause = head?.type === 'for_clause' ? head : null;
  const condition =
    clause === null
      ? head !== undefined && head.type !== 'block'
        ? head
        : null
      : field(clause, 'condition');
  const update = clause === null ? null : field(clause, 'update');
  const steps =
    update === null
      ? []
      : lowerer.statements([update]).flatMap((step) => (step.kind === 'expression' ? [step.expression] : []));
  const init = clause === null ? null : field(clause, 'initializer');
  return {
    kind: 'loop',
    init: init === null ? [] : lowerer.statements([init]),
    condition: lowerer.optional(condition),
    step: steps,
    body,
    bodyFirst: false,
    orElse: null,
    span,
  };
}

function lowerSwitch(node: Node, lowerer: Lowerer): Statement {
  const groups = childrenOfType(node, 'expression_case', 'default_case', 'type_case', 'communication_case');
  // `fallthrough` ends some cases and not others: not modelled.
  if (/\bfallthrough\b/.test(node.text))
    return { kind: 'unknown', what: 'fallthrough', children: [], span: spanOf(node) };
  const cases = groups.map((group): SwitchCase => {
    const communication = field(group, 'communication');
    const labels =
      group.type === 'expression_case'
        ? lowerer.expressions(listed(field(group, 'value')))
        : [opaque(group, group.type, [])];
    const lists = childOfType(group, 'statement_list');
    const body = [
      ...(communication === null ? [] : [communication]),
      ...(lists === null ? [] : codeChildren(lists)),
    ];
    return {
      labels: group.type === 'default_case' ? null : labels,
      guard: null,
      body: lowerer.statements(body),
      span: spanOf(group),
    };
  });
  const value = field(node, 'value');
  const alias = field(node, 'alias');
  const names: Statement[] = listed(alias).map((name) => ({
    kind: 'declare',
    name: name.text,
    type: null,
    value: lowerer.optional(value),
    isConstant: false,
    scope: 'block',
    isArray: false,
    span: spanOf(name),
  }));
  const subject =
    node.type === 'expression_switch_statement' ? lowerer.optional(value) : opaque(node, node.type, []);
  const inner: Statement = { kind: 'switch', subject, cases, fallsThrough: false, span: spanOf(node) };
  return withInitializer(
    node,
    names.length === 0 ? inner : { kind: 'block', body: [...names, inner], scoped: true, span: spanOf(node) },
    lowerer,
  );
}

function lowerImport(node: Node, lowerer: Lowerer): Statement {
  for (const spec of node.descendantsOfType('import_spec')) {
    if (spec === null) continue;
    const path = textOf(field(spec, 'path')).slice(1, -1);
    const name = field(spec, 'name');
    if (name?.type === 'dot') lowerer.stars.push(path);
    // The last segment names the package, past a major version.
    const last = path.replace(/\/v\d+$/, '');
    lowerer.imports.push({
      local: name?.type === 'package_identifier' ? name.text : last.slice(last.lastIndexOf('/') + 1),
      path,
      span: spanOf(spec),
    });
  }
  return { kind: 'nothing', what: 'import', span: spanOf(node) };
}

const lowerFunction = (node: Node, lowerer: Lowerer): Statement => ({
  kind: 'function',
  definition: defineFunction(node, lowerer),
  span: spanOf(node),
});

const lowerFirst = (node: Node, lowerer: Lowerer): Statement => ({
  kind: 'defer',
  expression: lowerer.expression(codeChildren(node)[0] ?? node),
  span: spanOf(node),
});

export const GO: LoweringTables = {
  transparent: ['parenthesized_expression'],
  identifiers: ['identifier'],
  expressions: GO_EXPRESSIONS,
  statements: {
    comment: lowerNothing('comment'),
    package_clause: lowerNothing('import'),
    import_declaration: lowerImport,
    type_declaration: lowerNothing('type'),
    const_declaration: lowerSpecs,
    var_declaration: lowerSpecs,
    short_var_declaration: lowerDeclare,
    assignment_statement: lowerAssignment,
    receive_statement: (node, lowerer) => ({
      kind: 'expression',
      expression: lowerer.unknown(node),
      span: spanOf(node),
    }),
    send_statement: (node, lowerer) => ({
      kind: 'expression',
      expression: opaque(node, 'send', lowerer.expressions(codeChildren(node))),
      span: spanOf(node),
    }),
    inc_statement: (node, lowerer) => ({
      kind: 'expression',
      expression: lowerUpdate(node, lowerer),
      span: spanOf(node),
    }),
    dec_statement: (node, lowerer) => ({
      kind: 'expression',
      expression: lowerUpdate(node, lowerer),
      span: spanOf(node),
    }),
    expression_statement: lowerExpressionStatement,
    empty_statement: lowerNothing('empty'),
    statement_list: (node, lowerer) => lowerer.block(node, false),
    block: lowerBlock,
    if_statement: lowerIf,
    for_statement: lowerFor,
    expression_switch_statement: lowerSwitch,
    type_switch_statement: lowerSwitch,
    select_statement: lowerSwitch,
    return_statement: (node, lowerer) => {
      const [given] = codeChildren(node);
      const values = listed(given ?? null);
      const value: Expression | null =
        values.length > 1
          ? { kind: 'list', elements: lowerer.expressions(values), span: spanOf(node) }
          : lowerer.optional(values[0] ?? null);
      return { kind: 'return', value, span: spanOf(node) };
    },
    expression_list: (node, lowerer) => ({
      kind: 'expression',
      expression: { kind: 'list', elements: lowerer.expressions(codeChildren(node)), span: spanOf(node) },
      span: spanOf(node),
    }),
    break_statement: lowerBreak,
    continue_statement: lowerContinue,
    goto_statement: (node) => ({
      kind: 'goto',
      label: textOf(codeChildren(node)[0] ?? null),
      span: spanOf(node),
    }),
    labeled_statement: (node, lowerer) => ({
      kind: 'labeled',
      label: textOf(field(node, 'label')),
      body: lowerer.statement(codeChildren(node)[1] ?? null),
      isJumpTarget: false,
      span: spanOf(node),
    }),
    go_statement: lowerFirst,
    defer_statement: lowerFirst,
    function_declaration: lowerFunction,
    method_declaration: lowerFunction,
  },
};
