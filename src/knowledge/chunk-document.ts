// One document of the team → the pieces that can be found and cited.
import type { Chunk } from '#domain/knowledge.ts';
import { createAnchors, headingWords } from './heading-anchor.ts';
import { splitMarkdown } from './split-markdown.ts';
import { paragraphsOf, splitParagraphs } from './split-paragraphs.ts';

const MARKDOWN = /\.(?:md|markdown|mdown|mkdn?|mdx)$/i;
const LONGEST_TITLE = 200;

/** Numbers written as `CWE-89`, `CWE 89` or `cwe_89`. */
export function namedWeaknesses(text: string): readonly number[] {
  const numbers = [...text.matchAll(/\bCWE[-_ ]?0*([1-9]\d{0,4})\b/gi)].map((match) => Number(match[1]));
  return [...new Set(numbers)].sort((a, b) => a - b);
}

/**
 * Markdown by its headings, any other text by its paragraphs; pieces of about 1,200 characters at most. `weaknessesIn` says which
 * weaknesses a text is about. The text stays as it is written: outside text, made inert at every exit.
 */
export function chunkDocument(
  path: string,
  text: string,
  weaknessesIn: (text: string) => readonly number[] = namedWeaknesses,
): readonly Chunk[] {
  return MARKDOWN.test(path)
    ? chunkMarkdown(path, text, weaknessesIn)
    : chunkText(path, text.replace(/^\uFEFF/, ''), weaknessesIn);
}

function chunkMarkdown(
  path: string,
  text: string,
  weaknessesIn: (text: string) => readonly number[],
): readonly Chunk[] {
  const anchorOf = createAnchors();
  return splitMarkdown(text).flatMap(({ headings, line, body }) => {
    const last = headings.at(-1);
    const anchor = last === undefined ? null : anchorOf(last);
    const title = clip(
      headings
        .map(headingWords)
        .filter((words) => words !== '')
        .join(' › '),
    );
    const place = anchor === null ? (last === undefined ? path : `${path}~${line}`) : `${path}#${anchor}`;
    return splitParagraphs(body).map(
      (piece, index): Chunk => ({
        id: index === 0 ? place : `${place}~${index + 1}`,
        source: 'document',
        title: title === '' ? path : title,
        path,
        anchor,
        line,
        text: piece,
        cwe: weaknessesIn(`${title}\n${piece}`),
      }),
    );
  });
}

function chunkText(
  path: string,
  text: string,
  weaknessesIn: (text: string) => readonly number[],
): readonly Chunk[] {
  const lines = text.replace(/\r\n?/g, '\n').split('\n');
  let from = 0;
  return splitParagraphs(text).map((piece, index): Chunk => {
    const [start = ''] = paragraphsOf(piece)[0]?.split('\n') ?? [];
    const at = lines.findIndex((line, number) => number >= from && line.includes(start));
    if (at !== -1) from = at;
    return {
      id: index === 0 ? path : `${path}~${index + 1}`,
      source: 'document',
      title: path,
      path,
      anchor: null,
      line: from + 1,
      text: piece,
      cwe: weaknessesIn(piece),
    };
  });
}

function clip(title: string): string {
  return title.length <= LONGEST_TITLE ? title : `${title.slice(0, LONGEST_TITLE - 1).toWellFormed()}…`;
}
