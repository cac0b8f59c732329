// The exit to a terminal or a CI log: one line of foreign text without any power over either (security rows 26, 38).
import { showInvisible } from './invisible-characters.ts';

/** Control sequences whole, so that no letters of them stay behind: CSI, OSC, DCS, SOS, PM, APC and two-byte escapes (ECMA-48), 7 and 8 bit. */
const CONTROL_SEQUENCES =
  /(?:\x1b\[|\x9b)[0-?]*[ -/]*[@-~]|(?:\x1b[\]PX^_]|[\x90\x98\x9d-\x9f])[^\x07\x1b\x90\x98\x9c-\x9f]*(?:\x07|\x1b\\|\x9c)|\x1b[ -/]*[0-Z\\^-~]/g;
const OTHER_CONTROLS = /[\x00-\x08\x0b-\x1f\x7f-\x9f]/g;

/**
 * One line, safe on a terminal and on the stdout of a CI job: no control sequence, no invisible character, no line that a runner
 * would take for a command. Line breaks and tabs become spaces.
 */
export function toTerminal(text: string): string {
  const line = stripControls(text).replace(/[\n\t]+/g, ' ');
  return defuseStart(defuseCommands(showInvisible(line)));
}

/** Without control sequences and controls; line ends become LF, LF and TAB stay. */
export function stripControls(text: string): string {
  return text.replace(CONTROL_SEQUENCES, '').replace(/\r\n?/g, '\n').replace(OTHER_CONTROLS, '');
}

/**
 * GitHub's runner and Azure Pipelines take `##[name]` and `##vso[name]` for a command wherever it stands in a line
 * (actions/runner, ActionCommand.cs, TryParse): a space parts them.
 */
export function defuseCommands(line: string): string {
  return line.replace(/##(?=\[|vso\[)/gi, '# #');
}

/** `::name::` is a command only where a line starts (TryParseV2). */
function defuseStart(line: string): string {
  return line.replace(/^(\s*):(?=:)/, '$1: ');
}
