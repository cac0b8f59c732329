// Cuts a Markdown text at its headings, line by line: enough of CommonMark to know what a heading is and what only looks like one.

export interface MarkdownSection {
  /** Headings from the top down to this one, as they read; empty for what stands before the first. */
  readonly headings: readonly string[];
  /** 1-based line of the heading, or of the first line of text where there is none. */
  readonly line: number;
  /** What stands below the heading, line ends LF. HTML comments are gone: a reader of the page does not see them either. */
  readonly body: string;
}

const ATX = /^ {0,3}(#{1,6})(?:[ \t]+(.*?))?(?:[ \t]+#+)?[ \t]*$/;
const SETEXT = /^ {0,3}(=+|-+)[ \t]*$/;
const FENCE = /^ {0,3}(`{3,}(?=[^`]*$)|~{3,})/;
/** Lines that end a paragraph or never begin one: a rule below them is no underline. */
const NO_PARAGRAPH =
  /^(?: {0,3}(?:[-+*]|\d{1,9}[.)])(?:[ \t]|$)| {0,3}>| {4,}|\t| {0,3}(?:([-*_])[ \t]*)(?:\1[ \t]*){2,}$)/;
/** List items, quotes and rules may follow a paragraph without a blank line. */
const ENDS_PARAGRAPH = /^ {0,3}(?:[-+*][ \t]+\S|1[.)][ \t]+\S|>|([*_])[ \t]*(?:\1[ \t]*){2,}$)/;
/** HTML blocks that end at a blank line, and those that end at their closing tag (CommonMark §4.6). */
const HTML_BLOCK = /^ {0,3}<\/?[a-z][a-z0-9-]*(?:[\s/>]|$)/i;
const RAW_HTML = /^ {0,3}<(script|pre|style|textarea)(?:[\s>]|$)/i;

/** What is longer is no heading that anybody reads. */
const LONGEST_HEADING = 400;

interface Reading {
  fence: string | null;
  /** `''`: until a blank line; else the closing tag. */
  html: string | null;
  /** Index of the first line of the open paragraph; null outside of one. */
  paragraph: number | null;
}

interface Heading {
  readonly level: number;
  readonly text: string;
  /** Index of its first line, and of the first line behind it. */
  readonly start: number;
  readonly end: number;
}

export function splitMarkdown(text: string): readonly MarkdownSection[] {
  const lines = withoutComments(withoutFrontMatter(text.replace(/\r\n?/g, '\n').split('\n')));
  const headings = findHeadings(lines);
  const sections: MarkdownSection[] = [];
  const above: Heading[] = [];
  const push = (from: number, to: number, line: number) => {
    const body = trimBlankLines(lines.slice(from, to)).join('\n');
    if (body !== '' || above.length > 0)
      sections.push({ headings: above.map((heading) => heading.text), line, body });
  };
  const [first] = headings;
  push(0, first?.start ?? lines.length, firstTextLine(lines));
  for (const [index, heading] of headings.entries()) {
    while ((above.at(-1)?.level ?? 0) >= heading.level) above.pop();
    above.push(heading);
    push(heading.end, headings[index + 1]?.start ?? lines.length, heading.start + 1);
  }
  return sections;
}

function findHeadings(lines: readonly string[]): readonly Heading[] {
  const headings: Heading[] = [];
  const reading: Reading = { fence: null, html: null, paragraph: null };
  for (const [index, line] of lines.entries()) {
    if (insideBlock(line, reading)) continue;
    const atx = ATX.exec(line);
    if (atx !== null) {
      headings.push(headingOf(atx[1]?.length ?? 1, atx[2] ?? '', index, index + 1));
      reading.paragraph = null;
      continue;
    }
    const underline = reading.paragraph === null ? null : SETEXT.exec(line);
    if (underline !== null && reading.paragraph !== null) {
      const words = lines.slice(reading.paragraph, index).map((part) => part.trim());
      const level = underline[1]?.startsWith('=') === true ? 1 : 2;
      headings.push(headingOf(level, words.join(' '), reading.paragraph, index + 1));
      reading.paragraph = null;
      continue;
    }
    openBlock(line, index, reading);
  }
  return headings;
}

/** Whether the line belongs to fenced code or to HTML, its last line included. */
function insideBlock(line: string, reading: Reading): boolean {
  if (reading.fence !== null) {
    const mark = reading.fence.charAt(0);
    const closing = new RegExp(`^ {0,3}\\${mark}{${reading.fence.length},}[ \\t]*$`);
    if (closing.test(line)) reading.fence = null;
    return true;
  }
  if (reading.html === null) return false;
  const isOver = reading.html === '' ? line.trim() === '' : line.toLowerCase().includes(`</${reading.html}>`);
  if (isOver) reading.html = null;
  return true;
}

function openBlock(line: string, index: number, reading: Reading): void {
  const fence = FENCE.exec(line)?.[1];
  if (fence !== undefined) {
    reading.fence = fence;
    reading.paragraph = null;
    return;
  }
  if (openHtml(line, reading)) return;
  if (line.trim() === '') reading.paragraph = null;
  else if (reading.paragraph === null) {
    if (!NO_PARAGRAPH.test(line)) reading.paragraph = index;
  } else if (ENDS_PARAGRAPH.test(line)) reading.paragraph = null;
}

function openHtml(line: string, reading: Reading): boolean {
  const raw = RAW_HTML.exec(line)?.[1]?.toLowerCase();
  if (raw === undefined && !HTML_BLOCK.test(line)) return false;
  reading.html = raw ?? '';
  reading.paragraph = null;
  if (raw !== undefined && line.toLowerCase().includes(`</${raw}>`)) reading.html = null;
  return true;
}

function headingOf(level: number, text: string, start: number, end: number): Heading {
  return { level, text: text.slice(0, LONGEST_HEADING).trim().toWellFormed(), start, end };
}

/** YAML between `---` on the first line and `---` or `...`: blank lines take its place, so that numbers stay. */
function withoutFrontMatter(lines: readonly string[]): string[] {
  if (!/^(?:\uFEFF)?---[ \t]*$/.test(lines[0] ?? '')) return [...lines];
  const end = lines.findIndex((line, index) => index > 0 && /^(?:---|\.\.\.)[ \t]*$/.test(line));
  return end === -1 ? [...lines] : lines.map((line, index) => (index <= end ? '' : line));
}

/** Outside of fenced code. A comment that is never closed reaches to the end, as in a page. */
function withoutComments(lines: readonly string[]): string[] {
  const reading: Reading = { fence: null, html: null, paragraph: null };
  let isOpen = false;
  return lines.map((line) => {
    if (!isOpen) {
      if (insideBlock(line, reading)) return line;
      const fence = FENCE.exec(line)?.[1];
      if (fence !== undefined) {
        reading.fence = fence;
        return line;
      }
    }
    let kept = '';
    let rest = line;
    while (rest !== '') {
      const mark = isOpen ? '-->' : '<!--';
      const at = rest.indexOf(mark);
      if (!isOpen) kept += at === -1 ? rest : rest.slice(0, at);
      if (at === -1) break;
      rest = rest.slice(at + mark.length);
      isOpen = !isOpen;
    }
    return kept;
  });
}

function firstTextLine(lines: readonly string[]): number {
  return Math.max(1, lines.findIndex((line) => line.trim() !== '') + 1);
}

function trimBlankLines(lines: readonly string[]): readonly string[] {
  const isText = (line: string) => line.trim() !== '';
  const first = lines.findIndex(isText);
  return first === -1 ? [] : lines.slice(first, lines.findLastIndex(isText) + 1);
}
