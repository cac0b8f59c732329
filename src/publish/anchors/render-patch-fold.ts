// Shows a patch that is no suggestion: folded, with the line that applies it.
import { codeFence } from '#support/escape-markdown.ts';
import { PLACEMENT_WORDS, type PlacementWords } from './placement-words.ts';

/** Longest diff that is shown, in UTF-16 code units. */
const LONGEST_DIFF = 8_000;

/** Nothing in it means anything to a shell, and it is no option. */
const PLAIN_PATH = /^[A-Za-z0-9_./][A-Za-z0-9_./-]*$/;

/**
 * The folded block, Markdown with a final newline; stands behind an empty line. Of a diff longer than `longest` only the apply line is left.
 *
 * @param diffText the unified diff; outside text
 * @param patchFile where the patch was written, from the repository's root: `assay-out/patches/<id>.patch`
 */
export function renderPatchFold(
  diffText: string,
  patchFile: string,
  words: Pick<PlacementWords, 'patchTitle' | 'patchTooLong'> = PLACEMENT_WORDS.en,
  longest: number = LONGEST_DIFF,
): string {
  const shown = diffText.length > longest ? `${words.patchTooLong}\n` : codeFence(diffText, 'diff');
  const apply = codeFence(`git apply ${quotePath(patchFile)}`, 'sh');
  return `<details><summary>${words.patchTitle}</summary>\n\n${apply}\n${shown}\n</details>\n`;
}

/** As a POSIX shell reads it as one word: in single quotes, which only a single quote ends. */
function quotePath(path: string): string {
  if (PLAIN_PATH.test(path)) return path;
  const safe = path.startsWith('-') ? `./${path}` : path;
  return `'${safe.replaceAll("'", `'\\''`)}'`;
}
