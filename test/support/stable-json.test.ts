// The same value, the same bytes.
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { stableJson } from '#support/stable-json.ts';

describe('stable JSON', () => {
  it('sorts keys by code unit, indents by two and ends with a line break', () => {
    expect(stableJson({ b: [1, { z: true, a: null }], a: 'x', Z: {}, é: [] })).toBe(
      '{\n  "Z": {},\n  "a": "x",\n  "b": [\n    1,\n    {\n      "a": null,\n      "z": true\n    }\n  ],\n  "é": []\n}\n',
    );
  });

  it('does not depend on the order in which keys were set', () => {
    fc.assert(
      fc.property(fc.array(fc.tuple(fc.string(), fc.string())), (entries) => {
        const value = Object.fromEntries(entries);
        const reversed = Object.fromEntries(Object.entries(value).reverse());
        expect(stableJson(reversed)).toBe(stableJson(value));
      }),
      { numRuns: 200 },
    );
  });

  it('says what JSON.stringify says of the same value with sorted keys', () => {
    const sorted = (_key: string, value: unknown) =>
      typeof value === 'object' && value !== null && !Array.isArray(value)
        ? Object.fromEntries(Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1)))
        : value;
    // The text is compared, not what JSON.parse makes of it: V8 13.6 takes an escaped key (a line feed, say) for a
    // lone backslash when it has read a backslash as the key at the same place of an earlier object.
    const json = fc.jsonValue({ stringUnit: fc.constantFrom('a', '"', '\\', '\n', 'é', '路', '_') });
    fc.assert(
      fc.property(json, (value) => {
        expect(stableJson(value)).toBe(`${JSON.stringify(value, sorted, 2)}\n`);
      }),
      { numRuns: 300 },
    );
  });

  it('leaves out what is undefined and writes null for what JSON has no number for', () => {
    expect(stableJson({ a: undefined, b: Number.NaN, c: [undefined] })).toBe(
      '{\n  "b": null,\n  "c": [\n    null\n  ]\n}\n',
    );
  });

  it('keeps the order of a list with holes in its keys: __proto__ is a key like others', () => {
    const value = JSON.parse('{"__proto__": {"x": 1}, "a": 2}') as unknown;
    expect(JSON.parse(stableJson(value))).toEqual(value);
    expect(stableJson(value)).toContain('"__proto__"');
  });

  it('writes deep values without recursion', () => {
    let deep: unknown = 'end';
    for (let depth = 0; depth < 3000; depth += 1) deep = [deep];
    expect(stableJson(deep)).toContain('"end"');
  });

  it('writes invisible characters and runner commands as escapes that mean the same', () => {
    const text = 'a\u202eb\u{E0041} ##[error] ##vso[x] 👨\u200d👩\u200d👧';
    const json = stableJson(text);
    expect(json).toBe(`"a\\u202eb\\udb40\\udc41 \\u0023#[error] \\u0023#vso[x] 👨\u200d👩\u200d👧"\n`);
    expect(JSON.parse(json)).toBe(text);
  });
});
