// Says of a text, after it is forgotten, whether a word may stand in it: what makes a search of a whole repository quick and small.

/** Bits of a filter per character of the text: about one file in two hundred is looked at in vain. */
const BITS_PER_CHARACTER = 1;
const FEWEST_BITS = 512;
const MOST_BITS = 1 << 20;

/** A Bloom filter over a text's words: letters, digits, underscores and everything beyond ASCII, without regard to case. */
export type WordFilter = Uint32Array;

export function filterOf(text: string): WordFilter {
  let bits = FEWEST_BITS;
  while (bits < text.length * BITS_PER_CHARACTER && bits < MOST_BITS) bits *= 2;
  const filter = new Uint32Array(bits / 32);
  let hash = START;
  let isInWord = false;
  for (let at = 0; at < text.length; at++) {
    const unit = text.charCodeAt(at);
    if (isWordUnit(unit)) {
      hash = mix(hash, unit);
      isInWord = true;
    } else if (isInWord) {
      mark(filter, hash);
      hash = START;
      isInWord = false;
    }
  }
  if (isInWord) mark(filter, hash);
  return filter;
}

/** False only when the word is surely not in the text. What is no single word, such as `$a` or `a.b`, is looked for by its longest word. */
export function mayHold(filter: WordFilter, word: string): boolean {
  const longest = longestWord(word);
  if (longest === '') return false;
  let hash = START;
  for (let at = 0; at < longest.length; at++) hash = mix(hash, longest.charCodeAt(at));
  return probesOf(filter, hash).every((bit) => ((filter[bit >>> 5] ?? 0) & (1 << (bit & 31))) !== 0);
}

function longestWord(text: string): string {
  let longest = '';
  for (const word of text.match(/[\w\u0080-\uffff]+/g) ?? [])
    if (word.length > longest.length) longest = word;
  return longest;
}

const START = 0x811c9dc5;

/** FNV-1a with ASCII letters in lower case. */
function mix(hash: number, unit: number): number {
  const lower = unit >= 65 && unit <= 90 ? unit + 32 : unit;
  return Math.imul(hash ^ lower, 0x01000193);
}

function isWordUnit(unit: number): boolean {
  return (
    (unit >= 97 && unit <= 122) ||
    (unit >= 65 && unit <= 90) ||
    (unit >= 48 && unit <= 57) ||
    unit === 95 ||
    unit >= 128
  );
}

function probesOf(filter: WordFilter, hash: number): readonly number[] {
  const last = filter.length * 32 - 1;
  return [(hash >>> 1) & last, (Math.imul(hash, 0x9e3779b1) >>> 7) & last];
}

function mark(filter: WordFilter, hash: number): void {
  const last = filter.length * 32 - 1;
  const first = (hash >>> 1) & last;
  const second = (Math.imul(hash, 0x9e3779b1) >>> 7) & last;
  filter[first >>> 5] = (filter[first >>> 5] ?? 0) | (1 << (first & 31));
  filter[second >>> 5] = (filter[second >>> 5] ?? 0) | (1 << (second & 31));
}
