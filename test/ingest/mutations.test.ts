// 10,000 damaged reports: none may crash, hang or pass silently (issue 2, section 9).
import { expect, test } from 'vitest';
import type { IngestedReport } from '#domain/report.ts';
import { ingest } from '../doubles/memory-report.ts';

const MUTANTS = 10_000;

/** mulberry32: small, fast, and the same on every machine. */
function createRandom(seed: number): (below: number) => number {
  let state = seed;
  return (below) => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) % below;
  };
}

const place = (uri: string, startLine: number): object => ({
  physicalLocation: { artifactLocation: { uri, uriBaseId: 'SRC' }, region: { startLine, endColumn: 9 } },
});

/** Valid logs that between them use all of SARIF that is read. */
const SEEDS: readonly string[] = [
  JSON.stringify({
    $schema: 'https://json.schemastore.org/sarif-2.1.0.json',
    version: '2.1.0',
    runs: [
      {
        tool: {
          driver: {
            name: 'CodeQL',
            semanticVersion: '2.20',
            rules: [
              {
                id: 'js/sqli',
                defaultConfiguration: { level: 'error' },
                properties: { tags: ['external/cwe/cwe-089'], 'security-severity': '8.8' },
              },
            ],
          },
        },
        originalUriBaseIds: { SRC: { uri: 'file:///w/' } },
        artifacts: [{ location: { uri: 'a.js' } }],
        results: [
          {
            ruleId: 'js/sqli',
            ruleIndex: 0,
            message: { text: 'a [b](1)' },
            locations: [place('a.js', 4)],
            partialFingerprints: { h: 'aa:1' },
            codeFlows: [
              {
                threadFlows: [
                  { locations: [{ location: place('a.js', 1) }, { location: place('b.js', 2) }] },
                ],
              },
            ],
          },
          {
            rule: { index: 0 },
            message: { text: 'é{}[]"\\' },
            locations: [{ physicalLocation: { artifactLocation: { index: 0 } } }],
            suppressions: [{ kind: 'inSource' }],
          },
        ],
      },
    ],
  }),
  JSON.stringify(
    {
      version: '2.1.0',
      runs: [
        {
          results: [
            { kind: 'pass', message: { id: 'm' } },
            {
              kind: 'fail',
              level: 'note',
              message: { id: 'm', arguments: ['x'] },
              fixes: [
                {
                  artifactChanges: [
                    {
                      artifactLocation: { uri: 'a' },
                      replacements: [{ deletedRegion: { startLine: 1 }, insertedContent: { text: 'b' } }],
                    },
                  ],
                },
              ],
            },
          ],
          tool: { driver: { name: 'A', rules: [] } },
          invocations: [{ executionSuccessful: true }],
        },
        { tool: { driver: { name: 'B' } }, results: [] },
        {
          tool: { driver: { name: 'C' } },
          results: [{ message: { text: 'only' } }],
          taxonomies: [{ name: 'CWE', taxa: [{ id: '79' }] }],
        },
      ],
    },
    null,
    2,
  ),
];

/** What plain JSON.parse says of a text: results by run, or null when it is no log that can be counted. */
function countIndependently(text: string): readonly number[] | null {
  try {
    const runs: unknown = JSON.parse(text.replace(/^\ufeff/, '')).runs;
    if (!Array.isArray(runs)) return null;
    return runs.map((run: { results?: unknown }) => (Array.isArray(run.results) ? run.results.length : 0));
  } catch {
    return null;
  }
}

const SWAPS = [
  'null',
  'true',
  '0',
  '-1',
  '1e400',
  '"x"',
  '""',
  '[]',
  '{}',
  '[[1]]',
  '{"a":{}}',
  '"\\ud800"',
  '99999999999999999999',
];
const BYTES = Buffer.from('"\\{}[],:0a \n\u0000/eu\xff', 'latin1');

/** One damage: a byte changed, put in or taken out, the end cut off, a part doubled, or a value swapped for one of another type. */
function mutate(seed: string, random: (below: number) => number): Buffer {
  const bytes = Buffer.from(seed);
  const at = random(bytes.length);
  const byte = random(2) === 0 ? (BYTES[random(BYTES.length)] as number) : random(256);
  switch (random(7)) {
    case 0:
      bytes[at] = byte;
      return bytes;
    case 1:
      bytes[at] = (bytes[at] as number) ^ (1 << random(8));
      return bytes;
    case 2:
      return Buffer.concat([bytes.subarray(0, at), Buffer.from([byte]), bytes.subarray(at)]);
    case 3:
      return Buffer.concat([bytes.subarray(0, at), bytes.subarray(at + 1 + random(4))]);
    case 4:
      return bytes.subarray(0, at);
    case 5:
      return Buffer.concat([bytes.subarray(0, at), bytes.subarray(Math.max(0, at - random(40)))]);
    default:
      return Buffer.from(swapValue(seed, random));
  }
}

function swapValue(seed: string, random: (below: number) => number): string {
  const root: unknown = JSON.parse(seed);
  const holders: (readonly [holder: Record<string, unknown>, key: string])[] = [];
  const collect = (value: unknown): void => {
    if (typeof value !== 'object' || value === null) return;
    for (const key of Object.keys(value)) {
      holders.push([value as Record<string, unknown>, key]);
      collect((value as Record<string, unknown>)[key]);
    }
  };
  collect(root);
  const [holder, key] = holders[random(holders.length)] as (typeof holders)[number];
  holder[key] = '\u0001swap';
  return JSON.stringify(root).replace('"\\u0001swap"', () => SWAPS[random(SWAPS.length)] as string);
}

/** Why a report's own sums contradict each other or the independent count; null when all is well. */
function findContradiction(report: IngestedReport, expected: readonly number[] | null): string | null {
  const total = report.runs.reduce((sum, run) => sum + run.results, 0);
  if (total !== report.results.length) return `runs say ${total}, there are ${report.results.length} results`;
  for (const [index, run] of report.runs.entries()) {
    const own = report.results.filter(
      (entry) => (entry.kind === 'result' ? entry.result.ref : entry.ref).run === index,
    );
    if (own.length !== run.results) return `run ${index} says ${run.results}, has ${own.length}`;
    if (own.some((entry, at) => (entry.kind === 'result' ? entry.result.ref : entry.ref).index !== at))
      return `run ${index} has gaps`;
  }
  if (report.fault !== null) return report.fault.message === '' ? 'a fault without words' : null;
  if (expected === null) {
    const says = report.results.some((entry) => entry.kind === 'rejected');
    return says ? null : 'no fault and no rejection, though it is no log that can be counted';
  }
  const given = report.runs.map((run) => run.results);
  return JSON.stringify(given) === JSON.stringify(expected) ? null : `counted ${given}, expected ${expected}`;
}

test(`${MUTANTS} damaged reports end with a clear fault or with results that add up`, async () => {
  const random = createRandom(20_261_122);
  const outcomes = new Map<string, number>();
  for (let round = 0; round < MUTANTS; round++) {
    const bytes = mutate(SEEDS[random(SEEDS.length)] as string, random);
    const report = await ingest(bytes, { chunk: 1 + random(200) });
    const contradiction = findContradiction(report, countIndependently(bytes.toString('utf8')));
    if (contradiction !== null) expect.fail(`${contradiction}\nround ${round}: ${bytes.toString('latin1')}`);
    const outcome =
      report.fault?.kind ?? (report.results.some((entry) => entry.kind === 'rejected') ? 'rejected' : 'read');
    outcomes.set(outcome, (outcomes.get(outcome) ?? 0) + 1);
  }
  // The damage is of every kind, so the outcomes are too.
  for (const outcome of ['unreadable', 'truncated', 'unsupported', 'rejected', 'read'])
    expect(outcomes.get(outcome)).toBeGreaterThan(50);
});

test('the same bytes give the same report, whatever the chunks', async () => {
  const random = createRandom(7);
  for (let round = 0; round < 300; round++) {
    const bytes = mutate(SEEDS[random(SEEDS.length)] as string, random);
    expect(await ingest(bytes, { chunk: 1 + random(20) })).toEqual(await ingest(bytes));
  }
});
