import fc from 'fast-check';
import { expect, test } from 'vitest';
import { inspectJson } from '#ingest/json/inspect-json.ts';

test('the slow reader accepts what JSON.parse accepts, and nothing else', () => {
  const token = fc.constantFrom(
    '{',
    '}',
    '[',
    ']',
    ',',
    ':',
    '"a"',
    '"b"',
    '"\\n"',
    '"\\x"',
    '"\\u00e9"',
    '"\\u00g9"',
    '0',
    '-1.5e3',
    '01',
    '1.',
    'true',
    'nul',
    ' ',
    '\n',
    '\u0001',
    '"é"',
  );
  fc.assert(
    fc.property(fc.array(token, { maxLength: 12 }), (tokens) => {
      const text = tokens.join('');
      let isJson = true;
      try {
        JSON.parse(text);
      } catch {
        isJson = false;
      }
      const fault = inspectJson(Buffer.from(text), 0);
      if (isJson) expect(fault === null || fault.code === 'duplicate_key').toBe(true);
      else expect(fault).not.toBeNull();
    }),
    { numRuns: 3000 },
  );
});

test('bytes that are not UTF-8 are named with the string they stand in', () => {
  const bytes = Buffer.concat([Buffer.from('{"a":"'), Buffer.from([0xc3, 0x28]), Buffer.from('"}')]);
  expect(inspectJson(bytes, 100)).toMatchObject({ code: 'encoding', offset: 105 });
});
