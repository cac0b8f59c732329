import { expect, test } from 'vitest';
import { onlyResult } from '../../doubles/memory-report.ts';

const tool = {
  driver: {
    name: 'S',
    globalMessageStrings: { everywhere: { text: 'global {0}' }, plain: 'a bare string' },
    rules: [
      {
        id: 'r',
        shortDescription: { text: 'short' },
        messageStrings: { default: { text: '{0} calls {1}; {{0}}' }, toString: { text: 'own' } },
      },
    ],
  },
};

async function messageOf(message: unknown): Promise<string> {
  return (await onlyResult({ tool, results: [{ ruleId: 'r', message }] })).message;
}

test.each([
  [{ text: 'as it is' }, 'as it is'],
  [{ text: 'x {0} y {0} {1}', arguments: ['A', 'B'] }, 'x A y A B'],
  [{ text: 'code { a: {0} } stays' }, 'code { a: {0} } stays'],
  [{ text: 'missing {7}', arguments: ['A'] }, 'missing {7}'],
  [{ id: 'default', arguments: ['f()', '{1}'] }, 'f() calls {1}; {0}'],
  [{ id: 'everywhere', arguments: ['here'] }, 'global here'],
  [{ id: 'plain' }, 'a bare string'],
  [{ id: 'toString' }, 'own'],
  [{ id: 'constructor' }, 'short'],
  [{ markdown: '**only** Markdown' }, '**only** Markdown'],
  [{ text: 'text', markdown: '**Markdown**' }, 'text'],
  [{ text: 'flows from [user input](1) to [it](22)' }, 'flows from user input to it'],
  [{ text: 'a [link](https://example.com) stays' }, 'a [link](https://example.com) stays'],
  ['a bare string', 'a bare string'],
  [undefined, 'short'],
  [{}, 'short'],
])('%j reads as %j', async (message, expected) => {
  expect(await messageOf(message)).toBe(expected);
});

test('a message is kept up to 10,000 characters, and the cut can be seen', async () => {
  const long = await messageOf({ text: 'x'.repeat(50_000) });
  expect(long).toHaveLength(10_000);
  expect(long.endsWith('x […]')).toBe(true);
});

test('a long argument in many places costs no more than the cap', async () => {
  const bomb = await messageOf({ text: '{0}'.repeat(3000), arguments: ['y'.repeat(10_000)] });
  expect(bomb).toHaveLength(10_000);
});

test('half a surrogate pair becomes a replacement character', async () => {
  expect(await messageOf({ text: '\ud800!' })).toBe('\ufffd!');
});
