// What every variable may hold at one point of a function; forked at branches, joined where they meet.
import { type Doubt, doubtful, joinValues, sameValue, type Value, withDoubt } from './value.ts';

export class State {
  readonly #values: Map<string, Value>;
  /** Taint sources (by offset) that a condition with a call or comparison has looked at. */
  readonly guarded: Set<number>;
  /** Set once something may have assigned any variable. */
  #rewritten: Doubt | null;

  constructor(
    values = new Map<string, Value>(),
    guarded = new Set<number>(),
    rewritten: Doubt | null = null,
  ) {
    this.#values = values;
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
    for (const [id, value] of this.#values) this.#values.set(id, withDoubt(value, doubt));
    this.#rewritten = doubt;
  }

  fork(): State {
    return new State(new Map(this.#values), new Set(this.guarded), this.#rewritten);
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
    const guarded = new Set([...this.guarded, ...other.guarded]);
    return new State(joined, guarded, this.#rewritten ?? other.#rewritten);
  }

  equals(other: State): boolean {
    if (this.#values.size !== other.#values.size || this.guarded.size !== other.guarded.size) return false;
    if ((this.#rewritten === null) !== (other.#rewritten === null)) return false;
    for (const [id, value] of this.#values) {
      const theirs = other.#values.get(id);
      if (theirs === undefined || !sameValue(value, theirs)) return false;
    }
    return true;
  }

  /** Forgets the exact constants of what differs from `before`, so that a loop's values settle. */
  widen(before: State): void {
    for (const [id, value] of this.#values) {
      const old = before.#values.get(id);
      if (old === undefined || !sameValue(value, old)) {
        this.#values.set(id, { ...value, constants: null, elements: null });
      }
    }
  }
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
