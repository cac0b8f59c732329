// C and C++ functions, parameters and classes to IR.

import type { Node } from 'web-tree-sitter';
import type { ClassDefinition, FieldDefinition, FunctionDefinition, Parameter, Statement } from '../ir.ts';
import { childOfType, childrenOfType, codeChildren, field, type Lowerer, spanOf, textOf } from './lowerer.ts';

interface Declarator {
  readonly name: string;
  readonly isArray: boolean;
  readonly isReference: boolean;
  readonly isFunction: boolean;
  readonly stars: string;
}

/** Unwraps `*(x[10])` down to the declared name. */
export function readDeclarator(node: Node | null): Declarator {
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

export function typeOf(node: Node, stars = ''): string {
  const qualifiers = childrenOfType(node, 'type_qualifier').map((qualifier) => qualifier.text);
  return [...qualifiers, textOf(field(node, 'type')).replace(/<[\s\S]*>/, '')]
    .join(' ')
    .concat(stars === '' ? '' : ` ${stars}`)
    .trim();
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

export function defineFunction(node: Node, lowerer: Lowerer): FunctionDefinition {
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

export function lowerClass(node: Node, lowerer: Lowerer): Statement {
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
