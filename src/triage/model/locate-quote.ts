// Finds the lines that a model quotes: its words are compared with the text it was shown, letter by letter.

/** Lines of a text, 0-based, both ends included; columns are of the dedented lines and only tell two places on one line apart. */
export interface QuotedLines {
  readonly first: number;
  readonly last: number;
}

/** A shorter quote stands everywhere and proves nothing. */
const LEAST_CHARACTERS = 3;
/** Places that are looked at when the same text stands more than once. */
const MOST_PLACES = 8;
const WORD = /[\p{L}\p{N}_$]/u;

/**
 * Every place where `quote` stands in `text` (up to 8, in order): exactly, but for white space at the ends of lines and indentation
 * that all quoted lines share. It may begin and end within a line, never within a word. Empty when it has fewer than 3 characters
 * besides white space, or stands nowhere.
 */
export function locateQuote(quote: string, text: string): readonly QuotedLines[] {
  if (quote.replace(/\s/g, '').length < LEAST_CHARACTERS) return [];
  const wanted = withoutBlankEnds(linesOf(quote));
  const lines = linesOf(text);
  const found: QuotedLines[] = [];
  for (let first = 0; first + wanted.length <= lines.length && found.length < MOST_PLACES; first += 1) {
    const last = first + wanted.length - 1;
    const here = lines.slice(first, last + 1);
    if (wanted.length === 1 ? standsIn(wanted[0] ?? '', here[0] ?? '') : standsAcross(wanted, here))
      found.push({ first, last });
  }
  return found;
}

function linesOf(text: string): readonly string[] {
  return text.split(/\r\n|\r|\n/).map((line) => line.trimEnd());
}

function withoutBlankEnds(lines: readonly string[]): readonly string[] {
  const first = lines.findIndex((line) => line !== '');
  const last = lines.findLastIndex((line) => line !== '');
  return lines.slice(first, last + 1);
}

/** One line, or a piece of it that is not cut out of a word. */
function standsIn(quote: string, line: string): boolean {
  const piece = quote.trim();
  for (let at = line.indexOf(piece); at >= 0; at = line.indexOf(piece, at + 1)) {
    const end = at + piece.length;
    if (!cutsWord(line, at) && !cutsWord(line, end)) return true;
  }
  return false;
}

function cutsWord(line: string, at: number): boolean {
  return WORD.test(line.charAt(at - 1)) && WORD.test(line.charAt(at));
}

/** Several lines: those in the middle whole; the first may begin, and the last may end, within its line. */
function standsAcross(quote: readonly string[], lines: readonly string[]): boolean {
  return (
    sameLines(dedent(quote), dedent(lines)) ||
    // The first line was quoted from its first letter on, the others with their indentation.
    (opensLine(quote[0] ?? '', lines[0] ?? '') && sameLines(dedent(quote.slice(1)), dedent(lines.slice(1))))
  );
}

function opensLine(quote: string, line: string): boolean {
  const piece = quote.trim();
  return piece !== '' && line.endsWith(piece) && !cutsWord(line, line.length - piece.length);
}

function sameLines(quote: readonly string[], lines: readonly string[]): boolean {
  return quote.every((line, index) => {
    const real = lines[index] ?? '';
    if (line === real) return true;
    return index === quote.length - 1 && line !== '' && real.startsWith(line) && !cutsWord(real, line.length);
  });
}

function dedent(lines: readonly string[]): readonly string[] {
  const written = lines.filter((line) => line !== '');
  const common = Math.min(...written.map((line) => line.length - line.trimStart().length));
  return lines.map((line) => line.slice(Number.isFinite(common) ? common : 0));
}
