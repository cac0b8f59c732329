// Quotes the lines that a reason rests on, with their numbers, for a terminal.
import type { Citation } from '#domain/location.ts';
import { toTerminal } from '#support/escape-terminal.ts';
import { cutEnd } from '#support/text-columns.ts';
import type { Paint } from './terminal-style.ts';

const MOST_LINES = 20;

export function citationLines(
  citation: Citation,
  { width, paint }: { width: number; paint: Paint },
): string[] {
  const lines = citation.quote.replace(/\r?\n$/, '').split(/\r\n|\r|\n/);
  const shown = lines.slice(0, MOST_LINES);
  const digits = String(citation.startLine + shown.length - 1).length;
  return [
    `    ${paint('dim', cutEnd(toTerminal(`${citation.path}:${citation.startLine}`), width - 4))}`,
    ...shown.map((line, index) => {
      const number = String(citation.startLine + index).padStart(digits);
      return `    ${paint('dim', `${number} │`)} ${cutEnd(toTerminal(line.replaceAll('\t', '    ')), width - digits - 7)}`;
    }),
    ...(lines.length > shown.length ? [`    ${' '.repeat(digits)} …`] : []),
  ];
}
