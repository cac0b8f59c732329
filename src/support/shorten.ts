// Cuts a text to a number of characters, never through a character that takes two code units.

/** At most `most` UTF-16 code units, the last of them `…` when something was cut. */
export function shorten(text: string, most: number): string {
  if (text.length <= most) return text;
  const end = Math.max(0, most - 1);
  const splitsPair = isHighSurrogate(text.charCodeAt(end - 1)) && end > 0;
  return `${text.slice(0, splitsPair ? end - 1 : end)}…`;
}

function isHighSurrogate(unit: number): boolean {
  return unit >= 0xd800 && unit <= 0xdbff;
}
