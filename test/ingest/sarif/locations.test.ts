import { describe, expect, test } from 'vitest';
import type { RawLocation } from '#domain/report.ts';
import { onlyResult } from '../../doubles/memory-report.ts';

const at = (artifactLocation: object, region?: object): object => ({
  physicalLocation: { artifactLocation, region },
});

async function locate(
  artifactLocation: object,
  run: object = {},
): Promise<Pick<RawLocation, 'uri' | 'uriProblem'>> {
  const { location } = await onlyResult({
    ...run,
    results: [{ message: { text: 'm' }, locations: [at(artifactLocation)] }],
  });
  return { uri: location?.uri ?? null, uriProblem: location?.uriProblem ?? null };
}

describe('the URI of a location', () => {
  test('is as written when nothing stands before it', async () => {
    for (const uri of [
      'src/a.c',
      'file:///w/a.c',
      '..\\src\\a.c',
      'C:\\w\\a.c',
      'C:/w/a.c',
      '/abs/a.c',
      'a%20b.c',
    ])
      expect(await locate({ uri })).toEqual({ uri, uriProblem: null });
  });

  test('stands on a chain of bases', async () => {
    const originalUriBaseIds = {
      ROOT: { uri: 'file:///w/' },
      SRC: { uri: 'src', uriBaseId: 'ROOT' },
      ONLY: { uriBaseId: 'SRC' },
    };
    expect((await locate({ uri: 'a.c', uriBaseId: 'SRC' }, { originalUriBaseIds })).uri).toBe(
      'file:///w/src/a.c',
    );
    expect((await locate({ uri: '/a.c', uriBaseId: 'ONLY' }, { originalUriBaseIds })).uri).toBe(
      'file:///w/src/a.c',
    );
    expect((await locate({ uri: 'file:///x/a.c', uriBaseId: 'SRC' }, { originalUriBaseIds })).uri).toBe(
      'file:///x/a.c',
    );
  });

  test('stays relative when its base is unknown or has no URI', async () => {
    const originalUriBaseIds = { SRCROOT: { description: { text: 'the checkout' } } };
    for (const uriBaseId of ['SRCROOT', 'OTHER', '__proto__', 'toString'])
      expect(await locate({ uri: 'a.c', uriBaseId }, { originalUriBaseIds })).toEqual({
        uri: 'a.c',
        uriProblem: null,
      });
  });

  test('is not followed when its bases stand on each other', async () => {
    const originalUriBaseIds = { A: { uri: 'a/', uriBaseId: 'B' }, B: { uri: 'b/', uriBaseId: 'A' } };
    expect(await locate({ uri: 'x.c', uriBaseId: 'A' }, { originalUriBaseIds })).toEqual({
      uri: 'x.c',
      uriProblem: 'its uriBaseId "A" stands on itself',
    });
    const endless = Object.fromEntries(
      Array.from({ length: 100 }, (_, index) => [`b${index}`, { uri: 'd/', uriBaseId: `b${index + 1}` }]),
    );
    expect(
      (await locate({ uri: 'x.c', uriBaseId: 'b0' }, { originalUriBaseIds: endless })).uriProblem,
    ).toContain('stands on itself');
  });

  test('comes from the artifacts by index, with its base', async () => {
    const run = {
      artifacts: [{ location: { uri: 'z.c' } }, { location: { uri: 'a.c', uriBaseId: 'R' } }, 7],
      originalUriBaseIds: { R: { uri: 'file:///w/' } },
    };
    expect((await locate({ index: 1 }, run)).uri).toBe('file:///w/a.c');
    expect((await locate({ uri: 'own.c', index: 1 }, run)).uri).toBe('own.c');
    for (const index of [2, 9])
      expect(await locate({ index }, run)).toEqual({
        uri: null,
        uriProblem: `artifacts[${index}] names no file`,
      });
  });

  test.each([
    ['a%2fb.c', 'encoded path separators'],
    ['a%5Cb.c', 'encoded path separators'],
    ['a%00.c', 'holds a NUL'],
    ['a\0b.c', 'holds a NUL'],
    ['https://example.com/a.c', 'its scheme is https'],
    ['pkg:npm/left-pad@1.0.0', 'its scheme is pkg'],
  ])('%j is kept and not followed', async (uri, why) => {
    const located = await locate({ uri });
    expect(located.uri).toBe(uri);
    expect(located.uriProblem).toContain(why);
  });
});

describe('the region of a location', () => {
  const missing = {
    startLine: null,
    startColumn: null,
    endLine: null,
    endColumn: null,
    charOffset: null,
    charLength: null,
    byteOffset: null,
    byteLength: null,
  };
  test.each([
    [
      { startLine: 3, startColumn: 2, endLine: 4, endColumn: 9 },
      { ...missing, startLine: 3, startColumn: 2, endLine: 4, endColumn: 9 },
    ],
    [
      { charOffset: 10, charLength: 0 },
      { ...missing, charOffset: 10, charLength: 0 },
    ],
    [
      { byteOffset: 0, byteLength: 5 },
      { ...missing, byteOffset: 0, byteLength: 5 },
    ],
    [
      { startLine: 3, startColumn: -4, endColumn: 1.5, endLine: '4' },
      { ...missing, startLine: 3 },
    ],
    [{ startLine: 0, charOffset: -1 }, null],
    [{ startLine: 1e300 }, null],
    [{}, null],
    ['line 3', null],
    [undefined, null],
  ])('%j', async (region, expected) => {
    const { location } = await onlyResult({
      results: [{ message: { text: 'm' }, locations: [at({ uri: 'a.c' }, region as object)] }],
    });
    expect(location?.region ?? null).toEqual(expected);
  });
});

test('the first location that names a file is the one shown; the others are related', async () => {
  const result = await onlyResult({
    results: [
      {
        message: { text: 'm' },
        locations: [{ logicalLocations: [{ name: 'f' }] }, at({ uri: 'b.c' }), at({ uri: 'c.c' })],
        relatedLocations: [{ ...at({ uri: 'd.c' }), message: { text: 'see' } }],
      },
    ],
  });
  expect(result.location?.uri).toBe('b.c');
  expect(
    result.relatedLocations.map((location) => [location.uri, location.logicalNames, location.message]),
  ).toEqual([
    [null, ['f'], null],
    ['c.c', [], null],
    ['d.c', [], 'see'],
  ]);
});

test('logical names are full where they can be, and looked up by index', async () => {
  const { location } = await onlyResult({
    logicalLocations: [{ name: 'g', fullyQualifiedName: 'ns::g' }],
    results: [
      {
        message: { text: 'm' },
        locations: [
          { logicalLocations: [{ name: 'f', fullyQualifiedName: 'ns::f' }, { index: 0 }, { index: 5 }] },
        ],
      },
    ],
  });
  expect(location?.logicalNames).toEqual(['ns::f', 'ns::g']);
});

test('every thread flow is a path from source to sink, steps of the run included', async () => {
  const step = (uri: string, text: string): object => ({
    location: { ...at({ uri }, { startLine: 1 }), message: { text } },
  });
  const { flows } = await onlyResult({
    threadFlowLocations: [step('shared.c', 'in between')],
    results: [
      {
        message: { text: 'm' },
        codeFlows: [
          {
            threadFlows: [
              { locations: [step('a.c', 'source'), { index: 0 }, step('b.c', 'sink')] },
              { locations: [step('c.c', 'other')] },
            ],
          },
          { threadFlows: [] },
        ],
      },
    ],
  });
  expect(flows.map((flow) => flow.map((place) => [place.uri, place.message]))).toEqual([
    [
      ['a.c', 'source'],
      ['shared.c', 'in between'],
      ['b.c', 'sink'],
    ],
    [['c.c', 'other']],
  ]);
});

test('columns count UTF-16 code units unless the run says that they count code points', async () => {
  const result = { message: { text: 'm' } };
  expect((await onlyResult({ results: [result] })).columnKind).toBe('utf16CodeUnits');
  const said = await onlyResult({ columnKind: 'unicodeCodePoints', results: [result] });
  expect(said.columnKind).toBe('unicodeCodePoints');
});
