// Characters that a reader cannot see, or that change how others are shown: every text sink shows them by name (security row 32).

/**
 * Our own table, so that the answer does not change with the Unicode version of the runtime, and because a test by category
 * misses fillers, separators and variation selectors. Ends included. LF and TAB are left out: each sink decides on them.
 */
const HIDDEN_RANGES: readonly (readonly [from: number, to: number, what: string])[] = [
  [0x00, 0x08, 'C0 controls'],
  [0x0b, 0x1f, 'C0 controls'],
  [0x7f, 0x9f, 'DEL and C1 controls'],
  [0xad, 0xad, 'soft hyphen'],
  [0x34f, 0x34f, 'combining grapheme joiner'],
  [0x600, 0x605, 'Arabic number signs (Cf)'],
  [0x61c, 0x61c, 'Arabic letter mark'],
  [0x6dd, 0x6dd, 'Arabic end of ayah (Cf)'],
  [0x70f, 0x70f, 'Syriac abbreviation mark (Cf)'],
  [0x890, 0x891, 'Arabic pound and piastre marks (Cf)'],
  [0x8e2, 0x8e2, 'Arabic disputed end of ayah (Cf)'],
  [0x115f, 0x1160, 'Hangul fillers'],
  [0x17b4, 0x17b5, 'Khmer inherent vowels'],
  [0x180b, 0x180f, 'Mongolian variation selectors'],
  [0x200b, 0x200f, 'zero width and direction marks'],
  [0x2028, 0x202e, 'line and paragraph separators, bidi embeddings and overrides'],
  [0x2060, 0x206f, 'word joiner, invisible operators, bidi isolates, deprecated controls'],
  [0x2800, 0x2800, 'blank Braille pattern'],
  [0x3164, 0x3164, 'Hangul filler'],
  [0xd800, 0xdfff, 'lone surrogates'],
  [0xe000, 0xf8ff, 'private use'],
  [0xfdd0, 0xfdef, 'noncharacters'],
  [0xfe00, 0xfe0f, 'variation selectors'],
  [0xfeff, 0xfeff, 'zero width no-break space (byte order mark)'],
  [0xffa0, 0xffa0, 'halfwidth Hangul filler'],
  [0xfff0, 0xfffb, 'interlinear annotation'],
  [0xfffe, 0xffff, 'noncharacters'],
  [0x110bd, 0x110bd, 'Kaithi number sign (Cf)'],
  [0x110cd, 0x110cd, 'Kaithi number sign above (Cf)'],
  [0x13430, 0x1343f, 'hieroglyph format controls'],
  [0x1bca0, 0x1bca3, 'shorthand format controls'],
  [0x1d173, 0x1d17a, 'musical format controls'],
  [0xe0000, 0xe0fff, 'tags and variation selectors'],
  [0xf0000, 0x10ffff, 'private use'],
];

/** Spaces that look like the ordinary one and are not. The ideographic space (U+3000) is plain Chinese and Japanese typography. */
const ODD_SPACES = /[\u00A0\u1680\u2000-\u200A\u202F\u205F]/g;

const HIDDEN_RUN = new RegExp(
  `[${HIDDEN_RANGES.map(([from, to]) => `${escapeOf(from)}-${escapeOf(to)}`).join('')}]+`,
  'gu',
);

/** Scripts whose spelling uses the zero width joiner and non-joiner between letters. */
const JOINING_LETTER =
  /[\p{Script=Arabic}\p{Script=Syriac}\p{Script=Mongolian}\p{Script=Nko}\p{Script=Devanagari}\p{Script=Bengali}\p{Script=Gurmukhi}\p{Script=Gujarati}\p{Script=Oriya}\p{Script=Tamil}\p{Script=Telugu}\p{Script=Kannada}\p{Script=Malayalam}\p{Script=Sinhala}\p{Script=Khmer}\p{Script=Myanmar}\p{Script=Tibetan}]/u;
const PICTOGRAPH = /\p{Extended_Pictographic}/u;
const BEFORE_EMOJI_JOINER = /[\p{Extended_Pictographic}\p{Emoji_Modifier}]|\uFE0F/u;
const KEYCAP_BASE = /[0-9#*]/;
const KEYCAP = 0x20e3;
const LONGEST_SPELLED_RUN = 3;
/** Most texts: nothing to look at, and told far sooner than by the whole table. */
const PLAIN = /^[\x20-\x7e\n\t]*$/;

/**
 * Replaces what cannot be seen by its name: `⟦U+202E⟧`; a long run by its ends and length: `⟦U+E0041…U+E007F ×57⟧`.
 * Joiners stay where spelling or an emoji needs them, ordinary right-to-left text stays, odd spaces become plain ones.
 */
export function showInvisible(text: string): string {
  return replaceInvisible(text.replace(ODD_SPACES, ' '), nameRun);
}

/** Whether the text holds characters that `showInvisible` would name: worth a note beside it. */
export function hasInvisible(text: string): boolean {
  return replaceInvisible(text, () => '') !== text;
}

/** Replaces each run of characters that have no business being invisible where they stand. */
export function replaceInvisible(text: string, write: (run: string) => string): string {
  if (PLAIN.test(text)) return text;
  return text.replace(HIDDEN_RUN, (run, offset: number) => {
    let shown = '';
    let hidden = '';
    let index = offset;
    for (const character of run) {
      if (isWelcome(character, text, index)) {
        shown += (hidden === '' ? '' : write(hidden)) + character;
        hidden = '';
      } else hidden += character;
      index += character.length;
    }
    return hidden === '' ? shown : shown + write(hidden);
  });
}

function isWelcome(character: string, text: string, index: number): boolean {
  const before = codePointBefore(text, index);
  const after = String.fromCodePoint(text.codePointAt(index + character.length) ?? 0);
  switch (character) {
    case '\u200C':
      return JOINING_LETTER.test(before) && JOINING_LETTER.test(after);
    case '\u200D':
      return (
        (JOINING_LETTER.test(before) && JOINING_LETTER.test(after)) ||
        (BEFORE_EMOJI_JOINER.test(before) && PICTOGRAPH.test(after))
      );
    case '\uFE0E':
    case '\uFE0F':
      return PICTOGRAPH.test(before) || (KEYCAP_BASE.test(before) && after.codePointAt(0) === KEYCAP);
    default:
      return false;
  }
}

function codePointBefore(text: string, index: number): string {
  const pair = index >= 2 ? text.codePointAt(index - 2) : undefined;
  return pair !== undefined && pair > 0xffff ? String.fromCodePoint(pair) : text.charAt(index - 1);
}

function nameRun(run: string): string {
  const names = Array.from(run, nameOf);
  if (names.length <= LONGEST_SPELLED_RUN) return names.map((name) => `⟦${name}⟧`).join('');
  return `⟦${names[0]}…${names.at(-1)} ×${names.length}⟧`;
}

function nameOf(character: string): string {
  return `U+${(character.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, '0')}`;
}

function escapeOf(codePoint: number): string {
  return `\\u{${codePoint.toString(16)}}`;
}
