// C# syntax to IR.
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
  lowerBlock,
  lowerBreak,
  lowerContinue,
  lowerExpressionStatement,
  lowerIf,
  lowerName,
  lowerNothing,
  lowerNull,
  lowerNumber,
  lowerReturn,
  lowerTernary,
  lowerThrow,
  lowerUnary,
  lowerUpdate,
  lowerWhile,
  opaque,
  operatorOf,
  someText,
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
  spanOf,
  stringNode,
  textOf,
} from './lowerer.ts';

function lowerInterpolated(node: Node, lowerer: Lowerer): Expression {
  const isVerbatim = /^\$?@/.test(node.text) || node.text.includes('"""');
  const parts = childrenOfType(node, 'string_content', 'interpolation', 'escape_sequence').map(
    (child): Expression => {
      if (child.type === 'interpolation') {
        const inner = codeChildren(child).filter(({ type }) => type !== 'interpolation_brace');
        const [value = child] = inner;
        const lowered = lowerer.expression(value);
        return inner.length === 1
          ? lowered
          : { kind: 'template', parts: [lowered, someText(child)], span: spanOf(child) };
      }
      if (/\{\{|\}\}/.test(child.text)) return someText(child);
      return stringNode(
        child,
        isVerbatim ? child.text.replaceAll('""', '"') : decodeEscapes(child.text, DIALECTS.csharp),
      );
    },
  );
  return parts.length === 0 ? stringNode(node, '') : { kind: 'template', parts, span: spanOf(node) };
}

function argumentsOf(node: Node | null, lowerer: Lowerer): Argument[] {
  return (node === null ? [] : codeChildren(node)).map((child) => {
    const inner = child.type === 'argument' ? (codeChildren(child).at(-1) ?? child) : child;
    const name = child.type === 'argument' ? field(child, 'name') : null;
    const value = lowerer.expression(inner);
    const isShared = /^(ref|out|in)\b/.test(child.text.replace(/^\w+\s*:\s*/, ''));
    return {
      value: isShared ? { kind: 'reference', operand: value, span: spanOf(child) } : value,
      name: name === null || name.id === inner.id ? null : name.text,
    };
  });
}

function nameChain(node: Node): Expression {
  const text = plainType(node) ?? node.text;
  const [first = '', ...rest] = text.replace(/^global::/, '').split('.');
  let chain: Expression = nameNode(node, first.trim());
  for (const part of rest) chain = { kind: 'member', object: chain, name: part.trim(), span: spanOf(node) };
  return chain;
}

/** `new T(a) { P = b }`: what the initialiser sets is given as named arguments. */
function lowerCreation(node: Node, lowerer: Lowerer): Expression {
  const given = argumentsOf(field(node, 'arguments'), lowerer);
  const initial = field(node, 'initializer') ?? childOfType(node, 'initializer_expression');
  const type = field(node, 'type');
  const items = initial === null ? [] : codeChildren(initial);
  if (type === null || type.type === 'array_type')
    return { kind: 'list', elements: lowerer.expressions(items), span: spanOf(node) };
  const set = items.map(
    (item): Argument =>
      item.type === 'assignment_expression'
        ? { value: lowerer.expression(need(item, 'right')), name: textOf(field(item, 'left')) }
        : { value: lowerer.expression(item), name: null },
  );
  return {
    kind: 'call',
    callee: nameChain(type),
    arguments: [...given, ...set],
    isNew: true,
    span: spanOf(node),
  };
}

function lowerMember(node: Node, lowerer: Lowerer): Expression {
  const object = field(node, 'expression');
  const name = textOf(field(node, 'name')).replace(/<[\s\S]*>/, '');
  const inner =
    object === null
      ? nameNode(node, 'this')
      : object.text === 'this' || object.text === 'base'
        ? nameNode(object)
        : object.type === 'predefined_type'
          ? nameNode(object)
          : lowerer.expression(object);
  return { kind: 'member', object: inner, name, span: spanOf(node) };
}

/** `a?.b(c)[d]`: as `a.b(c)[d]`, since only null makes a difference. */
function lowerConditionalAccess(node: Node, lowerer: Lowerer): Expression {
  const object = lowerer.expression(need(node, 'condition'));
  const rest = codeChildren(node).at(-1) ?? node;
  if (rest.type === 'member_binding_expression')
    return { kind: 'member', object, name: textOf(field(rest, 'name')), span: spanOf(node) };
  const target = field(rest, 'function');
  if (rest.type === 'invocation_expression' && target?.type === 'member_binding_expression') {
    const callee: Expression = {
      kind: 'member',
      object,
      name: textOf(field(target, 'name')),
      span: spanOf(target),
    };
    return {
      kind: 'call',
      callee,
      arguments: argumentsOf(field(rest, 'arguments'), lowerer),
      isNew: false,
      span: spanOf(node),
    };
  }
  return opaque(node, 'conditional access', [object]);
}

function lowerPostfix(node: Node, lowerer: Lowerer): Expression {
  const inner = codeChildren(node)[0] ?? node;
  return node.text.endsWith('!') ? lowerer.expression(inner) : lowerUpdate(node, lowerer);
}

function lowerPrefix(node: Node, lowerer: Lowerer): Expression {
  if (/^(\+\+|--)/.test(node.text)) return lowerUpdate(node, lowerer);
  const operator = node.text.charAt(0);
  if (operator === '&' || operator === '*')
    return {
      kind: operator === '&' ? 'reference' : 'dereference',
      operand: lowerer.expression(codeChildren(node)[0] ?? node),
      span: spanOf(node),
    };
  return lowerUnary(node, lowerer);
}

function lowerSwitchValue(node: Node, lowerer: Lowerer): Expression {
  const [subject = node] = codeChildren(node);
  const arms = childrenOfType(node, 'switch_expression_arm').map((arm) => {
    const children = codeChildren(arm);
    const [pattern = arm] = children;
    const isPlain = children.length === 2;
    return {
      labels:
        pattern.type === 'discard' && isPlain
          ? null
          : [isPlain ? lowerPattern(pattern, lowerer) : opaque(pattern, 'pattern', [])],
      value: lowerer.expression(children.at(-1) ?? arm),
    };
  });
  return { kind: 'match', subject: lowerer.expression(subject), arms, span: spanOf(node) };
}

function lowerPattern(node: Node, lowerer: Lowerer): Expression {
  return node.type === 'constant_pattern'
    ? lowerer.expression(codeChildren(node)[0] ?? node)
    : lowerer.unknown(node);
}

function lowerVariables(node: Node, lowerer: Lowerer): Statement[] {
  const declaration =
    node.type === 'variable_declaration' ? node : (childOfType(node, 'variable_declaration') ?? node);
  const isConstant = childrenOfType(node, 'modifier').some(({ text }) => text === 'const');
  const type = field(declaration, 'type');
  return childrenOfType(declaration, 'variable_declarator').flatMap((declarator): Statement[] => {
    const name = field(declarator, 'name');
    const value =
      codeChildren(declarator).find(
        (child) =>
          child.id !== name?.id && child.type !== 'tuple_pattern' && child.type !== 'bracketed_argument_list',
      ) ?? null;
    const initial = lowerer.optional(value);
    const span = spanOf(declarator);
    const names =
      name === null
        ? (childOfType(declarator, 'tuple_pattern')?.descendantsOfType('identifier') ?? []).flatMap(
            (one) => one?.text ?? [],
          )
        : [name.text];
    return names.map((each) => ({
      kind: 'declare',
      name: each,
      type: type?.type === 'implicit_type' ? null : plainType(type),
      value: name === null && initial !== null ? opaque(declarator, 'a part of a tuple', [initial]) : initial,
      isConstant,
      scope: 'block',
      isArray: false,
      span,
    }));
  });
}

function lowerFor(node: Node, lowerer: Lowerer): Statement {
  const init = node.childrenForFieldName('initializer').filter((child) => child.isNamed);
  const step = node.childrenForFieldName('update').filter((child) => child.isNamed);
  return {
    kind: 'loop',
    init: lowerer.statements(init),
    condition: lowerer.optional(field(node, 'condition')),
    step: lowerer.expressions(step),
    body: lowerer.statement(field(node, 'body')),
    bodyFirst: false,
    orElse: null,
    span: spanOf(node),
  };
}

function lowerForEach(node: Node, lowerer: Lowerer): Statement {
  const left = need(node, 'left');
  return {
    kind: 'foreach',
    targets: [left.type === 'identifier' ? nameNode(left) : lowerer.unknown(left)],
    declares: true,
    iterable: lowerer.expression(need(node, 'right')),
    body: lowerer.statement(field(node, 'body')),
    orElse: null,
    span: spanOf(node),
  };
}

function lowerSwitch(node: Node, lowerer: Lowerer): Statement {
  const cases = childrenOfType(need(node, 'body'), 'switch_section').map((section): SwitchCase => {
    const children = codeChildren(section);
    const patterns = children.filter(({ type }) => /_pattern$/.test(type));
    const guard = childOfType(section, 'when_clause');
    const body = children.filter(
      ({ type }) => !/_pattern$/.test(type) && type !== 'when_clause' && type !== 'switch_label',
    );
    return {
      labels: patterns.length === 0 ? null : patterns.map((pattern) => lowerPattern(pattern, lowerer)),
      guard: guard === null ? null : lowerer.expression(codeChildren(guard)[0] ?? guard),
      body: lowerer.statements(body),
      span: spanOf(section),
    };
  });
  return {
    kind: 'switch',
    subject: lowerer.expression(need(node, 'value')),
    cases,
    fallsThrough: true,
    span: spanOf(node),
  };
}

function lowerTry(node: Node, lowerer: Lowerer): Statement {
  const last = childOfType(node, 'finally_clause');
  const catches = childrenOfType(node, 'catch_clause').map((clause) => ({
    name: textOf(field(childOfType(clause, 'catch_declaration') ?? clause, 'name')) || null,
    body: lowerer.statements(codeChildren(need(clause, 'body'))),
    span: spanOf(clause),
  }));
  return {
    kind: 'try',
    resources: [],
    body: lowerer.statement(field(node, 'body')),
    catches,
    orElse: null,
    finalizer: last === null ? null : lowerer.statement(codeChildren(last)[0] ?? null),
    span: spanOf(node),
  };
}

function lowerUsing(node: Node, lowerer: Lowerer): Statement {
  const declaration = childOfType(node, 'variable_declaration');
  const body = field(node, 'body');
  const head =
    declaration === null
      ? lowerer.statements(codeChildren(node).filter((child) => child.id !== body?.id))
      : lowerVariables(declaration, lowerer);
  return { kind: 'block', body: [...head, lowerer.statement(body)], scoped: true, span: spanOf(node) };
}

function attributesOf(node: Node): string[] {
  return childrenOfType(node, 'attribute_list').flatMap((list) =>
    childrenOfType(list, 'attribute').map((attribute) => textOf(field(attribute, 'name'))),
  );
}

function parametersOf(node: Node | null): Parameter[] {
  if (node === null) return [];
  if (node.type === 'implicit_parameter' || node.type === 'identifier')
    return [{ name: node.text, type: null, defaultValue: null, annotations: [] }];
  const parameters: Parameter[] = childrenOfType(node, 'parameter').map((parameter) => ({
    name: textOf(field(parameter, 'name')),
    type: plainType(field(parameter, 'type')),
    defaultValue: null,
    annotations: attributesOf(parameter),
  }));
  // `params T[] rest` stands in the list without a node of its own.
  const rest = field(node, 'name');
  return rest === null
    ? parameters
    : [...parameters, { name: rest.text, type: null, defaultValue: null, annotations: [] }];
}

function defineFunction(node: Node, kind: FunctionKind, lowerer: Lowerer): FunctionDefinition {
  const body = field(node, 'body') ?? childOfType(node, 'block', 'arrow_expression_clause');
  const inner = body?.type === 'arrow_expression_clause' ? (codeChildren(body)[0] ?? body) : body;
  return lowerer.defineFunction({
    name: textOf(field(node, 'name')),
    kind,
    parameters: parametersOf(field(node, 'parameters')),
    body:
      inner === null
        ? []
        : inner.type === 'block'
          ? lowerer.statements(codeChildren(inner))
          : [{ kind: 'return', value: lowerer.expression(inner), span: spanOf(inner) }],
    annotations: attributesOf(node),
    ownsAssigned: false,
    span: spanOf(node),
  });
}

function lowerClass(node: Node, lowerer: Lowerer): ClassDefinition {
  const fields: FieldDefinition[] = [];
  const methods: FunctionDefinition[] = [];
  const classes: ClassDefinition[] = [];
  for (const member of codeChildren(field(node, 'body') ?? need(node, 'name'))) {
    const modifiers = childrenOfType(member, 'modifier').map(({ text }) => text);
    const isPrivate =
      modifiers.includes('private') || !modifiers.some((word) => /^(public|protected|internal)$/.test(word));
    const isConstant = modifiers.includes('const') || modifiers.includes('readonly');
    const isStatic = modifiers.includes('static') || modifiers.includes('const');
    if (member.type === 'field_declaration') {
      for (const variable of lowerVariables(member, lowerer)) {
        if (variable.kind === 'declare')
          fields.push({
            name: variable.name,
            type: variable.type,
            value: variable.value,
            isStatic,
            isConstant,
            isPrivate,
            span: variable.span,
          });
      }
    } else if (/^(method|operator|local_function|conversion_operator)_declaration$/.test(member.type))
      methods.push(defineFunction(member, 'method', lowerer));
    else if (/^(constructor|destructor)_declaration$/.test(member.type))
      methods.push(defineFunction(member, 'constructor', lowerer));
    else if (/^(property|indexer)_declaration$/.test(member.type)) {
      for (const accessor of member.descendantsOfType('accessor_declaration'))
        if (accessor !== null && field(accessor, 'body') !== null)
          methods.push(defineFunction(accessor, 'method', lowerer));
      if (field(member, 'value')?.type === 'arrow_expression_clause')
        methods.push(
          lowerer.defineFunction({
            name: textOf(field(member, 'name')),
            kind: 'method',
            parameters: [],
            body: lowerer.statements(codeChildren(need(member, 'value'))),
            annotations: [],
            ownsAssigned: false,
            span: spanOf(member),
          }),
        );
      fields.push({
        name: textOf(field(member, 'name')),
        type: plainType(field(member, 'type')),
        value: null,
        isStatic,
        isConstant: false,
        isPrivate,
        span: spanOf(member),
      });
    } else if (/^(class|struct|record|interface)_declaration$/.test(member.type))
      classes.push(lowerClass(member, lowerer));
  }
  const supers = codeChildren(childOfType(node, 'base_list') ?? need(node, 'name')).map((base) => base.text);
  return lowerer.defineClass({
    name: textOf(field(node, 'name')),
    supers,
    fields,
    methods,
    classes,
    span: spanOf(node),
  });
}

function lowerImport(node: Node, lowerer: Lowerer): Statement {
  const alias = field(node, 'name');
  const target = codeChildren(node).find((child) => child.id !== alias?.id);
  if (alias !== null && target !== undefined)
    lowerer.imports.push({ local: alias.text, path: target.text, span: spanOf(node) });
  else if (target !== undefined) lowerer.stars.push(target.text);
  return { kind: 'nothing', what: 'import', span: spanOf(node) };
}

const lowerClassStatement = (node: Node, lowerer: Lowerer): Statement => ({
  kind: 'class',
  definition: lowerClass(node, lowerer),
  span: spanOf(node),
});
const lowerLambda = (node: Node, lowerer: Lowerer): Expression => ({
  kind: 'lambda',
  definition: defineFunction(node, 'lambda', lowerer),
  span: spanOf(node),
});
const lowerItems = (node: Node, lowerer: Lowerer): Expression => ({
  kind: 'list',
  elements: codeChildren(node).map((child) =>
    lowerer.expression(child.type === 'argument' ? (codeChildren(child).at(-1) ?? child) : child),
  ),
  span: spanOf(node),
});
const lowerInside = (node: Node, lowerer: Lowerer): Statement => {
  const body = field(node, 'body');
  return body === null ? { kind: 'nothing', what: 'import', span: spanOf(node) } : lowerer.block(body, false);
};

export const CSHARP: LoweringTables = {
  transparent: ['parenthesized_expression', 'checked_expression'],
  identifiers: ['identifier'],
  expressions: {
    identifier: lowerName,
    this_expression: (node) => nameNode(node, 'this'),
    this: (node) => nameNode(node, 'this'),
    predefined_type: lowerName,
    generic_name: (node) => nameNode(node, node.text.replace(/<[\s\S]*>/, '')),
    qualified_name: nameChain,
    integer_literal: lowerNumber,
    real_literal: lowerNumber,
    boolean_literal: (node) => constantNode(node, { kind: 'bool', value: node.text === 'true' }),
    null_literal: lowerNull,
    string_literal: (node) => stringNode(node, decodeEscapes(node.text.slice(1, -1), DIALECTS.csharp)),
    verbatim_string_literal: (node) => stringNode(node, node.text.slice(2, -1).replaceAll('""', '"')),
    raw_string_literal: someText,
    character_literal: (node, lowerer) => {
      const value = decodeEscapes(node.text.slice(1, -1), DIALECTS.csharp);
      return value === null ? lowerer.unknown(node) : constantNode(node, { kind: 'char', value });
    },
    interpolated_string_expression: lowerInterpolated,
    binary_expression: (node, lowerer) => ({
      kind: 'binary',
      operator: operatorOf(textOf(field(node, 'operator'))),
      left: lowerer.expression(need(node, 'left')),
      right: lowerer.expression(need(node, 'right')),
      span: spanOf(node),
    }),
    prefix_unary_expression: lowerPrefix,
    postfix_unary_expression: lowerPostfix,
    conditional_expression: lowerTernary,
    assignment_expression: lowerAssign,
    invocation_expression: (node, lowerer) => ({
      kind: 'call',
      callee: lowerer.expression(need(node, 'function')),
      arguments: argumentsOf(field(node, 'arguments'), lowerer),
      isNew: false,
      span: spanOf(node),
    }),
    object_creation_expression: lowerCreation,
    implicit_object_creation_expression: (node, lowerer) =>
      opaque(
        node,
        'new',
        argumentsOf(field(node, 'arguments'), lowerer).map(({ value }) => value),
      ),
    array_creation_expression: lowerCreation,
    implicit_array_creation_expression: lowerCreation,
    initializer_expression: lowerItems,
    tuple_expression: lowerItems,
    collection_expression: lowerItems,
    member_access_expression: lowerMember,
    conditional_access_expression: lowerConditionalAccess,
    element_access_expression: (node, lowerer) => {
      const [index] = argumentsOf(field(node, 'subscript'), lowerer);
      return {
        kind: 'index',
        object: lowerer.expression(need(node, 'expression')),
        index: index?.value ?? opaque(node, 'index', []),
        span: spanOf(node),
      };
    },
    cast_expression: (node, lowerer) => ({
      kind: 'cast',
      type: plainType(field(node, 'type')) ?? '',
      operand: lowerer.expression(need(node, 'value')),
      span: spanOf(node),
    }),
    as_expression: (node, lowerer) => ({
      kind: 'cast',
      type: textOf(field(node, 'right')),
      operand: lowerer.expression(need(node, 'left')),
      span: spanOf(node),
    }),
    is_pattern_expression: (node, lowerer) => {
      const pattern = need(node, 'pattern');
      return {
        kind: 'type_test',
        operand: lowerer.expression(need(node, 'expression')),
        binds: textOf(field(pattern, 'name')) || null,
        span: spanOf(node),
      };
    },
    declaration_expression: (node, lowerer) => lowerer.unknown(node),
    lambda_expression: lowerLambda,
    anonymous_method_expression: lowerLambda,
    await_expression: (node, lowerer) => ({
      kind: 'await',
      operand: lowerer.expression(codeChildren(node)[0] ?? node),
      span: spanOf(node),
    }),
    switch_expression: lowerSwitchValue,
    typeof_expression: someText,
    default_expression: (node) => opaque(node, 'default', []),
    throw_expression: (node, lowerer) => opaque(node, 'throw', lowerer.expressions(codeChildren(node))),
  },
  statements: {
    comment: lowerNothing('comment'),
    using_directive: lowerImport,
    extern_alias_directive: lowerNothing('import'),
    global_attribute: lowerNothing('empty'),
    delegate_declaration: lowerNothing('type'),
    enum_declaration: lowerNothing('type'),
    namespace_declaration: lowerInside,
    file_scoped_namespace_declaration: lowerInside,
    global_statement: (node, lowerer) => lowerer.block(node, false),
    class_declaration: lowerClassStatement,
    struct_declaration: lowerClassStatement,
    record_declaration: lowerClassStatement,
    interface_declaration: lowerClassStatement,
    block: lowerBlock,
    empty_statement: lowerNothing('empty'),
    expression_statement: lowerExpressionStatement,
    local_declaration_statement: lowerVariables,
    variable_declaration: lowerVariables,
    local_function_statement: (node, lowerer) => ({
      kind: 'function',
      definition: defineFunction(node, 'function', lowerer),
      span: spanOf(node),
    }),
    if_statement: lowerIf,
    for_statement: lowerFor,
    foreach_statement: lowerForEach,
    while_statement: lowerWhile,
    do_statement: lowerWhile,
    switch_statement: lowerSwitch,
    try_statement: lowerTry,
    using_statement: lowerUsing,
    lock_statement: (node, lowerer) => lowerer.statement(codeChildren(node).at(-1) ?? null),
    checked_statement: (node, lowerer) => lowerer.block(node, false),
    throw_statement: lowerThrow,
    return_statement: lowerReturn,
    yield_statement: (node, lowerer) => ({
      kind: 'expression',
      expression: opaque(node, 'yield', lowerer.expressions(codeChildren(node))),
      span: spanOf(node),
    }),
    break_statement: lowerBreak,
    continue_statement: lowerContinue,
    goto_statement: (node) => ({ kind: 'goto', label: node.text, span: spanOf(node) }),
    labeled_statement: (node, lowerer) => ({
      kind: 'labeled',
      label: textOf(codeChildren(node)[0] ?? null),
      body: lowerer.statement(codeChildren(node)[1] ?? null),
      isJumpTarget: false,
      span: spanOf(node),
    }),
  },
};
