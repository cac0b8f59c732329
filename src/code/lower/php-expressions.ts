// PHP expressions to IR. What may write any variable (`$$x = …`, `include`) becomes a call that the catalogue knows to do so.
import type { Node } from 'web-tree-sitter';
import type { Expression } from '../ir.ts';
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
  childrenOfType,
  codeChildren,
  constantNode,
  type ExpressionHandler,
  field,
  type Lowerer,
  nameNode,
  need,
  spanOf,
  stringNode,
  textOf,
} from './lowerer.ts';
import {
  callOf,
  lowerCall,
  lowerClassConstant,
  lowerCreation,
  lowerMember,
  lowerStaticProperty,
} from './php-calls.ts';
import { lowerClosure, referTo, SUPERGLOBALS } from './php-definitions.ts';
import { lowerConstant, lowerDynamicVariable, lowerHeredoc, lowerQualified, lowerText } from './php-text.ts';

/** Callee of whatever may assign any variable of the scope; `rules/catalog/php` gives it that effect. */
const ANY_VARIABLE = '$$';
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
