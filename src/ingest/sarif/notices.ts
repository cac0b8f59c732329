// Things a person should know that lose nothing: said once, with how often they were met.
import { MAXIMUM_NOTICES } from './caps.ts';

export class Notices {
  readonly #counts = new Map<string, number>();
  #dropped = 0;

  add(text: string): void {
    const count = this.#counts.get(text);
    if (count === undefined && this.#counts.size >= MAXIMUM_NOTICES) this.#dropped++;
    else this.#counts.set(text, (count ?? 0) + 1);
  }

  /** In the order they were first met. */
  list(): readonly string[] {
    const lines = [...this.#counts].map(([text, count]) => (count === 1 ? text : `${text} (${count} times)`));
    if (this.#dropped > 0) lines.push(`and ${this.#dropped} more notices`);
    return lines;
  }
}
