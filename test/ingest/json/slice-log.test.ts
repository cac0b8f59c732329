import { JSONParser } from '@streamparser/json';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { say } from '#domain/phrase.ts';
import { parseSlice, type Slice } from '#ingest/json/parse-slice.ts';
import { type LogConsumer, LogSlicer, SLICED_ARRAYS } from '#ingest/json/slice-log.ts';
import { DEFAULT_LIMITS } from '#ingest/limits.ts';
import { ReadFault } from '#ingest/read-fault.ts';

/** Puts a log together again from its parts. */
class Rebuilder implements LogConsumer {
  readonly log = new Map<string, unknown>();
  readonly runs: Map<string, unknown>[] = [];
  readonly offsets: (readonly [number, number])[] = [];

  logMember(key: string, slice: Slice): void {
    this.log.set(key, parseSlice(slice));
  }
  startRun(): void {
    this.runs.push(new Map());
  }
  startArray(run: number, key: string): void {
    if (run < 0 || key === 'runs') this.log.set('runs', this.runs);
    else this.runs[run]!.set(key, []);
  }
  runMember(run: number, key: string, slice: Slice): void {
    this.runs[run]!.set(key, parseSlice(slice));
  }
  element(run: number, key: string, index: number, slice: Slice): void {
    const array = this.runs[run]!.get(key) as unknown[];
    expect(index).toBe(array.length);
    array.push(parseSlice(slice));
    this.offsets.push([slice.offset, slice.bytes.length]);
  }
  endRun(): void {}

  document(): unknown {
    const whole = new Map(this.log);
    if (Array.isArray(whole.get('runs')) && whole.get('runs') === this.runs)
      whole.set(
        'runs',
        this.runs.map((run) => Object.fromEntries(run)),
      );
    return Object.fromEntries(whole);
  }
}

function slice(text: string, chunk: number): Rebuilder {
  const rebuilder = new Rebuilder();
  const slicer = new LogSlicer(rebuilder, DEFAULT_LIMITS);
  const bytes = Buffer.from(text);
  // Each chunk in the same memory: a slicer that keeps a view of an old chunk would read the new one.
  const reused = Buffer.alloc(chunk);
  for (let start = 0; start < bytes.length; start += chunk) {
    const length = bytes.copy(reused, 0, start, start + chunk);
    slicer.push(reused.subarray(0, length));
  }
  slicer.finish();
  return rebuilder;
}

function faultOf(text: string, chunk = 7): ReadFault {
  try {
    slice(text, chunk);
  } catch (error) {
    if (error instanceof ReadFault) return error;
    throw error;
  }
  throw new Error('no fault');
}

const trickyText = fc.oneof(
  fc.string({ unit: 'binary' }),
  fc.constantFrom('"', '\\', '\\"', '{[', ']}', ',', ':', '\u2028é😀', '\\u0022', '__proto__', 'toString'),
);
/** fast-check's own dictionaries assign, which a frozen Object.prototype forbids for `toString` and its like. */
const objectOf = (key: fc.Arbitrary<string>, value: fc.Arbitrary<unknown>): fc.Arbitrary<unknown> =>
  fc.array(fc.tuple(key, value), { maxLength: 6 }).map((entries) => Object.fromEntries(entries));
const valueWith = (key: fc.Arbitrary<string>): fc.Arbitrary<unknown> =>
  fc.letrec((tie) => ({
    json: fc.oneof(
      { maxDepth: 4, withCrossShrink: true },
      fc.oneof(fc.constantFrom(null, true, false), fc.integer(), fc.constantFrom(1.5e300, -0.25), trickyText),
      fc.array(tie('json'), { maxLength: 5 }),
      objectOf(key, tie('json')),
    ),
  })).json;
const logWith = (key: fc.Arbitrary<string>): fc.Arbitrary<object> => {
  const runKey = fc.oneof(fc.constantFrom(...SLICED_ARRAYS, 'tool', 'invocations'), key);
  const run = objectOf(runKey, fc.oneof(valueWith(key), fc.array(valueWith(key), { maxLength: 5 })));
  return fc
    .tuple(objectOf(key, valueWith(key)), fc.array(run, { maxLength: 4 }))
    .map(([members, runs]) => ({ ...(members as object), version: '2.1.0', runs }));
};
/** JSON.parse misreads escaped keys (nodejs/node#63785), so where it is the oracle there are none. */
const plainKey = trickyText.filter((key) => JSON.stringify(key) === `"${key}"`);
const chunkSize = fc.oneof(fc.integer({ min: 1, max: 9 }), fc.integer({ min: 10, max: 500 }));
const indent = fc.constantFrom(undefined, 1, '\t');

describe('the slicer', () => {
  test('gives the same document as JSON.parse, whatever the chunks', () => {
    fc.assert(
      fc.property(logWith(plainKey), chunkSize, indent, (value, chunk, space) => {
        const text = JSON.stringify(value, null, space);
        expect(slice(text, chunk).document()).toEqual(JSON.parse(text));
      }),
      { numRuns: 300 },
    );
  });

  test('gives what was written, keys with escapes included', () => {
    fc.assert(
      fc.property(logWith(trickyText), chunkSize, indent, (value, chunk, space) => {
        expect(slice(JSON.stringify(value, null, space), chunk).document()).toEqual(value);
      }),
      { numRuns: 400 },
    );
  });

  test('gives the same results as @streamparser/json', () => {
    fc.assert(
      fc.property(
        fc.array(fc.array(valueWith(plainKey.filter((key) => !(key in {}))), { maxLength: 5 }), {
          maxLength: 3,
        }),
        chunkSize,
        (runs, chunk) => {
          const text = JSON.stringify({ runs: runs.map((results) => ({ results })) });
          const expected: unknown[] = [];
          const oracle = new JSONParser({ paths: ['$.runs.*.results.*'] });
          oracle.onValue = ({ value }) => void expected.push(structuredClone(value));
          for (let start = 0; start < text.length; start += chunk)
            oracle.write(text.slice(start, start + chunk));
          const given = slice(text, chunk).runs.flatMap((members) => members.get('results') as unknown[]);
          expect(given).toEqual(expected);
        },
      ),
      { numRuns: 150 },
    );
  });

  test('says where each element stands', () => {
    const text = ' {"runs": [ {"results": [ {"a": "é"} ,17, "x" ]}]}';
    const bytes = Buffer.from(text);
    const cuts = slice(text, 3).offsets.map(([offset, length]) =>
      bytes.subarray(offset, offset + length).toString(),
    );
    expect(cuts).toEqual(['{"a": "é"}', '17', '"x"']);
  });

  test('agrees with JSON.parse on what is JSON at all', () => {
    const damage = fc.tuple(
      logWith(plainKey),
      fc.nat(),
      fc.constantFrom('', '"', ',', ':', '{', '}', '[', ']', '\\', '0', ' ', '\u0000', '/'),
      fc.boolean(),
    );
    fc.assert(
      fc.property(damage, chunkSize, ([value, at, byte, replace], chunk) => {
        const text = JSON.stringify(value);
        const place = at % text.length;
        const damaged = (text.slice(0, place) + byte + text.slice(place + (replace ? 1 : 0))).toWellFormed();
        let expected: unknown;
        try {
          expected = JSON.parse(damaged);
        } catch {
          expect(faultOf(damaged, chunk).offset).toBeLessThanOrEqual(Buffer.byteLength(damaged));
          return;
        }
        try {
          const given = slice(damaged, chunk).document();
          if (byte !== '\\') expect(given).toEqual(expected);
        } catch (error) {
          // JSON, but refused: a key twice, or no log.
          if (!(error instanceof ReadFault)) throw error;
          expect(['duplicate_key', 'structure']).toContain(error.code);
        }
      }),
      { numRuns: 600 },
    );
  });
});

describe('a fault names the byte and what is wrong', () => {
  test.each([
    [
      '{"version":"2.1.0","version":"2.1.0","runs":[]}',
      'duplicate_key',
      19,
      'the key "version" stands twice',
    ],
    ['{"runs":[{"results":[],"results":[]}]}', 'duplicate_key', 23, 'the key "results" stands twice'],
    ['{"runs":[{"tool":{"a":1,"b":{"c":1,"c":2}}}]}', 'duplicate_key', 35, 'the key "c" stands twice'],
    ['{"runs":[{"results":[{"a":1,"\\u0061":2}]}]}', 'duplicate_key', 28, 'the key "a" stands twice'],
    ['{"runs":[]} {', 'syntax', 12, 'there is more after the end'],
    ['{"runs":[]}\u0000', 'syntax', 11, 'there is more after the end'],
    ['{"runs":[], // none\n}', 'syntax', 12, 'comments are not JSON'],
    ['{"runs":[{"results":[{"a":1 /* one */}]}]}', 'syntax', 28, 'comments are not JSON'],
    [
      '{"runs":[{"results":[{"a":1,}]}]}',
      'syntax',
      28,
      'found `}` where a key in double quotes was expected',
    ],
    ['{"runs":[{"results":[1,]}]}', 'syntax', 23, 'found `]` where a value was expected'],
    ["{'runs':[]}", 'syntax', 1, "found `'` where a key in double quotes was expected"],
    ['{"runs":[{"results":[{"a":NaN}]}]}', 'syntax', 26, 'found `N` where a value was expected'],
    ['{"runs":[{"results":[{"a":"x\ny"}]}]}', 'syntax', 28, 'found the byte 0x0a'],
    ['{"runs":[{"results":[{"a":"x\u0000y"}]}]}', 'syntax', 28, 'there is a NUL byte'],
    ['{"runs":[{"results":[{"a":01}]}]}', 'syntax', 26, 'found `0` where a value was expected'],
    ['{"runs":[{"results":[{"a":[1}]}]}', 'syntax', 28, 'found `}` where `,` or `]` was expected'],
    ['{"runs":[{"results":[{"a":"b', 'ended', 28, 'the file ends inside runs[0].results[0]'],
    ['{"runs":[{"results":[{}', 'ended', 23, 'the file ends inside runs[0].results'],
    ['[]', 'structure', 0, 'the document is not a JSON object'],
    ['{"runs":[{},null]}', 'structure', 12, 'runs[1] is not an object'],
  ])('%j', (text, code, offset, words) => {
    for (const chunk of [1, 5, 1000]) {
      const fault = faultOf(text, chunk);
      expect([fault.code, fault.offset]).toEqual([code, offset]);
      expect(fault.message).toContain(words);
      expect(say(fault.hint, null)).not.toBe('');
    }
  });
});
