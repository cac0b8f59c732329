// One evaluation of one function: its variables' scopes, its step budget, and what was observed on the way.
import type { Expression, FunctionDefinition, Span, Statement } from '../ir.ts';
import { type LanguageTraits, TRAITS } from '../languages.ts';
import type { SourceUnit } from '../source-unit.ts';
import type { ApiKnowledge } from './api-knowledge.ts';
import { State } from './state.ts';
import { type Doubt, doubtful, joinValues, type Value, withDoubt } from './value.ts';
import { useOfVariables, type VariableUse } from './variables.ts';

/** What a call, assignment, return or template was given, joined over every way that reaches it. */
export interface Observation {
  readonly node: Expression | Statement;
  /** API paths of the callee, or of an assignment's target. */
  readonly paths: readonly string[];
  readonly receiver: Value | null;
  /** Arguments by position; the assigned or returned value for other nodes. */
  readonly values: readonly Value[];
  /** Sources that a condition looked at before. */
  readonly guarded: ReadonlySet<number>;
}

/** Code that no way leads to, and what keeps it so. */
export interface Prune {
  readonly span: Span;
  readonly cause: 'condition' | 'jump';
  /** The condition, or the statement that leaves. */
  readonly because: Span;
  /** Whether the condition is always true or always false; null for a jump. */
  readonly outcome: boolean | null;
  readonly steps: readonly Span[];
}

/** Looks a name up outside of the function: enclosing functions, the file, the class. */
export type OuterNames = (name: string, within: FunctionDefinition) => Value | null;

const MAX_STEPS = 60_000;

const CHANGES_TEXT =
  /<<|\w!|\]\s*[-+*/|&]*=(?![=~>])|\b(concat|replace|insert|prepend|clear|append|setbyte|force_encoding|append_as_bytes|bytesplice|send|public_send|__send__|tap|then|yield_self|instance_eval|instance_exec)\b/;

/** `arguments[0] = x` sets the first parameter (sloppy mode). */
const ARGUMENTS_SET = /\barguments\s*\[[^\]]*\]\s*=(?!=)/;

/** Where `break` and `continue` go. */
export interface Frame {
  readonly label: string | null;
  readonly breaks: State[];
  /** Null for a `switch`: `continue` passes it by. */
  readonly continues: State[] | null;
}

/** How expressions and statements are run; handed in so that their handlers can call each other through the evaluation. */
export interface Semantics {
  evaluate(node: Expression, run: Evaluation): Value;
  execute(statement: Statement, run: Evaluation): void;
  executeAll(statements: readonly Statement[], run: Evaluation): void;
}

export class Evaluation {
  readonly #semantics: Semantics;
  readonly unit: SourceUnit;
  readonly definition: FunctionDefinition;
  readonly knowledge: ApiKnowledge;
  readonly traits: LanguageTraits;
  readonly outerNames: OuterNames;
  /** The function changes texts in place (Ruby): a text under two names is shared. */
  readonly changesText: boolean;
  readonly use: VariableUse;
  readonly observations = new Map<Expression | Statement, Observation>();
  readonly reached = new Set<Statement>();
  readonly prunes: Prune[] = [];
  /** API paths of functions that lambdas were passed to, by lambda. */
  readonly callbacks = new Map<
    FunctionDefinition,
    { readonly paths: readonly string[]; readonly position: number }
  >();
  /** Values as they were stored by declarations and assignments, by offset of the statement. */
  readonly stored = new Map<string, Value>();
  readonly frames: Frame[] = [];
  readonly collectors: Map<string, Value>[] = [];
  state: State | null = new State();
  incomplete: Doubt | null = null;
  /** Set once a call may have assigned any variable. */
  rewritten: Doubt | null = null;
  /** What the parameters are on entry, by name. */
  readonly parameters = new Map<string, Value>();
  readonly #types = new Map<string, readonly string[]>();
  readonly #scopes: Map<string, string>[] = [new Map()];
  #steps = 0;

  constructor(
    unit: SourceUnit,
    definition: FunctionDefinition,
    knowledge: ApiKnowledge,
    outerNames: OuterNames,
    semantics: Semantics,
  ) {
    this.#semantics = semantics;
    this.unit = unit;
    this.definition = definition;
    this.knowledge = knowledge;
    this.outerNames = outerNames;
    this.traits = TRAITS[unit.language];
    this.use = useOfVariables(definition);
    this.changesText = this.traits.textsChange && CHANGES_TEXT.test(unit.textOf(definition.span));
    if (this.use.hasJumps) this.giveUp('a `goto` or a label', definition.span);
    if (this.traits.catalog === 'javascript' && ARGUMENTS_SET.test(unit.textOf(definition.span)))
      this.giveUp('`arguments`, which sets parameters', definition.span);
  }

  evaluate(node: Expression): Value {
    return this.#semantics.evaluate(node, this);
  }

  execute(statement: Statement): void {
    this.#semantics.execute(statement, this);
  }

  executeAll(statements: readonly Statement[]): void {
    this.#semantics.executeAll(statements, this);
  }

  /** Counts a step; false once the budget is spent. */
  spend(span: Span): boolean {
    if (++this.#steps <= MAX_STEPS) return true;
    this.giveUp('the size of the function (analysis budget)', span);
    return false;
  }

  giveUp(what: string, span: Span): void {
    this.incomplete ??= { kind: 'syntax', text: what, span };
  }

  observe(node: Expression | Statement, seen: Omit<Observation, 'node' | 'guarded'>): void {
    const old = this.observations.get(node);
    const guarded = this.state?.guarded ?? new Set<number>();
    if (old === undefined) {
      this.observations.set(node, { node, ...seen, guarded: new Set(guarded) });
      return;
    }
    this.observations.set(node, {
      node,
      paths: [...new Set([...old.paths, ...seen.paths])],
      receiver:
        old.receiver === null || seen.receiver === null
          ? seen.receiver
          : joinValues(old.receiver, seen.receiver),
      values: seen.values.map((value, index) => joinValues(value, old.values[index] ?? value)),
      guarded: new Set([...old.guarded, ...guarded]),
    });
  }

  pushScope(): void {
    this.#scopes.push(new Map());
  }

  popScope(): void {
    this.#scopes.pop();
  }

  /** Makes a name of this scope; a block's own variable gets an id that hides outer ones. */
  declare(name: string, scope: 'block' | 'function', span: Span, types: readonly string[]): string {
    const id = scope === 'block' && this.traits.blockScoped ? `${name}@${span.start}` : name;
    const target = scope === 'block' ? this.#scopes.at(-1) : this.#scopes[0];
    target?.set(name, id);
    if (types.length > 0) this.#types.set(id, types);
    return id;
  }

  /** The variable a name stands for here, or null when it is none of this function. */
  resolve(name: string): string | null {
    for (let index = this.#scopes.length - 1; index >= 0; index--) {
      const id = this.#scopes[index]?.get(name);
      if (id !== undefined) return id;
    }
    if (this.use.outer.has(name)) return null;
    // Where assigning declares, every assigned name is the function's; elsewhere it belongs to somebody outside.
    return this.definition.ownsAssigned && this.use.own.has(name) ? name : null;
  }

  read(id: string, name: string, span: Span): Value {
    const types = this.#types.get(id) ?? [];
    if (this.use.escaping.has(name)) {
      return doubtful(
        { kind: 'captured', text: `\`${name}\`, which other code can change`, span },
        [],
        types,
      );
    }
    const value = this.state?.get(id);
    if (value === undefined) {
      return doubtful(
        { kind: 'uninitialised', text: `\`${name}\`, which may not be assigned yet`, span },
        [],
        types,
      );
    }
    return types.length === 0 ? value : { ...value, types: [...new Set([...value.types, ...types])] };
  }

  store(id: string, value: Value): void {
    this.state?.set(id, value);
    for (const collector of this.collectors) {
      const old = collector.get(id);
      collector.set(id, old === undefined ? value : joinValues(old, value));
    }
  }

  rewriteAll(doubt: Doubt): void {
    this.rewritten = doubt;
    this.state?.rewriteAll(doubt);
  }

  /** What a variable holds may be changed by others from now on. */
  poison(name: string, why: string, span: Span): void {
    const id = this.resolve(name);
    const value = id === null ? undefined : this.state?.get(id);
    if (id === null || value === undefined) return;
    this.store(id, withDoubt(value, { kind: 'shared', text: why, span }));
    // Where text is changed in place, whoever gets it under one name may change it under every other.
    if (!this.traits.textsChange || !this.use.aliased.has(name)) return;
    for (const alias of this.use.aliased) {
      const other = this.resolve(alias);
      const held = other === null ? undefined : this.state?.get(other);
      if (other !== null && held !== undefined && alias !== name)
        this.store(other, withDoubt(held, { kind: 'shared', text: why, span }));
    }
  }

  /** API paths that a type name of this file may mean. */
  typePaths(type: string | null): readonly string[] {
    if (type === null) return [];
    const plain = type
      .replace(/^(const|final|readonly|struct|static|unsigned)\s+/, '')
      .replace(/[*&?[\]\s]+$/g, '')
      .replace(/^[*&\s\\]+/, '');
    const [first = '', ...rest] = plain.split(/\.|::|\\/);
    const imported = this.unit.importOf(first)?.path ?? null;
    if (imported !== null) return [[imported, ...rest].join('.')];
    const name = [first, ...rest].join('.');
    return rest.length > 0 ? [name] : [name, ...this.unit.module.stars.map((star) => `${star}.${name}`)];
  }
}
