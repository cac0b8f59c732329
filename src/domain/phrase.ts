// A sentence whose language is chosen at a stage's door: deep inside it is written once, in English, with its facts apart.

/** `template` is English with `{0}`, `{1}` … where the facts go; facts may be phrases themselves. Outside text among the facts is set apart already. */
export interface Phrase {
  readonly template: string;
  readonly facts: readonly (string | number | Phrase)[];
}

/** English template → the same in another language, with the same `{n}`, in any order. */
export type PhraseBook = Readonly<Record<string, string>>;

/** For use as a tag: phrase`the file is not read: ${why}`. */
export function phrase(parts: TemplateStringsArray, ...facts: Phrase['facts']): Phrase {
  const template = parts.map((part, index) => (index === 0 ? part : `{${index - 1}}${part}`)).join('');
  return { template, facts };
}

/** The sentence in the language of `book`; without one, or where it lacks the template, in English. */
export function say({ template, facts }: Phrase, book: PhraseBook | null): string {
  const wording = book !== null && Object.hasOwn(book, template) ? (book[template] ?? template) : template;
  return wording.replace(/\{(\d+)\}/g, (slot, index: string) => {
    const fact = facts[Number(index)];
    if (fact === undefined) return slot;
    return typeof fact === 'object' ? say(fact, book) : String(fact);
  });
}
