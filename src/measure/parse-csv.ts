// Comma-separated text → records with the line each starts on, so that a mistake in a label file can be pointed at.

export interface CsvRecord {
  /** 1-based line of the file on which the record starts. */
  readonly line: number;
  readonly cells: readonly string[];
}

export interface CsvTable {
  readonly records: readonly CsvRecord[];
  /** Line of the record with a quotation mark that does not belong there; what follows was not read. Null when all was. */
  readonly brokenAt: number | null;
}

/** A field and what ends it: a comma, the end of the line, or the end of the text. */
const CELL = /(?:"((?:[^"]|"")*)"|([^",\r\n][^,\r\n]*)?)(,|\r\n|\n|\r|$)/gy;
const LINE_END = /\r\n|\n|\r/;

/** Fields as RFC 4180 has them: quoted ones may hold commas, line breaks and doubled quotes. Empty lines are left out. */
export function parseCsv(text: string): CsvTable {
  const content = text.replace(/^\uFEFF/, '');
  const records: CsvRecord[] = [];
  let cells: string[] = [];
  let line = 1;
  let start = 1;
  let isWhole = false;
  for (const [whole, quoted, plain, end] of content.matchAll(CELL)) {
    cells.push(quoted === undefined ? (plain ?? '') : quoted.replaceAll('""', '"'));
    line += whole.split(LINE_END).length - 1;
    if (end === ',') continue;
    if (cells.some((cell) => cell !== '')) records.push({ line: start, cells });
    cells = [];
    start = line;
    isWhole = end === '';
    if (isWhole) break;
  }
  return { records, brokenAt: isWhole ? null : start };
}
