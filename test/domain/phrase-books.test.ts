// Every sentence that has another language has it whole: the phrases in the code and the books that translate them say the same.
import { globSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import ts from 'typescript';
import { describe, expect, test } from 'vitest';
import type { PhraseBook } from '#domain/phrase.ts';

const SOURCES = fileURLToPath(new URL('../../src/', import.meta.url));
const BOOK_FILE = 'phrases-zh-cn.ts';

/** The folder below `src/` that a file lies in: the stage, as a rule. */
const roomOf = (file: string): string => file.split(path.sep)[0] ?? '';

interface Written {
  readonly file: string;
  readonly template: string;
}

/** What the tag `phrase` makes of a template, read from the text of the source. */
function templatesIn(file: string): Written[] {
  const text = readFileSync(path.join(SOURCES, file), 'utf8');
  const found: Written[] = [];
  const visit = (node: ts.Node): void => {
    if (ts.isTaggedTemplateExpression(node) && ts.isIdentifier(node.tag) && node.tag.text === 'phrase') {
      const { template } = node;
      found.push({
        file,
        template: ts.isNoSubstitutionTemplateLiteral(template)
          ? template.text
          : template.head.text +
            template.templateSpans.map(({ literal }, index) => `{${index}}${literal.text}`).join(''),
      });
    }
    node.forEachChild(visit);
  };
  visit(ts.createSourceFile(file, text, ts.ScriptTarget.Latest));
  return found;
}

async function readBook(file: string): Promise<PhraseBook> {
  const module: Record<string, unknown> = await import(pathToFileURL(path.join(SOURCES, file)).href);
  const books = Object.entries(module).filter(([name]) => name.endsWith('_PHRASES_ZH_CN'));
  expect(books, file).toHaveLength(1);
  return books[0]?.[1] as PhraseBook;
}

const written = globSync('**/*.ts', { cwd: SOURCES }).sort().flatMap(templatesIn);
const books = new Map<string, PhraseBook>();
for (const file of globSync(`*/${BOOK_FILE}`, { cwd: SOURCES }).sort())
  books.set(roomOf(file), await readBook(file));

const slotsOf = (text: string): readonly string[] => [...text.matchAll(/\{\d+\}/g)].map(String).sort();

describe('the phrase books', () => {
  test('are there, and so are the phrases: nobody looks past them', () => {
    expect([...books.keys()]).toEqual(expect.arrayContaining(['app', 'findings', 'ingest']));
    expect(written.length).toBeGreaterThan(200);
  });

  test('hold every phrase of their room', () => {
    const lacking = written.filter(({ file, template }) => {
      const own = books.get(roomOf(file));
      // A room without a book hands its phrases to others, which say them.
      const asked = own === undefined ? [...books.values()] : [own];
      return !asked.some((book) => Object.hasOwn(book, template));
    });
    expect(lacking).toEqual([]);
  });

  test.each([...books.keys()])('hold nothing that is not said: %s', (room) => {
    const own = (file: string) =>
      roomOf(file) === room || !books.has(roomOf(file)) || roomOf(file) === 'code';
    const said = new Set(written.filter(({ file }) => own(file)).map(({ template }) => template));
    expect(Object.keys(books.get(room) ?? {}).filter((template) => !said.has(template))).toEqual([]);
  });

  test.each([...books.entries()])('put every fact in its place, once: %s', (_, book) => {
    for (const [template, wording] of Object.entries(book))
      expect(slotsOf(wording), template).toEqual(slotsOf(template));
  });

  test.each([...books.entries()])(
    'leave no pair of marks open, so that no word of ours turns outside: %s',
    (_, book) => {
      for (const wording of Object.values(book)) expect(wording.split('`').length % 2, wording).toBe(1);
    },
  );

  test.each([...books.entries()])('are in Chinese: %s', (_, book) => {
    for (const [template, wording] of Object.entries(book)) {
      // Names, numbers and marks alone are the same in every language.
      const isWordless = !/[a-z]{4,}/.test(template.replace(/`[^`]*`|\{\d+\}|\bnull\b/g, ''));
      if (!isWordless) expect(wording, template).toMatch(/\p{Script=Han}/u);
      // ASCII punctuation behind a Chinese character is a slip of the keyboard.
      expect(wording, template).not.toMatch(/\p{Script=Han}[,;:?!]/u);
    }
  });
});
