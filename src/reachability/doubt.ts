// Why a search cannot say that something is not there, with the lines that say so.
import type { Citation } from '#domain/location.ts';
import type { Phrase } from '#domain/phrase.ts';

export interface Doubt {
  readonly text: Phrase;
  readonly citations: readonly Citation[];
}
