// What a model is shown of outside text: secrets taken out, invisible characters named, endless lines cut; the same number of lines.
import { AssayError } from '#domain/errors.ts';
import { showInvisible } from '#support/invisible-characters.ts';
import { shorten } from '#support/shorten.ts';

/** Takes secrets out of a text; the result has as many lines as the text (prompt-redactor.ts makes one). */
export type RedactText = (text: string) => Promise<string>;

/** Longest line that is shown, in UTF-16 units: a minified file is no evidence that anybody could read. */
const LONGEST_LINE = 2_000;

/**
 * The text as a model sees it, without marks and line numbers: line n here is line n of `text`, so a quote found here is found there.
 * Throws AssayError `internal` when `redact` joins or adds lines: citations would lead astray.
 */
export async function visibleText(text: string, redact: RedactText): Promise<string> {
  const normal = text.replace(/\r(?=\n|$)/g, '');
  const lines = (await redact(normal)).split('\n');
  if (lines.length !== normal.split('\n').length)
    throw new AssayError('internal', 'Redaction changed the number of lines of a text.');
  return lines.map((line) => shorten(showInvisible(line), LONGEST_LINE)).join('\n');
}

/** The same for a text of one line (a path, a note, a message): what would break the line is named. */
export async function visibleLine(text: string, redact: RedactText): Promise<string> {
  const lines = (await visibleText(text, redact)).split('\n');
  return lines.join('⟦U+000A⟧').replaceAll('\t', ' ');
}
