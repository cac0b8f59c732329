// C# expressions: calls and their arguments, new objects, members, casts, operators and queries.
import type { Node } from 'web-tree-sitter';
import type { Argument, Expression } from '../ir.ts';
import { lowerBinary, lowerUnary, lowerUpdate, opaque, operatorOf, someText } from './common.ts';
import { nameOf } from './csharp-literals.ts';
import { bind } from './csharp-patterns.ts';
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
  plainType,
  spanOf,
  textOf,
} from './lowerer.ts';

const CHANGING_OPERANDS = ['assignment_expression', 'postfix_unary_expression', 'prefix_unary_expression'];

/** The one expression in a node that may also hold words such as `ref`; `this` and `base` are words too. */
function innerOf(node: Node): Node | null {
  const name = field(node, 'name');
  return (
    codeChildren(node).findLast((child) => child.id !== name?.id && !child.type.startsWith('preproc')) ??
    node.children.find((child) => child?.type === 'this' || child?.type === 'base') ??
    null
  );
}

export const lowerArgument: ExpressionHandler = (node, lowerer) => {
  const inner = innerOf(node);
  if (inner === null) return lowerer.unknown(node);
  const operand = lowerer.expression(inner);
  // What gets an `out` or `ref` may change it; `in` only reads.
  const isShared = node.children.some((child) => child?.type === 'ref' || child?.type === 'out');
  if (!isShared) return operand;
  return { kind: 'reference', operand, span: spanOf(node) };
};

export function argumentsOf(list: Node | null, lowerer: Lowerer): Argument[] {
  if (list === null) return [];
  return childrenOfType(list, 'argument').map((node) => ({
    value: lowerArgument(node, lowerer),
    name: nameOf(field(node, 'name')) || null,
  }));
}

/** `out var x`: a variable that starts with whatever the call puts there. */
export const lowerDeclaredOperand: ExpressionHandler = (node, lowerer) => {
  const name = field(node, 'name');
  if (name === null) return lowerer.unknown(node);
  return name.text === '_'
    ? opaque(node, 'discard', [])
    : bind(node, nameOf(name), opaque(node, 'an `out` argument', []));
};

const STORE_NOTHING = new Set(['nameof', 'typeof', 'sizeof']);

export const lowerInvocation: ExpressionHandler = (node, lowerer) => {
  const callee = need(node, 'function');
  if (STORE_NOTHING.has(callee.text)) return someText(node);
  const list = field(node, 'arguments');
  const isMaybe = callee.type !== 'identifier' && /\?\s*[.[]/.test(callee.text);
  // `a?.M(x = 1)` assigns only when `a` is something.
  if (isMaybe && list !== null && list.descendantsOfType(CHANGING_OPERANDS).length > 0)
    return lowerer.unknown(node);
  const span = spanOf(node);
  const args = argumentsOf(list, lowerer);
  return { kind: 'call', callee: lowerCallee(callee, lowerer), arguments: args, isNew: false, span };
};

/** `F(x)` is a method of this object or of a base: `this.F(x)`, so that no type of that name is meant. */
function lowerCallee(node: Node, lowerer: Lowerer): Expression {
  if (node.type !== 'identifier' && node.type !== 'generic_name') return lowerer.expression(node);
  return { kind: 'member', object: nameNode(node, 'this'), name: withoutTypes(node), span: spanOf(node) };
}

const withoutTypes = (node: Node | null): string => nameOf(node).replace(/<[\s\S]*>/, '');

/** A dotted type name as a chain of members, so that it resolves like any other name. */
export const lowerTypeName: ExpressionHandler = (node) => {
  const text = (plainType(node) ?? node.text).replace(/^global::/, '').replace(/\?$/, '');
  const [first = '', ...rest] = text.split(/\.|::/);
  let chain: Expression = nameNode(node, first.trim());
  for (const part of rest) chain = { kind: 'member', object: chain, name: part.trim(), span: spanOf(node) };
  return chain;
};

/** Values of the platform's enumerations that weaknesses are made of, kept as their names. */
const ENUMERATIONS: ReadonlyMap<string, RegExp> = new Map([
  ['CipherMode', /^(CBC|ECB|OFB|CFB|CTS)$/],
  ['PaddingMode', /^(None|PKCS7|Zeros|ANSIX923|ISO10126)$/],
  ['SslProtocols', /^(None|Ssl2|Ssl3|Tls|Tls11|Tls12|Tls13|Default)$/],
  ['SecurityProtocolType', /^(SystemDefault|Ssl3|Tls|Tls11|Tls12|Tls13)$/],
  ['TypeNameHandling', /^(None|Objects|Arrays|Auto|All)$/],
  ['DtdProcessing', /^(Prohibit|Ignore|Parse)$/],
  ['CookieSecurePolicy', /^(Always|None|SameAsRequest)$/],
  ['HttpOnlyPolicy', /^(Always|None)$/],
]);

export const lowerMember: ExpressionHandler = (node, lowerer) => {
  const object = field(node, 'expression');
  const name = withoutTypes(field(node, 'name'));
  if (object === null) return lowerer.unknown(node);
  const enumeration = object.text.slice(object.text.lastIndexOf('.') + 1);
  if (ENUMERATIONS.get(enumeration)?.test(name) === true)
    return constantNode(node, { kind: 'string', value: name });
  if (/^(System\.)?[sS]tring$/.test(object.text) && name === 'Empty')
    return constantNode(node, { kind: 'string', value: '' });
  return { kind: 'member', object: lowerer.expression(object), name, span: spanOf(node) };
};

/** `a?.b` as `a.b`: only null makes a difference, and what a member holds is open anyway. */
export const lowerConditionalAccess: ExpressionHandler = (node, lowerer) => {
  const object = lowerer.expression(need(node, 'condition'));
  const binding = codeChildren(node).at(-1);
  if (binding?.type === 'member_binding_expression')
    return { kind: 'member', object, name: withoutTypes(field(binding, 'name')), span: spanOf(node) };
  if (binding?.type === 'element_binding_expression') return indexed(node, object, binding, lowerer);
  return lowerer.unknown(node);
};

export const lowerElementAccess: ExpressionHandler = (node, lowerer) => {
  const object = field(node, 'expression');
  const subscript = field(node, 'subscript');
  if (object === null || subscript === null) return lowerer.unknown(node);
  return indexed(node, lowerer.expression(object), subscript, lowerer);
};

/** `object[a]`, `object[a..b]`. */
export function indexed(node: Node, object: Expression, list: Node, lowerer: Lowerer): Expression {
  const args = childrenOfType(list, 'argument');
  const range = args[0] === undefined ? null : childOfType(args[0], 'range_expression');
  const span = spanOf(node);
  if (range !== null)
    return { kind: 'slice', object, bounds: lowerer.expressions(codeChildren(range)), span };
  const keys = args.map((argument) => lowerArgument(argument, lowerer));
  const [only] = keys;
  const index =
    keys.length === 1 && only !== undefined ? only : opaque(list, 'an index of several parts', keys);
  return { kind: 'index', object, index, span };
}

const KEPT_CAST = /^(string|String|int|long|Int32|Int64|bool)\??$/;
const PREDEFINED =
  /^(byte|sbyte|short|ushort|uint|ulong|nint|nuint|char|float|double|decimal|object|dynamic)\??$/;

/** A cast to a smaller number, a character or an object changes the value or how it compares. */
export const lowerCast: ExpressionHandler = (node, lowerer) => {
  const value = field(node, 'value') ?? need(node, 'left');
  const type = field(node, 'type') ?? field(node, 'right');
  const operand = lowerer.expression(value);
  const name = plainType(type) ?? '';
  const isNumberAsEnum = !KEPT_CAST.test(name) && /literal$/.test(value.type) && !/string/.test(value.type);
  if (PREDEFINED.test(name) || isNumberAsEnum) return opaque(node, 'a conversion', [operand]);
  return { kind: 'cast', type: name.replace(/\?$/, ''), operand, span: spanOf(node) };
};

export const lowerPrefix: ExpressionHandler = (node, lowerer) => {
  const operator = node.child(0)?.type ?? '';
  if (operator === '++' || operator === '--') return lowerUpdate(node, lowerer);
  const operand = codeChildren(node)[0] ?? node;
  if (operator === '&' || operator === '*')
    return {
      kind: operator === '&' ? 'reference' : 'dereference',
      operand: lowerer.expression(operand),
      span: spanOf(node),
    };
  return operator === '^'
    ? opaque(node, 'from the end', [lowerer.expression(operand)])
    : lowerUnary(node, lowerer);
};

/** `x!` only speaks to the compiler. */
export const lowerPostfix: ExpressionHandler = (node, lowerer) =>
  node.child(node.childCount - 1)?.type === '!'
    ? lowerer.expression(codeChildren(node)[0] ?? node.child(0))
    : lowerUpdate(node, lowerer);

/** `a ?? throw e` is `a` wherever the code goes on. */
export const lowerOperator: ExpressionHandler = (node, lowerer) => {
  const isOrThrow =
    textOf(field(node, 'operator')) === '??' && field(node, 'right')?.type === 'throw_expression';
  return isOrThrow ? lowerer.expression(need(node, 'left')) : lowerBinary(node, lowerer);
};

export const lowerChoice: ExpressionHandler = (node, lowerer) => {
  const [condition, taken, otherwise] = ['condition', 'consequence', 'alternative'].map((part) =>
    need(node, part),
  );
  if (condition === undefined || taken === undefined || otherwise === undefined) return lowerer.unknown(node);
  const span = spanOf(node);
  const going = [taken, otherwise].filter(({ type }) => type !== 'throw_expression');
  if (going.length < 2) return { kind: 'sequence', items: lowerer.expressions([condition, ...going]), span };
  return {
    kind: 'ternary',
    condition: lowerer.expression(condition),
    consequence: lowerer.expression(taken),
    otherwise: lowerer.expression(otherwise),
    span,
  };
};

const CERTIFICATE_CHECK =
  /(^|\.)(ServerCertificateCustomValidationCallback|(Remote|Server)CertificateValidationCallback)$/;
const ALWAYS_TRUE = /(=>\s*true|(=>\s*|^delegate\b[^{]*)\{\s*return\s+true\s*;\s*\})$/;

/** What is assigned. A check of certificates that never refuses is kept as `true`: its being so is the weakness. */
export function lowerAssigned(left: Node, right: Node, lowerer: Lowerer): Expression {
  const value = lowerer.expression(right);
  const accepts =
    ALWAYS_TRUE.test(right.text) || /\bDangerousAcceptAnyServerCertificateValidator$/.test(right.text);
  if (!accepts || !CERTIFICATE_CHECK.test(left.text)) return value;
  const items = [value, constantNode(right, { kind: 'bool', value: true })];
  return { kind: 'sequence', items, span: spanOf(right) };
}

export const lowerAssignment: ExpressionHandler = (node, lowerer) => {
  const left = need(node, 'left');
  const right = need(node, 'right');
  if (left.type === 'conditional_access_expression' || left.id === node.id || right.id === node.id)
    return lowerer.unknown(node);
  const operator = textOf(field(node, 'operator')) || node.child(1)?.type || '=';
  return {
    kind: 'assign',
    target: lowerer.expression(left),
    operator:
      operator === '=' || CERTIFICATE_CHECK.test(left.text) ? null : operatorOf(operator.slice(0, -1)),
    value: lowerAssigned(left, right, lowerer),
    span: spanOf(node),
  };
};

/** `from x in xs where … select …`: only plain forms; joins and groups are kept as unknown. */
export const lowerQuery: ExpressionHandler = (node, lowerer) => {
  const clauses = codeChildren(node);
  const known = /^(from|let|where|select|order_by)_clause$/;
  if (!clauses.every(({ type }) => known.test(type))) return lowerer.unknown(node);
  const names: string[] = [];
  const iterables: Expression[] = [];
  const body: Expression[] = [];
  for (const clause of clauses) {
    const parts = codeChildren(clause);
    const isBinding = clause.type === 'from_clause' || clause.type === 'let_clause';
    const name = field(clause, 'name') ?? parts[0];
    if (isBinding && name !== undefined) {
      names.push(nameOf(name));
      iterables.push(lowerer.expression(parts.at(-1) ?? clause));
    } else body.push(...lowerer.expressions(parts));
  }
  return { kind: 'comprehension', iterables, names, body, span: spanOf(node) };
};
