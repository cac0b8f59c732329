// JavaScript and TypeScript functions, parameters and classes to IR.

import type { Node } from 'web-tree-sitter';
import type {
  ClassDefinition,
  Expression,
  FieldDefinition,
  FunctionDefinition,
  FunctionKind,
  Parameter,
  Statement,
} from '../ir.ts';
import type { Binding } from './common.ts';
import {
  childOfType,
  childrenOfType,
  codeChildren,
  constantNode,
  field,
  type Lowerer,
  nameNode,
  need,
  plainType,
  spanOf,
  textOf,
} from './lowerer.ts';

/** The names a pattern binds, each with the part of the value it gets. */
export function bindings(pattern: Node, value: Expression, lowerer: Lowerer): Binding[] {
  const span = spanOf(pattern);
  if (pattern.type === 'identifier' || pattern.type === 'shorthand_property_identifier_pattern')
    return [{ name: pattern.text, value }];
  if (pattern.type === 'assignment_pattern' || pattern.type === 'object_assignment_pattern') {
    const fallback = lowerer.expression(need(pattern, 'right'));
    return bindings(
      need(pattern, 'left'),
      { kind: 'binary', operator: '??', left: value, right: fallback, span },
      lowerer,
    );
  }
  if (pattern.type === 'rest_pattern')
    return bindings(
      codeChildren(pattern)[0] ?? pattern,
      { kind: 'slice', object: value, bounds: [], span },
      lowerer,
    );
  if (pattern.type === 'array_pattern') {
    return codeChildren(pattern).flatMap((element, at) =>
      bindings(
        element,
        { kind: 'index', object: value, index: constantNode(element, { kind: 'int', value: at }), span },
        lowerer,
      ),
    );
  }
  if (pattern.type !== 'object_pattern') return [{ name: pattern.text, value: lowerer.unknown(pattern) }];
  return codeChildren(pattern).flatMap((child) => {
    const target = child.type === 'pair_pattern' ? need(child, 'value') : child;
    const key =
      child.type === 'pair_pattern' ? textOf(field(child, 'key')) : textOf(field(child, 'left') ?? child);
    const part: Expression =
      child.type === 'rest_pattern'
        ? value
        : { kind: 'member', object: value, name: key, span: spanOf(child) };
    return bindings(target, part, lowerer);
  });
}

function parametersOf(node: Node, lowerer: Lowerer): { parameters: Parameter[]; prologue: Statement[] } {
  const prologue: Statement[] = [];
  const single = field(node, 'parameter');
  const list =
    single === null
      ? codeChildren(field(node, 'parameters') ?? node).filter(() => field(node, 'parameters') !== null)
      : [single];
  const parameters = list.map((child, position): Parameter => {
    const inner = field(child, 'pattern') ?? child;
    const pattern =
      inner.type === 'assignment_pattern'
        ? need(inner, 'left')
        : inner.type === 'rest_pattern'
          ? (codeChildren(inner)[0] ?? inner)
          : inner;
    const value =
      field(child, 'value') ?? (inner.type === 'assignment_pattern' ? field(inner, 'right') : null);
    const isPlain = pattern.type === 'identifier' || pattern.type === 'this';
    const name = isPlain ? pattern.text : `#${position}`;
    if (!isPlain) {
      for (const binding of bindings(pattern, nameNode(pattern, name), lowerer)) {
        prologue.push({
          kind: 'declare',
          ...binding,
          type: null,
          isConstant: false,
          scope: 'block',
          isArray: false,
          span: spanOf(pattern),
        });
      }
    }
    const type = field(child, 'type');
    return {
      name,
      type: plainType(type === null ? null : (codeChildren(type)[0] ?? null)),
      defaultValue: value === null ? null : lowerer.expression(value),
      annotations: childrenOfType(child, 'decorator').map((decorator) =>
        decorator.text.slice(1).replace(/\([\s\S]*$/, ''),
      ),
    };
  });
  return { parameters, prologue };
}

export function defineFunction(
  node: Node,
  kind: FunctionKind,
  name: string,
  lowerer: Lowerer,
  annotations: readonly string[] = [],
): FunctionDefinition {
  const { parameters, prologue } = parametersOf(node, lowerer);
  const body = field(node, 'body');
  const statements =
    body === null
      ? []
      : body.type === 'statement_block'
        ? lowerer.statements(codeChildren(body))
        : [{ kind: 'return', value: lowerer.expression(body), span: spanOf(body) } as Statement];
  return lowerer.defineFunction({
    name,
    kind,
    parameters,
    body: [...prologue, ...statements],
    annotations,
    ownsAssigned: false,
    span: spanOf(node),
  });
}

/** Parts of a class that run with it and assign something, as a function of their own. */
function assigningPart(node: Node | null, lowerer: Lowerer): FunctionDefinition[] {
  if (node === null || !/[^=!<>]=(?![=>])|\+\+|--/.test(node.text)) return [];
  return [
    {
      name: '',
      kind: 'initializer',
      parameters: [],
      body: [{ kind: 'expression', expression: lowerer.expression(node), span: spanOf(node) }],
      annotations: [],
      ownsAssigned: false,
      span: spanOf(node),
    },
  ];
}

export function defineClass(node: Node, lowerer: Lowerer): ClassDefinition {
  const fields: FieldDefinition[] = [];
  const methods: FunctionDefinition[] = [];
  let decorators: string[] = [];
  for (const member of codeChildren(need(node, 'body'))) {
    if (member.type === 'decorator') {
      decorators.push(member.text.slice(1).replace(/\([\s\S]*$/, ''));
      continue;
    }
    const name = textOf(field(member, 'name') ?? field(member, 'property'));
    if (member.type === 'method_definition')
      methods.push(
        defineFunction(member, name === 'constructor' ? 'constructor' : 'method', name, lowerer, decorators),
      );
    else if (/field_definition$/.test(member.type)) {
      const head = member.text.slice(0, Math.max(0, member.text.indexOf(name)));
      fields.push({
        name,
        type: plainType(codeChildren(field(member, 'type') ?? need(member, 'name'))[0] ?? null),
        value: lowerer.optional(field(member, 'value')),
        isStatic: /\bstatic\b/.test(head),
        isConstant: /\breadonly\b/.test(head),
        // Whoever reads a decorator may set the field.
        isPrivate:
          name.startsWith('#') ||
          (/\bprivate\b/.test(head) && !head.includes('@') && decorators.length === 0),
        span: spanOf(member),
      });
      methods.push(...assigningPart(field(member, 'value'), lowerer));
    } else if (member.type === 'class_static_block')
      methods.push(defineFunction(member, 'initializer', '', lowerer));
    methods.push(...assigningPart(childOfType(member, 'computed_property_name'), lowerer));
    decorators = [];
  }
  methods.push(...assigningPart(childOfType(node, 'class_heritage'), lowerer));
  const heritage =
    textOf(childOfType(node, 'class_heritage'))
      .replace(/\b(extends|implements)\b/g, ' ')
      .match(/[\w.$]+/g) ?? [];
  return lowerer.defineClass({
    name: textOf(field(node, 'name')),
    supers: heritage,
    fields,
    methods,
    classes: [],
    span: spanOf(node),
  });
}
