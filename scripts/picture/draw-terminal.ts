// Draws the end of the demo in a terminal as an SVG, from the result that the demo left behind.
import { readFileSync } from 'node:fs';
import { stripVTControlCharacters } from 'node:util';
import { renderTable } from '../../src/publish/render-table.ts';
import { parseResult } from '../../src/publish/result-schema.ts';
import { toHtml } from '../../src/support/escape-html.ts';

const COLUMNS = 112;
/** Enough to see the kinds of verdict, few enough to read. */
const FIRST_LINES = 24;
const COLUMN_WIDTH = 8.4;
const LINE_HEIGHT = 19;
const MARGIN = 16;

/** Select Graphic Rendition parameters (ECMA-48 §8.3.117) that the table uses → CSS; anything else resets. */
const STYLES: Readonly<Record<string, string>> = {
  1: 'font-weight:bold',
  2: 'opacity:.65',
  31: 'fill:#ff7b72',
  32: 'fill:#7ee787',
  33: 'fill:#f2cc60',
  34: 'fill:#79c0ff',
  35: 'fill:#d2a8ff',
  36: 'fill:#76e3ea',
  90: 'fill:#8b949e',
};

/** `file` is the demo's `assay.json`. */
export function drawTerminal(file: string): string {
  const result = parseResult(readFileSync(file, 'utf8'), file);
  const table = renderTable(result, { width: COLUMNS, color: true });
  return draw(excerpt(table.trimEnd().split('\n')));
}

/** The first findings, then everything from the dismissed ones on. */
function excerpt(all: readonly string[]): string[] {
  const plain = all.map((line) => stripVTControlCharacters(line));
  const rest = plain.findIndex((line) => /^\d+ dismissed/.test(line));
  if (rest <= FIRST_LINES) return [...all];
  const cut = plain.lastIndexOf(
    plain.slice(0, FIRST_LINES).findLast((line) => /^ {2}[✗?✓] /.test(line)) ?? '',
    FIRST_LINES,
  );
  return [...all.slice(0, cut), '  …', '', ...all.slice(rest)];
}

function draw(rows: readonly string[]): string {
  const width = Math.round(COLUMNS * COLUMN_WIDTH + 2 * MARGIN);
  const height = rows.length * LINE_HEIGHT + 2 * MARGIN;
  const text = rows.map((row, index) => {
    const y = MARGIN + (index + 1) * LINE_HEIGHT - 5;
    return `<text x="${MARGIN}" y="${y}" xml:space="preserve">${spans(row)}</text>`;
  });
  return `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}" viewBox="0 0 ${width} ${height}" role="img" aria-label="The demo's verdicts in a terminal">
<rect width="100%" height="100%" rx="8" fill="#0d1117"/>
<g font-family="ui-monospace,SFMono-Regular,Menlo,Consolas,'DejaVu Sans Mono',monospace" font-size="14" fill="#e6edf3" style="white-space:pre">
${text.join('\n')}
</g>
</svg>
`;
}

/** Runs of one style; the text between the escape sequences is escaped for XML. */
function spans(row: string): string {
  let style: string[] = [];
  return row
    .split(/(\u001b\[[0-9;]*m)/)
    .map((piece) => {
      const codes = /^\u001b\[([0-9;]*)m$/.exec(piece)?.[1]?.split(';');
      if (codes === undefined)
        return piece === '' ? '' : `<tspan style="${style.join(';')}">${toHtml(piece)}</tspan>`;
      const known = codes.flatMap((code) => STYLES[code] ?? []);
      style = known.length === 0 ? [] : [...style, ...known];
      return '';
    })
    .join('');
}
