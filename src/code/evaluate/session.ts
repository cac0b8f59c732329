// What the functions of one evaluation share, however deep they are called: the calls on the way, and their number.
import type { FunctionDefinition } from '../ir.ts';

/** Functions inside of functions that are looked into. */
const MAX_DEPTH = 8;
/** Function bodies that one evaluation looks into. */
const MAX_CALLS = 2_000;
const MAX_STEPS = 300_000;

export class Session {
  readonly stack: FunctionDefinition[] = [];
  calls = 0;
  #steps = 0;

  /** Counts a step; false once the budget of all functions together is spent. */
  spend(): boolean {
    this.#steps += 1;
    return this.#steps <= MAX_STEPS;
  }

  mayEnter(definition: FunctionDefinition): boolean {
    if (this.calls >= MAX_CALLS || this.stack.length >= MAX_DEPTH || this.stack.includes(definition))
      return false;
    this.calls += 1;
    return true;
  }
}
