import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { parseJsonStrictly } from '#support/parse-json-strictly.ts';

const MOST = 100_000;

/** JSON text; keys of an object differ, and may be any word at all. */
const { json } = fc.letrec<{ json: string }>((tie) => ({
  json: fc.oneof(
    { maxDepth: 5 },
    fc.constantFrom('null', 'true', '-1.5e3', ' 0 '),
    fc.string({ unit: 'binary' }).map((text) => JSON.stringify(text)),
    fc.array(tie('json'), { maxLength: 4 }).map((items) => `[${items.join(', ')}]`),
    fc
      .uniqueArray(fc.tuple(fc.string(), tie('json')), { selector: ([key]) => key, maxLength: 4 })
      .map(
        (entries) => `{${entries.map(([key, value]) => `${JSON.stringify(key)} : ${value}`).join(',\n')}}`,
      ),
  ),
}));

describe('JSON that can be read in one way only', () => {
  test('is what JSON.parse makes of it', () => {
    fc.assert(
      fc.property(json, (text) => {
        expect(parseJsonStrictly(text, MOST)).toEqual({ kind: 'value', value: JSON.parse(text) });
      }),
    );
  });

  test('may hold brackets, commas and quotes inside of its strings, and equal keys in other objects', () => {
    const value = [
      { a: '","a":"[{', b: { a: '\\' } },
      { a: '"', '{': ['a', 'a', { a: 1 }] },
    ];
    expect(parseJsonStrictly(JSON.stringify(value, null, 2), MOST)).toEqual({ kind: 'value', value });
  });
});

describe('JSON is refused', () => {
  test.each([
    ['with a key twice', '{"a":1,"b":2,"a":3}', /same key twice/],
    ['with a key twice, once in escapes', '{"a":1,"\\u0061":2}', /same key twice/],
    ['with a key twice behind an object', '{"a":{"b":[1,{"c":2}]},"a":3}', /same key twice/],
    ['with a key twice deep inside', '[[{"x":[{"y":1,"y":1}]}]]', /same key twice/],
    ['in a fence', '```json\n{}\n```', /not JSON alone/],
    ['behind prose', 'Sure! {"a":1}', /not JSON alone/],
    ['twice', '{} {}', /not JSON alone/],
    ['cut off', '{"a":', /not JSON alone/],
    ['with a number that is none', '{"a":NaN}', /not JSON alone/],
    ['that is empty', '', /not JSON alone/],
    ['65 levels deep', '['.repeat(65) + ']'.repeat(65), /deeper than 64/],
    ['longer than is read', `"${'x'.repeat(MOST)}"`, /more than 100000 characters/],
  ])('%s', (_what, text, why) => {
    expect(parseJsonStrictly(text, MOST)).toEqual({ kind: 'invalid', why: expect.stringMatching(why) });
  });

  test('in linear time, however long its strings are', () => {
    const text = JSON.stringify({ a: '\\"'.repeat(200_000), b: 'x'.repeat(200_000) });
    const started = performance.now();
    expect(parseJsonStrictly(text, 10_000_000).kind).toBe('value');
    expect(performance.now() - started).toBeLessThan(500);
  });
});
