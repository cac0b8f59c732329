import { createHash } from 'node:crypto';
import { gzipSync } from 'node:zlib';
import { describe, expect, test } from 'vitest';
import { AssayError } from '#domain/errors.ts';
import { ingestReport } from '#ingest/ingest-report.ts';
import { DEFAULT_LIMITS } from '#ingest/limits.ts';
import { ingest, logOf, toBytes } from '../doubles/memory-report.ts';

const result = (text: string): object => ({ ruleId: 'r', message: { text } });
const LOG = logOf({ results: [result('größer als 😀'), result('second')] });
const TEXT = JSON.stringify(LOG);

function messages(report: Awaited<ReturnType<typeof ingest>>): readonly string[] {
  return report.results.map((entry) => (entry.kind === 'result' ? entry.result.message : entry.kind));
}

function utf16be(text: string): Uint8Array {
  return Buffer.from(text, 'utf16le').swap16();
}

describe('a report is read the same', () => {
  test.each([
    ['as UTF-8', Buffer.from(TEXT)],
    ['with a byte order mark', Buffer.from(`\ufeff${TEXT}`)],
    ['as UTF-16 LE with a mark', Buffer.from(`\ufeff${TEXT}`, 'utf16le')],
    ['as UTF-16 LE without', Buffer.from(TEXT, 'utf16le')],
    ['as UTF-16 BE with a mark', utf16be(`\ufeff${TEXT}`)],
    ['as UTF-16 BE without', utf16be(TEXT)],
    ['as .gz', gzipSync(TEXT)],
    ['as .gz of UTF-16', gzipSync(Buffer.from(`\ufeff${TEXT}`, 'utf16le'))],
    ['with white space around it', Buffer.from(`\r\n\t ${TEXT}\n\n`)],
  ])('%s, in chunks of any size', async (_, bytes) => {
    for (const chunk of [1, 7, 100_000]) {
      const report = await ingest(bytes, { chunk });
      expect(report).toMatchObject({ fault: null, notices: [], kind: { id: 'sarif', supported: true } });
      expect(messages(report)).toEqual(['größer als 😀', 'second']);
      expect(report.bytes).toBe(bytes.length);
      expect(report.sha256).toBe(createHash('sha256').update(bytes).digest('hex'));
    }
  });
});

describe('a fault says what, where and how to mend it', () => {
  const cut = TEXT.slice(0, TEXT.indexOf('"second"'));
  test.each<[string, unknown, object]>([
    [
      'a file that is cut short keeps what came before',
      cut,
      {
        kind: 'truncated',
        byteOffset: Buffer.byteLength(cut),
        message: `report.sarif: the file ends inside runs[0].results[1], at byte ${Buffer.byteLength(cut)}. The file is cut short: was the scanner stopped, or the disk full? The result before it is kept.`,
      },
    ],
    [
      'an empty file',
      '',
      {
        kind: 'unreadable',
        byteOffset: 0,
        message:
          'report.sarif: the file is empty, from byte 0 on. The scanner wrote nothing: see its own log.',
      },
    ],
    ['only white space', ' \n', { kind: 'unreadable', byteOffset: 0 }],
    ['something that is no JSON', '{"omg":"lol\n', { kind: 'unreadable', byteOffset: 0 }],
    ['prose', 'Segmentation fault (core dumped)', { kind: 'unreadable', byteOffset: 0 }],
    [
      'a report of another kind',
      '{"kics_version":"v2.1.0","files_scanned":1}',
      {
        kind: 'unsupported',
        byteOffset: null,
        message:
          'report.sarif: this is a KICS report (JSON), which is not read. Assay reads its SARIF; KICS writes that with --report-formats sarif.',
      },
    ],
    [
      'a zip',
      Buffer.from('PK\u0003\u0004rest'),
      { kind: 'unsupported', message: expect.stringContaining('only a single .gz stream') },
    ],
    [
      'no runs',
      '{"$schema":"https://json.schemastore.org/sarif-2.1.0.json","version":"2.1.0"}',
      { kind: 'unreadable', message: expect.stringContaining('there is no array `runs`') },
    ],
    [
      'runs that are null',
      '{"$schema":"sarif","version":"2.1.0","runs":null}',
      {
        kind: 'unreadable',
        byteOffset: 44,
        message: expect.stringContaining('`runs` is null where an array belongs'),
      },
    ],
    [
      'results that are a number',
      logOf({ results: 42 }),
      {
        kind: 'unreadable',
        message: expect.stringContaining('runs[0].results is a number where an array belongs'),
      },
    ],
    [
      'UTF-32',
      Buffer.from([...TEXT].flatMap((char) => [char.charCodeAt(0) & 255, 0, 0, 0])),
      { kind: 'unreadable' },
    ],
    [
      'half a surrogate pair in UTF-16',
      Buffer.concat([
        Buffer.from('{"version":"2.1.0","runs":[{"tool":"', 'utf16le'),
        Buffer.from([0x00, 0xd8, 0x22, 0x00]),
        Buffer.from('}]}', 'utf16le'),
      ]),
      {
        kind: 'unreadable',
        message: expect.stringMatching(/not valid UTF-16LE, at byte \d+ of the decoded text/),
      },
    ],
    [
      'a second document behind the first',
      `${TEXT}${TEXT}`,
      { kind: 'truncated', byteOffset: Buffer.byteLength(TEXT) },
    ],
    ['NUL padding', `${TEXT}\u0000\u0000`, { kind: 'truncated', byteOffset: Buffer.byteLength(TEXT) }],
    [
      'a .gz that is cut short',
      gzipSync(TEXT).subarray(0, -5),
      { kind: 'truncated', message: expect.stringContaining('the gzip stream is cut short') },
    ],
    [
      'a .gz of two streams',
      Buffer.concat([gzipSync(TEXT), gzipSync('\n')]),
      { kind: 'truncated', message: expect.stringContaining('holds more than one') },
    ],
    [
      'a damaged .gz',
      gzipSync(TEXT).fill(0xff, 12, 40),
      { kind: 'unreadable', message: expect.stringContaining('the gzip stream is damaged') },
    ],
  ])('%s', async (_, content, fault) => {
    expect((await ingest(content)).fault).toMatchObject(fault);
  });

  test('bytes that are not UTF-8 reject the result they stand in', async () => {
    const [before, after] = TEXT.split('second') as [string, string];
    const report = await ingest(
      Buffer.concat([Buffer.from(before), Buffer.from([0xff]), Buffer.from(after)]),
    );
    expect(report.fault).toBeNull();
    expect(messages(report)).toEqual(['größer als 😀', 'rejected']);
    expect(report.results[1]).toMatchObject({
      why: `there are bytes that are not UTF-8, at byte ${Buffer.byteLength(before) - 1}`,
    });
  });

  test('a source that breaks keeps what came before', async () => {
    async function* broken(): AsyncGenerator<Uint8Array> {
      yield toBytes(cut);
      throw new Error('EIO: i/o error');
    }
    const report = await ingestReport({ name: 'r', bytes: broken() }, 3, DEFAULT_LIMITS);
    expect(report.fault).toEqual({
      kind: 'truncated',
      message: 'r: cannot be read: EIO: i/o error',
      byteOffset: null,
    });
    expect(report.results).toHaveLength(1);
    expect(report.input).toBe(3);
  });

  test('an interruption is no fault of the file', async () => {
    async function* interrupted(): AsyncGenerator<Uint8Array> {
      yield toBytes(cut);
      throw new AssayError('interrupted', 'SIGTERM');
    }
    await expect(ingestReport({ name: 'r', bytes: interrupted() }, 0, DEFAULT_LIMITS)).rejects.toThrow(
      'SIGTERM',
    );
  });
});

describe('versions', () => {
  const withVersion = (version: unknown, schema?: string): object => ({
    ...(schema === undefined ? {} : { $schema: schema }),
    version,
    runs: [{ tool: { driver: { name: 'S' } }, results: [result('m')] }],
  });

  test.each([
    ['2.1.0', []],
    ['2.1.0-rtm.5', ['SARIF version "2.1.0-rtm.5", a draft of 2.1.0; read as 2.1.0']],
    ['2.1.0-csd.1', ['SARIF version "2.1.0-csd.1", a draft of 2.1.0; read as 2.1.0']],
    ['2.2', ['SARIF version "2.2" is newer than 2.1.0; read as 2.1.0']],
    [undefined, ['the log names no SARIF version; read as 2.1.0']],
  ])('%s is read', async (version, notices) => {
    const report = await ingest(withVersion(version));
    expect(report).toMatchObject({ fault: null, notices });
    expect(report.results).toHaveLength(1);
  });

  test.each(['1.0.0', '2.0.0', '2.0.0-csd.2.beta.2019-01-24', '3.0', 'x'])(
    '%s is named and refused',
    async (version) => {
      const report = await ingest(withVersion(version));
      expect(report.fault).toMatchObject({
        kind: 'unsupported',
        message: expect.stringContaining(`SARIF version "${version}"`),
      });
      expect([report.runs, report.results]).toEqual([[], []]);
    },
  );

  test('without a version the schema tells', async () => {
    expect(
      (await ingest(withVersion(undefined, 'http://json.schemastore.org/sarif-2.0.0'))).fault?.kind,
    ).toBe('unsupported');
    expect(
      (await ingest(withVersion(undefined, 'https://json.schemastore.org/sarif-2.1.0.json'))).notices,
    ).toEqual([]);
  });

  test('that stand behind the results are refused all the same', async () => {
    const report = await ingest(
      `{"runs":[{"tool":{"driver":{"name":"S"}},"results":[${JSON.stringify(result('m'))}]}],"version":"1.0.0"}`,
    );
    expect(report.fault?.kind).toBe('unsupported');
    expect(report.results).toEqual([]);
  });
});

test('taxonomies kept in other files change nothing, and nothing is said of them', async () => {
  const report = await ingest(
    logOf({ externalPropertyFileReferences: { taxonomies: [{ location: { uri: 'https://cwe.example' } }] } }),
  );
  expect(report.notices).toEqual([]);
});

test('parts kept in other files are announced', async () => {
  const report = await ingest(
    logOf({
      externalPropertyFileReferences: { artifacts: [{ location: { uri: 'x.sarif-external-properties' } }] },
    }),
  );
  expect(report.notices).toEqual([
    'runs[0] keeps parts of itself in other files (externalPropertyFileReferences); they are not read',
  ]);
});
