// PHP functions, closures and classes to IR.
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
import {
  childOfType,
  childrenOfType,
  codeChildren,
  field,
  type Lowerer,
  nameNode,
  need,
  plainType,
  spanOf,
  textOf,
} from './lowerer.ts';

/** Variables that PHP fills itself and that every scope sees. */
export const SUPERGLOBALS: ReadonlySet<string> = new Set([
  '$GLOBALS',
  '$_GET',
  '$_POST',
  '$_REQUEST',
  '$_COOKIE',
  '$_SERVER',
  '$_FILES',
  '$_ENV',
  '$_SESSION',
]);

/** `$x` handed to somebody who may change it: no value of it is known from then on, nor before. */
export function referTo(node: Node, operand: Expression = nameNode(node)): Expression {
  return { kind: 'reference', operand, span: spanOf(node) };
}

function parameterOf(name: string, type: string | null = null): Parameter {
  return { name, type, defaultValue: null, annotations: [] };
}

/** What a body reads from around it: the `use` list of a closure, every free variable of an arrow function. */
function capturedNames(node: Node, own: ReadonlySet<string>): readonly string[] {
  const source =
    node.type === 'arrow_function' ? field(node, 'body') : childOfType(node, 'anonymous_function_use_clause');
  const names = (source?.descendantsOfType('variable_name') ?? []).flatMap((one) => one?.text ?? []);
  return [...new Set(names)].filter((name) => !own.has(name) && !SUPERGLOBALS.has(name) && name !== '$this');
}

function attributesOf(node: Node): readonly string[] {
  const lists = childrenOfType(node, 'attribute_list');
  return lists.flatMap((list) =>
    list.descendantsOfType('attribute').flatMap((one) => textOf(one?.namedChild(0) ?? null)),
  );
}

/**
 * A closure copies what it captures when it is made: inside, the copy is a parameter whose value nobody knows. Parameters by
 * reference may be changed by others at any time.
 */
function defineFunction(node: Node, kind: FunctionKind, lowerer: Lowerer): FunctionDefinition {
  const given = codeChildren(field(node, 'parameters') ?? node).filter((child) =>
    /_parameter$/.test(child.type),
  );
  const parameters = given.map((child): Parameter => {
    const type = plainType(field(child, 'type'));
    return { ...parameterOf(textOf(field(child, 'name')), type), annotations: attributesOf(child) };
  });
  const captured = capturedNames(node, new Set(parameters.map(({ name }) => name)));
  const shared = [
    ...given,
    ...codeChildren(childOfType(node, 'anonymous_function_use_clause') ?? node),
  ].filter((child) => child.type === 'by_ref' || field(child, 'reference_modifier') !== null);
  const prologue = shared.map((child): Statement => {
    const name = field(child, 'name') ?? codeChildren(child)[0] ?? child;
    return { kind: 'expression', expression: referTo(name), span: spanOf(child) };
  });
  const body = field(node, 'body');
  const isExpression = node.type === 'arrow_function' && body !== null;
  const statements: Statement[] =
    body === null
      ? []
      : isExpression
        ? [{ kind: 'return', value: lowerer.expression(body), span: spanOf(body) }]
        : lowerer.statements(codeChildren(body));
  return lowerer.defineFunction({
    name: textOf(field(node, 'name')),
    kind,
    parameters: [...parameters, ...captured.map((name) => parameterOf(name))],
    body: [...prologue, ...statements],
    annotations: attributesOf(node),
    ownsAssigned: true,
    span: spanOf(node),
  });
}

/** What is captured by reference changes whenever the closure runs. */
export function lowerClosure(node: Node, lowerer: Lowerer): Expression {
  const span = spanOf(node);
  const lambda: Expression = {
    kind: 'lambda',
    definition: defineFunction(node, 'lambda', lowerer),
    span,
  };
  const shared = childrenOfType(childOfType(node, 'anonymous_function_use_clause') ?? node, 'by_ref');
  if (shared.length === 0) return lambda;
  return {
    kind: 'sequence',
    items: [...shared.map((child) => referTo(codeChildren(child)[0] ?? child)), lambda],
    span,
  };
}

/**
 * Of the fields only class constants have a value that holds: properties can be set by name, by reference, by `unserialize` and by
 * traits. A property of the constant's name would be read by the same word, so then neither is known.
 */
function constantsOf(member: Node, lowerer: Lowerer): FieldDefinition[] {
  const whole = member.tree.rootNode.text;
  return childrenOfType(member, 'const_element').flatMap((element) => {
    const [name, value] = codeChildren(element);
    if (name === undefined || value === undefined || whole.includes(`>${name.text}`)) return [];
    return [
      {
        name: name.text,
        type: null,
        value: lowerer.expression(value),
        isStatic: true,
        isConstant: true,
        isPrivate: false,
        span: spanOf(element),
      },
    ];
  });
}

export function defineClass(node: Node, lowerer: Lowerer): ClassDefinition {
  const fields: FieldDefinition[] = [];
  const methods: FunctionDefinition[] = [];
  for (const member of codeChildren(field(node, 'body') ?? node)) {
    if (member.type === 'const_declaration') fields.push(...constantsOf(member, lowerer));
    if (member.type === 'method_declaration') {
      const kind = /^__construct$/i.test(textOf(field(member, 'name'))) ? 'constructor' : 'method';
      methods.push(defineFunction(member, kind, lowerer));
    }
  }
  const bases = [
    ...childrenOfType(node, 'base_clause', 'class_interface_clause'),
    ...childrenOfType(field(node, 'body') ?? node, 'use_declaration'),
  ];
  return lowerer.defineClass({
    name: textOf(field(node, 'name')),
    supers: bases.flatMap((base) => codeChildren(base).map(({ text }) => text)),
    fields,
    methods,
    classes: [],
    span: spanOf(node),
  });
}

export function lowerClass(node: Node, lowerer: Lowerer): Statement {
  return { kind: 'class', definition: defineClass(node, lowerer), span: spanOf(node) };
}

export function lowerFunction(node: Node, lowerer: Lowerer): Statement {
  return {
    kind: 'function',
    definition: defineFunction(node, 'function', lowerer),
    span: spanOf(need(node, 'name')),
  };
}
