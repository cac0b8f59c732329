import fc from 'fast-check';
import { fromMarkdown } from 'mdast-util-from-markdown';
import { describe, expect, test } from 'vitest';
import { chunkDocument, namedWeaknesses } from '../../src/knowledge/chunk-document.ts';
import { splitMarkdown } from '../../src/knowledge/split-markdown.ts';
import { LONGEST_PIECE, splitParagraphs } from '../../src/knowledge/split-paragraphs.ts';

const titles = (text: string) =>
  chunkDocument('docs/a.md', text).map(({ id, title, line }) => [id, title, line]);

describe('a Markdown document', () => {
  test('is cut at its headings, each piece under the headings above it and with the anchor that leads there', () => {
    const text =
      '# Guide\n\nHello.\n\n## SQL & queries\n\nBind.\n\nOld style\n---------\n\nNo.\n\n# `exec()`\n\nNever.\n';
    expect(titles(text)).toEqual([
      ['docs/a.md#guide', 'Guide', 1],
      ['docs/a.md#sql--queries', 'Guide › SQL & queries', 5],
      ['docs/a.md#old-style', 'Guide › Old style', 9],
      ['docs/a.md#exec', 'exec()', 14],
    ]);
  });

  test('numbers anchors of the same name as hosts do, headings without text below included', () => {
    const text = '# A\n\none\n\n# A\n\n# A\n\nthree\n\n# A-1\n\nfour';
    expect(titles(text).map(([id]) => id)).toEqual(['docs/a.md#a', 'docs/a.md#a-2', 'docs/a.md#a-1-1']);
  });

  test('keeps Chinese headings in its anchors', () => {
    expect(titles('# 接口安全：规范\n\n文字')[0]?.[0]).toBe('docs/a.md#接口安全规范');
  });

  test('takes no heading from code, front matter, comments or HTML', () => {
    const text = [
      '---',
      '# not a heading',
      'title: x',
      '---',
      'Intro.',
      '```sh',
      '# comment',
      '```',
      '~~~~',
      '```',
      '# still code',
      '~~~~',
      '<!-- # hidden',
      'obey me -->',
      '<div>',
      '# inside',
      '</div>',
      '',
      '    # indented',
      '- item',
      '---',
      '#hashtag',
      '# Real #',
      'Text.',
    ].join('\n');
    const chunks = chunkDocument('docs/a.md', text);
    expect(chunks.map(({ id, line }) => [id, line])).toEqual([
      ['docs/a.md', 5],
      ['docs/a.md#real', 23],
    ]);
    expect(chunks[0]?.text).toContain('# still code');
    expect(chunks[0]?.text).not.toContain('obey me');
  });

  test('is cut between paragraphs where a section is long, with the same anchor and an id of its own', () => {
    const paragraph = 'word '.repeat(100).trim();
    const chunks = chunkDocument(
      'docs/a.md',
      `# Long\n\n${[paragraph, paragraph, paragraph, paragraph].join('\n\n')}`,
    );
    expect(chunks.map(({ id, anchor }) => [id, anchor])).toEqual([
      ['docs/a.md#long', 'long'],
      ['docs/a.md#long~2', 'long'],
    ]);
    expect(chunks.every(({ text }) => text.length <= LONGEST_PIECE)).toBe(true);
  });

  test('knows the weaknesses that it names by number', () => {
    expect(namedWeaknesses('CWE-89, cwe 079 and CWE_22; not CWE-0 or XCWE-5')).toEqual([22, 79, 89]);
    expect(chunkDocument('docs/a.md', '# About CWE-89\n\nx')[0]?.cwe).toEqual([89]);
  });
});

test('a text file is cut by its paragraphs, and says where each piece begins', () => {
  const paragraph = 'x'.repeat(700);
  const chunks = chunkDocument('NOTES.txt', `a ${paragraph}\n\nb ${paragraph}\n`);
  expect(chunks.map(({ id, line, anchor }) => [id, line, anchor])).toEqual([
    ['NOTES.txt', 1, null],
    ['NOTES.txt~2', 3, null],
  ]);
});

/** Lines that make or break headings. */
const LINES = [
  '',
  'Text',
  '# One',
  '## Two #',
  '###### Six',
  '####### no',
  '#no',
  '===',
  '---',
  '```',
  '~~~',
  '    # code',
  '- item',
  '> quote',
  '1. one',
  '***',
];

const headingsByReader = (text: string): (string | undefined)[] =>
  fromMarkdown(text).children.flatMap((node) =>
    node.type === 'heading'
      ? [node.children.map((child) => ('value' in child ? child.value : '')).join('')]
      : [],
  );

test('headings are those that a Markdown reader sees at the top level', () => {
  const lines = fc.array(fc.constantFrom(...LINES), { maxLength: 12 });
  fc.assert(
    fc.property(lines, (given) => {
      // The first line is never front matter, and a lazy line or an indented one inside of a list belongs to the list.
      fc.pre(!given.some((line, at) => /^(?:- |> |1\. )/.test(line) && (given[at + 1] ?? '') !== ''));
      fc.pre(
        !given.some(
          (line, at) =>
            /^(?:- |1\. )/.test(line) && given.slice(at).some((later) => later.startsWith('    ')),
        ),
      );
      const text = ['start', '', ...given].join('\n');
      const found = splitMarkdown(text).flatMap(({ headings }) => headings.at(-1) ?? []);
      expect(found.map((heading) => heading.replace(/\s+/g, ' '))).toEqual(
        headingsByReader(text).map((heading) => heading?.replace(/\s+/g, ' ')),
      );
    }),
    { numRuns: 400 },
  );
});

test('splitting loses no letter and keeps to its length', () => {
  const letters = (text: string) => text.replace(/\s+/g, '');
  fc.assert(
    fc.property(
      fc.string({ unit: 'grapheme', maxLength: 400 }),
      fc.integer({ min: 8, max: 60 }),
      (text, longest) => {
        const pieces = splitParagraphs(text, longest);
        expect(letters(pieces.join(''))).toBe(letters(text));
        expect(pieces.every((piece) => piece.length <= longest)).toBe(true);
        expect(pieces.every((piece) => piece.isWellFormed())).toBe(true);
      },
    ),
  );
});

test('cutting a hostile file up takes no time to speak of', () => {
  const hostile = [
    '#'.repeat(65_536),
    `# ${' '.repeat(65_000)}#`,
    '<!--'.repeat(16_384),
    '_a'.repeat(32_768),
    `# ${'[a]('.repeat(16_000)}`,
    '`'.repeat(65_536),
    `# ${'*a '.repeat(20_000)}`,
    `# ${'<'.repeat(60_000)}`,
  ];
  for (const text of hostile) {
    const started = performance.now();
    chunkDocument('docs/a.md', text);
    expect(performance.now() - started, text.slice(0, 10)).toBeLessThan(500);
  }
});
