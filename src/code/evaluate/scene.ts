// What an evaluation works with: what it notes on its way, where jumps lead, and what it sees around the function.

import type { Resource } from '../config/resources.ts';
import type {
  ClassDefinition,
  Expression,
  FieldDefinition,
  FunctionDefinition,
  Span,
  Statement,
} from '../ir.ts';
import type { Declared } from '../program.ts';
import type { SourceUnit } from '../source-unit.ts';
import type { HeapObject } from './heap.ts';
import type { Session } from './session.ts';
import type { State } from './state.ts';
import type { ObjectId, Value } from './value.ts';

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

/** Where `break` and `continue` go. */
export interface Frame {
  readonly label: string | null;
  readonly breaks: State[];
  /** Null for a `switch`: `continue` passes it by. */
  readonly continues: State[] | null;
}

/** Everything that was stored while something ran, for when it is broken off at any point. */
export interface Collector {
  readonly values: Map<string, Value>;
  readonly objects: Map<ObjectId, HeapObject>;
}

/** How expressions and statements are run; handed in so that their handlers can call each other through the evaluation. */
export interface Semantics<Run> {
  evaluate(node: Expression, run: Run): Value;
  execute(statement: Statement, run: Run): void;
  executeAll(statements: readonly Statement[], run: Run): void;
}

/** What a function sees around it, in its file and in others. */
export interface Scene<Run> {
  readonly outerNames: OuterNames;
  readonly semantics: Semantics<Run>;
  /** What evaluates the functions of another file. */
  evaluatorOf(unit: SourceUnit): {
    inner(definition: FunctionDefinition, context: string, session: Session): Run;
    readonly scene: Scene<Run>;
  };
  /** What a field holds whoever asks. */
  fieldOf(field: FieldDefinition): Value | null;
  classAt(paths: readonly string[]): Declared<ClassDefinition> | null;
  functionAt(paths: readonly string[]): Declared<FunctionDefinition> | null;
  moduleAt(path: string): SourceUnit | null;
  subtypesOf(owner: Declared<ClassDefinition>): readonly Declared<ClassDefinition>[] | null;
  /** The settings file that the class path has under this name, and how many variants of it there are. */
  resource(name: string): Resource | null;
  resourceVariants(name: string): number;
}
