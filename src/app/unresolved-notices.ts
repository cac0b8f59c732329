// What is said of the names in reports that mean no file here, and of places that do not exist.
import type { Notice } from '#domain/decision.ts';
import { type PhraseBook, phrase, say } from '#domain/phrase.ts';
import type { UnresolvedName } from '../findings/account-results.ts';

export function unresolvedNotices(unresolved: readonly UnresolvedName[], book: PhraseBook | null): Notice[] {
  return unresolved.map(({ uri, results, why }) => {
    const name = uri === '' ? phrase`No file is named` : uri;
    const text =
      results === 1 ? phrase`${name} (one result): ${why}` : phrase`${name} (${results} results): ${why}`;
    return { code: 'path-unresolved', text: say(text, book) };
  });
}
