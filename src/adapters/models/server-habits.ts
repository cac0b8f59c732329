// What one server has refused so far in this run, so that it is not sent again: servers that speak one wire format differ in what they take.
import type { Dislike } from './wire-fault.ts';

/** How JSON is asked for: with its schema as the provider's own feature, as JSON of any shape, or in words. */
export type Structure = 'schema' | 'object' | 'words';

export interface Habits {
  readonly structure: Structure;
  readonly temperature: boolean;
  readonly seed: boolean;
  /** Whether the limit is called `max_completion_tokens`, as OpenAI's newer models want it. */
  readonly renamedLimit: boolean;
}

export const FIRST_HABITS: Habits = {
  structure: 'schema',
  temperature: true,
  seed: true,
  renamedLimit: false,
};

const NEXT: Readonly<Record<Structure, Structure>> = { schema: 'object', object: 'words', words: 'words' };

/** Without the first of what was disliked that `sent` had; null when nothing is left to leave out. */
export function concede(sent: Habits, dislikes: readonly Dislike[]): Habits | null {
  for (const dislike of dislikes) {
    if (dislike === 'structure' && sent.structure !== 'words')
      return { ...sent, structure: NEXT[sent.structure] };
    if (dislike === 'temperature' && sent.temperature) return { ...sent, temperature: false };
    if (dislike === 'seed' && sent.seed) return { ...sent, seed: false };
    if (dislike === 'limit' && !sent.renamedLimit) return { ...sent, renamedLimit: true };
  }
  return null;
}

/** What either of two requests, sent at the same time, has taught. */
export function both(one: Habits, other: Habits): Habits {
  const order: readonly Structure[] = ['schema', 'object', 'words'];
  const later = Math.max(order.indexOf(one.structure), order.indexOf(other.structure));
  return {
    structure: order[later] ?? 'words',
    temperature: one.temperature && other.temperature,
    seed: one.seed && other.seed,
    renamedLimit: one.renamedLimit || other.renamedLimit,
  };
}
