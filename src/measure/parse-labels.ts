// A label file → rows that say of each result whether it is real; every mistake in it is named with its line.
import { AssayError } from '#domain/errors.ts';
import { type CsvRecord, parseCsv } from './parse-csv.ts';

/** One labelled result, as the file has it; null where there is no such column or the cell is empty. */
export interface LabelRow {
  /** 1-based line of the label file. */
  readonly fileLine: number;
  /** Stable within the file: what an earlier evaluation is compared by. */
  readonly key: string;
  readonly id: string | null;
  /** File name of the report, where a set has several. */
  readonly report: string | null;
  /** 0-based indices of `runs[]` and of its `results[]`. */
  readonly run: number | null;
  readonly index: number | null;
  readonly path: string | null;
  readonly line: number | null;
  readonly ruleId: string | null;
  /** Digits only. */
  readonly cwe: string | null;
  readonly language: string | null;
  readonly isReal: boolean;
}

const REAL = new Set(['true', 'real', 'tp', 'true_positive', 'yes', '1', 'vulnerable']);
const NOT_REAL = new Set(['false', 'not_real', 'fp', 'false_positive', 'no', '0', 'safe']);

const EXPECTED =
  'The first line names the columns: label, and id (the result’s properties.caseId), or run and index, or path, line and ruleId. See docs/evaluation.md.';

/**
 * Rows in the order of the file; rows whose label is empty are not labelled yet and left out. Throws AssayError `usage` that names
 * `fileName:line`, as do the checks behind it.
 */
export function parseLabels(text: string, fileName: string): readonly LabelRow[] {
  const { records: all, brokenAt } = parseCsv(text);
  if (brokenAt !== null) {
    throw mistake(
      fileName,
      brokenAt,
      'a quotation mark stands where none can be',
      'Quote the whole field, and double the marks in it.',
    );
  }
  const [header, ...records] = all;
  if (header === undefined) throw mistake(fileName, 1, 'the file is empty', EXPECTED);
  const columns = new Map(header.cells.map((name, at) => [name.trim().toLowerCase(), at]));
  requireColumns(columns, fileName);
  const seen = new Map<string, number>();
  return records.flatMap((record) => {
    const row = readRow(record, columns, fileName);
    if (row === null) return [];
    const earlier = seen.get(row.key);
    if (earlier !== undefined) {
      throw mistake(fileName, row.fileLine, `the same result was labelled in line ${earlier}`);
    }
    seen.set(row.key, row.fileLine);
    return [row];
  });
}

function requireColumns(columns: ReadonlyMap<string, number>, fileName: string): void {
  const has = (...names: string[]) => names.every((name) => columns.has(name));
  if (!has('label')) throw mistake(fileName, 1, 'there is no column label', EXPECTED);
  if (has('id') || has('run', 'index') || has('path', 'line')) return;
  throw mistake(fileName, 1, 'no column says which result a label belongs to', EXPECTED);
}

function readRow(
  { line: fileLine, cells }: CsvRecord,
  columns: ReadonlyMap<string, number>,
  fileName: string,
): LabelRow | null {
  const text = (name: string): string | null => cells[columns.get(name) ?? -1]?.trim() || null;
  const number = (name: string, least: number): number | null => {
    const written = text(name);
    if (written === null) return null;
    if (/^\d{1,9}$/.test(written) && Number(written) >= least) return Number(written);
    throw mistake(fileName, fileLine, `${name} is ${shown(written)}, not a number from ${least} on`);
  };
  const label = text('label')?.toLowerCase() ?? null;
  if (label === null) return null;
  if (!REAL.has(label) && !NOT_REAL.has(label)) {
    throw mistake(
      fileName,
      fileLine,
      `the label is ${shown(label)}`,
      'Write true for a real finding, false for a false positive, or leave it empty.',
    );
  }
  const row = {
    fileLine,
    ...{ id: text('id'), report: text('report'), path: text('path'), ruleId: text('ruleid') },
    ...{ run: number('run', 0), index: number('index', 0), line: number('line', 1) },
    ...{ cwe: digitsOf(text('cwe')), language: text('language')?.toLowerCase() ?? null },
    isReal: REAL.has(label),
  };
  const key = keyOf(row);
  if (key === null)
    throw mistake(fileName, fileLine, 'nothing says which result this label belongs to', EXPECTED);
  return { ...row, key };
}

function keyOf(row: Omit<LabelRow, 'key'>): string | null {
  if (row.id !== null) return row.id;
  if (row.run !== null && row.index !== null) return `${row.report ?? ''}#${row.run}.${row.index}`;
  if (row.path === null || row.line === null) return null;
  return `${row.report === null ? '' : `${row.report}#`}${row.path}:${row.line}:${row.ruleId ?? ''}`;
}

/** `89`, `CWE-89`, `cwe_089` → `89`. */
function digitsOf(cwe: string | null): string | null {
  const digits = /^(?:cwe[-_ ]?)?0*(\d{1,5})$/i.exec(cwe ?? '')?.[1];
  return digits ?? null;
}

function shown(text: string): string {
  return JSON.stringify(text.length > 60 ? `${text.slice(0, 60)}…` : text);
}

function mistake(fileName: string, line: number, what: string, hint?: string): AssayError {
  return new AssayError('usage', `${fileName}:${line}: ${what}.`, hint === undefined ? {} : { hint });
}
