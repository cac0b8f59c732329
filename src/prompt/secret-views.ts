// Other ways to read a text in which a secret may be hidden from patterns: without what is invisible, and with torn strings mended.
import { replaceInvisible } from '#support/invisible-characters.ts';

/** A text made of pieces of another one. */
export interface View {
  readonly text: string;
  /** Index in the original of each unit of `text`, then the length of the original. */
  readonly positions: Uint32Array;
}

/** `"abc" + "def"`, `'abc' . 'def'`, `"abc" "def"`, over a line break or not; and a line that ends in a backslash. */
const SEAM =
  /(["'`])[ \t]{0,20}\\?\r?\n?[ \t]{0,80}(?:[+.&]|\|\||<>)?[ \t]{0,20}\\?\r?\n?[ \t]{0,80}[rbfuLR]?\1|\\\r?\n[ \t]{0,80}/g;

/** The views worth a look besides the text itself; none for a text that has nothing to mend. */
export function secretViews(text: string): readonly View[] {
  const views = [without(text, invisibleSpans(text)), without(text, seamsOf(text))];
  return views.filter((view) => view.text.length < text.length);
}

function seamsOf(text: string): (readonly [number, number])[] {
  return [...text.matchAll(SEAM)].map((match) => [match.index, match.index + match[0].length] as const);
}

function invisibleSpans(text: string): (readonly [number, number])[] {
  const spans: (readonly [number, number])[] = [];
  // What stands for a run is of the same length, so that its place can be read off the result.
  const shown = replaceInvisible(text, (run) => '\0'.repeat(run.length));
  for (const match of shown.matchAll(/\0+/g)) spans.push([match.index, match.index + match[0].length]);
  return spans;
}

function without(text: string, spans: readonly (readonly [number, number])[]): View {
  const positions = new Uint32Array(text.length + 1);
  const kept: string[] = [];
  let [count, from] = [0, 0];
  const keep = (to: number) => {
    kept.push(text.slice(from, to));
    for (let index = from; index < to; index += 1) positions[count++] = index;
  };
  for (const [start, end] of spans) {
    keep(start);
    from = end;
  }
  keep(text.length);
  positions[count] = text.length;
  return { text: kept.join(''), positions: positions.subarray(0, count + 1) };
}
