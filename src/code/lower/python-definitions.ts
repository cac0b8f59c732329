// Python functions, parameters and classes to IR.

import type { Node } from 'web-tree-sitter';
import type { ClassDefinition, FieldDefinition, FunctionDefinition, Parameter } from '../ir.ts';
import { codeChildren, field, type Lowerer, need, plainType, spanOf, textOf } from './lowerer.ts';

function parametersOf(node: Node | null, lowerer: Lowerer): Parameter[] {
  return (node === null ? [] : codeChildren(node)).map((child) => {
    const inner =
      child.type === 'typed_parameter' ? (codeChildren(child)[0] ?? child) : (field(child, 'name') ?? child);
    const value = field(child, 'value');
    return {
      name: inner.text.replace(/^\*+/, ''),
      type: plainType(field(child, 'type')),
      defaultValue: value === null ? null : lowerer.expression(value),
      annotations: [],
    };
  });
}

export function defineFunction(
  node: Node,
  lowerer: Lowerer,
  annotations: readonly string[] = [],
): FunctionDefinition {
  const body = need(node, 'body');
  const isLambda = node.type === 'lambda';
  const inClass =
    node.parent?.parent?.type === 'class_definition' ||
    node.parent?.parent?.parent?.type === 'class_definition';
  return lowerer.defineFunction({
    name: textOf(field(node, 'name')),
    kind: isLambda ? 'lambda' : inClass ? 'method' : 'function',
    parameters: parametersOf(field(node, 'parameters'), lowerer),
    body: isLambda
      ? [{ kind: 'return', value: lowerer.expression(body), span: spanOf(body) }]
      : lowerer.statements(codeChildren(body)),
    annotations,
    ownsAssigned: true,
    span: spanOf(node),
  });
}

export function defineClass(node: Node, lowerer: Lowerer): ClassDefinition {
  const body = lowerer.statements(codeChildren(need(node, 'body')));
  const fields = body.flatMap((statement): FieldDefinition[] =>
    statement.kind === 'expression' &&
    statement.expression.kind === 'assign' &&
    statement.expression.target.kind === 'name'
      ? [
          {
            name: statement.expression.target.name,
            type: null,
            value: statement.expression.value,
            isStatic: true,
            isConstant: false,
            // One underscore is a request to others, and subclasses are no others.
            isPrivate: statement.expression.target.name.startsWith('__'),
            span: statement.span,
          },
        ]
      : [],
  );
  return lowerer.defineClass({
    name: textOf(field(node, 'name')),
    supers: codeChildren(field(node, 'superclasses') ?? need(node, 'name')).map((base) => base.text),
    fields,
    methods: body.flatMap((statement) => (statement.kind === 'function' ? [statement.definition] : [])),
    classes: body.flatMap((statement) => (statement.kind === 'class' ? [statement.definition] : [])),
    span: spanOf(node),
  });
}
