import { describe, expect, test } from 'vitest';
import { phrase, say } from '#domain/phrase.ts';

describe('a phrase', () => {
  const inner = phrase`it is larger than ${4} MiB`;
  const outer = phrase`${'`a{0}.ts`'} is not read: ${inner}`;

  test('is English without a phrase book', () => {
    expect(say(outer, null)).toBe('`a{0}.ts` is not read: it is larger than 4 MiB');
  });

  test('is said in the book’s language, facts and phrases in their places', () => {
    const book = {
      '{0} is not read: {1}': '{1},因此未读取 {0}',
      'it is larger than {0} MiB': '超过 {0} MiB',
    };
    expect(say(outer, book)).toBe('超过 4 MiB,因此未读取 `a{0}.ts`');
  });

  test('falls back to English for a template that the book lacks', () => {
    expect(say(inner, { constructor: 'x' })).toBe('it is larger than 4 MiB');
    expect(say(phrase`constructor`, {})).toBe('constructor');
  });
});
