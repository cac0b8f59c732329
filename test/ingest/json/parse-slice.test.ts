import { expect, test } from 'vitest';
import { parseSlice } from '#ingest/json/parse-slice.ts';

function parse(text: string): unknown {
  return parseSlice({ bytes: Buffer.from(text), offset: 0, members: (text.match(/":/g) ?? []).length });
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
