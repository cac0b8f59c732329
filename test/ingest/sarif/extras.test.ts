import { describe, expect, test } from 'vitest';
import { ingest, logOf, onlyResult } from '../../doubles/memory-report.ts';

const message = { text: 'm' };

describe('fingerprints', () => {
  const fingerprintsOf = async (result: object): Promise<unknown> =>
    (await onlyResult({ results: [{ message, ...result }] })).fingerprints;

  test('of both kinds are kept, sorted by key', async () => {
    expect(
      await fingerprintsOf({
        partialFingerprints: { 'b/v1': 'x', __proto__x: 'p' },
        fingerprints: { a: 'y', 'b/v1': 'whole' },
      }),
    ).toEqual([
      ['__proto__x', 'p'],
      ['a', 'y'],
      ['b/v1', 'whole'],
    ]);
  });

  test('that say nothing are left out', async () => {
    expect(
      await fingerprintsOf({
        fingerprints: { 'matchBasedId/v1': 'requires login', b: '', c: '0', d: ' ', e: { nested: 1 }, f: 5 },
      }),
    ).toEqual([]);
  });

  test('that are the same in all results of a run are left out and announced', async () => {
    const results = Array.from({ length: 6 }, (_, index) => ({
      message,
      fingerprints: { same: 'abc', own: `f${index}` },
    }));
    const report = await ingest(logOf({ results }));
    expect(
      report.results.map((entry) => (entry.kind === 'result' ? entry.result.fingerprints : null)),
    ).toEqual(results.map((result) => [['own', result.fingerprints.own]]));
    expect(report.notices).toEqual(['fingerprint "same" is the same in all results; left out']);
  });
});

describe('suppressions', () => {
  test('are kept with kind and status; without a status they are accepted', async () => {
    const suppressions = [
      { kind: 'inSource', location: { physicalLocation: { artifactLocation: { uri: 'a.c' } } } },
      { kind: 'external', status: 'rejected', justification: 'no' },
    ];
    const result = await onlyResult({ results: [{ message, suppressions }] });
    expect(
      result.suppressions.map(({ kind, status, justification, location }) => [
        kind,
        status,
        justification,
        location?.uri ?? null,
      ]),
    ).toEqual([
      ['inSource', 'accepted', null, 'a.c'],
      ['external', 'rejected', 'no', null],
    ]);
  });
});

describe('fixes', () => {
  const region = { startLine: 1, startColumn: 2, endColumn: 4 };
  const change = (replacements: unknown): object => ({ artifactLocation: { uri: 'a.c' }, replacements });
  const fixesOf = async (fixes: unknown): Promise<unknown> =>
    (await onlyResult({ results: [{ message, fixes }] })).fixes.map((fix) => [
      fix.description,
      fix.replacements.map(({ location, insertedText }) => [
        location.uri,
        location.region?.startColumn,
        insertedText,
      ]),
    ]);

  test('hold their replacements; one without inserted text deletes', async () => {
    expect(
      await fixesOf([
        {
          description: { text: 'd' },
          artifactChanges: [
            change([{ deletedRegion: region, insertedContent: { text: 'x' } }, { deletedRegion: region }]),
          ],
        },
      ]),
    ).toEqual([
      [
        'd',
        [
          ['a.c', 2, 'x'],
          ['a.c', 2, ''],
        ],
      ],
    ]);
  });

  test('that cannot be read whole are left out', async () => {
    expect(
      await fixesOf([
        { artifactChanges: [change([{ deletedRegion: region }, { insertedContent: { text: 'x' } }])] },
        { description: message },
        { artifactChanges: [change([{ deletedRegion: region, insertedContent: { binary: 'AA==' } }])] },
        { artifactChanges: [change([{ deletedRegion: region }, 'x'])] },
        { artifactChanges: [change([{ deletedRegion: region }]), null] },
        { artifactChanges: [change([{ deletedRegion: { ...region, endLine: 'x' } }])] },
        { artifactChanges: [change([{ deletedRegion: { ...region, startColumn: 0 } }])] },
        { artifactChanges: [change(Array.from({ length: 1_001 }, () => ({ deletedRegion: region })))] },
      ]),
    ).toEqual([]);
  });

  test('whose unused offsets are -1 are read', async () => {
    const deletedRegion = { ...region, charOffset: -1, byteOffset: -1 };
    expect(await fixesOf([{ artifactChanges: [change([{ deletedRegion }])] }])).toEqual([
      [null, [['a.c', 2, '']]],
    ]);
  });
});

describe('what a run says of itself', () => {
  const runOf = async (run: object): Promise<unknown> => {
    const [summary] = (await ingest(logOf({ ...run }))).runs;
    return { finished: summary?.finished, problems: summary?.problems };
  };

  test('a scan that did not finish is unfinished, with the reason', async () => {
    const invocation = {
      executionSuccessful: false,
      exitCode: 3,
      exitCodeDescription: 'OOM',
      toolExecutionNotifications: [
        { level: 'error', descriptor: { id: 'E1' }, message: { text: 'a.c does not parse' } },
        { level: 'warning', message: { text: 'slow' } },
      ],
    };
    expect(await runOf({ invocations: [{ executionSuccessful: true }, invocation] })).toEqual({
      finished: false,
      problems: [
        'the tool says that it did not finish (executionSuccessful: false) with exit code 3: OOM',
        'E1: a.c does not parse',
      ],
    });
  });

  test('errors of a scan that finished are problems all the same', async () => {
    const invocations = [
      {
        executionSuccessful: true,
        toolConfigurationNotifications: [{ level: 'error', message: { text: 'rule x is unknown' } }],
      },
    ];
    expect(await runOf({ invocations })).toEqual({ finished: true, problems: ['rule x is unknown'] });
  });

  test('results that are null are a scan without end; an empty array is one that found nothing', async () => {
    expect(await runOf({ results: null })).toEqual({
      finished: false,
      problems: ['`results` is null: the scan did not come to results'],
    });
    expect(await runOf({ results: [] })).toEqual({ finished: true, problems: [] });
  });

  test('a run without results describes a tool, and that is announced', async () => {
    const report = await ingest({ version: '2.1.0', runs: [{ tool: { driver: { name: 'S' } } }] });
    expect(report.fault).toBeNull();
    expect(report.notices).toEqual(['runs[0] has no `results`: it describes a tool, not a scan']);
  });

  test('a hundred errors are listed as twenty and a count', async () => {
    const toolExecutionNotifications = Array.from({ length: 100 }, (_, index) => ({
      level: 'error',
      message: { text: `e${index}` },
    }));
    const { problems } = (await runOf({ invocations: [{ toolExecutionNotifications }] })) as {
      problems: string[];
    };
    expect(problems).toHaveLength(21);
    expect(problems.at(-1)).toBe('and 80 more');
  });

  test('the scanned commit and the automation id are kept', async () => {
    const run = {
      versionControlProvenance: [{ revisionId: 'trunk' }, { revisionId: 'ABCDEF0123456789' }],
      automationDetails: { id: 'nightly/1' },
    };
    expect(await onlyResult({ ...run, results: [{ message, baselineState: 'unchanged' }] })).toMatchObject({
      scannedRevision: 'abcdef0123456789',
      baselineState: 'unchanged',
    });
    expect((await ingest(logOf(run))).runs[0]?.automationId).toBe('nightly/1');
  });
});

test('results of several runs are told apart by run and index', async () => {
  const run = (name: string, count: number): object => ({
    tool: { driver: { name } },
    results: Array.from({ length: count }, () => ({ message })),
  });
  const report = await ingest({ version: '2.1.0', runs: [run('A', 2), run('B', 0), run('C', 1)] });
  expect(report.runs.map((summary) => [summary.tool.name, summary.results])).toEqual([
    ['A', 2],
    ['B', 0],
    ['C', 1],
  ]);
  expect(
    report.results.map((entry) =>
      entry.kind === 'result' ? [entry.result.tool.name, entry.result.ref.run, entry.result.ref.index] : null,
    ),
  ).toEqual([
    ['A', 0, 0],
    ['A', 0, 1],
    ['C', 2, 0],
  ]);
});

test('a result that is something else is rejected with the reason, and the others stay', async () => {
  const odd = [
    null,
    7,
    [],
    { message: 5 },
    { message, locations: 'a.c' },
    { message, ruleId: {} },
    { message, kind: true },
  ];
  const report = await ingest(logOf({ results: [{ message }, ...odd] }));
  expect(report.fault).toBeNull();
  expect(report.results.map((entry) => (entry.kind === 'rejected' ? entry.why : entry.kind))).toEqual([
    'result',
    'the result is null where an object belongs',
    'the result is a number where an object belongs',
    'the result is an array where an object belongs',
    '`message` is a number where an object belongs',
    '`locations` is a string where an array belongs',
    '`ruleId` is an object where a string belongs',
    '`kind` is a boolean where a string belongs',
  ]);
});

test('a result with a key twice is rejected alone, with the byte', async () => {
  const text =
    '{"version":"2.1.0","runs":[{"tool":{"driver":{"name":"S"}},"results":[{"ruleId":"a","message":{"text":"1"},"ruleId":"b"},{"ruleId":"c","message":{"text":"2"}}]}]}';
  const report = await ingest(text);
  expect(report.results[0]).toMatchObject({
    kind: 'rejected',
    why: `the key "ruleId" stands twice in one object, at byte ${text.indexOf('"ruleId":"b"')}`,
  });
  expect(report.results[1]).toMatchObject({ kind: 'result', result: { rule: { id: 'c' } } });
  expect(report.fault).toBeNull();
});

test('keys in snake_case are read, and that is announced', async () => {
  const report = await ingest({
    version: '2.1.0',
    runs: [
      {
        tool: {
          driver: { name: 'CodeQL', semantic_version: '2.8', rules: [] },
          extensions: [
            {
              name: 'pack',
              rules: [
                {
                  id: 'r',
                  short_description: { text: 'short' },
                  properties: { 'security-severity': '8.8', tags: ['external/cwe/cwe-022'] },
                },
              ],
            },
          ],
        },
        original_uri_base_ids: { src_root: { uri: 'file:///w/' } },
        results: [
          {
            rule_id: 'r',
            rule: { index: 0, tool_component: { index: 0 } },
            message: { text: 'm' },
            locations: [
              {
                physical_location: {
                  artifact_location: { uri: 'a.c', uri_base_id: 'src_root' },
                  region: { start_line: 4 },
                },
              },
            ],
            code_flows: [
              {
                thread_flows: [
                  { locations: [{ location: { physical_location: { artifact_location: { uri: 'b.c' } } } }] },
                ],
              },
            ],
          },
        ],
      },
    ],
  });
  expect(report.notices).toEqual(["keys are written in snake_case; read as SARIF's camel case"]);
  expect(report.results[0]).toMatchObject({
    result: {
      tool: { version: '2.8' },
      rule: { shortDescription: 'short' },
      securitySeverity: 8.8,
      cwe: [22],
      location: { uri: 'file:///w/a.c', region: { startLine: 4 } },
    },
  });
  expect(report.results[0]?.kind === 'result' && report.results[0].result.flows[0]?.[0]?.uri).toBe('b.c');
});
