// JavaScript, TypeScript and JSX statements to IR; with the tables of the language.

import type { Node } from 'web-tree-sitter';
import type { Statement, SwitchCase } from '../ir.ts';
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
import { bindings, defineClass, defineFunction } from './javascript-definitions.ts';
import { JAVASCRIPT_EXPRESSIONS, modulePath } from './javascript-expressions.ts';
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

function lowerDeclaration(node: Node, lowerer: Lowerer): Statement[] {
  const word = textOf(field(node, 'kind') ?? node.child(0));
  return childrenOfType(node, 'variable_declarator').flatMap((declarator) => {
    const name = need(declarator, 'name');
    const initial = lowerer.optional(field(declarator, 'value'));
    const type = plainType(codeChildren(field(declarator, 'type') ?? name)[0] ?? null);
    const bound =
      name.type === 'identifier' || initial === null
        ? [{ name: name.text, value: initial }]
        : bindings(name, initial, lowerer);
    return bound.map(
      (binding): Statement => ({
        kind: 'declare',
        ...binding,
        type: name.type === 'identifier' && field(declarator, 'type') !== null ? type : null,
        isConstant: word === 'const',
        scope: word === 'var' ? 'function' : 'block',
        isArray: false,
        span: spanOf(declarator),
      }),
    );
  });
}

function lowerFunction(node: Node, lowerer: Lowerer): Statement {
  return {
    kind: 'function',
    definition: defineFunction(node, 'function', textOf(field(node, 'name')), lowerer),
    span: spanOf(node),
  };
}

const lowerClass = (node: Node, lowerer: Lowerer): Statement => ({
  kind: 'class',
  definition: defineClass(node, lowerer),
  span: spanOf(node),
});

function lowerFor(node: Node, lowerer: Lowerer): Statement {
  const init = field(node, 'initializer');
  const condition =
    node
      .childrenForFieldName('condition')
      .find((child) => child.isNamed && child.type !== 'empty_statement') ?? null;
  const test = condition?.type === 'expression_statement' ? (codeChildren(condition)[0] ?? null) : condition;
  const step = field(node, 'increment');
  return {
    kind: 'loop',
    init: init === null ? [] : lowerer.statements([init]),
    condition: lowerer.optional(test),
    step: step === null ? [] : [lowerer.expression(step)],
    body: lowerer.statement(field(node, 'body')),
    bodyFirst: false,
    orElse: null,
    span: spanOf(node),
  };
}

function lowerForIn(node: Node, lowerer: Lowerer): Statement {
  const left = need(node, 'left');
  const declares = field(node, 'kind') !== null;
  const iterable = lowerer.expression(need(node, 'right'));
  const isKeys = textOf(field(node, 'operator')) === 'in';
  const target = left.type === 'identifier' ? nameNode(left) : lowerer.unknown(left);
  return {
    kind: 'foreach',
    targets: isKeys ? [target, target] : [target],
    declares,
    iterable,
    body: lowerer.statement(field(node, 'body')),
    orElse: null,
    span: spanOf(node),
  };
}

function lowerSwitch(node: Node, lowerer: Lowerer): Statement {
  const cases = codeChildren(need(node, 'body')).map((entry): SwitchCase => {
    const value = field(entry, 'value');
    return {
      labels: value === null ? null : [lowerer.expression(value)],
      guard: null,
      body: lowerer.statements(entry.childrenForFieldName('body').filter((child) => child.isNamed)),
      span: spanOf(entry),
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
  const handler = field(node, 'handler');
  const finalizer = field(node, 'finalizer');
  const catches =
    handler === null
      ? []
      : [
          {
            name: textOf(field(handler, 'parameter')) || null,
            body: lowerer.statements(codeChildren(need(handler, 'body'))),
            span: spanOf(handler),
          },
        ];
  return {
    kind: 'try',
    resources: [],
    body: lowerer.statement(field(node, 'body')),
    catches,
    orElse: null,
    finalizer: finalizer === null ? null : lowerer.statement(field(finalizer, 'body')),
    span: spanOf(node),
  };
}

function lowerImport(node: Node, lowerer: Lowerer): Statement {
  const path = modulePath(textOf(field(node, 'source')).slice(1, -1));
  const clause = childOfType(node, 'import_clause');
  const span = spanOf(node);
  for (const child of clause === null ? [] : codeChildren(clause)) {
    if (child.type === 'identifier') lowerer.imports.push({ local: child.text, path, span });
    if (child.type === 'namespace_import')
      lowerer.imports.push({ local: textOf(codeChildren(child)[0] ?? null), path, span });
    if (child.type !== 'named_imports') continue;
    for (const item of codeChildren(child)) {
      const name = textOf(field(item, 'name'));
      lowerer.imports.push({ local: textOf(field(item, 'alias')) || name, path: `${path}.${name}`, span });
    }
  }
  return { kind: 'nothing', what: 'import', span };
}

function lowerExport(node: Node, lowerer: Lowerer): Statement {
  const inner = field(node, 'declaration') ?? field(node, 'value');
  if (inner === null) return { kind: 'nothing', what: 'import', span: spanOf(node) };
  return lowerer.statement(inner);
}

export const JAVASCRIPT: LoweringTables = {
  transparent: ['parenthesized_expression', 'non_null_expression'],
  identifiers: [
    'private_property_identifier',
    'identifier',
    'shorthand_property_identifier',
    'shorthand_property_identifier_pattern',
  ],
  expressions: JAVASCRIPT_EXPRESSIONS,
  statements: {
    comment: lowerNothing('comment'),
    hash_bang_line: lowerNothing('comment'),
    import_statement: lowerImport,
    export_statement: lowerExport,
    interface_declaration: lowerNothing('type'),
    type_alias_declaration: lowerNothing('type'),
    ambient_declaration: lowerNothing('type'),
    enum_declaration: lowerNothing('empty'),
    empty_statement: lowerNothing('empty'),
    debugger_statement: lowerNothing('empty'),
    internal_module: (node, lowerer) => lowerer.statement(field(node, 'body')),
    lexical_declaration: lowerDeclaration,
    variable_declaration: lowerDeclaration,
    function_declaration: lowerFunction,
    generator_function_declaration: lowerFunction,
    class_declaration: lowerClass,
    abstract_class_declaration: lowerClass,
    statement_block: lowerBlock,
    expression_statement: lowerExpressionStatement,
    if_statement: lowerIf,
    else_clause: (node, lowerer) => lowerer.statement(codeChildren(node)[0] ?? null),
    for_statement: lowerFor,
    for_in_statement: lowerForIn,
    while_statement: lowerWhile,
    do_statement: lowerWhile,
    switch_statement: lowerSwitch,
    try_statement: lowerTry,
    throw_statement: lowerThrow,
    return_statement: lowerReturn,
    break_statement: lowerBreak,
    continue_statement: lowerContinue,
    labeled_statement: (node, lowerer) => ({
      kind: 'labeled',
      label: textOf(field(node, 'label')),
      body: lowerer.statement(field(node, 'body')),
      isJumpTarget: false,
      span: spanOf(node),
    }),
  },
};
