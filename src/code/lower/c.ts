// C and C++ syntax to IR.
import type { Node } from 'web-tree-sitter';
import type {
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
  lowerReturn,
  lowerTernary,
  lowerThrow,
  lowerTrue,
  lowerUnary,
  lowerUpdate,
  lowerWhile,
  opaque,
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
  positional,
  spanOf,
  stringNode,
  textOf,
} from './lowerer.ts';

interface Declarator {
  readonly name: string;
  readonly isArray: boolean;
  readonly isReference: boolean;
  readonly isFunction: boolean;
  readonly stars: string;
}

/** Unwraps `*(x[10])` down to the declared name. */
function readDeclarator(node: Node | null): Declarator {
  let declarator = { name: '', isArray: false, isReference: false, isFunction: false, stars: '' };
  for (let at = node; at !== null; ) {
    if (at.type === 'array_declarator') declarator = { ...declarator, isArray: true };
    if (at.type === 'reference_declarator') declarator = { ...declarator, isReference: true };
    if (at.type === 'function_declarator') declarator = { ...declarator, isFunction: true };
    if (at.type === 'pointer_declarator') declarator = { ...declarator, stars: `${declarator.stars}*` };
    const inner: Node | null =
      field(at, 'declarator') ??
      (/(reference|parenthesized|attributed)_declarator$/.test(at.type)
        ? (codeChildren(at)[0] ?? null)
        : null);
    if (inner === null) return { ...declarator, name: at.text };
    at = inner;
  }
  return declarator;
}

function typeOf(node: Node, stars = ''): string {
  const qualifiers = childrenOfType(node, 'type_qualifier').map((qualifier) => qualifier.text);
  return [...qualifiers, textOf(field(node, 'type')).replace(/<[\s\S]*>/, '')]
    .join(' ')
    .concat(stars === '' ? '' : ` ${stars}`)
    .trim();
}

function lowerDeclaration(node: Node, lowerer: Lowerer): Statement[] {
  const isConstant = childrenOfType(node, 'type_qualifier').some(
    ({ text }) => text === 'const' || text === 'constexpr',
  );
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

function pathNode(node: Node, text: string): Expression {
  const [first = '', ...rest] = text
    .replace(/<[\s\S]*>/, '')
    .split('::')
    .filter((part) => part !== '');
  let chain: Expression = nameNode(node, first);
  for (const part of rest) chain = { kind: 'member', object: chain, name: part, span: spanOf(node) };
  return chain;
}

function lowerCall(node: Node, lowerer: Lowerer): Expression {
  const target = need(node, 'function');
  const args = field(node, 'arguments');
  const values = args === null ? [] : lowerer.expressions(codeChildren(args));
  const span = spanOf(node);
  const [only] = values;
  if (
    target.type === 'template_function' &&
    /_cast$/.test(textOf(field(target, 'name'))) &&
    only !== undefined
  ) {
    return { kind: 'cast', type: textOf(field(target, 'arguments')).slice(1, -1), operand: only, span };
  }
  const callee =
    target.type === 'template_function'
      ? nameNode(target, textOf(field(target, 'name')))
      : lowerer.expression(target);
  return { kind: 'call', callee, arguments: positional(values), isNew: false, span };
}

function lowerNew(node: Node, lowerer: Lowerer): Expression {
  const args = field(node, 'arguments');
  return {
    kind: 'call',
    callee: pathNode(need(node, 'type'), textOf(field(node, 'type'))),
    arguments: positional(args === null ? [] : lowerer.expressions(codeChildren(args))),
    isNew: true,
    span: spanOf(node),
  };
}

function lowerPointer(node: Node, lowerer: Lowerer): Expression {
  const kind = textOf(field(node, 'operator')) === '&' ? 'reference' : 'dereference';
  return { kind, operand: lowerer.expression(need(node, 'argument')), span: spanOf(node) };
}

function lowerInitializerList(node: Node, lowerer: Lowerer): Expression {
  const children = codeChildren(node);
  if (!children.some((child) => child.type === 'initializer_pair'))
    return { kind: 'list', elements: lowerer.expressions(children), span: spanOf(node) };
  const entries = children.map((child) => ({
    key: stringNode(
      child,
      textOf(child.type === 'initializer_pair' ? (codeChildren(child)[0] ?? null) : null).replace(/^\./, ''),
    ),
    value: lowerer.expression(field(child, 'value') ?? child),
  }));
  return { kind: 'map', entries, span: spanOf(node) };
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

function parametersOf(node: Node | null): Parameter[] {
  const parameters =
    node === null
      ? []
      : childrenOfType(
          node,
          'parameter_declaration',
          'optional_parameter_declaration',
          'variadic_parameter_declaration',
        );
  return parameters.map((parameter) => {
    const declarator = readDeclarator(field(parameter, 'declarator'));
    return {
      name: declarator.name,
      type: typeOf(parameter, declarator.stars),
      defaultValue: null,
      annotations: [],
    };
  });
}

function functionDeclarator(node: Node | null): Node | null {
  for (let at = node; at !== null; at = field(at, 'declarator') ?? codeChildren(at)[0] ?? null) {
    if (
      at.type === 'function_declarator' ||
      at.type === 'lambda_declarator' ||
      at.type === 'abstract_function_declarator'
    )
      return at;
    if (!/declarator$/.test(at.type)) return null;
  }
  return null;
}

function defineFunction(node: Node, lowerer: Lowerer): FunctionDefinition {
  const head = functionDeclarator(field(node, 'declarator'));
  const isLambda = node.type === 'lambda_expression';
  const body = field(node, 'body') ?? childOfType(node, 'try_statement');
  const name = head === null || isLambda ? '' : textOf(field(head, 'declarator'));
  return lowerer.defineFunction({
    name: name.slice(name.lastIndexOf(':') + 1),
    kind: isLambda
      ? 'lambda'
      : node.parent?.type === 'field_declaration_list' || name.includes('::')
        ? 'method'
        : 'function',
    parameters: parametersOf(head === null ? null : field(head, 'parameters')),
    body:
      body === null
        ? []
        : lowerer.statements(body.type === 'compound_statement' ? codeChildren(body) : [body]),
    annotations: [],
    ownsAssigned: false,
    span: spanOf(node),
  });
}

function lowerClass(node: Node, lowerer: Lowerer): Statement {
  const body = field(node, 'body');
  if (body === null) return { kind: 'nothing', what: 'type', span: spanOf(node) };
  const fields: FieldDefinition[] = [];
  const methods: FunctionDefinition[] = [];
  for (const member of codeChildren(body)) {
    if (member.type === 'function_definition') methods.push(defineFunction(member, lowerer));
    if (member.type !== 'field_declaration') continue;
    const declarator = readDeclarator(field(member, 'declarator'));
    const isStatic = childrenOfType(member, 'storage_class_specifier').some(({ text }) => text === 'static');
    const isConstant =
      childrenOfType(member, 'type_qualifier').some(({ text }) => text === 'const' || text === 'constexpr') &&
      declarator.stars === '';
    fields.push({
      name: declarator.name,
      type: typeOf(member, declarator.stars),
      value: isStatic && isConstant ? lowerer.optional(field(member, 'default_value')) : null,
      isStatic,
      isConstant,
      isPrivate: false,
      span: spanOf(member),
    });
  }
  const supers =
    textOf(childOfType(node, 'base_class_clause'))
      .match(/\w+/g)
      ?.filter((word) => !/^(public|private|protected|virtual)$/.test(word)) ?? [];
  const definition: ClassDefinition = {
    name: textOf(field(node, 'name')),
    supers,
    fields,
    methods,
    classes: [],
    span: spanOf(node),
  };
  return { kind: 'class', definition: lowerer.defineClass(definition), span: spanOf(node) };
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
  expressions: {
    identifier: lowerName,
    field_identifier: lowerName,
    namespace_identifier: lowerName,
    type_identifier: lowerName,
    this: lowerName,
    qualified_identifier: (node) => pathNode(node, node.text),
    number_literal: lowerNumber,
    true: lowerTrue,
    false: lowerFalse,
    null: lowerNull,
    string_literal: (node, lowerer) => {
      const quote = node.text.indexOf('"');
      const value = decodeEscapes(node.text.slice(quote + 1, -1), DIALECTS.c);
      return value === null ? lowerer.unknown(node) : stringNode(node, value);
    },
    raw_string_literal: someText,
    concatenated_string: (node, lowerer) => ({
      kind: 'template',
      parts: lowerer.expressions(codeChildren(node)),
      span: spanOf(node),
    }),
    char_literal: (node, lowerer) => {
      const value = decodeEscapes(node.text.slice(node.text.indexOf("'") + 1, -1), DIALECTS.c);
      return value === null ? lowerer.unknown(node) : constantNode(node, { kind: 'char', value });
    },
    binary_expression: lowerBinary,
    unary_expression: lowerUnary,
    conditional_expression: lowerTernary,
    assignment_expression: lowerAssign,
    update_expression: lowerUpdate,
    comma_expression: (node, lowerer) => ({
      kind: 'sequence',
      items: lowerer.expressions(codeChildren(node)),
      span: spanOf(node),
    }),
    call_expression: lowerCall,
    new_expression: lowerNew,
    delete_expression: (node, lowerer) => opaque(node, 'delete', lowerer.expressions(codeChildren(node))),
    field_expression: (node, lowerer) => ({
      kind: 'member',
      object: lowerer.expression(need(node, 'argument')),
      name: textOf(field(node, 'field')),
      span: spanOf(node),
    }),
    subscript_expression: (node, lowerer) => {
      const index = field(node, 'index') ?? codeChildren(field(node, 'indices') ?? node).at(-1) ?? node;
      return {
        kind: 'index',
        object: lowerer.expression(need(node, 'argument')),
        index: lowerer.expression(index),
        span: spanOf(node),
      };
    },
    pointer_expression: lowerPointer,
    cast_expression: (node, lowerer) => ({
      kind: 'cast',
      type: textOf(field(node, 'type')),
      operand: lowerer.expression(need(node, 'value')),
      span: spanOf(node),
    }),
    sizeof_expression: (node) => opaque(node, 'sizeof', []),
    initializer_list: lowerInitializerList,
    lambda_expression: (node, lowerer) => ({
      kind: 'lambda',
      definition: defineFunction(node, lowerer),
      span: spanOf(node),
    }),
  },
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
