// A doubt as the subject of a sentence: what it is about, and its line.
import type { Doubt } from '../code/evaluate/value.ts';
import { lineOf } from './line-words.ts';

/** An apposition (`` `x`, which `f` may change ``) is closed by a comma before the sentence goes on. */
export function nameDoubt({ text, span }: Doubt): string {
  return `${text} (${lineOf(span)})${/^`[^`]*`, /.test(text) ? ',' : ''}`;
}
