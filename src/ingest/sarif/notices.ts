// Things a person should know that lose nothing: said once, with how often they were met.
import { type Phrase, type PhraseBook, phrase, say } from '#domain/phrase.ts';
import { MAXIMUM_NOTICES } from './caps.ts';

export class Notices {
  readonly #counts = new Map<string, number>();
  readonly #book: PhraseBook | null;
  #dropped = 0;

  constructor(book: PhraseBook | null) {
    this.#book = book;
  }

  add(notice: Phrase): void {
    const text = say(notice, this.#book);
    const count = this.#counts.get(text);
    if (count === undefined && this.#counts.size >= MAXIMUM_NOTICES) this.#dropped++;
    else this.#counts.set(text, (count ?? 0) + 1);
  }

  /** In the order they were first met. */
  list(): readonly string[] {
    const lines = [...this.#counts].map(([text, count]) =>
      count === 1 ? text : say(phrase`${text} (${count} times)`, this.#book),
    );
    if (this.#dropped > 0) lines.push(say(phrase`and ${this.#dropped} more notices`, this.#book));
    return lines;
  }
}
