// The exit into GitHub's workflow commands, where a stray `::` or line break would be a command of its own (security rows 26, 27).
import { toTerminal } from './escape-terminal.ts';

export type CommandName = 'error' | 'warning' | 'notice';

/**
 * One workflow command, `::name key=value,…::message` (actions/toolkit, command.ts). Values and message may be foreign.
 * Properties without a value are left out; no final newline.
 */
export function workflowCommand(
  name: CommandName,
  properties: Readonly<Record<string, string | number | null>>,
  message: string,
): string {
  const written = Object.entries(properties)
    .filter(([, value]) => value !== null && value !== '')
    .map(([key, value]) => `${key}=${escapeProperty(String(value))}`);
  const head = written.length === 0 ? name : `${name} ${written.join(',')}`;
  return `::${head}::${escapeData(message)}`;
}

/** A command's message; our own line breaks stay line breaks for the reader. */
export function escapeData(message: string): string {
  return message
    .split(/\r\n?|\n/)
    .map((line) => toTerminal(line).replaceAll('%', '%25'))
    .join('%0A');
}

/** A property's value, on one line. */
export function escapeProperty(value: string): string {
  return toTerminal(value).replaceAll('%', '%25').replaceAll(':', '%3A').replaceAll(',', '%2C');
}
