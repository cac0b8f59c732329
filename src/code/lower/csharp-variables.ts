// C# variables: declarations, deconstruction, parameters, and which of them no analysis of the function can follow.
import type { Node } from 'web-tree-sitter';
import type { Expression, Parameter, Statement } from '../ir.ts';
import { nameOf } from './csharp-literals.ts';
import {
  childOfType,
  childrenOfType,
  codeChildren,
  field,
  nameNode,
  plainType,
  type StatementHandler,
  spanOf,
  textOf,
} from './lowerer.ts';

/** Types whose values are cut, rounded or compared by reference: an integer stored in one is not that integer any more. */
const CHANGING =
  /^(System\.)?(byte|sbyte|short|ushort|uint|ulong|nint|nuint|float|double|decimal|object|dynamic|Byte|SByte|Int16|UInt16|UInt32|UInt64|Single|Double|Decimal|Half|Object)\b/;
const SCALAR =
  /^(System\.)?(int|long|bool|char|Int32|Int64|Boolean|Char|Guid|DateTime|DateTimeOffset|DateOnly|TimeOnly|TimeSpan|CancellationToken)\b/;
const TEXT = /^(System\.)?(string|String|StringValues)\b|^\w*(List|Enumerable|Collection)<string>/;

export function isChangingType(type: Node | null): boolean {
  return type !== null && CHANGING.test(type.text);
}

/** Says that others may change the variable at any time. */
function share(node: Node, name: string): Statement {
  const operand = nameNode(node, name);
  const span = spanOf(node);
  return { kind: 'expression', expression: { kind: 'reference', operand, span }, span };
}

function declare(node: Node, name: string, type: Node | null, value: Expression | null): Statement {
  return {
    kind: 'declare',
    name,
    type: type?.type === 'implicit_type' ? null : plainType(type),
    value,
    isConstant: false,
    scope: 'block',
    isArray: false,
    span: spanOf(node),
  };
}

/** Names of a (nested) tuple pattern, without discards. */
function namesOf(pattern: Node): string[] {
  if (pattern.type === 'identifier') return pattern.text === '_' ? [] : [nameOf(pattern)];
  return codeChildren(pattern).flatMap(namesOf);
}

/** `var (a, (b, c))` as a target. */
function targetOf(pattern: Node): Expression {
  return pattern.type === 'identifier'
    ? nameNode(pattern, nameOf(pattern))
    : { kind: 'list', elements: codeChildren(pattern).map(targetOf), span: spanOf(pattern) };
}

/** `T a = x, b = y;` and `var (a, b) = x;`. */
export const lowerVariables: StatementHandler = (node, lowerer) => {
  const inner = node.type === 'variable_declaration' ? node : childOfType(node, 'variable_declaration');
  if (inner === null) return { kind: 'unknown', what: node.type, children: [], span: spanOf(node) };
  const type = field(inner, 'type');
  const isAlias = /^(scoped )?ref\b/.test(textOf(type));
  return childrenOfType(inner, 'variable_declarator').flatMap((declarator): Statement[] => {
    const name = field(declarator, 'name');
    const pattern = childOfType(declarator, 'tuple_pattern');
    const value = givenValue(declarator);
    const initial = lowerer.optional(value);
    if (name !== null) {
      const declared = declare(declarator, nameOf(name), type, initial);
      return isAlias || isChangingType(type) ? [declared, share(declarator, nameOf(name))] : [declared];
    }
    if (pattern === null || initial === null) return [unknownStatement(declarator)];
    const span = spanOf(declarator);
    const assign: Expression = {
      kind: 'assign',
      target: targetOf(pattern),
      operator: null,
      value: initial,
      span,
    };
    return [
      ...namesOf(pattern).map((each) => declare(pattern, each, null, null)),
      { kind: 'expression', expression: assign, span },
    ];
  });
};

const unknownStatement = (node: Node): Statement => ({
  kind: 'unknown',
  what: node.type,
  children: [],
  span: spanOf(node),
});

/** What a declarator, property or parameter is given: the child after `=`. */
export function givenValue(node: Node): Node | null {
  const given = node.children.findIndex((child) => child?.type === '=');
  return given < 0 ? null : (node.children.slice(given + 1).find((child) => child?.isNamed) ?? null);
}

/** `(var a, string b) = x`: the names are declared first. */
export const lowerDeconstruction: StatementHandler = (node, lowerer) => {
  const left = field(node, 'left');
  const declared =
    left?.type === 'tuple_expression'
      ? left.descendantsOfType('declaration_expression').flatMap((one): Statement[] => {
          const name = one === null ? null : field(one, 'name');
          return one === null || name === null ? [] : [declare(one, nameOf(name), field(one, 'type'), null)];
        })
      : [];
  const expression = lowerer.expression(node);
  return [...declared, { kind: 'expression', expression, span: spanOf(node) }];
};

export const lowerForEach: StatementHandler = (node, lowerer) => {
  const left = field(node, 'left');
  const body = lowerer.statement(field(node, 'body'));
  const names = left === null ? [] : namesOf(left);
  const isShared = isChangingType(field(node, 'type')) || /^ref\b/.test(textOf(field(node, 'type')));
  const shared = left !== null && isShared ? names.map((name) => share(left, name)) : [];
  return {
    kind: 'foreach',
    targets: left === null ? [] : names.map((name) => nameNode(left, name)),
    declares: true,
    iterable: lowerer.expression(field(node, 'right') ?? node),
    body:
      shared.length === 0
        ? body
        : { kind: 'block', body: [...shared, body], scoped: false, span: spanOf(node) },
    orElse: null,
    span: spanOf(node),
  };
};

export function attributesOf(node: Node): string[] {
  return childrenOfType(node, 'attribute_list').flatMap((list) =>
    childrenOfType(list, 'attribute').map((attribute) =>
      textOf(field(attribute, 'name')).replace(/Attribute$/, ''),
    ),
  );
}

/** Parameters, and statements that say which of them are somebody else's variables. `isAction`: a framework fills them from a request. */
export function parametersOf(
  node: Node | null,
  isAction: boolean,
): { readonly parameters: readonly Parameter[]; readonly prologue: readonly Statement[] } {
  const parameters: Parameter[] = [];
  const prologue: Statement[] = [];
  if (node === null) return { parameters, prologue };
  const add = (holder: Node, name: Node | null, type: Node | null, annotations: readonly string[]): void => {
    if (name === null) return;
    parameters.push({ name: nameOf(name), type: plainType(type), defaultValue: null, annotations });
    const isAlias = childrenOfType(holder, 'modifier').some(({ text }) => /^(ref|out|in|scoped)$/.test(text));
    if (isAlias || isChangingType(type)) prologue.push(share(holder, nameOf(name)));
  };
  if (node.type === 'identifier' || node.type === 'implicit_parameter') {
    add(node, node, null, []);
    return { parameters, prologue };
  }
  let type: Node | null = null;
  for (const [index, child] of node.children.entries()) {
    if (child === null) continue;
    // `params T[] rest` stands in the list without a node of its own.
    if (node.fieldNameForChild(index) === 'type') type = child;
    else if (node.fieldNameForChild(index) === 'name') add(child, child, type, []);
    else if (child.type === 'parameter')
      add(child, field(child, 'name'), field(child, 'type'), annotationsOf(child, isAction));
  }
  return { parameters, prologue };
}

/** Numbers, dates and the like cannot carry text of an attacker: what binds them is no source. */
function annotationsOf(parameter: Node, isAction: boolean): readonly string[] {
  const type = textOf(field(parameter, 'type'));
  if (SCALAR.test(type) || CHANGING.test(type)) return [];
  const given = attributesOf(parameter);
  const isInjected = given.some((name) => /^(FromServices|Inject|FromKeyedServices)$/.test(name));
  return isAction && TEXT.test(type) && !isInjected ? [...given, 'ActionParameter'] : given;
}
