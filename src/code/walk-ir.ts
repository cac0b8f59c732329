// Visits IR in source order: what is directly below a node, and everything below it.
import type { Expression, FunctionDefinition, Statement } from './ir.ts';

/** Expressions directly inside an expression; the body of a lambda is not among them. */
export function childrenOfExpression(node: Expression): readonly Expression[] {
  switch (node.kind) {
    case 'constant':
    case 'name':
    case 'lambda':
    case 'regex':
      return [];
    case 'member':
      return [node.object];
    case 'index':
      return [node.object, node.index];
    case 'slice':
      return [node.object, ...node.bounds];
    case 'call':
      return [node.callee, ...node.arguments.map((argument) => argument.value)];
    case 'binary':
      return [node.left, node.right];
    case 'ternary':
      return [node.condition, node.consequence, node.otherwise];
    case 'template':
      return node.parts;
    case 'list':
      return node.elements;
    case 'map':
      return node.entries.flatMap((entry) => [entry.key, entry.value]);
    case 'assign':
      return [node.target, node.value];
    case 'update':
      return [node.target];
    case 'comprehension':
      return [...node.iterables, ...node.body];
    case 'sequence':
      return node.items;
    case 'match':
      return [node.subject, ...node.arms.flatMap((arm) => [...(arm.labels ?? []), arm.value])];
    case 'unknown':
      return node.children;
    default:
      return [node.operand];
  }
}

/** What a statement holds directly: its own expressions and the statements below it. Function and class bodies are not among them. */
export function partsOfStatement(node: Statement): {
  readonly expressions: readonly Expression[];
  readonly statements: readonly Statement[];
} {
  const present = <T>(...items: readonly (T | null)[]): T[] => items.filter((item) => item !== null);
  switch (node.kind) {
    case 'declare':
    case 'return':
    case 'throw':
      return { expressions: present(node.value), statements: [] };
    case 'expression':
    case 'defer':
      return { expressions: [node.expression], statements: [] };
    case 'if':
      return { expressions: [node.condition], statements: present(node.consequence, node.otherwise) };
    case 'loop':
      return {
        expressions: [...present(node.condition), ...node.step],
        statements: [...node.init, ...present(node.body, node.orElse)],
      };
    case 'foreach':
      return { expressions: [node.iterable, ...node.targets], statements: present(node.body, node.orElse) };
    case 'switch':
      return {
        expressions: [
          ...present(node.subject),
          ...node.cases.flatMap((entry) => [...(entry.labels ?? []), ...present(entry.guard)]),
        ],
        statements: node.cases.flatMap((entry) => entry.body),
      };
    case 'try':
      return {
        expressions: [],
        statements: [
          ...node.resources,
          node.body,
          ...node.catches.flatMap((clause) => clause.body),
          ...present(node.orElse, node.finalizer),
        ],
      };
    case 'block':
      return { expressions: [], statements: node.body };
    case 'labeled':
      return { expressions: [], statements: [node.body] };
    case 'unknown':
      return { expressions: [], statements: node.children };
    default:
      return { expressions: [], statements: [] };
  }
}

export interface Visitor {
  expression?(node: Expression): void;
  statement?(node: Statement): void;
  /** Functions defined below: lambdas, nested functions and methods of local classes. Return true to go into them. */
  function?(definition: FunctionDefinition): boolean;
}

export function walkStatements(statements: readonly Statement[], visitor: Visitor): void {
  for (const statement of statements) {
    visitor.statement?.(statement);
    if (statement.kind === 'function') walkFunction(statement.definition, visitor);
    else if (statement.kind === 'class') {
      for (const field of statement.definition.fields)
        if (field.value !== null) walkExpression(field.value, visitor);
      for (const method of statement.definition.methods) walkFunction(method, visitor);
    } else {
      const parts = partsOfStatement(statement);
      for (const expression of parts.expressions) walkExpression(expression, visitor);
      walkStatements(parts.statements, visitor);
    }
  }
}

export function walkExpression(expression: Expression, visitor: Visitor): void {
  visitor.expression?.(expression);
  if (expression.kind === 'lambda') walkFunction(expression.definition, visitor);
  else for (const child of childrenOfExpression(expression)) walkExpression(child, visitor);
}

function walkFunction(definition: FunctionDefinition, visitor: Visitor): void {
  if (visitor.function?.(definition) !== true) return;
  for (const parameter of definition.parameters) {
    if (parameter.defaultValue !== null) walkExpression(parameter.defaultValue, visitor);
  }
  walkStatements(definition.body, visitor);
}
