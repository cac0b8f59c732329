// C and C++ statements to IR; with the tables of the language.

import type { Node } from 'web-tree-sitter';
import type { Expression, Statement, SwitchCase } from '../ir.ts';
import { defineFunction, lowerClass, readDeclarator, typeOf } from './c-definitions.ts';
import { C_EXPRESSIONS, pathNode } from './c-expressions.ts';
import {
  lowerBlock,
  lowerBreak,
  lowerContinue,
  lowerExpressionStatement,
  lowerNothing,
  lowerReturn,
  lowerThrow,
  lowerWhile,
  opaque,
} from './common.ts';
import {
  childOfType,
  childrenOfType,
  codeChildren,
  field,
  type Lowerer,
  type LoweringTables,
  nameNode,
  need,
  positional,
  spanOf,
  textOf,
} from './lowerer.ts';

function lowerDeclaration(node: Node, lowerer: Lowerer): Statement[] {
  const isConstant =
    childrenOfType(node, 'type_qualifier').some(({ text }) => text === 'const' || text === 'constexpr') &&
    !/\bweak\b/.test(node.text);
  const isOpen = childrenOfType(node, 'storage_class_specifier').some(
    ({ text }) => text === 'extern' || text === 'static',
  );
  const inFunction = node.parent?.type !== 'translation_unit' && node.parent?.type !== 'declaration_list';
  return node
    .childrenForFieldName('declarator')
    .filter((child) => child.isNamed)
    .flatMap((child): Statement[] => {
      const isInitialised = child.type === 'init_declarator';
      const declarator = readDeclarator(isInitialised ? field(child, 'declarator') : child);
      const span = spanOf(child);
      if (declarator.isFunction && !isInitialised)
        return [{ kind: 'nothing', what: 'type', span: spanOf(node) }];
      const type = typeOf(node, declarator.stars);
      const given = isInitialised ? lowerInitial(need(child, 'value'), type, lowerer) : null;
      // A pointer to constant text may still be pointed elsewhere; a static local keeps what an earlier call stored.
      const isFinal = isConstant && declarator.stars === '';
      const value =
        given !== null && declarator.isReference
          ? ({ kind: 'reference', operand: given, span } as Expression)
          : given;
      const shown =
        isOpen && inFunction && !isFinal
          ? opaque(child, 'a static or extern variable', value === null ? [] : [value])
          : value;
      const declare: Statement = {
        kind: 'declare',
        name: declarator.name,
        type,
        value: shown,
        isConstant: isFinal,
        scope: 'block',
        isArray: declarator.isArray,
        span,
      };
      return declarator.isReference && value !== null
        ? [
            declare,
            {
              kind: 'expression',
              expression: { kind: 'reference', operand: nameNode(child, declarator.name), span },
              span,
            },
          ]
        : [declare];
    });
}

/** `T x(…)` and `T x{…}` construct; `= {…}` lists. */
function lowerInitial(node: Node, type: string, lowerer: Lowerer): Expression {
  if (node.type !== 'argument_list') return lowerer.expression(node);
  return {
    kind: 'call',
    callee: pathNode(node, type.replace(/^(const|static)\s+/, '')),
    arguments: positional(lowerer.expressions(codeChildren(node))),
    isNew: true,
    span: spanOf(node),
  };
}

function lowerIf(node: Node, lowerer: Lowerer): Statement {
  const clause = need(node, 'condition');
  const initial = field(clause, 'initializer');
  const condition = field(clause, 'value') ?? clause;
  const declared = condition.type === 'declaration' ? lowerer.statements([condition]) : [];
  const [first] = declared;
  const test: Expression =
    first?.kind === 'declare' ? nameNode(condition, first.name) : lowerer.expression(condition);
  const inner: Statement = {
    kind: 'if',
    condition: test,
    consequence: lowerer.statement(field(node, 'consequence')),
    otherwise: lowerer.optionalStatement(field(node, 'alternative')),
    span: spanOf(node),
  };
  const before = [...(initial === null ? [] : lowerer.statements([initial])), ...declared];
  return before.length === 0
    ? inner
    : { kind: 'block', body: [...before, inner], scoped: true, span: spanOf(node) };
}

function lowerFor(node: Node, lowerer: Lowerer): Statement {
  const init = field(node, 'initializer');
  const update = field(node, 'update');
  return {
    kind: 'loop',
    init: init === null ? [] : lowerer.statements([init]),
    condition: lowerer.optional(field(node, 'condition')),
    step: update === null ? [] : [lowerer.expression(update)],
    body: lowerer.statement(field(node, 'body')),
    bodyFirst: false,
    orElse: null,
    span: spanOf(node),
  };
}

function lowerRangeFor(node: Node, lowerer: Lowerer): Statement {
  const declarator = readDeclarator(field(node, 'declarator'));
  const iterable = lowerer.expression(need(node, 'right'));
  const span = spanOf(node);
  const seen: Expression = declarator.isReference ? { kind: 'reference', operand: iterable, span } : iterable;
  return {
    kind: 'foreach',
    targets: [nameNode(need(node, 'declarator'), declarator.name)],
    declares: true,
    iterable: seen,
    body: lowerer.statement(field(node, 'body')),
    orElse: null,
    span,
  };
}

function lowerSwitch(node: Node, lowerer: Lowerer): Statement {
  const body = codeChildren(need(node, 'body'));
  if (body.some((child) => child.type !== 'case_statement'))
    return {
      kind: 'unknown',
      what: 'a switch with code outside of its cases',
      children: lowerer.statements(body),
      span: spanOf(node),
    };
  const cases = body.map((entry): SwitchCase => {
    const value = field(entry, 'value');
    return {
      labels: value === null ? null : [lowerer.expression(value)],
      guard: null,
      body: lowerer.statements(codeChildren(entry).filter((child) => child.id !== value?.id)),
      span: spanOf(entry),
    };
  });
  return {
    kind: 'switch',
    subject: lowerer.expression(need(node, 'condition')),
    cases,
    fallsThrough: true,
    span: spanOf(node),
  };
}

function lowerTry(node: Node, lowerer: Lowerer): Statement {
  const catches = childrenOfType(node, 'catch_clause').map((clause) => {
    const parameter = childOfType(need(clause, 'parameters'), 'parameter_declaration');
    return {
      name: parameter === null ? null : readDeclarator(field(parameter, 'declarator')).name || null,
      body: lowerer.statements(codeChildren(need(clause, 'body'))),
      span: spanOf(clause),
    };
  });
  return {
    kind: 'try',
    resources: [],
    body: lowerer.statement(field(node, 'body')),
    catches,
    orElse: null,
    finalizer: null,
    span: spanOf(node),
  };
}

/** Which side of an `#if` is compiled is not known. */
function lowerConditional(node: Node, lowerer: Lowerer): Statement {
  const alternative = field(node, 'alternative');
  const heads = [field(node, 'name'), field(node, 'condition'), alternative].map((head) => head?.id);
  const body = codeChildren(node).filter((child) => !heads.includes(child.id));
  return {
    kind: 'if',
    condition: opaque(node, 'a preprocessor condition', []),
    consequence: { kind: 'block', body: lowerer.statements(body), scoped: false, span: spanOf(node) },
    otherwise: lowerer.optionalStatement(alternative),
    span: spanOf(node),
  };
}

function lowerMacro(node: Node, lowerer: Lowerer): Statement {
  lowerer.macros.push(textOf(field(node, 'name') ?? codeChildren(node)[1] ?? null));
  return { kind: 'nothing', what: 'empty', span: spanOf(node) };
}

const lowerFunction = (node: Node, lowerer: Lowerer): Statement => ({
  kind: 'function',
  definition: defineFunction(node, lowerer),
  span: spanOf(node),
});

const lowerType = (node: Node, lowerer: Lowerer): Statement => {
  const inner = childOfType(node, 'class_specifier', 'struct_specifier');
  return inner === null ? { kind: 'nothing', what: 'type', span: spanOf(node) } : lowerClass(inner, lowerer);
};

const lowerInside = (node: Node, lowerer: Lowerer): Statement => {
  const body = field(node, 'body') ?? node;
  return body.type === 'declaration_list'
    ? lowerer.block(body, false)
    : {
        kind: 'block',
        body: lowerer.statements(
          codeChildren(body).filter(({ type }) =>
            /^(function_definition|class_specifier|struct_specifier|declaration|template_declaration|namespace_definition)$/.test(
              type,
            ),
          ),
        ),
        scoped: false,
        span: spanOf(node),
      };
};

export const C: LoweringTables = {
  transparent: ['parenthesized_expression', 'condition_clause'],
  identifiers: ['identifier'],
  expressions: C_EXPRESSIONS,
  statements: {
    comment: lowerNothing('comment'),
    preproc_include: lowerNothing('import'),
    preproc_def: lowerMacro,
    preproc_function_def: lowerMacro,
    preproc_call: lowerNothing('empty'),
    preproc_ifdef: lowerConditional,
    preproc_if: lowerConditional,
    preproc_elif: lowerConditional,
    preproc_else: (node, lowerer) => lowerer.block(node, false),
    using_declaration: lowerNothing('import'),
    alias_declaration: lowerNothing('type'),
    static_assert_declaration: lowerNothing('empty'),
    type_definition: lowerNothing('type'),
    enum_specifier: lowerNothing('type'),
    union_specifier: lowerNothing('type'),
    struct_specifier: lowerClass,
    class_specifier: lowerClass,
    declaration: (node, lowerer) =>
      field(node, 'declarator') === null ? lowerType(node, lowerer) : lowerDeclaration(node, lowerer),
    init_statement: (node, lowerer) => lowerer.block(node, false),
    function_definition: lowerFunction,
    template_declaration: lowerInside,
    namespace_definition: lowerInside,
    linkage_specification: lowerInside,
    compound_statement: lowerBlock,
    expression_statement: lowerExpressionStatement,
    if_statement: lowerIf,
    else_clause: (node, lowerer) => lowerer.statement(codeChildren(node)[0] ?? null),
    while_statement: lowerWhile,
    do_statement: lowerWhile,
    for_statement: lowerFor,
    for_range_loop: lowerRangeFor,
    switch_statement: lowerSwitch,
    try_statement: lowerTry,
    throw_statement: lowerThrow,
    return_statement: lowerReturn,
    break_statement: lowerBreak,
    continue_statement: lowerContinue,
    goto_statement: (node) => ({ kind: 'goto', label: textOf(field(node, 'label')), span: spanOf(node) }),
    labeled_statement: (node, lowerer) => ({
      kind: 'labeled',
      label: textOf(field(node, 'label')),
      body: lowerer.statement(codeChildren(node)[1] ?? null),
      isJumpTarget: false,
      span: spanOf(node),
    }),
  },
};
