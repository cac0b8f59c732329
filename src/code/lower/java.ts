// Java syntax to IR.
import type { Node } from 'web-tree-sitter';
import type {
  Argument,
  ClassDefinition,
  Expression,
  FieldDefinition,
  FunctionDefinition,
  FunctionKind,
  Parameter,
  Statement,
  SwitchCase,
} from '../ir.ts';
import {
  lowerAssign,
  lowerBinary,
  lowerBlock,
  lowerBreak,
  lowerContinue,
  lowerExpressionStatement,
  lowerFalse,
  lowerIf,
  lowerList,
  lowerName,
  lowerNothing,
  lowerNull,
  lowerNumber,
  lowerReturn,
  lowerTernary,
  lowerThrow,
  lowerTrue,
  lowerUnary,
  lowerUpdate,
  lowerWhile,
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

const argumentsOf = (node: Node | null, lowerer: Lowerer): Argument[] =>
  node === null ? [] : positional(lowerer.expressions(codeChildren(node)));

function lowerInvocation(node: Node, lowerer: Lowerer): Expression {
  const object = field(node, 'object');
  const name = need(node, 'name');
  const callee: Expression =
    object === null
      ? nameNode(name)
      : {
          kind: 'member',
          object: lowerer.expression(object),
          name: name.text,
          span: { ...spanOf(object), end: name.endIndex },
        };
  return {
    kind: 'call',
    callee,
    arguments: argumentsOf(field(node, 'arguments'), lowerer),
    isNew: false,
    span: spanOf(node),
  };
}

/** A dotted type name as a chain of members, so that it resolves like any other name. */
function typeChain(node: Node): Expression {
  const [first = '', ...rest] = (plainType(node) ?? node.text).split('.');
  let chain: Expression = nameNode(node, first.trim());
  for (const part of rest) chain = { kind: 'member', object: chain, name: part.trim(), span: spanOf(node) };
  return chain;
}

function lowerCreation(node: Node, lowerer: Lowerer): Expression {
  const body = childOfType(node, 'class_body');
  if (body !== null) lowerClass(node, lowerer);
  return {
    kind: 'call',
    callee: typeChain(need(node, 'type')),
    arguments: argumentsOf(field(node, 'arguments'), lowerer),
    isNew: true,
    span: spanOf(node),
  };
}

function lowerString(node: Node): Expression {
  const text = node.text;
  // A text block's indentation is stripped by rules of its own (JLS §3.10.6): only its being constant is kept.
  if (text.startsWith('"""')) return { kind: 'template', parts: [], span: spanOf(node) };
  return stringNode(node, decodeEscapes(text.slice(1, -1), DIALECTS.java));
}

function lowerCharacter(node: Node, lowerer: Lowerer): Expression {
  const value = decodeEscapes(node.text.slice(1, -1), DIALECTS.java);
  return value === null ? lowerer.unknown(node) : constantNode(node, { kind: 'char', value });
}

function lowerDeclarators(node: Node, lowerer: Lowerer): Statement[] {
  const isConstant = /\bfinal\b/.test(textOf(childOfType(node, 'modifiers')));
  return childrenOfType(node, 'variable_declarator').map((declarator) => ({
    kind: 'declare',
    name: textOf(field(declarator, 'name')),
    type: plainType(field(node, 'type')),
    value: lowerer.optional(field(declarator, 'value')),
    isConstant,
    scope: 'block',
    isArray: false,
    span: spanOf(declarator),
  }));
}

function lowerFor(node: Node, lowerer: Lowerer): Statement {
  return {
    kind: 'loop',
    init: lowerer.statements(node.childrenForFieldName('init').filter((child) => child.isNamed)),
    condition: lowerer.optional(field(node, 'condition')),
    step: lowerer.expressions(node.childrenForFieldName('update').filter((child) => child.isNamed)),
    body: lowerer.statement(field(node, 'body')),
    bodyFirst: false,
    orElse: null,
    span: spanOf(node),
  };
}

function lowerForEach(node: Node, lowerer: Lowerer): Statement {
  return {
    kind: 'foreach',
    targets: [nameNode(need(node, 'name'))],
    declares: true,
    iterable: lowerer.expression(need(node, 'value')),
    body: lowerer.statement(field(node, 'body')),
    orElse: null,
    span: spanOf(node),
  };
}

function switchCases(node: Node, lowerer: Lowerer): { cases: SwitchCase[]; fallsThrough: boolean } {
  const groups = codeChildren(need(node, 'body'));
  const cases = groups.map((group): SwitchCase => {
    const labels = childrenOfType(group, 'switch_label');
    const isDefault = labels.some((label) => /^default\b/.test(label.text));
    const values = labels.flatMap((label) => lowerer.expressions(codeChildren(label)));
    const body = codeChildren(group).filter(
      (child) => child.type !== 'switch_label' && child.type !== 'guard',
    );
    return {
      labels: isDefault ? null : values,
      guard: null,
      body: lowerer.statements(body),
      span: spanOf(group),
    };
  });
  return { cases, fallsThrough: groups.some((group) => group.type === 'switch_block_statement_group') };
}

const lowerSwitch = (node: Node, lowerer: Lowerer): Statement => ({
  kind: 'switch',
  subject: lowerer.expression(need(node, 'condition')),
  ...switchCases(node, lowerer),
  span: spanOf(node),
});

/** `switch` for its value: only arms that are plain expressions are modelled. */
function lowerSwitchValue(node: Node, lowerer: Lowerer): Expression {
  const { cases, fallsThrough } = switchCases(node, lowerer);
  const arms = cases.map((arm) => {
    const [only] = arm.body;
    return only?.kind === 'expression' && arm.body.length === 1
      ? { labels: arm.labels, value: only.expression }
      : null;
  });
  if (fallsThrough || arms.some((arm) => arm === null)) return lowerer.unknown(node);
  return {
    kind: 'match',
    subject: lowerer.expression(need(node, 'condition')),
    arms: arms.filter((arm) => arm !== null),
    span: spanOf(node),
  };
}

function lowerTry(node: Node, lowerer: Lowerer): Statement {
  const resources = codeChildren(field(node, 'resources') ?? need(node, 'body')).filter(
    (child) => child.type === 'resource',
  );
  const last = childOfType(node, 'finally_clause');
  return {
    kind: 'try',
    resources: resources.map((resource) => ({
      kind: 'declare',
      name: textOf(field(resource, 'name')),
      type: plainType(field(resource, 'type')),
      value: lowerer.optional(field(resource, 'value')),
      isConstant: true,
      scope: 'function',
      isArray: false,
      span: spanOf(resource),
    })),
    body: lowerer.statement(field(node, 'body')),
    catches: childrenOfType(node, 'catch_clause').map((clause) => ({
      name: textOf(field(childOfType(clause, 'catch_formal_parameter') ?? clause, 'name')) || null,
      body: lowerer.statements(codeChildren(need(clause, 'body'))),
      span: spanOf(clause),
    })),
    orElse: null,
    finalizer: last === null ? null : lowerer.statement(codeChildren(last)[0] ?? null),
    span: spanOf(node),
  };
}

function annotationsOf(node: Node): string[] {
  const modifiers = childOfType(node, 'modifiers');
  return modifiers === null
    ? []
    : childrenOfType(modifiers, 'annotation', 'marker_annotation').map((annotation) =>
        textOf(field(annotation, 'name')),
      );
}

function parametersOf(node: Node | null): Parameter[] {
  if (node === null) return [];
  if (node.type === 'identifier')
    return [{ name: node.text, type: null, defaultValue: null, annotations: [] }];
  return codeChildren(node).map((parameter) => ({
    name:
      parameter.type === 'identifier'
        ? parameter.text
        : textOf(
            field(parameter, 'name') ??
              field(childOfType(parameter, 'variable_declarator') ?? parameter, 'name'),
          ),
    type: plainType(field(parameter, 'type')),
    defaultValue: null,
    annotations: annotationsOf(parameter),
  }));
}

function defineFunction(node: Node, kind: FunctionKind, name: string, lowerer: Lowerer): FunctionDefinition {
  const body = field(node, 'body') ?? childOfType(node, 'block');
  return lowerer.defineFunction({
    name,
    kind,
    parameters: parametersOf(field(node, 'parameters')),
    body:
      body === null
        ? []
        : body.type === 'block' || body.type === 'constructor_body'
          ? lowerer.statements(codeChildren(body))
          : [{ kind: 'return', value: lowerer.expression(body), span: spanOf(body) }],
    annotations: annotationsOf(node),
    ownsAssigned: false,
    span: spanOf(node),
  });
}

function lowerClass(node: Node, lowerer: Lowerer): ClassDefinition {
  const body = field(node, 'body') ?? childOfType(node, 'class_body');
  const members = (body === null ? [] : codeChildren(body)).flatMap((member) =>
    member.type === 'enum_body_declarations' ? codeChildren(member) : [member],
  );
  const fields: FieldDefinition[] = [];
  const methods: FunctionDefinition[] = [];
  const classes: ClassDefinition[] = [];
  const isInterface = node.type === 'interface_declaration';
  for (const member of members) {
    const name = textOf(field(member, 'name'));
    if (member.type === 'field_declaration' || member.type === 'constant_declaration') {
      fields.push(...fieldsOf(member, isInterface, lowerer));
    } else if (member.type === 'method_declaration')
      methods.push(defineFunction(member, 'method', name, lowerer));
    else if (/^(compact_)?constructor_declaration$/.test(member.type)) {
      methods.push(defineFunction(member, 'constructor', name, lowerer));
    } else if (member.type === 'static_initializer' || member.type === 'block') {
      methods.push(defineFunction(member, 'initializer', '', lowerer));
    } else if (/_declaration$/.test(member.type)) classes.push(lowerClass(member, lowerer));
  }
  const supers = ['superclass', 'interfaces'].flatMap(
    (part) => textOf(field(node, part)).match(/[\w.]+/g) ?? [],
  );
  return lowerer.defineClass({
    name: textOf(field(node, 'name')),
    supers,
    fields,
    methods,
    classes,
    span: spanOf(node),
  });
}

function fieldsOf(node: Node, isInterface: boolean, lowerer: Lowerer): FieldDefinition[] {
  const modifiers = textOf(childOfType(node, 'modifiers'));
  return childrenOfType(node, 'variable_declarator').map((declarator) => ({
    name: textOf(field(declarator, 'name')),
    type: plainType(field(node, 'type')),
    value: lowerer.optional(field(declarator, 'value')),
    isStatic: isInterface || /\bstatic\b/.test(modifiers),
    isConstant: isInterface || /\bfinal\b/.test(modifiers),
    isPrivate: /\bprivate\b/.test(modifiers),
    span: spanOf(declarator),
  }));
}

const lowerClassStatement = (node: Node, lowerer: Lowerer): Statement => ({
  kind: 'class',
  definition: lowerClass(node, lowerer),
  span: spanOf(node),
});

function lowerImport(node: Node, lowerer: Lowerer): Statement {
  const path = textOf(codeChildren(node)[0] ?? null).replace(/\s/g, '');
  if (childOfType(node, 'asterisk') !== null) lowerer.stars.push(path);
  else lowerer.imports.push({ local: path.slice(path.lastIndexOf('.') + 1), path, span: spanOf(node) });
  return { kind: 'nothing', what: 'import', span: spanOf(node) };
}

export const JAVA: LoweringTables = {
  transparent: ['parenthesized_expression', 'program_expression'],
  identifiers: ['identifier'],
  expressions: {
    identifier: lowerName,
    this: lowerName,
    super: lowerName,
    decimal_integer_literal: lowerNumber,
    hex_integer_literal: lowerNumber,
    octal_integer_literal: lowerNumber,
    binary_integer_literal: lowerNumber,
    decimal_floating_point_literal: lowerNumber,
    true: lowerTrue,
    false: lowerFalse,
    null_literal: lowerNull,
    string_literal: lowerString,
    character_literal: lowerCharacter,
    binary_expression: lowerBinary,
    unary_expression: lowerUnary,
    ternary_expression: lowerTernary,
    assignment_expression: lowerAssign,
    update_expression: lowerUpdate,
    array_initializer: lowerList,
    method_invocation: lowerInvocation,
    object_creation_expression: lowerCreation,
    explicit_constructor_invocation: (node, lowerer) => ({
      kind: 'call',
      callee: nameNode(need(node, 'constructor')),
      arguments: argumentsOf(field(node, 'arguments'), lowerer),
      isNew: false,
      span: spanOf(node),
    }),
    scoped_type_identifier: typeChain,
    type_identifier: lowerName,
    class_literal: (node) => ({ kind: 'template', parts: [], span: spanOf(node) }),
    field_access: (node, lowerer) => ({
      kind: 'member',
      object: lowerer.expression(need(node, 'object')),
      name: textOf(field(node, 'field')),
      span: spanOf(node),
    }),
    array_access: (node, lowerer) => ({
      kind: 'index',
      object: lowerer.expression(need(node, 'array')),
      index: lowerer.expression(need(node, 'index')),
      span: spanOf(node),
    }),
    array_creation_expression: (node, lowerer) => {
      const value = field(node, 'value');
      // Without an initialiser its elements are zero or null.
      return value === null ? { kind: 'list', elements: [], span: spanOf(node) } : lowerer.expression(value);
    },
    cast_expression: (node, lowerer) => ({
      kind: 'cast',
      type: plainType(field(node, 'type')) ?? '',
      operand: lowerer.expression(need(node, 'value')),
      span: spanOf(node),
    }),
    instanceof_expression: (node, lowerer) => ({
      kind: 'type_test',
      operand: lowerer.expression(need(node, 'left')),
      binds: textOf(field(node, 'name')) || null,
      span: spanOf(node),
    }),
    lambda_expression: (node, lowerer) => ({
      kind: 'lambda',
      definition: defineFunction(node, 'lambda', '', lowerer),
      span: spanOf(node),
    }),
    switch_expression: lowerSwitchValue,
  },
  statements: {
    line_comment: lowerNothing('comment'),
    block_comment: lowerNothing('comment'),
    package_declaration: lowerNothing('import'),
    import_declaration: lowerImport,
    class_declaration: lowerClassStatement,
    interface_declaration: lowerClassStatement,
    enum_declaration: lowerClassStatement,
    record_declaration: lowerClassStatement,
    annotation_type_declaration: lowerNothing('type'),
    block: lowerBlock,
    expression_statement: lowerExpressionStatement,
    local_variable_declaration: lowerDeclarators,
    if_statement: lowerIf,
    while_statement: lowerWhile,
    do_statement: lowerWhile,
    for_statement: lowerFor,
    enhanced_for_statement: lowerForEach,
    switch_expression: lowerSwitch,
    return_statement: lowerReturn,
    throw_statement: lowerThrow,
    break_statement: lowerBreak,
    continue_statement: lowerContinue,
    try_statement: lowerTry,
    try_with_resources_statement: lowerTry,
    assert_statement: (node, lowerer) => ({
      kind: 'if',
      condition: lowerer.expression(codeChildren(node)[0] ?? node),
      consequence: lowerer.statement(null),
      otherwise: null,
      span: spanOf(node),
    }),
    synchronized_statement: (node, lowerer) => lowerer.statement(field(node, 'body')),
    labeled_statement: (node, lowerer) => ({
      kind: 'labeled',
      label: textOf(codeChildren(node)[0] ?? null),
      body: lowerer.statement(codeChildren(node)[1] ?? null),
      isJumpTarget: false,
      span: spanOf(node),
    }),
  },
};
