// Java functions, parameters and classes to IR.

import type { Node } from 'web-tree-sitter';
import type { ClassDefinition, FieldDefinition, FunctionDefinition, FunctionKind, Parameter } from '../ir.ts';
import {
  childOfType,
  childrenOfType,
  codeChildren,
  field,
  type Lowerer,
  plainType,
  spanOf,
  textOf,
} from './lowerer.ts';

function annotationsOf(node: Node): string[] {
  const modifiers = childOfType(node, 'modifiers');
  return modifiers === null
    ? []
    : childrenOfType(modifiers, 'annotation', 'marker_annotation').map((annotation) =>
        textOf(field(annotation, 'name')),
      );
}

function parametersOf(node: Node | null): Parameter[] {
  if (node === null) return [];
  if (node.type === 'identifier')
    return [{ name: node.text, type: null, defaultValue: null, annotations: [] }];
  return codeChildren(node).map((parameter) => ({
    name:
      parameter.type === 'identifier'
        ? parameter.text
        : textOf(
            field(parameter, 'name') ??
              field(childOfType(parameter, 'variable_declarator') ?? parameter, 'name'),
          ),
    type: plainType(field(parameter, 'type')),
    defaultValue: null,
    annotations: annotationsOf(parameter),
  }));
}

export function defineFunction(
  node: Node,
  kind: FunctionKind,
  name: string,
  lowerer: Lowerer,
): FunctionDefinition {
  const body = field(node, 'body') ?? (node.type === 'block' ? node : childOfType(node, 'block'));
  return lowerer.defineFunction({
    name,
    kind,
    parameters: parametersOf(field(node, 'parameters')),
    body:
      body === null
        ? []
        : body.type === 'block' || body.type === 'constructor_body'
          ? lowerer.statements(codeChildren(body))
          : [{ kind: 'return', value: lowerer.expression(body), span: spanOf(body) }],
    annotations: annotationsOf(node),
    ownsAssigned: false,
    span: spanOf(node),
  });
}

export function lowerClass(node: Node, lowerer: Lowerer): ClassDefinition {
  const body = field(node, 'body') ?? childOfType(node, 'class_body');
  const members = (body === null ? [] : codeChildren(body)).flatMap((member) =>
    member.type === 'enum_body_declarations' ? codeChildren(member) : [member],
  );
  const fields: FieldDefinition[] = [];
  const methods: FunctionDefinition[] = [];
  const classes: ClassDefinition[] = [];
  const isInterface = node.type === 'interface_declaration';
  for (const member of members) {
    const name = textOf(field(member, 'name'));
    if (member.type === 'field_declaration' || member.type === 'constant_declaration') {
      fields.push(...fieldsOf(member, isInterface, lowerer));
    } else if (member.type === 'method_declaration')
      methods.push(defineFunction(member, 'method', name, lowerer));
    else if (/^(compact_)?constructor_declaration$/.test(member.type)) {
      methods.push(defineFunction(member, 'constructor', name, lowerer));
    } else if (member.type === 'static_initializer' || member.type === 'block') {
      methods.push(defineFunction(member, 'initializer', '', lowerer));
    } else if (/_declaration$/.test(member.type)) classes.push(lowerClass(member, lowerer));
  }
  const supers = ['superclass', 'interfaces'].flatMap(
    (part) => textOf(field(node, part)).match(/[\w.]+/g) ?? [],
  );
  return lowerer.defineClass({
    name: textOf(field(node, 'name')),
    supers,
    fields,
    methods,
    classes,
    span: spanOf(node),
  });
}

/** Annotations that make nobody write fields. */
const QUIET_ANNOTATIONS: ReadonlySet<string> = new Set([
  ...['SuppressWarnings', 'Deprecated', 'Nullable', 'NonNull', 'Override', 'FunctionalInterface'],
  ...['WebServlet', 'WebFilter', 'Controller', 'RestController', 'RequestMapping', 'Service', 'Repository'],
  ...['Path', 'Transactional', 'Slf4j', 'Log4j2'],
]);

function fieldsOf(node: Node, isInterface: boolean, lowerer: Lowerer): FieldDefinition[] {
  const modifiers = textOf(childOfType(node, 'modifiers'));
  const owner = annotationsOf(node.parent?.parent ?? node);
  const isSetByOthers =
    annotationsOf(node).some((name) => !QUIET_ANNOTATIONS.has(name)) ||
    owner.some((name) => !QUIET_ANNOTATIONS.has(name));
  return childrenOfType(node, 'variable_declarator').map((declarator) => ({
    name: textOf(field(declarator, 'name')),
    type: plainType(field(node, 'type')),
    value: lowerer.optional(field(declarator, 'value')),
    isStatic: isInterface || /\bstatic\b/.test(modifiers),
    isConstant: isInterface || /\bfinal\b/.test(modifiers),
    // Whoever reads an annotation may set the field.
    isPrivate: /\bprivate\b/.test(modifiers) && !isSetByOthers,
    span: spanOf(declarator),
  }));
}
