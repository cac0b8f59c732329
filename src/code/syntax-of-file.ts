// Gathers the calls, conditions, literals, bindings and ways out of a whole file in one walk, kept as long as the file is.
import type { CallExpression, Constant, Expression, FunctionDefinition, Span, Statement } from './ir.ts';
import { lastOf, nameOf, withoutWrapping } from './read-expression.ts';
import type { SourceUnit } from './source-unit.ts';
import { walkExpression, walkStatements } from './walk-ir.ts';

type Of<Node, Kind> = Extract<Node, { readonly kind: Kind }>;

export interface Collected {
  readonly calls: readonly {
    readonly node: CallExpression;
    readonly within: FunctionDefinition;
    readonly assignedTo: Expression | null;
  }[];
  readonly conditions: readonly {
    readonly node: Of<Statement, 'if' | 'loop' | 'switch'> | Of<Expression, 'ternary' | 'binary' | 'unknown'>;
    /** Where the condition itself stands. */
    readonly head: Span;
    readonly within: FunctionDefinition;
  }[];
  readonly literals: readonly { readonly constant: Constant; readonly span: Span }[];
  /** Names that get a value: declarations, plain assignments, fields. */
  readonly bindings: readonly Binding[];
  readonly exits: readonly {
    readonly node: Of<Statement, 'return' | 'throw' | 'break' | 'continue'>;
    readonly within: FunctionDefinition;
  }[];
  /** How many places of the file write to a name, by its last word. */
  readonly writes: ReadonlyMap<string, number>;
  /** Offset at which each line starts. */
  readonly lineStarts: readonly number[];
}

interface Binding {
  readonly target: string;
  readonly value: Expression | null;
  readonly isConstant: boolean;
  readonly isPrivate: boolean;
  readonly isField: boolean;
  readonly span: Span;
  readonly within: FunctionDefinition;
}

type Mutable<T> = { -readonly [Key in keyof T]: T[Key] extends readonly (infer Item)[] ? Item[] : T[Key] };

const known = new WeakMap<SourceUnit, Collected>();

export function collectSyntax(unit: SourceUnit): Collected {
  let found = known.get(unit);
  if (found === undefined) {
    found = new Collector(unit).collect();
    known.set(unit, found);
  }
  return found;
}

class Collector {
  readonly #unit: SourceUnit;
  readonly #seen = new Set<object>();
  readonly #receivers = new Map<Expression, Expression>();
  readonly #writes = new Map<string, number>();
  readonly #found: Mutable<Collected> = {
    calls: [],
    conditions: [],
    literals: [],
    bindings: [],
    exits: [],
    writes: this.#writes,
    lineStarts: [],
  };

  constructor(unit: SourceUnit) {
    this.#unit = unit;
  }

  collect(): Collected {
    const unit = this.#unit;
    this.#addFields();
    for (const definition of [unit.topLevel, ...unit.functions]) {
      walkStatements(definition.body, {
        statement: (node) => this.#addStatement(node, definition),
        expression: (node) => this.#addExpression(node, definition),
      });
      for (const { defaultValue } of definition.parameters) {
        if (defaultValue !== null)
          walkExpression(defaultValue, { expression: (node) => this.#addExpression(node, definition) });
      }
    }
    const found = this.#found;
    for (const list of [found.literals, found.bindings]) list.sort((a, b) => order(a.span, b.span));
    for (const list of [found.calls, found.exits, found.conditions])
      list.sort((a, b) => order(a.node.span, b.node.span));
    found.lineStarts = startsOf(unit.text);
    return found;
  }

  #addFields(): void {
    const within = this.#unit.topLevel;
    for (const { name, value, isConstant, isPrivate, span } of this.#unit.classes.flatMap(
      ({ fields }) => fields,
    )) {
      this.#found.bindings.push({ target: name, value, isConstant, isPrivate, isField: true, span, within });
      this.#countWrite(name);
      if (value !== null) walkExpression(value, { expression: (node) => this.#addExpression(node, within) });
    }
  }

  #addStatement(node: Statement, within: FunctionDefinition): void {
    if (this.#seen.has(node)) return;
    this.#seen.add(node);
    switch (node.kind) {
      case 'declare':
        this.#countWrite(node.name);
        if (node.value !== null)
          this.#receivers.set(withoutWrapping(node.value), {
            kind: 'name',
            name: node.name,
            span: node.span,
          });
        this.#addBinding(node.name, node.value, node.isConstant, node.span, within);
        break;
      case 'foreach':
        for (const target of node.targets) this.#addWrites(target);
        break;
      case 'if':
      case 'loop':
        this.#found.conditions.push({ node, head: node.condition?.span ?? node.span, within });
        break;
      case 'switch':
        this.#found.conditions.push({ node, head: node.subject?.span ?? node.span, within });
        break;
      case 'return':
      case 'throw':
      case 'break':
      case 'continue':
        this.#found.exits.push({ node, within });
        break;
      default:
    }
  }

  #addExpression(node: Expression, within: FunctionDefinition): void {
    if (this.#seen.has(node)) return;
    this.#seen.add(node);
    switch (node.kind) {
      case 'call':
        this.#found.calls.push({ node, within, assignedTo: this.#receivers.get(node) ?? null });
        break;
      case 'constant':
        this.#found.literals.push({ constant: node.constant, span: node.span });
        break;
      case 'ternary':
        this.#found.conditions.push({ node, head: node.condition.span, within });
        break;
      case 'binary':
        if (node.operator === '&&' || node.operator === '||')
          this.#found.conditions.push({ node, head: node.left.span, within });
        break;
      case 'unknown':
        if (node.what === 'assert') this.#found.conditions.push({ node, head: node.span, within });
        break;
      case 'assign':
        this.#addWrites(node.target);
        this.#receivers.set(withoutWrapping(node.value), node.target);
        if (node.operator === null) {
          const target = nameOf(node.target);
          if (target !== null) this.#addBinding(target, node.value, false, node.span, within);
        }
        break;
      case 'update':
        this.#addWrites(node.target);
        break;
      case 'reference':
        this.#addWrites(node.operand);
        break;
      default:
    }
  }

  #addBinding(
    target: string,
    value: Expression | null,
    isConstant: boolean,
    span: Span,
    within: FunctionDefinition,
  ): void {
    this.#found.bindings.push({ target, value, isConstant, isPrivate: false, isField: false, span, within });
  }

  #countWrite(name: string): void {
    const last = lastOf(name);
    this.#writes.set(last, (this.#writes.get(last) ?? 0) + 1);
  }

  #addWrites(target: Expression): void {
    walkExpression(target, {
      expression: (node) => {
        const name = nameOf(node);
        if (name !== null) this.#countWrite(name);
      },
    });
  }
}

function order(a: Span, b: Span): number {
  return a.start - b.start || b.end - a.end;
}

function startsOf(text: string): number[] {
  const starts = [0];
  for (let at = text.indexOf('\n'); at >= 0; at = text.indexOf('\n', at + 1)) starts.push(at + 1);
  return starts;
}
