// Python statements to IR; with the tables of the language.

import type { Node } from 'web-tree-sitter';
import type { Expression, Statement, SwitchCase } from '../ir.ts';
import {
  lowerBlock,
  lowerBreak,
  lowerContinue,
  lowerExpressionStatement,
  lowerNothing,
  lowerReturn,
  lowerThrow,
  opaque,
} from './common.ts';
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
import { defineClass, defineFunction } from './python-definitions.ts';
import { PYTHON_EXPRESSIONS } from './python-expressions.ts';

function lowerIf(node: Node, lowerer: Lowerer): Statement {
  const alternatives = node.childrenForFieldName('alternative');
  const chain = (index: number): Statement | null => {
    const next = alternatives[index];
    if (next === undefined) return null;
    if (next.type === 'else_clause') return lowerer.statement(field(next, 'body'));
    return {
      kind: 'if',
      condition: lowerer.expression(need(next, 'condition')),
      consequence: lowerer.statement(field(next, 'consequence')),
      otherwise: chain(index + 1),
      span: spanOf(next),
    };
  };
  return {
    kind: 'if',
    condition: lowerer.expression(need(node, 'condition')),
    consequence: lowerer.statement(field(node, 'consequence')),
    otherwise: chain(0),
    span: spanOf(node),
  };
}

function elseBody(node: Node, lowerer: Lowerer): Statement | null {
  const clause = childOfType(node, 'else_clause');
  return clause === null ? null : lowerer.statement(field(clause, 'body'));
}

function lowerFor(node: Node, lowerer: Lowerer): Statement {
  const left = need(node, 'left');
  const targets = /^(pattern_list|tuple_pattern|list_pattern)$/.test(left.type) ? codeChildren(left) : [left];
  return {
    kind: 'foreach',
    targets: lowerer.expressions(targets),
    declares: false,
    iterable: lowerer.expression(need(node, 'right')),
    body: lowerer.statement(field(node, 'body')),
    orElse: elseBody(node, lowerer),
    span: spanOf(node),
  };
}

const lowerWhile = (node: Node, lowerer: Lowerer): Statement => ({
  kind: 'loop',
  init: [],
  condition: lowerer.expression(need(node, 'condition')),
  step: [],
  body: lowerer.statement(field(node, 'body')),
  bodyFirst: false,
  orElse: elseBody(node, lowerer),
  span: spanOf(node),
});

/** A context manager may swallow an exception: what follows may be reached from anywhere in the body. */
function lowerWith(node: Node, lowerer: Lowerer): Statement {
  const clause = childOfType(node, 'with_clause');
  const items = clause === null ? [] : clause.descendantsOfType('with_item').filter((item) => item !== null);
  return {
    kind: 'try',
    resources: items.map((item) => lowerWithItem(need(item, 'value'), lowerer)),
    body: lowerer.statement(field(node, 'body')),
    catches: [{ name: null, body: [], span: spanOf(node) }],
    orElse: null,
    finalizer: null,
    span: spanOf(node),
  };
}

function lowerWithItem(value: Node, lowerer: Lowerer): Statement {
  const span = spanOf(value);
  const alias = value.type === 'as_pattern' ? field(value, 'alias') : null;
  const expression = lowerer.expression(
    value.type === 'as_pattern' ? (codeChildren(value)[0] ?? value) : value,
  );
  if (alias === null) return { kind: 'expression', expression, span };
  const target = lowerer.expression(codeChildren(alias)[0] ?? alias);
  return {
    kind: 'expression',
    expression: { kind: 'assign', target, operator: null, value: expression, span },
    span,
  };
}

function lowerTry(node: Node, lowerer: Lowerer): Statement {
  const last = childOfType(node, 'finally_clause');
  return {
    kind: 'try',
    resources: [],
    body: lowerer.statement(field(node, 'body')),
    catches: childrenOfType(node, 'except_clause', 'except_group_clause').map((clause) => {
      const body = childOfType(clause, 'block');
      const alias = field(field(clause, 'value') ?? clause, 'alias') ?? field(clause, 'alias');
      return {
        name: alias === null ? null : alias.text,
        body: body === null ? [] : lowerer.statements(codeChildren(body)),
        span: spanOf(clause),
      };
    }),
    orElse: elseBody(node, lowerer),
    finalizer: last === null ? null : lowerer.statement(childOfType(last, 'block')),
    span: spanOf(node),
  };
}

function lowerMatch(node: Node, lowerer: Lowerer): Statement {
  const cases = childrenOfType(need(node, 'body'), 'case_clause').map((clause): SwitchCase => {
    const patterns = childrenOfType(clause, 'case_pattern');
    const guard = field(clause, 'guard');
    const isWildcard = patterns.length === 1 && patterns[0]?.text === '_' && guard === null;
    const labels = patterns.flatMap((pattern) => lowerPattern(pattern, lowerer));
    const body = field(clause, 'consequence');
    return {
      labels: isWildcard ? null : labels,
      guard: guard === null ? null : lowerer.expression(codeChildren(guard)[0] ?? guard),
      body: body === null ? [] : lowerer.statements(codeChildren(body)),
      span: spanOf(clause),
    };
  });
  return {
    kind: 'switch',
    subject: lowerer.expression(need(node, 'subject')),
    cases,
    fallsThrough: false,
    span: spanOf(node),
  };
}

function lowerPattern(node: Node, lowerer: Lowerer): Expression[] {
  const inner = codeChildren(node);
  const [only] = inner;
  if (only?.type === 'union_pattern')
    return codeChildren(only).flatMap((option) =>
      isLiteral(option) ? [lowerer.expression(option)] : [lowerer.unknown(option)],
    );
  return [
    only !== undefined && inner.length === 1 && isLiteral(only)
      ? lowerer.expression(only)
      : lowerer.unknown(node),
  ];
}

function isLiteral(node: Node): boolean {
  return ['string', 'integer', 'true', 'false', 'none', 'concatenated_string'].includes(node.type);
}

function lowerDecorated(node: Node, lowerer: Lowerer): Statement {
  const definition = need(node, 'definition');
  const annotations = childrenOfType(node, 'decorator').map((decorator) =>
    decorator.text
      .slice(1)
      .replace(/\([\s\S]*$/, '')
      .trim(),
  );
  if (definition.type === 'class_definition')
    return { kind: 'class', definition: defineClass(definition, lowerer), span: spanOf(node) };
  return {
    kind: 'function',
    definition: defineFunction(definition, lowerer, annotations),
    span: spanOf(node),
  };
}

function lowerImport(node: Node, lowerer: Lowerer): Statement {
  const from = textOf(field(node, 'module_name'));
  const prefix = from === '' ? '' : from.endsWith('.') ? from : `${from}.`;
  for (const item of node.childrenForFieldName('name')) {
    const path = item.type === 'aliased_import' ? textOf(field(item, 'name')) : item.text;
    const alias = item.type === 'aliased_import' ? textOf(field(item, 'alias')) : null;
    // `import a.b` binds `a`; `import a.b as c` binds `a.b`.
    const first = path.split('.', 1)[0] ?? path;
    const binding =
      from === '' && alias === null
        ? { local: first, path: first }
        : { local: alias ?? path, path: `${prefix}${path}` };
    lowerer.imports.push({ ...binding, span: spanOf(node) });
  }
  if (childOfType(node, 'wildcard_import') !== null) lowerer.stars.push(from);
  return { kind: 'nothing', what: 'import', span: spanOf(node) };
}

export const PYTHON: LoweringTables = {
  transparent: ['parenthesized_expression', 'expression'],
  identifiers: ['identifier'],
  expressions: PYTHON_EXPRESSIONS,
  statements: {
    comment: lowerNothing('comment'),
    import_statement: lowerImport,
    import_from_statement: lowerImport,
    future_import_statement: lowerNothing('import'),
    type_alias_statement: lowerNothing('type'),
    pass_statement: lowerNothing('empty'),
    expression_statement: (node, lowerer) =>
      codeChildren(node).length > 1 ? lowerer.block(node, false) : lowerExpressionStatement(node, lowerer),
    block: lowerBlock,
    if_statement: lowerIf,
    for_statement: lowerFor,
    while_statement: lowerWhile,
    with_statement: lowerWith,
    try_statement: lowerTry,
    match_statement: lowerMatch,
    return_statement: lowerReturn,
    raise_statement: lowerThrow,
    break_statement: lowerBreak,
    continue_statement: lowerContinue,
    assert_statement: (node, lowerer) => ({
      kind: 'expression',
      expression: opaque(node, 'assert', lowerer.expressions(codeChildren(node))),
      span: spanOf(node),
    }),
    delete_statement: (node, lowerer) => ({
      kind: 'expression',
      expression: lowerer.unknown(node),
      span: spanOf(node),
    }),
    global_statement: (node) => ({
      kind: 'outer_names',
      names: codeChildren(node).map((name) => name.text),
      span: spanOf(node),
    }),
    nonlocal_statement: (node) => ({
      kind: 'outer_names',
      names: codeChildren(node).map((name) => name.text),
      span: spanOf(node),
    }),
    function_definition: (node, lowerer) => ({
      kind: 'function',
      definition: defineFunction(node, lowerer),
      span: spanOf(node),
    }),
    decorated_definition: lowerDecorated,
    class_definition: (node, lowerer) => ({
      kind: 'class',
      definition: defineClass(node, lowerer),
      span: spanOf(node),
    }),
    print_statement: (node, lowerer) => ({
      kind: 'expression',
      expression: opaque(node, 'print', lowerer.expressions(codeChildren(node))),
      span: spanOf(node),
    }),
    exec_statement: (node, lowerer) => ({
      kind: 'expression',
      expression: lowerer.unknown(node),
      span: spanOf(node),
    }),
  },
};
