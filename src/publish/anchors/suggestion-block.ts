// Writes the fenced block of a suggestion: the only place that opens a fence with that word (security row 25).
import type { TextLines } from './replaced-range.ts';

/** A fence that outlasts every run of backticks, of the new text and of the lines it stands for (platforms A2). */
export function suggestionFence(newLines: TextLines, oldLines: TextLines): string {
  let longest = 2;
  for (const line of [...newLines, ...oldLines]) {
    for (const [run] of line.matchAll(/`+/g)) longest = Math.max(longest, run.length);
  }
  return '`'.repeat(longest + 1);
}

/**
 * The block with a final newline; no line between the fences when nothing is to stand there. The last line ends with LF whatever the file
 * says, since the host puts the file's own line end behind it (platforms B2).
 *
 * @param info ours: `suggestion` or `suggestion:-0+N`
 * @param lines the new text
 */
export function renderSuggestionBlock(fence: string, info: string, lines: TextLines): string {
  const text = lines.join('');
  const body = text === '' ? '' : `${text.replace(/\r?\n$/, '')}\n`;
  return `${fence}${info}\n${body}${fence}\n`;
}
