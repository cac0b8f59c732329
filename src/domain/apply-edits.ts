// Changes whole lines of a text: pure, for whoever proves, shows or writes a patch.
import { AssayError } from './errors.ts';
import type { LineEdit } from './patch.ts';
import { type Phrase, phrase, say } from './phrase.ts';

/**
 * The text with the edits made; everything else keeps its characters, line ends, byte order mark and missing last line end included.
 * Throws AssayError `internal` where `editProblem` names a problem: ask that first when the edits come from outside.
 */
export function applyEdits(text: string, edits: readonly LineEdit[]): string {
  const problem = editProblem(text, edits);
  if (problem !== null) throw new AssayError('internal', `The edits cannot be made: ${say(problem, null)}.`);
  const lines = splitLines(text);
  let result = '';
  let next = 0;
  for (const { startLine, lines: replaced, newText } of edits) {
    result += lines.slice(next, startLine - 1).join('') + newText;
    next = startLine - 1 + replaced;
  }
  return result + lines.slice(next).join('');
}

/** Why the edits cannot be made in this text, as the end of a sentence; null when they can. */
export function editProblem(text: string, edits: readonly LineEdit[]): Phrase | null {
  if (hasLoneReturn(text)) return phrase`the file has a carriage return inside of a line`;
  const lines = splitLines(text);
  const endsOpen = lines.length > 0 && !text.endsWith('\n');
  let free = 1;
  for (const edit of edits) {
    const problem = problemOf(edit, { lineCount: lines.length, endsOpen, free });
    if (problem !== null) return problem;
    free = edit.startLine + edit.lines + 1;
  }
  return null;
}

/** The lines as git counts them, each with its line end: cut behind every LF; no line behind the last LF, none in an empty text. */
export function splitLines(text: string): readonly string[] {
  const lines = text.split('\n').map((line) => `${line}\n`);
  const last = (lines.pop() ?? '\n').slice(0, -1);
  return last === '' ? lines : [...lines, last];
}

/** Whether a carriage return stands anywhere but before a line feed: programs disagree on which lines such a text has. */
export function hasLoneReturn(text: string): boolean {
  return /\r(?!\n)/.test(text);
}

/** `free` is the first line that an edit may start at. */
function problemOf(
  { startLine, lines, newText }: LineEdit,
  { lineCount, endsOpen, free }: { lineCount: number; endsOpen: boolean; free: number },
): Phrase | null {
  if (!Number.isSafeInteger(startLine) || !Number.isSafeInteger(lines) || startLine < 1 || lines < 0)
    return phrase`an edit of ${lines} lines at line ${startLine} makes no sense`;
  const end = startLine + lines;
  if (end > lineCount + 1) return phrase`an edit reaches beyond the file's ${lineCount} lines`;
  if (startLine < free) return phrase`the edit at line ${startLine} overlaps or touches the one before it`;
  if (lines === 0 && newText === '') return phrase`the edit at line ${startLine} changes nothing`;
  if (hasLoneReturn(newText))
    return phrase`the edit at line ${startLine} has a carriage return inside of a line`;
  if (lines === 0 && startLine > lineCount && endsOpen)
    return phrase`an edit adds lines behind a last line that has no line end`;
  if (newText !== '' && !newText.endsWith('\n') && end <= lineCount)
    return phrase`the edit at line ${startLine} would join its last line to the next one`;
  return null;
}
