// Java statements to IR; with the tables of the language.

import type { Node } from 'web-tree-sitter';
import type { Statement } from '../ir.ts';
import {
  lowerBlock,
  lowerBreak,
  lowerContinue,
  lowerExpressionStatement,
  lowerIf,
  lowerNothing,
  lowerReturn,
  lowerThrow,
  lowerWhile,
} from './common.ts';
import { lowerClass } from './java-definitions.ts';
import { JAVA_EXPRESSIONS, switchCases } from './java-expressions.ts';
import {
  childOfType,
  childrenOfType,
  codeChildren,
  field,
  type Lowerer,
  type LoweringTables,
  nameNode,
  need,
  plainType,
  spanOf,
  textOf,
} from './lowerer.ts';

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

const lowerSwitch = (node: Node, lowerer: Lowerer): Statement => ({
  kind: 'switch',
  subject: lowerer.expression(need(node, 'condition')),
  ...switchCases(node, lowerer),
  span: spanOf(node),
});

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
  expressions: JAVA_EXPRESSIONS,
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
