// PHP expressions to IR. What may write any variable (`$$x = …`, `include`) becomes a call that the catalogue knows to do so.
import type { Node } from 'web-tree-sitter';
import type { Argument, Expression } from '../ir.ts';
import {
  lowerAssign,
  lowerName,
  lowerNull,
  lowerNumber,
  lowerUnary,
  lowerUpdate,
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
  type ExpressionHandler,
  field,
  type Lowerer,
  nameNode,
  need,
  positional,
  spanOf,
  stringNode,
  textOf,
} from './lowerer.ts';
import { defineClass, lowerClosure, referTo, SUPERGLOBALS } from './php-definitions.ts';

/** Callee of whatever may assign any variable of the scope; `rules/catalog/php` gives it that effect. */
const ANY_VARIABLE = '$$';
/** `file_get_contents('php://input')`: no file is read. */
const REQUEST_BODY = 'php://input';
/** Constants that differ between machines and versions, but are never input. */
const PLATFORM_TEXT = /^(__[A-Z]+__|PHP_\w+|DIRECTORY_SEPARATOR|PATH_SEPARATOR|M_[A-Z0-9_]+)$/i;
/** Flags of the platform's functions: told apart by their names, whose numbers are nobody's business. */
const FLAG =
  /^(CURLOPT|CURL|OPENSSL|MCRYPT|LIBXML|ENT|FILTER|PASSWORD|HASH|EXTR|LOCK|FILE|PREG|JSON|LDAP|CRYPT|MHASH)_[A-Z0-9_]+$/;
const CASTS: ReadonlyMap<string, string> = new Map([
  ['int', 'intval'],
  ['integer', 'intval'],
  ['float', 'floatval'],
  ['double', 'floatval'],
  ['real', 'floatval'],
  ['bool', 'boolval'],
  ['boolean', 'boolval'],
  ['string', 'strval'],
  ['binary', 'strval'],
]);

export function callOf(node: Node, name: string, values: readonly Expression[]): Expression {
  return {
    kind: 'call',
    callee: nameNode(node, name),
    arguments: positional(values),
    isNew: false,
    span: spanOf(node),
  };
}

function lowerConstant(node: Node): Expression {
  const name = node.text;
  if (PLATFORM_TEXT.test(name)) return someText(node);
  // A `char` is never folded with the text of the same letters.
  return FLAG.test(name) ? constantNode(node, { kind: 'char', value: name }) : nameNode(node);
}

/** `\A\B\f` as a chain of members, so that imports resolve its first name. */
function lowerQualified(node: Node): Expression {
  const [first = '', ...rest] = node.text.replace(/^(namespace)?\\/i, '').split('\\');
  let chain: Expression = rest.length === 0 && FLAG.test(first) ? lowerConstant(node) : nameNode(node, first);
  for (const name of rest) chain = { kind: 'member', object: chain, name, span: spanOf(node) };
  return chain;
}

function textParts(children: readonly Node[], lowerer: Lowerer, isExact = true): Expression[] {
  return children.map((child) => {
    if (child.type === 'nowdoc_string') return isExact ? stringNode(child, child.text) : someText(child);
    if (child.type !== 'string_content' && child.type !== 'escape_sequence') return lowerer.expression(child);
    return isExact ? stringNode(child, decodeEscapes(child.text, DIALECTS.php)) : someText(child);
  });
}

function lowerText(node: Node, lowerer: Lowerer): Expression {
  const parts = textParts(codeChildren(node), lowerer);
  const [only] = parts;
  if (only === undefined) return stringNode(node, '');
  return parts.length === 1 && only.kind === 'constant'
    ? only
    : { kind: 'template', parts, span: spanOf(node) };
}

/** An indented end tag takes white space off every line: then the text is constant without being known exactly. */
function lowerHeredoc(node: Node, lowerer: Lowerer): Expression {
  const isExact = field(node, 'end_tag')?.startPosition.column === 0;
  const parts = textParts(codeChildren(field(node, 'value') ?? need(node, 'identifier')), lowerer, isExact);
  return parts.length === 0 ? someText(node) : { kind: 'template', parts, span: spanOf(node) };
}

/** `${x}` in a text is `$x`; `$$x` is any variable at all. */
function lowerDynamicVariable(node: Node, lowerer: Lowerer): Expression {
  const [inner = node] = codeChildren(node);
  if (inner.type === 'name') return nameNode(node, `$${inner.text}`);
  if (inner.type === 'subscript_expression' && inner.namedChild(0)?.type === 'name') {
    const [object = inner, index = inner] = codeChildren(inner);
    return {
      kind: 'index',
      object: nameNode(object, `$${object.text}`),
      index: lowerer.expression(index),
      span: spanOf(node),
    };
  }
  return opaque(node, 'variable variable', [lowerer.expression(inner)]);
}

function argumentsOf(node: Node | null, lowerer: Lowerer): Argument[] {
  return (node === null ? [] : childrenOfType(node, 'argument')).map((child) => {
    const name = field(child, 'name');
    const inner = codeChildren(child).findLast(
      ({ id, type }) => id !== name?.id && type !== 'reference_modifier',
    );
    const value = lowerer.expression(inner ?? child);
    return {
      value: field(child, 'reference_modifier') === null ? value : referTo(child, value),
      name: name === null ? null : name.text,
    };
  });
}

function calleeOf(node: Node, lowerer: Lowerer): Expression {
  if (node.type === 'name') return nameNode(node, node.text.toLowerCase());
  if (node.type !== 'qualified_name' && node.type !== 'relative_name') return lowerer.expression(node);
  const chain = lowerQualified(node);
  return chain.kind === 'member' ? chain : nameNode(node, node.text.replace(/^\W+/, '').toLowerCase());
}

function scopeOf(node: Node, lowerer: Lowerer): Expression {
  return node.type === 'name' || node.type === 'relative_scope' ? nameNode(node) : lowerer.expression(node);
}

function memberOf(node: Node, object: Expression, name: Node, lowerer: Lowerer): Expression {
  const span = {
    ...object.span,
    end: name.endIndex,
    endLine: spanOf(name).endLine,
    endColumn: spanOf(name).endColumn,
  };
  if (name.type === 'name') return { kind: 'member', object, name: name.text, span };
  // `$o->$p`: which member it is depends on a value.
  return { kind: 'index', object, index: lowerer.expression(name), span: spanOf(node) };
}

const lowerCall: ExpressionHandler = (node, lowerer) => {
  const given = need(node, 'arguments');
  const callee = field(node, 'function');
  if (
    callee !== null &&
    /^\\?file_get_contents$/i.test(callee.text) &&
    /^\(\s*(['"])php:\/\/input\1\s*\)$/i.test(given.text)
  )
    return nameNode(node, REQUEST_BODY);
  const object = field(node, 'object');
  const scope = object ?? field(node, 'scope');
  const called =
    callee !== null
      ? calleeOf(callee, lowerer)
      : memberOf(
          node,
          object === null ? scopeOf(scope ?? node, lowerer) : lowerer.expression(object),
          need(node, 'name'),
          lowerer,
        );
  if (childOfType(given, 'variadic_placeholder') !== null)
    return opaque(node, 'a function as a value', [called]);
  return {
    kind: 'call',
    callee: called,
    arguments: argumentsOf(given, lowerer),
    isNew: false,
    span: spanOf(node),
  };
};

const lowerCreation: ExpressionHandler = (node, lowerer) => {
  const [type = node] = codeChildren(node);
  if (type.type === 'anonymous_class') {
    defineClass(type, lowerer);
    return opaque(
      node,
      'an anonymous class',
      argumentsOf(childOfType(type, 'arguments'), lowerer).map(({ value }) => value),
    );
  }
  const given = childOfType(node, 'arguments');
  return {
    kind: 'call',
    callee: scopeOf(type, lowerer),
    arguments: argumentsOf(given, lowerer),
    isNew: true,
    span: spanOf(node),
  };
};

const lowerMember: ExpressionHandler = (node, lowerer) =>
  memberOf(node, lowerer.expression(need(node, 'object')), need(node, 'name'), lowerer);

const lowerStaticProperty: ExpressionHandler = (node, lowerer) => {
  const name = need(node, 'name');
  const object = scopeOf(need(node, 'scope'), lowerer);
  if (name.type !== 'variable_name')
    return opaque(node, 'a static property', [object, lowerer.expression(name)]);
  return { kind: 'member', object, name: name.text, span: spanOf(node) };
};

const lowerClassConstant: ExpressionHandler = (node, lowerer) => {
  const [scope = node, name = node] = codeChildren(node);
  if (/^class$/i.test(name.text)) return someText(node);
  return { kind: 'member', object: scopeOf(scope, lowerer), name: name.text, span: spanOf(node) };
};

/** What the server says of a request and of an uploaded file are things of their own: some are input, some are not. */
function lowerServerValue(node: Node, lowerer: Lowerer): Expression | null {
  const [object = node, index] = codeChildren(node);
  const isNamed =
    /^\$_SERVER$|^\$_FILES\s*\[[^[]*\]$/.test(object.text) && index?.type.endsWith('string') === true;
  if (!isNamed || index === undefined) return null;
  const key = lowerer.expression(index);
  if (key.kind !== 'constant') return null;
  return {
    kind: 'member',
    object: lowerer.expression(object),
    name: String(key.constant.value),
    span: spanOf(node),
  };
}

const lowerIndex: ExpressionHandler = (node, lowerer) => {
  const named = lowerServerValue(node, lowerer);
  if (named !== null) return named;
  const [object = node, index] = codeChildren(node);
  // Inside of a text `$a[k]` has a key without quotes; `$a[]` is the next free place.
  const isBareKey =
    index?.type === 'name' && node.parent?.type !== undefined && /encapsed|heredoc/.test(node.parent.type);
  const key =
    index === undefined
      ? someText(node)
      : isBareKey
        ? stringNode(index, index.text)
        : lowerer.expression(index);
  return { kind: 'index', object: lowerer.expression(object), index: key, span: spanOf(node) };
};

const lowerArray: ExpressionHandler = (node, lowerer) => {
  const span = spanOf(node);
  const items = childrenOfType(node, 'array_element_initializer').map((item) => codeChildren(item));
  const isPlain = items.every((parts) => parts.length === 1 && parts[0]?.type !== 'variadic_unpacking');
  if (isPlain)
    return { kind: 'list', elements: items.map(([only = node]) => lowerer.expression(only)), span };
  const entries = items.map((parts) => {
    const [key = node, value] = parts;
    return value === undefined
      ? { key: someText(key), value: lowerer.expression(key) }
      : { key: lowerer.expression(key), value: lowerer.expression(value) };
  });
  return { kind: 'map', entries, span };
};

/** A list pattern as a map, whose parts each may be anything of the value: places can be skipped and keys given. */
export const lowerPattern: ExpressionHandler = (node, lowerer) => ({
  kind: 'map',
  entries: codeChildren(node)
    .filter(({ type }) => !/^(string|integer|encapsed_string)$/.test(type))
    .map((child) => ({ key: someText(child), value: lowerer.expression(child) })),
  span: spanOf(node),
});

/** The variable that an assignment changes, or null when its name is computed. */
function assignedRoot(node: Node): string | null {
  if (node.type === 'variable_name') return node.text;
  if (node.type === 'dynamic_variable_name' || node.type === 'list_literal') {
    const isComputed =
      node.type === 'dynamic_variable_name' || node.descendantsOfType('dynamic_variable_name').length > 0;
    return isComputed ? null : '';
  }
  const inner = codeChildren(node)[0];
  return inner === undefined ? '' : assignedRoot(inner);
}

/** Writing `$GLOBALS` or `$$name` may be writing anything; a superglobal that is written is not the request's any more. */
function lowerAssignment(node: Node, lowerer: Lowerer): Expression {
  const left = need(node, 'left');
  const root = assignedRoot(left);
  const span = spanOf(node);
  if (root === null || root === '$GLOBALS')
    return callOf(node, ANY_VARIABLE, [lowerer.expression(need(node, 'right'))]);
  if (SUPERGLOBALS.has(root)) {
    const value = opaque(node, 'a changed superglobal', [lowerer.expression(need(node, 'right'))]);
    return { kind: 'assign', target: nameNode(left, root), operator: null, value, span };
  }
  if (node.type !== 'reference_assignment_expression') return lowerAssign(node, lowerer);
  const target = lowerer.expression(left);
  const right = need(node, 'right');
  const value = referTo(right, lowerer.expression(right));
  return {
    kind: 'sequence',
    items: [referTo(left, target), { kind: 'assign', target, operator: null, value, span }],
    span,
  };
}

function lowerBinary(node: Node, lowerer: Lowerer): Expression {
  const operator = textOf(field(node, 'operator')).toLowerCase();
  const left = lowerer.expression(need(node, 'left'));
  if (operator === 'instanceof') return { kind: 'type_test', operand: left, binds: null, span: spanOf(node) };
  return {
    kind: 'binary',
    operator: operatorOf(operator),
    left,
    right: lowerer.expression(need(node, 'right')),
    span: spanOf(node),
  };
}

function lowerConditional(node: Node, lowerer: Lowerer): Expression {
  const condition = lowerer.expression(need(node, 'condition'));
  const body = field(node, 'body');
  const right = lowerer.expression(need(node, 'alternative'));
  if (body === null) return { kind: 'binary', operator: '||', left: condition, right, span: spanOf(node) };
  return {
    kind: 'ternary',
    condition,
    consequence: lowerer.expression(body),
    otherwise: right,
    span: spanOf(node),
  };
}

/** A conversion to a number lets no text through; one to text lets all of it. */
function lowerCast(node: Node, lowerer: Lowerer): Expression {
  const value = lowerer.expression(need(node, 'value'));
  const name = CASTS.get(textOf(field(node, 'type')).trim().toLowerCase());
  return name === undefined ? opaque(node, 'a cast', [value]) : callOf(node, name, [value]);
}

function lowerMatch(node: Node, lowerer: Lowerer): Expression {
  const arms = childrenOfType(
    need(node, 'body'),
    'match_conditional_expression',
    'match_default_expression',
  ).map((arm) => {
    const labels = field(arm, 'conditional_expressions');
    return {
      labels: labels === null ? null : lowerer.expressions(codeChildren(labels)),
      value: lowerer.expression(need(arm, 'return_expression')),
    };
  });
  return { kind: 'match', subject: lowerer.expression(need(node, 'condition')), arms, span: spanOf(node) };
}

const lowerKeywordCall: ExpressionHandler = (node, lowerer) =>
  callOf(node, node.type.replace(/_(expression|intrinsic)$/, ''), lowerer.expressions(codeChildren(node)));
const lowerOpaque: ExpressionHandler = (node, lowerer) =>
  opaque(node, node.type, lowerer.expressions(codeChildren(node)));
const lowerInner: ExpressionHandler = (node, lowerer) => lowerer.expression(codeChildren(node)[0] ?? node);

export const PHP_EXPRESSIONS: Readonly<Record<string, ExpressionHandler>> = {
  variable_name: lowerName,
  dynamic_variable_name: lowerDynamicVariable,
  name: lowerConstant,
  qualified_name: lowerQualified,
  relative_name: lowerQualified,
  integer: lowerNumber,
  float: lowerNumber,
  boolean: (node) => constantNode(node, { kind: 'bool', value: /^true$/i.test(node.text) }),
  null: lowerNull,
  string: (node) =>
    stringNode(
      node,
      node.text.startsWith("'") ? decodeEscapes(node.text.slice(1, -1), DIALECTS.phpSingle) : null,
    ),
  encapsed_string: lowerText,
  heredoc: lowerHeredoc,
  nowdoc: lowerHeredoc,
  shell_command_expression: (node, lowerer) => callOf(node, 'shell_exec', [lowerText(node, lowerer)]),
  binary_expression: lowerBinary,
  unary_op_expression: lowerUnary,
  conditional_expression: lowerConditional,
  assignment_expression: lowerAssignment,
  augmented_assignment_expression: lowerAssignment,
  reference_assignment_expression: lowerAssignment,
  update_expression: lowerUpdate,
  cast_expression: lowerCast,
  function_call_expression: lowerCall,
  member_call_expression: lowerCall,
  nullsafe_member_call_expression: lowerCall,
  scoped_call_expression: lowerCall,
  object_creation_expression: lowerCreation,
  member_access_expression: lowerMember,
  nullsafe_member_access_expression: lowerMember,
  scoped_property_access_expression: lowerStaticProperty,
  class_constant_access_expression: lowerClassConstant,
  subscript_expression: lowerIndex,
  array_creation_expression: lowerArray,
  list_literal: lowerPattern,
  by_ref: (node, lowerer) => referTo(node, lowerInner(node, lowerer)),
  variadic_unpacking: (node, lowerer) => ({
    kind: 'spread',
    operand: lowerInner(node, lowerer),
    span: spanOf(node),
  }),
  match_expression: lowerMatch,
  anonymous_function: lowerClosure,
  anonymous_function_creation_expression: lowerClosure,
  arrow_function: lowerClosure,
  error_suppression_expression: lowerInner,
  sequence_expression: (node, lowerer) => ({
    kind: 'sequence',
    items: lowerer.expressions(codeChildren(node)),
    span: spanOf(node),
  }),
  print_intrinsic: lowerKeywordCall,
  include_expression: lowerKeywordCall,
  include_once_expression: lowerKeywordCall,
  require_expression: lowerKeywordCall,
  require_once_expression: lowerKeywordCall,
  clone_expression: lowerOpaque,
  throw_expression: lowerOpaque,
  yield_expression: lowerOpaque,
  array_element_initializer: lowerOpaque,
};
