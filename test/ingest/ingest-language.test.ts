// What is said of a report that cannot be used, in Simplified Chinese: the same things as in English, without its sentences.
import { gzipSync } from 'node:zlib';
import { describe, expect, test } from 'vitest';
import { say } from '#domain/phrase.ts';
import type { IngestedReport } from '#domain/report.ts';
import { detectKind } from '#ingest/detect-kind.ts';
import { ingestReport } from '#ingest/ingest-report.ts';
import { REPORT_KINDS } from '#ingest/kinds/report-kinds.ts';
import { DEFAULT_LIMITS } from '#ingest/limits.ts';
import { INGEST_PHRASES_ZH_CN } from '#ingest/phrases-zh-cn.ts';
import { toBytes } from '../doubles/memory-report.ts';

const LIMITS = {
  ...DEFAULT_LIMITS,
  depth: 8,
  totalBytes: 64 * 1024 * 1024,
  elementBytes: 2 * 1024 * 1024,
  elements: 50,
};

async function* once(bytes: Uint8Array): AsyncGenerator<Uint8Array> {
  yield bytes;
}

const ingestIn = (content: unknown, language: 'en' | 'zh-CN'): Promise<IngestedReport> =>
  ingestReport({ name: 'r', bytes: once(toBytes(content)) }, 0, LIMITS, language);

/** Three words of English in a row, outside backticks. */
const englishIn = (text: string) => /[A-Za-z']+(?:[ ,;:]+[A-Za-z']+){2,}/.exec(text.replace(/`[^`]*`/g, '·'));

const start = '{"version":"2.1.0","runs":[{"results":[';
const packed = gzipSync(`${start}]}]}`);
const damaged = Buffer.from(packed);
damaged.fill(0xff, 12, 20);

describe('a report that cannot be read', () => {
  test.each<[what: string, content: string | Uint8Array]>([
    ['has comments', `${start}{/* a */}`],
    ['has a NUL byte', `${start}{"a":\0}`],
    ['has an odd letter', `${start}{"a":NaN}`],
    ['lacks a comma', `${start}{} {}]}]}`],
    ['lacks a key', `${start}{a:1}]}]}`],
    ['has a bad escape', `${start}{"a":"\\x"}]}]}`],
    ['has a bad code point', `${start}{"a":"\\u00g9"}]}]}`],
    ['has a line break in a string', `${start}{"a":"\n"}]}]}`],
    ['ends in a string', `${start}{"a":"`],
    ['ends between results', `${start}{},{}`],
    ['ends in the log', '{"version":"2.1.0","runs":[]'],
    ['goes on behind its end', `${start}]}]} {}`],
    ['is too deep', `${start}[[[[[[[[[[`],
    ['has a result that is too large', `${start}"${'x'.repeat(3 * 1024 * 1024)}"]}]}`],
    ['has a key that is too large', `{"version":"2.1.0","runs":[],"${'x'.repeat(3 * 1024 * 1024)}":1}`],
    ['has too many results', `${start}${'1,'.repeat(60)}1]}]}`],
    ['has too many runs', `{"version":"2.1.0","runs":[${'{},'.repeat(60)}{}]}`],
    [
      'has too many keys',
      `{"version":"2.1.0","runs":[{${Array.from({ length: 60 }, (_, key) => `"k${key}":1`).join()}}]}`,
    ],
    ['has runs that are none', '{"version":"2.1.0","runs":[17]}'],
    ['has results that are none', '{"version":"2.1.0","runs":[{"results":17}]}'],
    ['has no runs', '{"$schema":"sarif-2.1.0","version":"2.1.0"}'],
    ['is no object', '[{"runs":[{"tool":1}]}]'],
    ['is of another version', '{"version":"3.0.0","runs":[{"results":[]}]}'],
    [
      'has bytes that are not UTF-8',
      Buffer.concat([Buffer.from(`${start}"`), Buffer.from([0xc3, 0x28]), Buffer.from('"]}]}')]),
    ],
    ['is damaged in its archive', damaged],
    ['is cut in its archive', packed.subarray(0, -4)],
    ['is a bomb', gzipSync(`${start}"${'x'.repeat(20 * 1024 * 1024)}"`)],
    ['is larger than allowed', `${start}${' '.repeat(70 * 1024 * 1024)}`],
    [
      'is half UTF-16',
      Buffer.concat([Buffer.from(`\ufeff${start}`, 'utf16le'), Buffer.from([0x00, 0xd8, 0x41, 0x00])]),
    ],
  ])('because it %s is told so', async (_, content) => {
    const [english, chinese] = await Promise.all([ingestIn(content, 'en'), ingestIn(content, 'zh-CN')]);
    const said = [
      chinese.fault?.message ?? '',
      ...chinese.results.map((each) => (each.kind === 'result' ? '' : each.why)),
    ];
    expect(said.join('')).toMatch(/\p{Script=Han}/u);
    expect(said.flatMap((text) => englishIn(text) ?? [])).toEqual([]);
    expect([chinese.fault?.kind, chinese.fault?.byteOffset]).toEqual([
      english.fault?.kind,
      english.fault?.byteOffset,
    ]);
    expect(chinese.results.map(({ kind }) => kind)).toEqual(english.results.map(({ kind }) => kind));
  });
});

describe('a file of another kind', () => {
  test.each(REPORT_KINDS.map(({ id, name, advice }) => ({ id, name, advice })))(
    'is named and has its advice: $id',
    ({ name, advice }) => {
      // A product may have a name of three words.
      const named = say(name, INGEST_PHRASES_ZH_CN).replace('Snyk Open Source', 'Snyk');
      expect(englishIn(named)).toBeNull();
      if (advice !== null) expect(englishIn(say(advice, INGEST_PHRASES_ZH_CN))).toBeNull();
    },
  );

  test('has name and advice in the language asked for', () => {
    const grype = Buffer.from('{"matches":[{"vulnerability":{"id":"CVE-1"}}]}');
    expect(detectKind(grype).name).toBe('Grype report (JSON)');
    expect(detectKind(grype, INGEST_PHRASES_ZH_CN).name).toBe('Grype 报告（JSON）');
  });
});
