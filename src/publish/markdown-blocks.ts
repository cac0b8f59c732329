// The few Markdown shapes that the summary is built of. Their parts are finished Markdown: inert already.
import { codeSpan, toInertMarkdown, toTableCell } from '#support/escape-markdown.ts';
import { shorten } from '#support/shorten.ts';
import type { Rows, Section } from './fit-sections.ts';

/** Longest foreign text of each kind in one row, in characters. */
const LONGEST = { sentence: 400, quote: 160, name: 200 } as const;

export function tableHead(columns: readonly string[]): string {
  return `${tableRow(columns)}${tableRow(columns.map(() => '---'))}`;
}

export function tableRow(cells: readonly string[]): string {
  return `| ${cells.map(toTableCell).join(' | ')} |\n`;
}

/** A section that is folded away until somebody asks; `title` is ours. */
export function folded(title: string, content: { head: string; rows: Rows; rank: number }): Section {
  return {
    before: `\n<details><summary>${title}</summary>\n\n${content.head}`,
    rows: content.rows,
    after: '\n</details>\n',
    rank: content.rank,
  };
}

/** A sentence of ours that may quote foreign pieces. */
export function sentence(text: string): string {
  return toInertMarkdown(shorten(text, LONGEST.sentence));
}

/** Foreign text, quoted letter by letter. */
export function quoted(text: string, kind: keyof typeof LONGEST = 'name'): string {
  return codeSpan(shorten(text, LONGEST[kind]));
}
