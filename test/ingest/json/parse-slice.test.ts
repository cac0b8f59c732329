import { expect, test } from 'vitest';
import { parseSlice } from '#ingest/json/parse-slice.ts';
import { ValueScanner } from '#ingest/json/scan-value.ts';

/** As the slicer would hand the text over: looked at by the scanner. */
function parse(text: string): unknown {
  const bytes = Buffer.from(text);
  const scanner = new ValueScanner(64);
  scanner.begin(bytes[0] ?? 0, 64);
  expect(scanner.scan(bytes, 0, 0)).toBe(bytes.length);
  return parseSlice({ bytes, offset: 0, isSuspicious: scanner.isSuspicious });
}

test('a key with an escape is read as it is written, whatever was read before', () => {
  // The sequence of nodejs/node#63785: after a key of one backslash, JSON.parse takes `"\""` for it.
  for (let round = 0; round < 50; round++) {
    parse('{"h":[],"\\\\":0}');
    expect(Object.keys(parse('{"h":1,"\\"":2}') as object)).toEqual(['h', '"']);
    parse('{"h":[],"\\\\u0072":0}');
    expect(Object.keys(parse('{"h":1,"\\u0072uleId":2}') as object)).toEqual(['h', 'ruleId']);
  }
});

test('a key called __proto__ is a member like any other', () => {
  for (const text of ['{"__proto__":{"a":1}}', '{"\\u005f_proto__":{"a":1}}']) {
    const value = parse(text) as Record<string, unknown>;
    expect(Object.getPrototypeOf(value)).toBe(Object.prototype);
    expect(Object.hasOwn(value, '__proto__')).toBe(true);
    expect(value.a).toBeUndefined();
  }
});

test('a key twice is found in small objects and in large ones, next to each other and far apart', () => {
  const keys = Array.from({ length: 200 }, (_, index) => `key ${index}`);
  const objectOf = (names: readonly string[]): string =>
    `{${names.map((name) => `"${name}" : {"x":[{"y":1}]}`).join(',')}}`;
  for (const count of [1, 2, 10, 63, 64, 65, 66, 200]) {
    const names = keys.slice(0, count);
    expect(Object.keys(parse(objectOf(names)) as object)).toEqual(names);
    for (const again of [0, count - 1])
      expect(() => parse(objectOf([...names, keys[again] as string]))).toThrow('stands twice');
  }
});

test('the same key in neighbours, parents and children is no duplicate', () => {
  const text = '{"a":{"a":[{"a":1},{"a":2,"b":{"a":3}}]},"b":{"a":4},"":{"":0}}';
  expect(parse(text)).toEqual({ a: { a: [{ a: 1 }, { a: 2, b: { a: 3 } }] }, b: { a: 4 }, '': { '': 0 } });
});
