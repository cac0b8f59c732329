// Ruby methods, blocks and class bodies to IR, with the rules of which block variable belongs to whom.
import type { Node } from 'web-tree-sitter';
import type { FunctionDefinition, FunctionKind, Parameter, Statement } from '../ir.ts';
import { opaque } from './common.ts';
import { codeChildren, constantNode, field, type Lowerer, nameNode, spanOf, textOf } from './lowerer.ts';

const BLOCKS: ReadonlySet<string> = new Set(['block', 'do_block', 'lambda']);
/** Bodies that see no variable of their surroundings. */
const GATES: ReadonlySet<string> = new Set([
  'method',
  'singleton_method',
  'class',
  'module',
  'singleton_class',
  'program',
]);

/** Names a pattern on the left of an assignment binds. */
function targetsOf(node: Node | null): readonly string[] {
  if (node === null) return [];
  if (node.type === 'identifier') return [node.text];
  const isPattern = /_(list|assignment)$|^exception_variable$|_pattern$|^in_clause$/.test(node.type);
  return isPattern ? node.namedChildren.flatMap(targetsOf) : [];
}

function boundBy(node: Node): readonly string[] {
  switch (node.type) {
    case 'assignment':
    case 'operator_assignment':
      return targetsOf(field(node, 'left'));
    case 'for':
      return targetsOf(field(node, 'pattern'));
    case 'exception_variable':
    case 'in_clause':
      return targetsOf(node);
    case 'binary':
      return namedCaptures(node);
    default:
      return [];
  }
}

/** `/(?<name>…)/ =~ text` assigns `name`. */
export function namedCaptures(node: Node): readonly string[] {
  const left = field(node, 'left');
  if (left?.type !== 'regex' || textOf(field(node, 'operator')) !== '=~') return [];
  return [...left.text.matchAll(/\(\?<([a-z_]\w*)>/g)].flatMap(([, name]) => name ?? []);
}

const assigned = new WeakMap<Lowerer, Map<number, ReadonlySet<string>>>();

/** What a body assigns itself: not in blocks, methods and classes inside it. */
function assignedIn(scope: Node, lowerer: Lowerer): ReadonlySet<string> {
  const known = assigned.get(lowerer) ?? new Map<number, ReadonlySet<string>>();
  assigned.set(lowerer, known);
  const old = known.get(scope.id);
  if (old !== undefined) return old;
  const names = new Set<string>();
  const visit = (node: Node, depth: number): void => {
    for (const name of boundBy(node)) names.add(name);
    if (depth > 200) return;
    for (const child of node.namedChildren)
      if (!BLOCKS.has(child.type) && !GATES.has(child.type)) visit(child, depth + 1);
  };
  for (const child of scope.namedChildren) if (!GATES.has(child.type)) visit(child, 0);
  known.set(scope.id, names);
  return names;
}

/** A variable first assigned in a block is the block's own; one that any surrounding body assigns is shared with it. */
function blockVariables(block: Node, parameters: readonly Parameter[], lowerer: Lowerer): readonly string[] {
  const own = new Set(assignedIn(block, lowerer));
  for (const { name } of parameters) own.delete(name);
  for (let around = block.parent; around !== null && own.size > 0; around = around.parent) {
    if (!BLOCKS.has(around.type) && !GATES.has(around.type)) continue;
    for (const name of assignedIn(around, lowerer)) own.delete(name);
    for (const { name } of parametersOf(field(around, 'parameters'))) own.delete(name);
    if (GATES.has(around.type)) break;
  }
  return [...own];
}

function parametersOf(node: Node | null): Parameter[] {
  return (node === null ? [] : codeChildren(node)).map((child) => ({
    name: textOf(field(child, 'name') ?? child).replace(/^[*&]+|:$/g, ''),
    type: null,
    defaultValue: null,
    annotations: [],
  }));
}

/** `rescue => e` assigns `e` as any assignment does, in a block to the variable outside of it. */
function exceptionOf(clause: Node): Statement[] {
  return targetsOf(field(clause, 'variable')).map((name) => {
    const span = spanOf(clause);
    const target = nameNode(clause, name);
    const value = opaque(clause, 'an exception', []);
    return { kind: 'expression', expression: { kind: 'assign', target, operator: null, value, span }, span };
  });
}

/** A body with `rescue`, `else` or `ensure` is a try. */
export function lowerBodies(node: Node, lowerer: Lowerer): Statement[] {
  const children = codeChildren(node);
  const rescues = children.filter((child) => child.type === 'rescue');
  const ensure = children.find((child) => child.type === 'ensure');
  const last = children.find((child) => child.type === 'else');
  const plain = lowerer.statements(children.filter((child) => !/^(rescue|ensure|else)$/.test(child.type)));
  if (rescues.length === 0 && ensure === undefined) return plain;
  const span = spanOf(node);
  const catches = rescues.map((clause) => ({
    name: null,
    body: [...exceptionOf(clause), bodyOf(field(clause, 'body'), lowerer)],
    span: spanOf(clause),
  }));
  return [
    {
      kind: 'try',
      resources: [],
      body: { kind: 'block', body: plain, scoped: false, span },
      catches,
      orElse: last === undefined ? null : bodyOf(last, lowerer),
      finalizer: ensure === undefined ? null : bodyOf(ensure, lowerer),
      span,
    },
  ];
}

export function bodyOf(node: Node | null, lowerer: Lowerer): Statement {
  if (node === null) return lowerer.statement(null);
  return { kind: 'block', body: lowerBodies(node, lowerer), scoped: false, span: spanOf(node) };
}

function define(
  node: Node,
  kind: FunctionKind,
  name: string,
  body: readonly Statement[],
  lowerer: Lowerer,
): FunctionDefinition {
  return lowerer.defineFunction({
    name,
    kind,
    parameters: kind === 'lambda' && !BLOCKS.has(node.type) ? [] : parametersOf(field(node, 'parameters')),
    body,
    annotations: [],
    ownsAssigned: !BLOCKS.has(node.type),
    span: spanOf(node),
  });
}

/** `{ |x| … }`, `do … end`, `->(x) { … }`; its own variables are declared at its start. */
export function defineBlock(node: Node, lowerer: Lowerer): FunctionDefinition {
  const inner = node.type === 'lambda' ? (field(node, 'body') ?? node) : node;
  const body = field(inner, 'body');
  const span = spanOf(node);
  const own = new Set(blockVariables(node, parametersOf(field(node, 'parameters')), lowerer));
  if (inner.id !== node.id)
    for (const name of blockVariables(inner, parametersOf(field(node, 'parameters')), lowerer)) own.add(name);
  const declarations = [...own].map(
    (name): Statement => ({
      kind: 'declare',
      name,
      type: null,
      value: constantNode(node, { kind: 'null', value: null }),
      isConstant: false,
      scope: 'function',
      isArray: false,
      span,
    }),
  );
  return define(
    node,
    'lambda',
    '',
    [...declarations, ...(body === null ? [] : lowerBodies(body, lowerer))],
    lowerer,
  );
}

export function defineMethod(node: Node, lowerer: Lowerer): Statement {
  const body = field(node, 'body');
  const statements =
    body === null
      ? []
      : body.type === 'body_statement'
        ? lowerBodies(body, lowerer)
        : lowerer.statements([body]);
  const definition = define(node, 'method', textOf(field(node, 'name')), statements, lowerer);
  return { kind: 'function', definition, span: spanOf(node) };
}

/** A word that stands alone in a class body is a call: `skip_forgery_protection`. */
function asMacro(statement: Statement): Statement {
  if (statement.kind !== 'expression' || statement.expression.kind !== 'name') return statement;
  const { expression: callee, span } = statement;
  return { ...statement, expression: { kind: 'call', callee, arguments: [], isNew: false, span } };
}

/** A class body is code that runs, with variables of its own; like a block it is no place a reader would call a function. */
export function defineClass(node: Node, lowerer: Lowerer): Statement {
  const body = field(node, 'body');
  const statements = body === null ? [] : lowerBodies(body, lowerer).map(asMacro);
  const superclass = textOf(field(node, 'superclass')).replace(/^<\s*/, '');
  const definition = lowerer.defineClass({
    name: textOf(field(node, 'name')),
    supers: superclass === '' ? [] : [superclass],
    fields: [],
    methods: [define(node, 'lambda', '', statements, lowerer)],
    classes: [],
    span: spanOf(node),
  });
  return { kind: 'class', definition, span: spanOf(node) };
}
