// Lines that GitLab would run as commands of the bot and take out of the text (platforms D43; lib/gitlab/quick_actions/extractor.rb).

/** A command is a word after `/` at the very start of a line, then a blank or the line's end. */
const COMMAND = /^\/[a-z_]+(?=\s|$)/i;

/**
 * The first line that GitLab might run; null when there is none. Any word counts, since instances have commands of their own. Versions
 * disagree on where a fenced block ends: a line is left out only where it lies in one for the older and for the newer alike.
 */
export function findQuickAction(body: string): string | null {
  // GitLab takes carriage returns out before it looks.
  const lines = body.replaceAll('\r', '').split('\n');
  // One in the middle of a line is a line end to some readers and nothing to others, so no block is certain.
  const certain = !/\r(?!\n)/.test(body);
  const newer = linesInBlocks(lines);
  const older = linesInPlainBlocks(lines);
  return lines.find((line, at) => COMMAND.test(line) && !(certain && newer.has(at) && older.has(at))) ?? null;
}

/** Fenced code as CommonMark §4.5 has it: closed by the same mark, at least as long. */
function linesInBlocks(lines: readonly string[]): ReadonlySet<number> {
  const inside = new Set<number>();
  let fence: string | null = null;
  for (const [at, line] of lines.entries()) {
    if (fence === null) {
      fence = /^ {0,3}(`{3,}(?=[^`]*$)|~{3,})/.exec(line)?.[1] ?? null;
      continue;
    }
    const closing = /^ {0,3}(`{3,}|~{3,})[ \t]*$/.exec(line)?.[1] ?? '';
    if (closing.startsWith(fence)) fence = null;
    else inside.add(at);
  }
  return inside;
}

/** Older versions: from a line that starts with three backticks to the next that is nothing else, if there is one. */
function linesInPlainBlocks(lines: readonly string[]): ReadonlySet<number> {
  const inside = new Set<number>();
  for (let at = 0; at < lines.length; at += 1) {
    if (lines[at]?.startsWith('```') !== true) continue;
    const end = lines.indexOf('```', at + 1);
    if (end === -1) continue;
    for (let line = at + 1; line < end; line += 1) inside.add(line);
    at = end;
  }
  return inside;
}
