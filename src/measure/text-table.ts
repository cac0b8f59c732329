// Rows of short texts lined up for a terminal: the first column to the left, the others to the right.
import { toTerminal } from '../support/escape-terminal.ts';
import { columnsOf, cutMiddle, padColumns } from '../support/text-columns.ts';

/** The first column is cut in the middle beyond this. */
const FIRST_COLUMN = 44;

/** Lines with a rule below the header; every cell is made inert. Columns to the left are `leftColumns` of them. */
export function textTable(
  header: readonly string[],
  rows: readonly (readonly string[])[],
  leftColumns = 1,
): string {
  const cells = [header, ...rows].map((row) =>
    row.map((cell, at) => (at === 0 ? cutMiddle(toTerminal(cell), FIRST_COLUMN) : toTerminal(cell))),
  );
  const widths = header.map((_, at) => Math.max(...cells.map((row) => columnsOf(row[at] ?? ''))));
  const lines = cells.map((row) =>
    row
      .map((cell, at) => {
        const width = widths[at] ?? 0;
        return at < leftColumns ? padColumns(cell, width) : ' '.repeat(width - columnsOf(cell)) + cell;
      })
      .join('  ')
      .trimEnd(),
  );
  const rule = widths.map((width) => '─'.repeat(width)).join('  ');
  return [lines[0], rule, ...lines.slice(1)].map((line) => `${line}\n`).join('');
}
