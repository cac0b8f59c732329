// A place with the reason why it is not to be trusted, before the room's door says that reason in the run's language.
import type { FindingLocation } from '#domain/location.ts';
import { type Phrase, type PhraseBook, say } from '#domain/phrase.ts';

export interface UnsaidLocation extends Omit<FindingLocation, 'why'> {
  /** A string where whoever read the report has said it already. */
  readonly why: Phrase | string | null;
}

export function sayLocation(location: UnsaidLocation, book: PhraseBook | null): FindingLocation {
  const { why } = location;
  return { ...location, why: why === null || typeof why === 'string' ? why : say(why, book) };
}
