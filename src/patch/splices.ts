// Replaces stretches of a text, all of them against the text as it was.

/** Replaces characters `start` to `end`, 0-based, `end` exclusive. */
export interface Splice {
  readonly start: number;
  readonly end: number;
  readonly text: string;
}

/** The text with all of them made at once; null when two overlap, or insert at the same place in an order that nobody knows. */
export function makeSplices(text: string, splices: readonly Splice[]): string | null {
  const ascending = [...splices].sort((a, b) => a.start - b.start || a.end - b.end);
  let result = '';
  let next = 0;
  let previous: Splice | null = null;
  for (const splice of ascending) {
    const bothInsert = previous !== null && previous.start === splice.start && previous.end === splice.end;
    if (splice.start < next || bothInsert) return null;
    result += text.slice(next, splice.start) + splice.text;
    next = splice.end;
    previous = splice;
  }
  return result + text.slice(next);
}
