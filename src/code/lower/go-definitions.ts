// Go functions, parameters and classes to IR.

import type { Node } from 'web-tree-sitter';
import type { FunctionDefinition, Parameter } from '../ir.ts';
import { codeChildren, field, type Lowerer, plainType, spanOf, textOf } from './lowerer.ts';

function parametersOf(node: Node | null): Parameter[] {
  if (node === null) return [];
  return codeChildren(node).flatMap((parameter) =>
    parameter
      .childrenForFieldName('name')
      .filter((child) => child.isNamed)
      .map((name) => ({
        name: name.text,
        type: plainType(field(parameter, 'type')),
        defaultValue: null,
        annotations: [],
      })),
  );
}

export function defineFunction(node: Node, lowerer: Lowerer): FunctionDefinition {
  const body = field(node, 'body');
  const kind =
    node.type === 'func_literal' ? 'lambda' : node.type === 'method_declaration' ? 'method' : 'function';
  const block = body === null ? null : lowerer.block(body, false);
  return lowerer.defineFunction({
    name: textOf(field(node, 'name')),
    kind,
    parameters: [
      ...parametersOf(field(node, 'receiver')),
      ...parametersOf(field(node, 'parameters')),
      ...parametersOf(field(node, 'result')),
    ],
    body: block?.kind === 'block' ? block.body : [],
    annotations: [],
    ownsAssigned: false,
    span: spanOf(node),
  });
}
