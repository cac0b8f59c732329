// Go syntax to IR.
import type { Node } from 'web-tree-sitter';
import type { Expression, FunctionDefinition, Parameter, Statement, SwitchCase } from '../ir.ts';
import {
  lowerBinary,
  lowerBlock,
  lowerBreak,
  lowerContinue,
  lowerExpressionStatement,
  lowerFalse,
  lowerName,
  lowerNothing,
  lowerNull,
  lowerNumber,
  lowerTrue,
  lowerUnary,
  lowerUpdate,
  opaque,
  operatorOf,
} from './common.ts';
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

const listed = (node: Node | null): Node[] =>
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

function lowerDeclare(node: Node, lowerer: Lowerer): Statement[] {
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

function lowerAssignment(node: Node, lowerer: Lowerer): Statement[] {
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

function lowerPointer(node: Node, lowerer: Lowerer): Expression {
  const operator = textOf(field(node, 'operator'));
  const operand = need(node, 'operand');
  if (operator === '&')
    return { kind: 'reference', operand: lowerer.expression(operand), span: spanOf(node) };
  if (operator === '*')
    return { kind: 'dereference', operand: lowerer.expression(operand), span: spanOf(node) };
  return operator === '<-' || operator === '^'
    ? opaque(node, operator, [lowerer.expression(operand)])
    : lowerUnary(node, lowerer);
}

function lowerComposite(node: Node, lowerer: Lowerer): Expression {
  const elements = codeChildren(need(node, 'body'));
  const inner = (element: Node | null): Expression => {
    const content =
      element === null
        ? null
        : element.type === 'literal_element'
          ? (codeChildren(element)[0] ?? null)
          : element;
    if (content === null) return opaque(node, 'element', []);
    return content.type === 'literal_value'
      ? { kind: 'list', elements: codeChildren(content).map(inner), span: spanOf(content) }
      : lowerer.expression(content);
  };
  if (elements.some((element) => element.type === 'keyed_element')) {
    const entries = elements.map((element) => {
      const key = field(element, 'key');
      const name = key === null ? null : (codeChildren(key)[0] ?? null);
      return {
        key: name?.type === 'identifier' ? stringNode(name, name.text) : inner(key),
        value: inner(field(element, 'value') ?? element),
      };
    });
    return { kind: 'map', entries, span: spanOf(node) };
  }
  return { kind: 'list', elements: elements.map(inner), span: spanOf(node) };
}

function lowerCall(node: Node, lowerer: Lowerer): Expression {
  const given = field(node, 'arguments');
  const args = (given === null ? [] : codeChildren(given)).map(
    (child): Expression =>
      child.type === 'variadic_argument'
        ? {
            kind: 'spread',
            operand: lowerer.expression(codeChildren(child)[0] ?? child),
            span: spanOf(child),
          }
        : /_type$/.test(child.type)
          ? nameNode(child)
          : lowerer.expression(child),
  );
  return {
    kind: 'call',
    callee: lowerer.expression(need(node, 'function')),
    arguments: positional(args),
    isNew: false,
    span: spanOf(node),
  };
}

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

function parametersOf(node: Node | null): Parameter[] {
  if (node === null) return [];
  return codeChildren(node).flatMap((parameter) =>
    parameter
      .childrenForFieldName('name')
      .filter((child) => child.isNamed)
      .map((name) => ({
        name: name.text,
        type: plainType(field(parameter, 'type')),
        defaultValue: null,
        annotations: [],
      })),
  );
}

function defineFunction(node: Node, lowerer: Lowerer): FunctionDefinition {
  const body = field(node, 'body');
  const kind =
    node.type === 'func_literal' ? 'lambda' : node.type === 'method_declaration' ? 'method' : 'function';
  const block = body === null ? null : lowerer.block(body, false);
  return lowerer.defineFunction({
    name: textOf(field(node, 'name')),
    kind,
    parameters: [
      ...parametersOf(field(node, 'receiver')),
      ...parametersOf(field(node, 'parameters')),
      ...parametersOf(field(node, 'result')),
    ],
    body: block?.kind === 'block' ? block.body : [],
    annotations: [],
    ownsAssigned: false,
    span: spanOf(node),
  });
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
const lowerSpecs = (node: Node, lowerer: Lowerer): Statement[] => {
  const specs = [
    ...childrenOfType(node, 'var_spec', 'const_spec'),
    ...childrenOfType(node, 'var_spec_list').flatMap((list) => childrenOfType(list, 'var_spec')),
  ];
  return specs.flatMap((spec) => lowerDeclare(spec, lowerer));
};
const lowerFirst = (node: Node, lowerer: Lowerer): Statement => ({
  kind: 'defer',
  expression: lowerer.expression(codeChildren(node)[0] ?? node),
  span: spanOf(node),
});

export const GO: LoweringTables = {
  transparent: ['parenthesized_expression'],
  identifiers: ['identifier'],
  expressions: {
    identifier: lowerName,
    package_identifier: lowerName,
    blank_identifier: lowerName,
    int_literal: lowerNumber,
    float_literal: lowerNumber,
    true: lowerTrue,
    false: lowerFalse,
    nil: lowerNull,
    interpreted_string_literal: (node) =>
      stringNode(node, decodeEscapes(node.text.slice(1, -1), DIALECTS.go)),
    raw_string_literal: (node) => stringNode(node, node.text.slice(1, -1).replaceAll('\r', '')),
    rune_literal: (node, lowerer) => {
      const value = decodeEscapes(node.text.slice(1, -1), DIALECTS.go);
      return value === null ? lowerer.unknown(node) : constantNode(node, { kind: 'char', value });
    },
    binary_expression: lowerBinary,
    unary_expression: lowerPointer,
    call_expression: lowerCall,
    selector_expression: (node, lowerer) => ({
      kind: 'member',
      object: lowerer.expression(need(node, 'operand')),
      name: textOf(field(node, 'field')),
      span: spanOf(node),
    }),
    index_expression: (node, lowerer) => ({
      kind: 'index',
      object: lowerer.expression(need(node, 'operand')),
      index: lowerer.expression(need(node, 'index')),
      span: spanOf(node),
    }),
    slice_expression: (node, lowerer) => ({
      kind: 'slice',
      object: lowerer.expression(need(node, 'operand')),
      bounds: ['start', 'end'].flatMap((part) => lowerer.optional(field(node, part)) ?? []),
      span: spanOf(node),
    }),
    composite_literal: lowerComposite,
    func_literal: (node, lowerer) => ({
      kind: 'lambda',
      definition: defineFunction(node, lowerer),
      span: spanOf(node),
    }),
    type_assertion_expression: (node, lowerer) => ({
      kind: 'cast',
      type: plainType(field(node, 'type')) ?? '',
      operand: lowerer.expression(need(node, 'operand')),
      span: spanOf(node),
    }),
    type_conversion_expression: (node, lowerer) => ({
      kind: 'cast',
      type: plainType(field(node, 'type')) ?? '',
      operand: lowerer.expression(need(node, 'operand')),
      span: spanOf(node),
    }),
  },
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
