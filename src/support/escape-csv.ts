// The exit into CSV, which spreadsheets open: no cell can start a formula (security row 39; RFC 4180 for the quoting).
import { showInvisible } from './invisible-characters.ts';

/** What a spreadsheet takes for a formula or a command at the start of a cell; blanks before it are skipped by some of them. Fullwidth forms too. */
const FORMULA_START = /^[\s"']*[=+\-@|%＝＋－＠]|^[\t\r\n]/u;

/** One cell, quoted where needed. */
export function toCsv(text: string): string {
  const guarded = FORMULA_START.test(text) ? `'${text}` : text;
  const shown = showInvisible(guarded.replace(/\r\n?/g, '\n'));
  return /[",\n;\t]|^\s|\s$/.test(shown) ? `"${shown.replaceAll('"', '""')}"` : shown;
}

/** One record with its line end. */
export function toCsvRow(cells: readonly string[]): string {
  return `${cells.map(toCsv).join(',')}\r\n`;
}
