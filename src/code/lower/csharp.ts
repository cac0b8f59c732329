// C# syntax to IR: statements and the tables; expressions, patterns, members, variables and literals have files of their own.
import type { Node } from 'web-tree-sitter';
import type { Statement } from '../ir.ts';
import {
  lowerAwait,
  lowerBlock,
  lowerBreak,
  lowerContinue,
  lowerExpressionStatement,
  lowerIf,
  lowerName,
  lowerNothing,
  lowerNull,
  lowerSpread,
  lowerThrow,
  lowerWhile,
  opaque,
  someText,
} from './common.ts';
import { lowerAnonymousObject, lowerCreation, lowerItems, lowerWith } from './csharp-creation.ts';
import {
  lowerArgument,
  lowerAssignment,
  lowerCast,
  lowerChoice,
  lowerConditionalAccess,
  lowerDeclaredOperand,
  lowerElementAccess,
  lowerInvocation,
  lowerMember,
  lowerOperator,
  lowerPostfix,
  lowerPrefix,
  lowerQuery,
  lowerTypeName,
} from './csharp-expressions.ts';
import { lowerConditional, lowerImport, lowerNamespace, lowerTopLevel } from './csharp-file.ts';
import {
  lowerCharacter,
  lowerInteger,
  lowerInterpolated,
  lowerRawString,
  lowerRegularString,
  lowerVerbatimString,
  nameOf,
} from './csharp-literals.ts';
import { defineFunction, lowerLambda, lowerTypeStatement } from './csharp-members.ts';
import { lowerIs, lowerSwitch, lowerSwitchValue } from './csharp-patterns.ts';
import { lowerDeconstruction, lowerForEach, lowerVariables } from './csharp-variables.ts';
import {
  childOfType,
  childrenOfType,
  codeChildren,
  constantNode,
  field,
  type Lowerer,
  type LoweringTables,
  nameNode,
  type StatementHandler,
  spanOf,
  textOf,
} from './lowerer.ts';

const lowerFor: StatementHandler = (node, lowerer) => ({
  kind: 'loop',
  init: lowerer.statements(
    node.childrenForFieldName('initializer').filter((child) => child?.isNamed === true),
  ),
  condition: lowerer.optional(field(node, 'condition')),
  step: lowerer.expressions(node.childrenForFieldName('update').filter((child) => child?.isNamed === true)),
  body: lowerer.statement(field(node, 'body')),
  bodyFirst: false,
  orElse: null,
  span: spanOf(node),
});

const lowerTry: StatementHandler = (node, lowerer) => {
  const last = childOfType(node, 'finally_clause');
  const catches = childrenOfType(node, 'catch_clause').map((clause) => {
    const filter = childOfType(clause, 'catch_filter_clause');
    const body = field(clause, 'body');
    return {
      name: nameOf(field(childOfType(clause, 'catch_declaration') ?? clause, 'name')) || null,
      body: lowerer.statements([
        ...(filter === null ? [] : codeChildren(filter)),
        ...(body === null ? [] : codeChildren(body)),
      ]),
      span: spanOf(clause),
    };
  });
  return {
    kind: 'try',
    resources: [],
    body: lowerer.statement(field(node, 'body')),
    catches,
    orElse: null,
    finalizer: last === null ? null : lowerer.statement(codeChildren(last)[0] ?? null),
    span: spanOf(node),
  };
};

/** `using (var r = x) { … }` and `lock (x) { … }`: what is in the head, then the body. */
const lowerHeadAndBody: StatementHandler = (node, lowerer) => ({
  kind: 'block',
  body: lowerer.statements(codeChildren(node)),
  scoped: true,
  span: spanOf(node),
});

const lowerReturn: StatementHandler = (node, lowerer) => ({
  kind: 'return',
  value: lowerer.optional(
    codeChildren(node)[0] ?? node.children.find((child) => child?.type === 'this') ?? null,
  ),
  span: spanOf(node),
});

const lowerYield: StatementHandler = (node, lowerer) => {
  const [value] = codeChildren(node);
  return value === undefined
    ? { kind: 'return', value: null, span: spanOf(node) }
    : {
        kind: 'expression',
        expression: opaque(node, 'yield', [lowerer.expression(value)]),
        span: spanOf(node),
      };
};

const lowerLocalFunction: StatementHandler = (node, lowerer) => ({
  kind: 'function',
  definition: defineFunction(node, 'function', lowerer),
  span: spanOf(node),
});

const lowerLabel = (node: Node, lowerer: Lowerer): Statement => ({
  kind: 'labeled',
  label: textOf(codeChildren(node)[0] ?? null),
  body: lowerer.statement(codeChildren(node)[1] ?? null),
  isJumpTarget: true,
  span: spanOf(node),
});

const DIRECTIVES =
  'preproc_region preproc_endregion preproc_pragma preproc_nullable preproc_line preproc_define preproc_undef preproc_warning preproc_error shebang_directive'.split(
    ' ',
  );

export const CSHARP: LoweringTables = {
  transparent: ['parenthesized_expression', 'checked_expression'],
  identifiers: ['identifier', 'implicit_parameter'],
  expressions: {
    identifier: (node) => nameNode(node, nameOf(node)),
    this: lowerName,
    base: lowerName,
    predefined_type: lowerName,
    generic_name: lowerTypeName,
    qualified_name: lowerTypeName,
    alias_qualified_name: lowerTypeName,
    integer_literal: lowerInteger,
    real_literal: (node) => opaque(node, 'a fraction', []),
    boolean_literal: (node) => constantNode(node, { kind: 'bool', value: node.text === 'true' }),
    null_literal: lowerNull,
    string_literal: lowerRegularString,
    verbatim_string_literal: lowerVerbatimString,
    raw_string_literal: lowerRawString,
    character_literal: lowerCharacter,
    interpolated_string_expression: lowerInterpolated,
    binary_expression: lowerOperator,
    prefix_unary_expression: lowerPrefix,
    postfix_unary_expression: lowerPostfix,
    conditional_expression: lowerChoice,
    assignment_expression: lowerAssignment,
    invocation_expression: lowerInvocation,
    argument: lowerArgument,
    object_creation_expression: lowerCreation,
    implicit_object_creation_expression: lowerCreation,
    anonymous_object_creation_expression: lowerAnonymousObject,
    with_expression: lowerWith,
    array_creation_expression: lowerItems,
    implicit_array_creation_expression: lowerItems,
    initializer_expression: lowerItems,
    element_binding_expression: lowerItems,
    collection_expression: lowerItems,
    tuple_expression: lowerItems,
    spread_element: lowerSpread,
    range_expression: (node, lowerer) => opaque(node, 'a range', lowerer.expressions(codeChildren(node))),
    ref_expression: (node, lowerer) => ({
      kind: 'reference',
      operand: lowerer.expression(codeChildren(node)[0] ?? null),
      span: spanOf(node),
    }),
    declaration_expression: lowerDeclaredOperand,
    member_access_expression: lowerMember,
    conditional_access_expression: lowerConditionalAccess,
    element_access_expression: lowerElementAccess,
    cast_expression: lowerCast,
    as_expression: lowerCast,
    is_expression: lowerIs,
    is_pattern_expression: lowerIs,
    switch_expression: lowerSwitchValue,
    lambda_expression: lowerLambda,
    anonymous_method_expression: lowerLambda,
    await_expression: lowerAwait,
    query_expression: lowerQuery,
    typeof_expression: someText,
    default_expression: (node) => opaque(node, 'a default value', []),
    throw_expression: (node, lowerer) => opaque(node, 'throw', lowerer.expressions(codeChildren(node))),
  },
  statements: {
    comment: lowerNothing('comment'),
    ...Object.fromEntries(DIRECTIVES.map((type) => [type, lowerNothing('comment')])),
    preproc_if: lowerConditional,
    preproc_elif: lowerConditional,
    preproc_else: lowerConditional,
    using_directive: lowerImport,
    extern_alias_directive: lowerNothing('import'),
    global_attribute: lowerNothing('empty'),
    namespace_declaration: lowerNamespace,
    file_scoped_namespace_declaration: lowerNamespace,
    delegate_declaration: lowerNothing('type'),
    enum_declaration: lowerNothing('type'),
    class_declaration: lowerTypeStatement,
    struct_declaration: lowerTypeStatement,
    record_declaration: lowerTypeStatement,
    interface_declaration: lowerTypeStatement,
    global_statement: lowerTopLevel,
    local_function_statement: lowerLocalFunction,
    block: lowerBlock,
    empty_statement: lowerNothing('empty'),
    expression_statement: lowerExpressionStatement,
    assignment_expression: lowerDeconstruction,
    throw_expression: lowerThrow,
    local_declaration_statement: lowerVariables,
    variable_declaration: lowerVariables,
    if_statement: lowerIf,
    for_statement: lowerFor,
    foreach_statement: lowerForEach,
    while_statement: lowerWhile,
    do_statement: lowerWhile,
    switch_statement: lowerSwitch,
    try_statement: lowerTry,
    using_statement: lowerHeadAndBody,
    lock_statement: lowerHeadAndBody,
    checked_statement: (node, lowerer) => lowerer.block(node, false),
    throw_statement: lowerThrow,
    return_statement: lowerReturn,
    yield_statement: lowerYield,
    break_statement: lowerBreak,
    continue_statement: lowerContinue,
    goto_statement: (node) => ({ kind: 'goto', label: node.text, span: spanOf(node) }),
    labeled_statement: lowerLabel,
  },
};
