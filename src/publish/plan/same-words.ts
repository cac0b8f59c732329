// Whether a comment says what it should say already.
import { visibleText } from '../marker.ts';

const COMMIT = /\b[0-9a-f]{40,64}\b/g;

/** Whether two comments say the same. A link to the same lines at an older commit is no news, so that a push does not edit every comment. */
export function sameWords(standing: string, wanted: string): boolean {
  return wordsOf(standing) === wordsOf(wanted);
}

function wordsOf(body: string): string {
  return visibleText(body)
    .replace(COMMIT, 'commit')
    .split('\n')
    .map((line) => line.trimEnd())
    .join('\n')
    .trim();
}
