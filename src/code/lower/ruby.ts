// Ruby syntax to IR.
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
  lowerFalse,
  lowerName,
  lowerNothing,
  lowerNull,
  lowerNumber,
  lowerSpread,
  lowerTernary,
  lowerTrue,
  lowerUnary,
  opaque,
  operatorOf,
  someText,
} from './common.ts';
import { DIALECTS, decodeEscapes } from './literals.ts';
import {
  childrenOfType,
  codeChildren,
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

function lowerString(node: Node, lowerer: Lowerer): Expression {
  const dialect =
    node.text.startsWith("'") || node.text.startsWith('%q') ? DIALECTS.rubySingle : DIALECTS.ruby;
  const parts = node.namedChildren.map((child): Expression => {
    if (child.type === 'interpolation')
      return codeChildren(child).length === 1
        ? lowerer.expression(codeChildren(child)[0] ?? child)
        : lowerer.unknown(child);
    return stringNode(child, decodeEscapes(child.text, dialect));
  });
  if (parts.length === 0) return stringNode(node, '');
  const [only] = parts;
  if (only?.kind === 'constant' && parts.length === 1) return { ...only, span: spanOf(node) };
  return { kind: 'template', parts, span: spanOf(node) };
}

function argumentsOf(node: Node | null, lowerer: Lowerer): Argument[] {
  return (node === null ? [] : codeChildren(node)).map((child) => {
    if (child.type === 'pair' && /^hash_key_symbol$/.test(field(child, 'key')?.type ?? '')) {
      const value = field(child, 'value');
      return {
        value: value === null ? nameNode(need(child, 'key')) : lowerer.expression(value),
        name: textOf(field(child, 'key')),
      };
    }
    if (child.type === 'pair')
      return {
        value: lowerer.expression(need(child, 'value')),
        name: textOf(field(child, 'key')).replace(/^:/, ''),
      };
    return { value: lowerer.expression(child), name: null };
  });
}

function lowerCall(node: Node, lowerer: Lowerer): Expression {
  const receiver = field(node, 'receiver');
  const method = field(node, 'method');
  const name = method === null ? 'call' : method.text;
  const args = argumentsOf(field(node, 'arguments'), lowerer);
  const block = field(node, 'block');
  if (block !== null)
    args.push({
      value: { kind: 'lambda', definition: defineBlock(block, lowerer), span: spanOf(block) },
      name: null,
    });
  const callee: Expression =
    receiver === null
      ? nameNode(method ?? node, name)
      : { kind: 'member', object: lowerer.expression(receiver), name, span: spanOf(method ?? node) };
  const isNew = name === 'new' && receiver !== null && /^(constant|scope_resolution)$/.test(receiver.type);
  // `o.name` without arguments may be a field or a call: it is both.
  if (receiver !== null && args.length === 0 && field(node, 'arguments') === null)
    return { kind: 'call', callee, arguments: [], isNew: false, span: spanOf(node) };
  return {
    kind: 'call',
    callee: isNew && receiver !== null ? lowerer.expression(receiver) : callee,
    arguments: args,
    isNew,
    span: spanOf(node),
  };
}

function lowerBinary(node: Node, lowerer: Lowerer): Expression {
  const operator = textOf(field(node, 'operator'));
  const left = lowerer.expression(need(node, 'left'));
  const right = lowerer.expression(need(node, 'right'));
  const span = spanOf(node);
  // `text << more` changes the text itself.
  if (operator === '<<' && left.kind === 'name')
    return { kind: 'assign', target: left, operator: '+', value: right, span };
  if (operator === '<<') return opaque(node, '<<', [left, right]);
  return { kind: 'binary', operator: operatorOf(operator), left, right, span };
}

function lowerElement(node: Node, lowerer: Lowerer): Expression {
  const object = need(node, 'object');
  const rest = codeChildren(node).filter((child) => child.id !== object.id);
  const [index] = rest;
  if (index === undefined || rest.length > 1 || index.type === 'range')
    return {
      kind: 'slice',
      object: lowerer.expression(object),
      bounds: lowerer.expressions(rest),
      span: spanOf(node),
    };
  return {
    kind: 'index',
    object: lowerer.expression(object),
    index: lowerer.expression(index),
    span: spanOf(node),
  };
}

function lowerHash(node: Node, lowerer: Lowerer): Expression {
  const entries = codeChildren(node).map((child) => {
    const key = field(child, 'key');
    const value = field(child, 'value');
    if (child.type !== 'pair' || key === null)
      return { key: someText(child), value: lowerer.expression(child) };
    return {
      key: key.type === 'hash_key_symbol' ? stringNode(key, key.text) : lowerer.expression(key),
      value: value === null ? nameNode(key) : lowerer.expression(value),
    };
  });
  return { kind: 'map', entries, span: spanOf(node) };
}

function lowerScope(node: Node, lowerer: Lowerer): Expression {
  const scope = field(node, 'scope');
  const name = textOf(field(node, 'name'));
  return scope === null
    ? nameNode(node, name)
    : { kind: 'member', object: lowerer.expression(scope), name, span: spanOf(node) };
}

function bodyOf(node: Node | null, lowerer: Lowerer): Statement {
  if (node === null) return lowerer.statement(null);
  return { kind: 'block', body: lowerBodies(node, lowerer), scoped: false, span: spanOf(node) };
}

/** A body with `rescue`, `else` or `ensure` is a try. */
function lowerBodies(node: Node, lowerer: Lowerer): Statement[] {
  const children = codeChildren(node);
  const rescues = children.filter((child) => child.type === 'rescue');
  const ensure = children.find((child) => child.type === 'ensure');
  const last = children.find((child) => child.type === 'else');
  const plain = lowerer.statements(
    children.filter((child) => !['rescue', 'ensure', 'else'].includes(child.type)),
  );
  if (rescues.length === 0 && ensure === undefined) return plain;
  const span = spanOf(node);
  const catches = rescues.map((clause) => ({
    name: textOf(field(clause, 'variable')).replace(/^=>\s*/, '') || null,
    body: [bodyOf(field(clause, 'body'), lowerer)],
    span: spanOf(clause),
  }));
  return [
    {
      kind: 'try',
      resources: [],
      body: { kind: 'block', body: plain, scoped: false, span },
      catches,
      orElse: last === undefined ? null : bodyOf(last, lowerer),
      finalizer: ensure === undefined ? null : bodyOf(ensure, lowerer),
      span,
    },
  ];
}

function lowerIf(node: Node, lowerer: Lowerer): Statement {
  const given = lowerer.expression(need(node, 'condition'));
  const isNegated = node.type.startsWith('unless');
  const condition: Expression = isNegated
    ? { kind: 'unary', operator: '!', operand: given, span: given.span }
    : given;
  const alternative = field(node, 'alternative');
  const body = field(node, 'body');
  return {
    kind: 'if',
    condition,
    consequence: body === null ? bodyOf(field(node, 'consequence'), lowerer) : lowerer.statement(body),
    otherwise:
      alternative === null
        ? null
        : alternative.type === 'elsif'
          ? lowerIf(alternative, lowerer)
          : bodyOf(alternative, lowerer),
    span: spanOf(node),
  };
}

function lowerWhile(node: Node, lowerer: Lowerer): Statement {
  const given = lowerer.expression(need(node, 'condition'));
  const condition: Expression = node.type.startsWith('until')
    ? { kind: 'unary', operator: '!', operand: given, span: given.span }
    : given;
  const body = field(node, 'body');
  return {
    kind: 'loop',
    init: [],
    condition,
    step: [],
    body: body?.type === 'do' ? bodyOf(body, lowerer) : lowerer.statement(body),
    bodyFirst: body?.type === 'begin',
    orElse: null,
    span: spanOf(node),
  };
}

function lowerFor(node: Node, lowerer: Lowerer): Statement {
  const source = field(node, 'value');
  return {
    kind: 'foreach',
    targets: [lowerer.expression(need(node, 'pattern'))],
    declares: false,
    iterable: lowerer.expression(source === null ? node : (codeChildren(source)[0] ?? source)),
    body: bodyOf(field(node, 'body'), lowerer),
    orElse: null,
    span: spanOf(node),
  };
}

function lowerCase(node: Node, lowerer: Lowerer): Statement {
  const cases = childrenOfType(node, 'when', 'else').map((clause): SwitchCase => {
    const labels = clause.childrenForFieldName('pattern').map((pattern) => {
      const inner = codeChildren(pattern)[0] ?? pattern;
      return ['string', 'integer', 'nil', 'true', 'false', 'simple_symbol'].includes(inner.type)
        ? lowerer.expression(inner)
        : opaque(inner, 'pattern', []);
    });
    return {
      labels: clause.type === 'else' ? null : labels,
      guard: null,
      body: clause.type === 'else' ? lowerBodies(clause, lowerer) : [bodyOf(field(clause, 'body'), lowerer)],
      span: spanOf(clause),
    };
  });
  return {
    kind: 'switch',
    subject: lowerer.optional(field(node, 'value')),
    cases,
    fallsThrough: false,
    span: spanOf(node),
  };
}

/** `next` and `break` leave a block as `return` leaves a function; in a loop they are the loop's own. */
function lowerJump(node: Node, kind: 'break' | 'continue', lowerer: Lowerer): Statement {
  for (let outer = node.parent; outer !== null; outer = outer.parent) {
    if (/^(while|until|for)(_modifier)?$/.test(outer.type)) return { kind, label: null, span: spanOf(node) };
    if (/^(do_block|block|lambda|method|singleton_method)$/.test(outer.type)) break;
  }
  return lowerReturn(node, lowerer);
}

function lowerReturn(node: Node, lowerer: Lowerer): Statement {
  const [given] = codeChildren(node);
  const values =
    given === undefined
      ? []
      : lowerer.expressions(given.type === 'argument_list' ? codeChildren(given) : [given]);
  return {
    kind: 'return',
    value: values.length > 1 ? { kind: 'list', elements: values, span: spanOf(node) } : (values[0] ?? null),
    span: spanOf(node),
  };
}

function parametersOf(node: Node | null, lowerer: Lowerer): Parameter[] {
  return (node === null ? [] : codeChildren(node)).map((child) => ({
    name: textOf(field(child, 'name') ?? child).replace(/^[*&]+|:$/g, ''),
    type: null,
    defaultValue: lowerer.optional(field(child, 'value')),
    annotations: [],
  }));
}

function defineBlock(node: Node, lowerer: Lowerer): FunctionDefinition {
  const inner = node.type === 'lambda' ? need(node, 'body') : node;
  const body = field(inner, 'body');
  return lowerer.defineFunction({
    name: '',
    kind: 'lambda',
    parameters: parametersOf(field(node, 'parameters'), lowerer),
    body: body === null ? [] : lowerBodies(body, lowerer),
    annotations: [],
    ownsAssigned: false,
    span: spanOf(node),
  });
}

function defineMethod(node: Node, lowerer: Lowerer): Statement {
  const body = field(node, 'body');
  const kind: FunctionKind = 'method';
  const definition = lowerer.defineFunction({
    name: textOf(field(node, 'name')),
    kind,
    parameters: parametersOf(field(node, 'parameters'), lowerer),
    body: body === null ? [] : lowerBodies(body, lowerer),
    annotations: [],
    ownsAssigned: true,
    span: spanOf(node),
  });
  return { kind: 'function', definition, span: spanOf(node) };
}

function defineClass(node: Node, lowerer: Lowerer): Statement {
  const body = field(node, 'body');
  const statements = body === null ? [] : lowerBodies(body, lowerer);
  const fields = statements.flatMap((statement): FieldDefinition[] =>
    statement.kind === 'expression' &&
    statement.expression.kind === 'assign' &&
    statement.expression.target.kind === 'name' &&
    /^[A-Z]/.test(statement.expression.target.name)
      ? [
          {
            name: statement.expression.target.name,
            type: null,
            value: statement.expression.value,
            isStatic: true,
            isConstant: true,
            isPrivate: false,
            span: statement.span,
          },
        ]
      : [],
  );
  const definition: ClassDefinition = {
    name: textOf(field(node, 'name')),
    // A module's or superclass's constants may stand before an outer class's.
    supers: [textOf(field(node, 'superclass')).replace(/^<\s*/, '')].filter((name) => name !== ''),
    fields,
    methods: statements.flatMap((statement) => (statement.kind === 'function' ? [statement.definition] : [])),
    classes: statements.flatMap((statement) => (statement.kind === 'class' ? [statement.definition] : [])),
    span: spanOf(node),
  };
  return { kind: 'class', definition: lowerer.defineClass(definition), span: spanOf(node) };
}

const lowerBegin = (node: Node, lowerer: Lowerer): Statement => ({
  kind: 'block',
  body: lowerBodies(node, lowerer),
  scoped: false,
  span: spanOf(node),
});
const lowerTargets = (node: Node, lowerer: Lowerer): Expression => ({
  kind: 'list',
  elements: lowerer.expressions(codeChildren(node)),
  span: spanOf(node),
});

export const RUBY: LoweringTables = {
  transparent: ['parenthesized_statements'],
  identifiers: ['identifier', 'constant'],
  expressions: {
    identifier: lowerName,
    constant: lowerName,
    self: lowerName,
    instance_variable: (node) => ({
      kind: 'member',
      object: nameNode(node, 'self'),
      name: node.text,
      span: spanOf(node),
    }),
    class_variable: (node) => ({
      kind: 'member',
      object: nameNode(node, 'self'),
      name: node.text,
      span: spanOf(node),
    }),
    global_variable: (node) => opaque(node, 'a global variable', []),
    integer: lowerNumber,
    float: lowerNumber,
    true: lowerTrue,
    false: lowerFalse,
    nil: lowerNull,
    string: lowerString,
    bare_string: lowerString,
    chained_string: (node, lowerer) => ({
      kind: 'template',
      parts: lowerer.expressions(codeChildren(node)),
      span: spanOf(node),
    }),
    heredoc_beginning: (node, lowerer) => lowerer.unknown(node),
    simple_symbol: (node) => stringNode(node, node.text.replace(/^:/, '')),
    hash_key_symbol: (node) => stringNode(node, node.text),
    subshell: (node, lowerer) => ({
      kind: 'call',
      callee: nameNode(node, '`'),
      arguments: positional([lowerString(node, lowerer)]),
      isNew: false,
      span: spanOf(node),
    }),
    regex: (node) => ({ kind: 'regex', pattern: node.text, span: spanOf(node) }),
    array: lowerTargets,
    string_array: lowerTargets,
    hash: lowerHash,
    binary: lowerBinary,
    unary: lowerUnary,
    conditional: lowerTernary,
    assignment: lowerAssign,
    operator_assignment: lowerAssign,
    left_assignment_list: lowerTargets,
    right_assignment_list: lowerTargets,
    destructured_left_assignment: lowerTargets,
    call: lowerCall,
    element_reference: lowerElement,
    scope_resolution: lowerScope,
    splat_argument: lowerSpread,
    hash_splat_argument: lowerSpread,
    block_argument: (node, lowerer) => opaque(node, 'block', lowerer.expressions(codeChildren(node))),
    lambda: (node, lowerer) => ({
      kind: 'lambda',
      definition: defineBlock(node, lowerer),
      span: spanOf(node),
    }),
    range: (node, lowerer) => opaque(node, 'range', lowerer.expressions(codeChildren(node))),
    super: (node) => opaque(node, 'super', []),
    yield: (node, lowerer) =>
      opaque(
        node,
        'yield',
        codeChildren(node).flatMap((child) => lowerer.expressions(codeChildren(child))),
      ),
    rescue_modifier: (node, lowerer) => opaque(node, 'rescue', lowerer.expressions(codeChildren(node))),
  },
  statements: {
    comment: lowerNothing('comment'),
    empty_statement: lowerNothing('empty'),
    heredoc_body: lowerNothing('empty'),
    alias: lowerNothing('empty'),
    module: defineClass,
    class: defineClass,
    singleton_class: (node, lowerer) => bodyOf(field(node, 'body'), lowerer),
    method: defineMethod,
    singleton_method: defineMethod,
    body_statement: lowerBegin,
    block_body: lowerBegin,
    begin: lowerBegin,
    parenthesized_statements: lowerBegin,
    if: lowerIf,
    unless: lowerIf,
    if_modifier: lowerIf,
    unless_modifier: lowerIf,
    while: lowerWhile,
    until: lowerWhile,
    while_modifier: lowerWhile,
    until_modifier: lowerWhile,
    for: lowerFor,
    case: lowerCase,
    return: lowerReturn,
    next: (node, lowerer) => lowerJump(node, 'continue', lowerer),
    break: (node, lowerer) => lowerJump(node, 'break', lowerer),
  },
};
