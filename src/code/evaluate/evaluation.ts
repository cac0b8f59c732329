// One evaluation of one function: its variables' scopes, its step budget, and what was observed on the way.
import type { ClassDefinition, Expression, FunctionDefinition, Span, Statement } from '../ir.ts';
import { type LanguageTraits, TRAITS } from '../languages.ts';
import type { Declared } from '../program.ts';
import type { SourceUnit } from '../source-unit.ts';
import type { ApiKnowledge } from './api-knowledge.ts';
import { contentOf, type HeapObject, joinObjects } from './heap.ts';
import type { Collector, Frame, Observation, Prune, Scene } from './scene.ts';
import { Session } from './session.ts';
import { State } from './state.ts';
import {
  type Doubt,
  doubtful,
  EMPTY,
  joinValues,
  type ObjectId,
  own,
  type Value,
  withDoubt,
} from './value.ts';
import { useOfVariables, type VariableUse } from './variables.ts';

const MAX_STEPS = 60_000;

const NOWHERE: Span = { start: 0, end: 0, line: 1, column: 1, endLine: 1, endColumn: 1 };
const SHOWN_TWICE: Doubt = {
  kind: 'shared',
  text: 'a collection that is seen through another one',
  span: NOWHERE,
};
const TOO_MUCH: Doubt = { kind: 'shared', text: 'more objects than are told apart', span: NOWHERE };

const CHANGES_TEXT =
  /<<|\w!|\]\s*[-+*/|&]*=(?![=~>])|\b(concat|replace|insert|prepend|clear|append|setbyte|force_encoding|append_as_bytes|bytesplice|send|public_send|__send__|tap|then|yield_self|instance_eval|instance_exec)\b/;

/** `arguments[0] = x` sets the first parameter (sloppy mode). */
const ARGUMENTS_SET = /\barguments\s*\[[^\]]*\]\s*=(?!=)/;

export class Evaluation {
  readonly scene: Scene<Evaluation>;
  readonly unit: SourceUnit;
  readonly definition: FunctionDefinition;
  readonly knowledge: ApiKnowledge;
  readonly traits: LanguageTraits;
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
  /** Calls of functions whose code was followed to its end. */
  readonly followed = new Set<Expression>();
  /** What the objects and places of an assignment's target were, evaluated once. */
  readonly targets = new Map<Expression, Value>();
  readonly frames: Frame[] = [];
  readonly collectors: Collector[] = [];
  state: State | null = new State();
  incomplete: Doubt | null = null;
  /** Set once a call may have assigned any variable. */
  rewritten: Doubt | null = null;
  /** What the parameters are on entry, by name. */
  readonly parameters = new Map<string, Value>();
  readonly #types = new Map<string, readonly string[]>();
  readonly #scopes: Map<string, string>[] = [new Map()];
  /** The calls that led here, as a prefix of object ids. */
  readonly context: string;
  readonly session: Session;
  /** The object that the function is called on; null when nobody knows it. */
  self: Value | null = null;
  /** The class whose method it is; null for functions, and where that is not known. */
  ownClass: ClassDefinition | null;
  /** What was given back, and what held then. */
  readonly returns: { readonly value: Value; readonly state: State }[] = [];
  #steps = 0;

  constructor(
    unit: SourceUnit,
    definition: FunctionDefinition,
    knowledge: ApiKnowledge,
    scene: Scene<Evaluation>,
    context = '',
    session = new Session(),
  ) {
    this.context = context;
    this.session = session;
    this.scene = scene;
    this.unit = unit;
    this.definition = definition;
    this.knowledge = knowledge;
    this.traits = TRAITS[unit.language];
    this.use = useOfVariables(definition);
    this.ownClass = unit.classes.find(({ methods }) => methods.includes(definition)) ?? null;
    this.changesText = this.traits.textsChange && CHANGES_TEXT.test(unit.textOf(definition.span));
    if (this.use.hasJumps) this.giveUp('a `goto` or a label', definition.span);
    if (this.traits.catalog === 'javascript' && ARGUMENTS_SET.test(unit.textOf(definition.span)))
      this.giveUp('`arguments`, which sets parameters', definition.span);
  }

  outerNames(name: string, within: FunctionDefinition): Value | null {
    return this.scene.outerNames(name, within);
  }

  evaluate(node: Expression): Value {
    return this.scene.semantics.evaluate(node, this);
  }

  execute(statement: Statement): void {
    this.scene.semantics.execute(statement, this);
  }

  executeAll(statements: readonly Statement[]): void {
    this.scene.semantics.executeAll(statements, this);
  }

  /** Counts a step; false once the budget is spent. */
  spend(span: Span): boolean {
    if (++this.#steps <= MAX_STEPS && this.session.spend()) return true;
    this.giveUp('the size of the function (analysis budget)', span);
    return false;
  }

  giveUp(what: string, span: Span): void {
    this.incomplete ??= { kind: 'syntax', text: what, span };
  }

  observe(node: Expression | Statement, seen: Omit<Observation, 'node' | 'guarded'>): void {
    const old = this.observations.get(node);
    const guarded = this.state?.guarded.keys() ?? [];
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
    // An import in a function binds the variable again.
    const isImported = this.traits.catalog === 'python' && this.unit.importOf(name) !== null;
    if (this.use.escaping.has(name) || isImported) {
      return doubtful(
        { kind: 'captured', text: `\`${name}\`, which other code can change`, span },
        [],
        types,
      );
    }
    const held = this.state?.get(id);
    const value = held === undefined ? undefined : this.look(held);
    if (value === undefined) {
      return doubtful(
        { kind: 'uninitialised', text: `\`${name}\`, which may not be assigned yet`, span },
        [],
        types,
      );
    }
    return types.length === 0 ? value : { ...value, types: [...new Set([...value.types, ...types])] };
  }

  store(id: string, given: Value): void {
    const value = own(given);
    this.state?.set(id, value);
    for (const { values } of this.collectors) {
      const old = values.get(id);
      values.set(id, old === undefined ? value : joinValues(old, value));
    }
  }

  /** Makes an object at a place of the code: a second one of the same place stands for both. */
  allocate(at: Span, object: HeapObject): Value {
    const id = `${this.context}${this.unit.path}:${at.start}-${at.end}`;
    const old = this.state?.heap.get(id);
    this.writeObject(id, old === undefined ? object : { ...joinObjects(old, object), isMany: true });
    return this.look({ ...EMPTY, objects: [id] });
  }

  writeObject(id: ObjectId, object: HeapObject): void {
    this.state?.heap.set(id, object);
    for (const { objects } of this.collectors) {
      const old = objects.get(id);
      objects.set(id, old === undefined ? object : joinObjects(old, object));
    }
  }

  /** Changes each object that the value may refer to: surely, when it is the only one. */
  changeObjects(value: Value, change: (object: HeapObject) => HeapObject): void {
    const heap = this.state?.heap;
    for (const id of value.objects) {
      const old = heap?.get(id);
      if (old === undefined) continue;
      const isSure = value.objects.length === 1 && !old.isMany && own(value).doubts.length === 0;
      this.writeObject(id, isSure ? change(old) : joinObjects(old, change(old)));
      for (const other of old.beside) {
        const shown = heap?.get(other);
        if (shown !== undefined && shown.doubt === null)
          this.writeObject(other, { ...shown, doubt: SHOWN_TWICE });
      }
    }
  }

  /** What is made shows what these objects hold (an iterator, a view), or may do so. */
  link(made: Value, of: Value): void {
    const pairs = [
      [made, of],
      [of, made],
    ] as const;
    for (const [one, other] of pairs)
      for (const id of one.objects) {
        const object = this.state?.heap.get(id);
        const beside = other.objects.filter((shown) => shown !== id);
        if (object !== undefined)
          this.writeObject(id, { ...object, beside: [...new Set([...object.beside, ...beside])] });
      }
  }

  /** Somebody who is not looked at may change what the value refers to, now and later. */
  escape(value: Value, doubt: Doubt): void {
    if (value.objects.length === 0 || this.state === null) return;
    for (const id of this.state.heap.escape(value.objects, doubt)) {
      const object = this.state.heap.get(id);
      if (object !== undefined) for (const { objects } of this.collectors) objects.set(id, object);
    }
  }

  /** The value together with what is in its objects now. */
  look(value: Value): Value {
    const bare = own(value);
    const heap = this.state?.heap;
    if (bare.objects.length === 0 || heap === undefined) return bare;
    const reached = heap.reach(bare.objects);
    const objects = (reached ?? bare.objects).flatMap((id) => heap.get(id) ?? []);
    const contents = objects.flatMap((object) => contentOf(object) ?? []);
    let whole = contents.map(own).reduce(joinValues, bare);
    if (reached === null) whole = withDoubt(whole, TOO_MUCH);
    // What an object is as a text is its class's to say.
    for (const { made } of objects)
      if (made !== null && speaksForItself(made))
        whole = withDoubt(whole, {
          kind: 'shared',
          text: `a \`${made.definition.name}\` as a whole`,
          span: made.unit === this.unit ? made.definition.span : { ...made.definition.span, file: made.unit },
        });
    const [id, ...others] = bare.objects;
    const object = id === undefined || others.length > 0 ? undefined : heap.get(id);
    const isKnown = object !== undefined && object.doubt === null && bare.doubts.length === 0;
    return {
      ...bare,
      doubts: whole.doubts,
      taints: whole.taints,
      shadows: whole.shadows,
      steps: whole.steps,
      isContainer: true,
      constants: null,
      elements:
        isKnown && object.shape === 'list' ? (object.elements?.map((each) => this.look(each)) ?? null) : null,
      settings: object?.settings ?? bare.settings,
      isOpen: !isKnown,
      bare,
    };
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
    if (value.objects.length > 0) this.escape(value, { kind: 'shared', text: why, span });
    if (value.objects.length > 0 && !value.isContainer && value.doubts.length === 0) return;
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

const AS_TEXT = /\b(toString|valueOf|toJSON|operator)\b|toPrimitive|__(?!init__)\w+__/i;

function speaksForItself({ unit, definition }: Declared<ClassDefinition>): boolean {
  return definition.supers.length > 0 || AS_TEXT.test(unit.textOf(definition.span));
}
