// JavaScript, TypeScript and JSX syntax to IR.
import type { Node } from 'web-tree-sitter';
import type {
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
  type Binding,
  lowerAssign,
  lowerAwait,
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
  lowerSpread,
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
  plainType,
  positional,
  spanOf,
  stringNode,
  textOf,
} from './lowerer.ts';

function lowerString(node: Node): Expression {
  return stringNode(node, decodeEscapes(node.text.slice(1, -1), DIALECTS.script));
}

function lowerTemplate(node: Node, lowerer: Lowerer): Expression {
  const parts: Expression[] = [];
  for (const child of node.namedChildren) {
    if (child.type === 'template_substitution')
      parts.push(lowerer.expression(codeChildren(child)[0] ?? child));
    else parts.push(stringNode(child, decodeEscapes(child.text, DIALECTS.script)));
  }
  return parts.length === 0 ? stringNode(node, '') : { kind: 'template', parts, span: spanOf(node) };
}

/** `require('m')` is an import wherever it stands. */
function lowerCall(node: Node, lowerer: Lowerer): Expression {
  const callee = field(node, 'function') ?? need(node, 'constructor');
  const given = field(node, 'arguments');
  const isImport = callee.text === 'require' || callee.type === 'import';
  const [first] = given === null ? [] : codeChildren(given);
  if (isImport && first?.type === 'string' && given?.namedChildCount === 1) {
    const path = modulePath(first.text.slice(1, -1));
    const local = `require(${path})`;
    lowerer.imports.push({ local, path, span: spanOf(node) });
    return nameNode(node, local);
  }
  const args =
    given === null
      ? []
      : given.type === 'template_string'
        ? [lowerer.expression(given)]
        : lowerer.expressions(codeChildren(given));
  return {
    kind: 'call',
    callee: lowerer.expression(callee),
    arguments: positional(args),
    isNew: node.type === 'new_expression',
    span: spanOf(node),
  };
}

/** `node:fs/promises` and `fs/promises` are one module; dots in paths would read as members. */
function modulePath(name: string): string {
  return name
    .replace(/^node:/, '')
    .replace(/\//g, '.')
    .replace(/^\.+/, '');
}

function lowerObject(node: Node, lowerer: Lowerer): Expression {
  const entries = codeChildren(node).map((child) => {
    if (child.type === 'pair')
      return { key: lowerKey(need(child, 'key'), lowerer), value: lowerer.expression(need(child, 'value')) };
    if (child.type === 'shorthand_property_identifier')
      return { key: stringNode(child, child.text), value: nameNode(child) };
    if (child.type === 'method_definition') {
      const definition = defineFunction(child, 'lambda', textOf(field(child, 'name')), lowerer);
      return {
        key: stringNode(child, definition.name),
        value: { kind: 'lambda', definition, span: spanOf(child) } as Expression,
      };
    }
    return { key: someText(child), value: lowerer.expression(child) };
  });
  return { kind: 'map', entries, span: spanOf(node) };
}

function lowerKey(node: Node, lowerer: Lowerer): Expression {
  if (node.type === 'computed_property_name') return lowerer.expression(codeChildren(node)[0] ?? node);
  return node.type === 'property_identifier' ? stringNode(node, node.text) : lowerer.expression(node);
}

function lowerUnaryWord(node: Node, lowerer: Lowerer): Expression {
  const operator = textOf(field(node, 'operator'));
  if (operator === 'delete') return lowerer.unknown(node);
  return operator === 'typeof' || operator === 'void'
    ? opaque(node, operator, [lowerer.expression(need(node, 'argument'))])
    : lowerUnary(node, lowerer);
}

function lowerOfCast(node: Node, lowerer: Lowerer): Expression {
  const inner = codeChildren(node).filter((child) => child.type !== 'type_arguments');
  const [operand = node, type] = inner;
  return {
    kind: 'cast',
    type: plainType(type ?? null) ?? 'any',
    operand: lowerer.expression(operand),
    span: spanOf(node),
  };
}

/** The names a pattern binds, each with the part of the value it gets. */
function bindings(pattern: Node, value: Expression, lowerer: Lowerer): Binding[] {
  const span = spanOf(pattern);
  if (pattern.type === 'identifier' || pattern.type === 'shorthand_property_identifier_pattern')
    return [{ name: pattern.text, value }];
  if (pattern.type === 'assignment_pattern' || pattern.type === 'object_assignment_pattern') {
    const fallback = lowerer.expression(need(pattern, 'right'));
    return bindings(
      need(pattern, 'left'),
      { kind: 'binary', operator: '??', left: value, right: fallback, span },
      lowerer,
    );
  }
  if (pattern.type === 'rest_pattern')
    return bindings(
      codeChildren(pattern)[0] ?? pattern,
      { kind: 'slice', object: value, bounds: [], span },
      lowerer,
    );
  if (pattern.type === 'array_pattern') {
    return codeChildren(pattern).flatMap((element, at) =>
      bindings(
        element,
        { kind: 'index', object: value, index: constantNode(element, { kind: 'int', value: at }), span },
        lowerer,
      ),
    );
  }
  if (pattern.type !== 'object_pattern') return [{ name: pattern.text, value: lowerer.unknown(pattern) }];
  return codeChildren(pattern).flatMap((child) => {
    const target = child.type === 'pair_pattern' ? need(child, 'value') : child;
    const key =
      child.type === 'pair_pattern' ? textOf(field(child, 'key')) : textOf(field(child, 'left') ?? child);
    const part: Expression =
      child.type === 'rest_pattern'
        ? value
        : { kind: 'member', object: value, name: key, span: spanOf(child) };
    return bindings(target, part, lowerer);
  });
}

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

function parametersOf(node: Node, lowerer: Lowerer): { parameters: Parameter[]; prologue: Statement[] } {
  const prologue: Statement[] = [];
  const single = field(node, 'parameter');
  const list =
    single === null
      ? codeChildren(field(node, 'parameters') ?? node).filter(() => field(node, 'parameters') !== null)
      : [single];
  const parameters = list.map((child, position): Parameter => {
    const inner = field(child, 'pattern') ?? child;
    const pattern =
      inner.type === 'assignment_pattern'
        ? need(inner, 'left')
        : inner.type === 'rest_pattern'
          ? (codeChildren(inner)[0] ?? inner)
          : inner;
    const value =
      field(child, 'value') ?? (inner.type === 'assignment_pattern' ? field(inner, 'right') : null);
    const isPlain = pattern.type === 'identifier' || pattern.type === 'this';
    const name = isPlain ? pattern.text : `#${position}`;
    if (!isPlain) {
      for (const binding of bindings(pattern, nameNode(pattern, name), lowerer)) {
        prologue.push({
          kind: 'declare',
          ...binding,
          type: null,
          isConstant: false,
          scope: 'block',
          isArray: false,
          span: spanOf(pattern),
        });
      }
    }
    const type = field(child, 'type');
    return {
      name,
      type: plainType(type === null ? null : (codeChildren(type)[0] ?? null)),
      defaultValue: value === null ? null : lowerer.expression(value),
      annotations: childrenOfType(child, 'decorator').map((decorator) =>
        decorator.text.slice(1).replace(/\([\s\S]*$/, ''),
      ),
    };
  });
  return { parameters, prologue };
}

function defineFunction(
  node: Node,
  kind: FunctionKind,
  name: string,
  lowerer: Lowerer,
  annotations: readonly string[] = [],
): FunctionDefinition {
  const { parameters, prologue } = parametersOf(node, lowerer);
  const body = field(node, 'body');
  const statements =
    body === null
      ? []
      : body.type === 'statement_block'
        ? lowerer.statements(codeChildren(body))
        : [{ kind: 'return', value: lowerer.expression(body), span: spanOf(body) } as Statement];
  return lowerer.defineFunction({
    name,
    kind,
    parameters,
    body: [...prologue, ...statements],
    annotations,
    ownsAssigned: false,
    span: spanOf(node),
  });
}

function lowerFunction(node: Node, lowerer: Lowerer): Statement {
  return {
    kind: 'function',
    definition: defineFunction(node, 'function', textOf(field(node, 'name')), lowerer),
    span: spanOf(node),
  };
}

/** A function without a name of its own is called by the variable it is stored in. */
function lowerLambda(node: Node, lowerer: Lowerer): Expression {
  const parent = node.parent;
  const holder =
    parent?.type === 'variable_declarator'
      ? textOf(field(parent, 'name'))
      : parent?.type === 'pair'
        ? textOf(field(parent, 'key'))
        : '';
  return {
    kind: 'lambda',
    definition: defineFunction(node, 'lambda', textOf(field(node, 'name')) || holder, lowerer),
    span: spanOf(node),
  };
}

function defineClass(node: Node, lowerer: Lowerer): ClassDefinition {
  const fields: FieldDefinition[] = [];
  const methods: FunctionDefinition[] = [];
  let decorators: string[] = [];
  for (const member of codeChildren(need(node, 'body'))) {
    if (member.type === 'decorator') {
      decorators.push(member.text.slice(1).replace(/\([\s\S]*$/, ''));
      continue;
    }
    const name = textOf(field(member, 'name') ?? field(member, 'property'));
    if (member.type === 'method_definition')
      methods.push(
        defineFunction(member, name === 'constructor' ? 'constructor' : 'method', name, lowerer, decorators),
      );
    else if (/field_definition$/.test(member.type)) {
      const head = member.text.slice(0, Math.max(0, member.text.indexOf(name)));
      fields.push({
        name,
        type: plainType(codeChildren(field(member, 'type') ?? need(member, 'name'))[0] ?? null),
        value: lowerer.optional(field(member, 'value')),
        isStatic: /\bstatic\b/.test(head),
        isConstant: /\breadonly\b/.test(head),
        isPrivate: name.startsWith('#') || /\bprivate\b/.test(head),
        span: spanOf(member),
      });
    } else if (member.type === 'class_static_block')
      methods.push(defineFunction(member, 'initializer', '', lowerer));
    decorators = [];
  }
  const heritage =
    textOf(childOfType(node, 'class_heritage'))
      .replace(/\b(extends|implements)\b/g, ' ')
      .match(/[\w.$]+/g) ?? [];
  return lowerer.defineClass({
    name: textOf(field(node, 'name')),
    supers: heritage,
    fields,
    methods,
    classes: [],
    span: spanOf(node),
  });
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

/** JSX as a list of what is put into it; its attributes are remembered as a map. */
function lowerMarkup(node: Node, lowerer: Lowerer): Expression {
  const open = field(node, 'open_tag') ?? node;
  const attributes = childrenOfType(open, 'jsx_attribute').map((attribute) => {
    const [name, value] = codeChildren(attribute);
    return {
      key: stringNode(attribute, textOf(name ?? null)),
      value: value === undefined ? someText(attribute) : lowerer.expression(value),
    };
  });
  const children = childrenOfType(node, 'jsx_expression', 'jsx_element', 'jsx_self_closing_element');
  const props: Expression = { kind: 'map', entries: attributes, span: spanOf(open) };
  return {
    kind: 'call',
    callee: nameNode(open, 'jsx'),
    arguments: positional([props, ...lowerer.expressions(children)]),
    isNew: false,
    span: spanOf(node),
  };
}

export const JAVASCRIPT: LoweringTables = {
  transparent: ['parenthesized_expression', 'non_null_expression'],
  identifiers: ['identifier', 'shorthand_property_identifier', 'shorthand_property_identifier_pattern'],
  expressions: {
    identifier: lowerName,
    this: lowerName,
    super: lowerName,
    undefined: lowerNull,
    number: lowerNumber,
    true: lowerTrue,
    false: lowerFalse,
    null: lowerNull,
    string: lowerString,
    template_string: lowerTemplate,
    regex: (node) => ({ kind: 'regex', pattern: textOf(field(node, 'pattern')), span: spanOf(node) }),
    binary_expression: lowerBinary,
    unary_expression: lowerUnaryWord,
    ternary_expression: lowerTernary,
    assignment_expression: lowerAssign,
    augmented_assignment_expression: lowerAssign,
    update_expression: lowerUpdate,
    array: lowerList,
    array_pattern: lowerList,
    object: lowerObject,
    call_expression: lowerCall,
    new_expression: lowerCall,
    member_expression: (node, lowerer) => ({
      kind: 'member',
      object: lowerer.expression(need(node, 'object')),
      name: textOf(field(node, 'property')),
      span: spanOf(node),
    }),
    subscript_expression: (node, lowerer) => ({
      kind: 'index',
      object: lowerer.expression(need(node, 'object')),
      index: lowerer.expression(need(node, 'index')),
      span: spanOf(node),
    }),
    arrow_function: lowerLambda,
    function_expression: lowerLambda,
    generator_function: lowerLambda,
    class: (node, lowerer) => {
      defineClass(node, lowerer);
      return opaque(node, 'class', []);
    },
    spread_element: lowerSpread,
    await_expression: lowerAwait,
    yield_expression: (node, lowerer) => opaque(node, 'yield', lowerer.expressions(codeChildren(node))),
    sequence_expression: (node, lowerer) => ({
      kind: 'sequence',
      items: lowerer.expressions(codeChildren(node)),
      span: spanOf(node),
    }),
    as_expression: lowerOfCast,
    satisfies_expression: lowerOfCast,
    type_assertion: lowerOfCast,
    jsx_element: lowerMarkup,
    jsx_self_closing_element: lowerMarkup,
    jsx_expression: (node, lowerer) => lowerer.expression(codeChildren(node)[0] ?? node),
    meta_property: someText,
  },
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
