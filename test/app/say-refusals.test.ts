// Why a source file is not read, in Chinese: every reason that a reader of sources has is known by its words.
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import ts from 'typescript';
import { describe, expect, it, test } from 'vitest';
import { phraseBookOf } from '#app/phrase-book.ts';
import { sayRefusals } from '#app/say-refusals.ts';
import type { Workspace } from '#ports/workspace.ts';

const refusing = (why: string): Workspace => ({
  files: async () => ['a'],
  read: async () => ({ kind: 'refused', why }),
  readBytes: async () => null,
});

async function said(why: string, language: 'en' | 'zh-CN'): Promise<string> {
  const outcome = await sayRefusals(refusing(why), phraseBookOf(language)).read('a');
  return outcome.kind === 'refused' ? outcome.why : '';
}

/** The words of refusals as they stand in a source file, with a number where a fact goes: `why: '…'` and, for paths, `return '…'`. */
function wordsIn(file: string): readonly string[] {
  const text = readFileSync(fileURLToPath(new URL(`../../src/${file}`, import.meta.url)), 'utf8');
  const words: string[] = [];
  const take = (node: ts.Expression | undefined): void => {
    if (node === undefined) return;
    if (ts.isStringLiteralLike(node)) words.push(node.text);
    if (ts.isTemplateExpression(node))
      words.push(node.head.text + node.templateSpans.map(({ literal }) => `7${literal.text}`).join(''));
  };
  const visit = (node: ts.Node): void => {
    if (ts.isPropertyAssignment(node) && node.name.getText() === 'why') take(node.initializer);
    if (ts.isReturnStatement(node)) take(node.expression);
    node.forEachChild(visit);
  };
  visit(ts.createSourceFile(file, text, ts.ScriptTarget.Latest, true));
  return words;
}

const READERS = [
  'adapters/local/working-tree.ts',
  'adapters/local/commit-tree.ts',
  'adapters/local/source-cache.ts',
  'code/decode-source.ts',
  'code/source-path.ts',
];
const refusals = [...new Set(READERS.flatMap(wordsIn))].filter((words) => words.includes(' '));

describe('a file that is not read', () => {
  it('has all its reasons looked at here', () => expect(refusals.length).toBeGreaterThan(18));

  test.each(refusals)('in Chinese: %s', async (why) => {
    expect(await said(why, 'zh-CN')).toMatch(/\p{Script=Han}/u);
    expect(await said(why, 'zh-CN')).not.toMatch(/[a-z]+ [a-z]+ [a-z]+/);
    expect(await said(why, 'en')).toBe(why);
  });

  it('keeps the numbers of its reason', async () => {
    expect(await said('is larger than Assay reads (17 of at most 16 bytes)', 'zh-CN')).toMatch(/17.*16/);
    expect(await said('has a ".." segment', 'zh-CN')).toContain('".."');
  });

  it('keeps words that nobody here knows', async () => {
    expect(await said('is cursed', 'zh-CN')).toBe('is cursed');
  });
});
