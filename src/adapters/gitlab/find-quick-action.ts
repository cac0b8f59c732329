// Lines that GitLab would run as commands of the bot and take out of the text (platforms D43; lib/gitlab/quick_actions/extractor.rb).

/** GitLab deletes carriage returns first; a command is a word after `/` at the very start of a line, then a blank or the line's end. */
const COMMAND = /^\/[a-z_]+(?=[ \t]|$)/i;

/**
 * The first line that GitLab might run; null when there is none. Any word counts, since instances have commands of their own. Blocks
 * between exactly three backticks are left out, as every version of GitLab does; longer fences hide commands from newer ones only.
 */
export function findQuickAction(body: string): string | null {
  let fence: string | null = null;
  for (const line of body.replaceAll('\r', '').split('\n')) {
    const [, ticks] = /^(`{3,})/.exec(line) ?? [];
    if (fence !== null) {
      if (line.trimEnd() === fence) fence = null;
      else if (fence.length > 3 && COMMAND.test(line)) return line;
    } else if (ticks !== undefined) fence = ticks;
    else if (COMMAND.test(line)) return line;
  }
  return null;
}
