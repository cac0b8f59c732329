// PHP calls and members to IR.
import type { Node } from 'web-tree-sitter';
import type { Argument, Expression } from '../ir.ts';
import { opaque, someText } from './common.ts';
import {
  childOfType,
  childrenOfType,
  codeChildren,
  type ExpressionHandler,
  field,
  type Lowerer,
  nameNode,
  need,
  positional,
  spanOf,
} from './lowerer.ts';
import { defineClass, referTo } from './php-definitions.ts';
import { lowerQualified } from './php-text.ts';

/** `file_get_contents('php://input')`: no file is read. */
const REQUEST_BODY = 'php://input';

export function callOf(node: Node, name: string, values: readonly Expression[]): Expression {
  return {
    kind: 'call',
    callee: nameNode(node, name),
    arguments: positional(values),
    isNew: false,
    span: spanOf(node),
  };
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
  const { end, endLine, endColumn } = spanOf(name);
  const span = { ...spanOf(node), end, endLine, endColumn };
  if (name.type === 'name') return { kind: 'member', object, name: name.text, span };
  // `$o->$p`: which member it is depends on a value.
  return { kind: 'index', object, index: lowerer.expression(name), span: spanOf(node) };
}

export const lowerCall: ExpressionHandler = (node, lowerer) => {
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

export const lowerCreation: ExpressionHandler = (node, lowerer) => {
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

export const lowerMember: ExpressionHandler = (node, lowerer) =>
  memberOf(node, lowerer.expression(need(node, 'object')), need(node, 'name'), lowerer);

export const lowerStaticProperty: ExpressionHandler = (node, lowerer) => {
  const name = need(node, 'name');
  const object = scopeOf(need(node, 'scope'), lowerer);
  if (name.type !== 'variable_name')
    return opaque(node, 'a static property', [object, lowerer.expression(name)]);
  return { kind: 'member', object, name: name.text, span: spanOf(node) };
};

export const lowerClassConstant: ExpressionHandler = (node, lowerer) => {
  const [scope = node, name = node] = codeChildren(node);
  if (/^class$/i.test(name.text)) return someText(node);
  return { kind: 'member', object: scopeOf(scope, lowerer), name: name.text, span: spanOf(node) };
};
