// The exit into a log: foreign lines behind a bar, so that none of them can start with something a runner obeys (security row 26).
import { defuseCommands, stripControls } from './escape-terminal.ts';
import { showInvisible } from './invisible-characters.ts';

const BAR = '│ ';

/** The text with every line behind `│ `, without controls (TAB stays) and invisible characters; no final newline. */
export function toLog(text: string): string {
  return stripControls(text)
    .replace(/\n$/, '')
    .split('\n')
    .map((line) => `${BAR}${defuseCommands(showInvisible(line))}`)
    .join('\n');
}
