// What every variable may hold at one point of a function; forked at branches, joined where they meet.
import { Heap } from './heap.ts';
import { type Doubt, doubtful, joinValues, sameValue, type Value, withDoubt } from './value.ts';

export class State {
  readonly #values: Map<string, Value>;
  heap: Heap;
  /** Sources (by offset) that a condition with a call or comparison has looked at: which conditions, and how each came out. */
  readonly guarded: Map<number, ReadonlySet<string>>;
  /** Sources that a check took out of a variable: they are not gone for another reason. */
  readonly settled: Set<number>;
  /** Set once something may have assigned any variable. */
  #rewritten: Doubt | null;

  constructor(
    values = new Map<string, Value>(),
    guarded = new Map<number, ReadonlySet<string>>(),
    rewritten: Doubt | null = null,
    heap = new Heap(),
    settled = new Set<number>(),
  ) {
    this.settled = settled;
    this.#values = values;
    this.heap = heap;
    this.guarded = guarded;
    this.#rewritten = rewritten;
  }

  /** Undefined when nothing was assigned on the way here. */
  get(id: string): Value | undefined {
    const value = this.#values.get(id);
    return value === undefined && this.#rewritten !== null ? doubtful(this.#rewritten) : value;
  }

  set(id: string, value: Value): void {
    this.#values.set(id, value);
  }

  /** Every variable may hold anything from here on, until it is assigned again. */
  rewriteAll(doubt: Doubt): void {
    for (const [id, value] of this.#values) {
      this.#values.set(id, withDoubt(value, doubt));
      if (value.objects.length > 0) this.heap.escape(value.objects, doubt);
    }
    this.#rewritten = doubt;
  }

  fork(): State {
    return new State(
      new Map(this.#values),
      new Map(this.guarded),
      this.#rewritten,
      this.heap.fork(),
      new Set(this.settled),
    );
  }

  guard(source: number, by: string): void {
    this.guarded.set(source, new Set([...(this.guarded.get(source) ?? []), by]));
  }

  /** Whether anything here may still hold what came from a source. */
  holds(source: number): boolean {
    const has = ({ taints, shadows }: Value): boolean =>
      taints.some(({ span }) => span.start === source) || shadows.some(({ span }) => span.start === source);
    for (const value of this.#values.values()) if (has(value)) return true;
    return this.heap.some(has);
  }

  /** `ifAbsent` stands for a variable that one side never assigned. */
  join(other: State, ifAbsent: Value | null): State {
    const joined = new Map<string, Value>();
    for (const [id, value] of this.#values) {
      const theirs = other.get(id) ?? ifAbsent;
      joined.set(id, theirs === null ? value : joinValues(value, theirs));
    }
    for (const [id, value] of other.#values) {
      if (joined.has(id)) continue;
      const ours = this.get(id) ?? ifAbsent;
      joined.set(id, ours === null ? value : joinValues(ours, value));
    }
    const guarded = joinGuards(this, other);
    const heap = this.heap.join(other.heap);
    const settled = new Set([...this.settled, ...other.settled]);
    return new State(joined, guarded, this.#rewritten ?? other.#rewritten, heap, settled);
  }

  equals(other: State): boolean {
    if (this.#values.size !== other.#values.size) return false;
    if (!sameGuards(this.guarded, other.guarded)) return false;
    if (!this.heap.equals(other.heap)) return false;
    if ((this.#rewritten === null) !== (other.#rewritten === null)) return false;
    for (const [id, value] of this.#values) {
      const theirs = other.#values.get(id);
      if (theirs === undefined || !sameValue(value, theirs)) return false;
    }
    return true;
  }

  /** Forgets the exact constants of what differs from `before`, so that a loop's values settle. */
  widen(before: State): void {
    this.heap.widen(before.heap);
    for (const [id, value] of this.#values) {
      const old = before.#values.get(id);
      if (old === undefined || !sameValue(value, old)) {
        this.#values.set(id, { ...value, constants: null, elements: null });
      }
    }
  }
}

/** A check that came out one way here and the other way there checks nothing any more, unless what it looked at is gone on one way. */
function joinGuards(a: State, b: State): Map<number, ReadonlySet<string>> {
  const joined = new Map<number, ReadonlySet<string>>();
  for (const source of new Set([...a.guarded.keys(), ...b.guarded.keys()])) {
    const ours = a.guarded.get(source) ?? NO_GUARDS;
    const theirs = b.guarded.get(source) ?? NO_GUARDS;
    const both = ours === theirs ? ours : new Set([...ours].filter((guard) => theirs.has(guard)));
    if (both.size > 0) joined.set(source, both);
    else if (isGone(a, source) && theirs.size > 0) joined.set(source, theirs);
    else if (isGone(b, source) && ours.size > 0) joined.set(source, ours);
  }
  return joined;
}

function isGone(state: State, source: number): boolean {
  return !state.settled.has(source) && !state.holds(source);
}

const NO_GUARDS: ReadonlySet<string> = new Set();

function sameGuards(a: State['guarded'], b: State['guarded']): boolean {
  if (a.size !== b.size) return false;
  return [...a].every(([source, guards]) => {
    const others = b.get(source);
    return (
      others !== undefined && others.size === guards.size && [...guards].every((guard) => others.has(guard))
    );
  });
}

/** Joins states where several ways meet; null when none of them arrives. */
export function joinStates(states: readonly (State | null)[], ifAbsent: Value | null): State | null {
  let joined: State | null = null;
  for (const state of states) {
    if (state === null) continue;
    joined = joined === null ? state : joined.join(state, ifAbsent);
  }
  return joined;
}
