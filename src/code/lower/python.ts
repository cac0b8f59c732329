// Python syntax to IR.
import type { Node } from 'web-tree-sitter';
import type {
  Argument,
  ClassDefinition,
  Expression,
  FieldDefinition,
  FunctionDefinition,
  Parameter,
  Statement,
  SwitchCase,
} from '../ir.ts';
import {
  lowerAssign,
  lowerAwait,
  lowerBinary,
  lowerBlock,
  lowerBreak,
  lowerContinue,
  lowerExpressionStatement,
  lowerFalse,
  lowerList,
  lowerName,
  lowerNothing,
  lowerNull,
  lowerNumber,
  lowerReturn,
  lowerSpread,
  lowerThrow,
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
  plainType,
  spanOf,
  stringNode,
  textOf,
} from './lowerer.ts';

function lowerString(node: Node, lowerer: Lowerer): Expression {
  const prefix = textOf(childOfType(node, 'string_start'))
    .replace(/["']+$/, '')
    .toLowerCase();
  const parts = node.namedChildren.filter(
    (child) => child.type === 'string_content' || child.type === 'interpolation',
  );
  const decode = (part: Node): Expression => {
    if (prefix.includes('f') && /\{\{|\}\}/.test(part.text)) return someText(part);
    if (part.text.includes('\\N{')) return someText(part);
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
  const isPlain = childOfType(node, 'type_conversion', 'format_specifier') === null;
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

function parametersOf(node: Node | null, lowerer: Lowerer): Parameter[] {
  return (node === null ? [] : codeChildren(node)).map((child) => {
    const inner =
      child.type === 'typed_parameter' ? (codeChildren(child)[0] ?? child) : (field(child, 'name') ?? child);
    const value = field(child, 'value');
    return {
      name: inner.text.replace(/^\*+/, ''),
      type: plainType(field(child, 'type')),
      defaultValue: value === null ? null : lowerer.expression(value),
      annotations: [],
    };
  });
}

function defineFunction(
  node: Node,
  lowerer: Lowerer,
  annotations: readonly string[] = [],
): FunctionDefinition {
  const body = need(node, 'body');
  const isLambda = node.type === 'lambda';
  const inClass =
    node.parent?.parent?.type === 'class_definition' ||
    node.parent?.parent?.parent?.type === 'class_definition';
  return lowerer.defineFunction({
    name: textOf(field(node, 'name')),
    kind: isLambda ? 'lambda' : inClass ? 'method' : 'function',
    parameters: parametersOf(field(node, 'parameters'), lowerer),
    body: isLambda
      ? [{ kind: 'return', value: lowerer.expression(body), span: spanOf(body) }]
      : lowerer.statements(codeChildren(body)),
    annotations,
    ownsAssigned: true,
    span: spanOf(node),
  });
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

function defineClass(node: Node, lowerer: Lowerer): ClassDefinition {
  const body = lowerer.statements(codeChildren(need(node, 'body')));
  const fields = body.flatMap((statement): FieldDefinition[] =>
    statement.kind === 'expression' &&
    statement.expression.kind === 'assign' &&
    statement.expression.target.kind === 'name'
      ? [
          {
            name: statement.expression.target.name,
            type: null,
            value: statement.expression.value,
            isStatic: true,
            isConstant: false,
            isPrivate: statement.expression.target.name.startsWith('_'),
            span: statement.span,
          },
        ]
      : [],
  );
  return lowerer.defineClass({
    name: textOf(field(node, 'name')),
    supers: codeChildren(field(node, 'superclasses') ?? need(node, 'name')).map((base) => base.text),
    fields,
    methods: body.flatMap((statement) => (statement.kind === 'function' ? [statement.definition] : [])),
    classes: body.flatMap((statement) => (statement.kind === 'class' ? [statement.definition] : [])),
    span: spanOf(node),
  });
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
  expressions: {
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
    set: lowerList,
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
  },
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
