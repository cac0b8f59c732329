// Which names of a function are its own, and which of them no analysis of the function alone can follow.
import type { Expression, FunctionDefinition, Statement } from '../ir.ts';
import { childrenOfExpression, partsOfStatement, walkExpression } from '../walk-ir.ts';

export interface VariableUse {
  /** Names that the function assigns or declares (parameters included). */
  readonly own: ReadonlySet<string>;
  /** Names whose address is taken, or that a nested function assigns: they change behind the function's back. */
  readonly escaping: ReadonlySet<string>;
  /** Names declared to live outside (`global x`). */
  readonly outer: ReadonlySet<string>;
  /** How often each name is written, everywhere in the function and in functions inside it. */
  readonly writes: ReadonlyMap<string, number>;
  /** Names that stand for the same object as another: both sides of `a = b`. */
  readonly aliased: ReadonlySet<string>;
  /** The function has jumps that a structured evaluation cannot follow. */
  readonly hasJumps: boolean;
}

class Gathering {
  readonly own = new Set<string>();
  readonly escaping = new Set<string>();
  readonly outer = new Set<string>();
  readonly writes = new Map<string, number>();
  readonly aliased = new Set<string>();
  hasJumps = false;

  write(name: string): void {
    this.own.add(name);
    this.writes.set(name, (this.writes.get(name) ?? 0) + 1);
  }
}

const cache = new WeakMap<FunctionDefinition, VariableUse>();

export function useOfVariables(definition: FunctionDefinition): VariableUse {
  let use = cache.get(definition);
  if (use === undefined) {
    use = gather(definition);
    cache.set(definition, use);
  }
  return use;
}

function gather(definition: FunctionDefinition): VariableUse {
  const found = new Gathering();
  for (const { name, defaultValue } of definition.parameters) {
    found.own.add(name);
    if (defaultValue !== null) inExpression(defaultValue, found);
  }
  for (const statement of definition.body) inStatement(statement, found);
  for (const name of found.outer) found.own.delete(name);
  return found;
}

function inStatement(statement: Statement, found: Gathering): void {
  switch (statement.kind) {
    case 'declare':
      found.write(statement.name);
      break;
    case 'foreach':
      for (const target of statement.targets) writeTarget(target, found);
      break;
    case 'try':
      for (const { name } of statement.catches) if (name !== null) found.write(name);
      break;
    case 'outer_names':
      for (const name of statement.names) found.outer.add(name);
      break;
    case 'goto':
      found.hasJumps = true;
      break;
    case 'labeled':
      if (statement.isJumpTarget) found.hasJumps = true;
      break;
    case 'unknown':
      // A label inside of other statements: code is entered in the middle.
      if (/case|label/.test(statement.what)) found.hasJumps = true;
      break;
    case 'function':
      inNested(statement.definition, found);
      return;
    case 'class':
      for (const { value } of statement.definition.fields) if (value !== null) inEscaping(value, found);
      for (const method of statement.definition.methods) inNested(method, found);
      return;
  }
  const parts = partsOfStatement(statement);
  for (const expression of parts.expressions) inExpression(expression, found);
  for (const inner of parts.statements) inStatement(inner, found);
}

function inExpression(expression: Expression, found: Gathering): void {
  if (expression.kind === 'assign' && expression.target.kind === 'name') {
    const holders = holdersOf(expression.value);
    for (const name of holders.length > 0 ? [expression.target.name, ...holders] : [])
      found.aliased.add(name);
  }
  if (expression.kind === 'assign' || expression.kind === 'update') writeTarget(expression.target, found);
  else if (expression.kind === 'reference') {
    const root = rootName(expression.operand);
    if (root !== null) found.escaping.add(root);
  } else if (expression.kind === 'type_test' && expression.binds !== null) found.write(expression.binds);
  else if (expression.kind === 'unknown') {
    for (const name of expression.names) found.writes.set(name, (found.writes.get(name) ?? 0) + 2);
  } else if (expression.kind === 'lambda') {
    inNested(expression.definition, found);
    return;
  }
  for (const child of childrenOfExpression(expression)) inExpression(child, found);
}

function writeTarget(target: Expression, found: Gathering): void {
  if (target.kind === 'name') found.write(target.name);
  else if (target.kind === 'list') for (const element of target.elements) writeTarget(element, found);
  else if (target.kind === 'map') for (const entry of target.entries) writeTarget(entry.value, found);
  else if (target.kind === 'spread') writeTarget(target.operand, found);
  else if (target.kind === 'unknown') for (const name of target.names) found.write(name);
  else {
    for (const root of rootNames(target)) found.writes.set(root, (found.writes.get(root) ?? 0) + 1);
  }
}

/** An expression that runs at another time than the code around it: what it assigns changes behind the back. */
function inEscaping(expression: Expression, found: Gathering): void {
  const inner = new Gathering();
  inExpression(expression, inner);
  for (const [name, count] of inner.writes) {
    found.writes.set(name, (found.writes.get(name) ?? 0) + count);
    found.escaping.add(name);
  }
  for (const name of inner.escaping) found.escaping.add(name);
}

/** Names that the nested function changes but does not own. */
function inNested(definition: FunctionDefinition, found: Gathering): void {
  const inner = useOfVariables(definition);
  const declared = declaredNames(definition);
  for (const [name, count] of inner.writes) {
    if (declared.has(name) && !inner.outer.has(name)) continue;
    found.writes.set(name, (found.writes.get(name) ?? 0) + count);
    found.escaping.add(name);
  }
  for (const name of inner.outer) found.escaping.add(name);
  for (const name of inner.escaping) if (!declared.has(name)) found.escaping.add(name);
  if (definition.name !== '') found.own.add(definition.name);
}

/** Names the function surely declares itself: parameters, declarations, and in Python and PHP every assigned name. */
function declaredNames(definition: FunctionDefinition): ReadonlySet<string> {
  const names = new Set(definition.parameters.map((parameter) => parameter.name));
  const visit = (statement: Statement): void => {
    if (statement.kind === 'declare') names.add(statement.name);
    if (statement.kind === 'try')
      for (const { name } of statement.catches) if (name !== null) names.add(name);
    if (statement.kind === 'foreach' && statement.declares) {
      for (const target of statement.targets) if (target.kind === 'name') names.add(target.name);
    }
    for (const inner of partsOfStatement(statement).statements) visit(inner);
  };
  for (const statement of definition.body) visit(statement);
  if (definition.ownsAssigned) for (const name of useOfVariables(definition).own) names.add(name);
  return names;
}

/** Methods that give the very object back that they are asked of. */
const GIVES_ITSELF: ReadonlySet<string> = new Set(['to_s', 'to_str', 'itself', 'freeze']);

/** Variables whose very object the expression may be, not a copy or a part of it. */
export function holdersOf(expression: Expression): readonly string[] {
  switch (expression.kind) {
    case 'name':
      return [expression.name];
    case 'ternary':
      return [...holdersOf(expression.consequence), ...holdersOf(expression.otherwise)];
    case 'binary':
      return /^(&&|\|\||\?\?)$/.test(expression.operator)
        ? [...holdersOf(expression.left), ...holdersOf(expression.right)]
        : [];
    case 'unary':
      return expression.operator === '+' || expression.operator === '-' ? holdersOf(expression.operand) : [];
    case 'assign': {
      const root = rootName(expression.target);
      return root === null ? holdersOf(expression.value) : [root, ...holdersOf(expression.value)];
    }
    case 'sequence':
      return expression.items.slice(-1).flatMap(holdersOf);
    case 'list':
      return expression.elements.flatMap(holdersOf);
    case 'match':
      return expression.arms.flatMap((arm) => holdersOf(arm.value));
    case 'call':
      return expression.callee.kind === 'member' && GIVES_ITSELF.has(expression.callee.name)
        ? holdersOf(expression.callee.object)
        : [];
    default:
      return [];
  }
}

/** The variables that writing to a target may change: its root, or every name in a computed one (`*(a + 1)`, `1[a]`, `tie(a, b)`). */
export function rootNames(target: Expression): readonly string[] {
  const root = rootName(target);
  if (root !== null && target.kind !== 'call') return [root];
  const names: string[] = [];
  walkExpression(target, {
    expression: (node) => {
      if (node.kind === 'name') names.push(node.name);
    },
  });
  return names;
}

/** The variable at the root of `a.b[c]`, `*a`, `a.append(x).append(y)`. */
export function rootName(expression: Expression): string | null {
  switch (expression.kind) {
    case 'name':
      return expression.name;
    case 'member':
    case 'index':
    case 'slice':
      return rootName(expression.object);
    case 'dereference':
    case 'cast':
    case 'await':
    case 'spread':
      return rootName(expression.operand);
    case 'call':
      return expression.callee.kind === 'member' && !expression.isNew
        ? rootName(expression.callee.object)
        : null;
    default:
      return null;
  }
}
