// JavaScript and TypeScript expressions to IR.

import type { Node } from 'web-tree-sitter';
import type { Expression } from '../ir.ts';
import {
  lowerAssign,
  lowerAwait,
  lowerBinary,
  lowerFalse,
  lowerList,
  lowerName,
  lowerNull,
  lowerNumber,
  lowerSpread,
  lowerTernary,
  lowerTrue,
  lowerUnary,
  lowerUpdate,
  opaque,
  someText,
} from './common.ts';
import { defineClass, defineFunction } from './javascript-definitions.ts';
import { DIALECTS, decodeEscapes } from './literals.ts';
import {
  childrenOfType,
  codeChildren,
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

/**
 * `node:fs/promises` and `fs/promises` are one module; dots in paths would read as members. A file of one's own (`./validator`) and
 * a scope (`@own/validator`) keep their slashes, and a file has colons for its dots, so that neither looks like a package.
 */
export function modulePath(name: string): string {
  if (/^\.{1,2}(\/|$)/.test(name)) return name.replaceAll('.', ':');
  const plain = name.replace(/^node:/, '');
  return plain.startsWith('@') ? plain.replaceAll('.', ':') : plain.replace(/\//g, '.').replace(/^\.+/, '');
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

/** Grammar node type → expression. */
export const JAVASCRIPT_EXPRESSIONS: LoweringTables['expressions'] = {
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
  // `list.length = 0` takes elements away.
  assignment_expression: (node, lowerer) =>
    textOf(field(field(node, 'left') ?? node, 'property')) === 'length'
      ? lowerer.unknown(node)
      : lowerAssign(node, lowerer),
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
    const { methods } = defineClass(node, lowerer);
    return opaque(
      node,
      'class',
      methods.map((definition) => ({ kind: 'lambda', definition, span: definition.span })),
    );
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
};
