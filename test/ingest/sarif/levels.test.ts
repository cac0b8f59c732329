import { describe, expect, test } from 'vitest';
import { ingest, logOf, onlyResult } from '../../doubles/memory-report.ts';

const message = { text: 'm' };
const configured = (level: string): object => ({
  driver: { name: 'S', rules: [{ id: 'r', defaultConfiguration: { level, rank: 40 } }] },
});
const overriding = (level: string): object => ({
  executionSuccessful: true,
  ruleConfigurationOverrides: [{ descriptor: { id: 'r' }, configuration: { level } }],
});

async function levelOf(run: object, result: object = {}): Promise<string> {
  return (await onlyResult({ ...run, results: [{ ruleId: 'r', message, ...result }] })).level;
}

describe('the level of a result', () => {
  test('is its own', async () => {
    expect(await levelOf({ tool: configured('note') }, { level: 'error' })).toBe('error');
  });

  test('else none where the tool leaves it open whether there is a problem', async () => {
    expect(await levelOf({ tool: configured('error') }, { kind: 'open' })).toBe('none');
    expect(await levelOf({ tool: configured('error') }, { kind: 'review', level: 'error' })).toBe('error');
  });

  test("else the override of the run's only invocation", async () => {
    expect(await levelOf({ tool: configured('error'), invocations: [overriding('note')] })).toBe('note');
  });

  test('else the override of the invocation that made it', async () => {
    const invocations = [overriding('none'), overriding('note')];
    expect(
      await levelOf({ tool: configured('error'), invocations }, { provenance: { invocationIndex: 1 } }),
    ).toBe('note');
    expect(await levelOf({ tool: configured('error'), invocations })).toBe('error');
  });

  test("else its rule's", async () => {
    expect(await levelOf({ tool: configured('error') })).toBe('error');
    expect(await levelOf({ tool: configured('error') }, { ruleId: 'r/case' })).toBe('error');
  });

  test('else warning', async () => {
    expect(await levelOf({})).toBe('warning');
  });

  test('is read in any case, and announced when it is no level', async () => {
    expect(await levelOf({}, { level: 'Error' })).toBe('error');
    const report = await ingest(logOf({ results: [{ level: 'fatal', message }] }));
    expect(report.results[0]).toMatchObject({ kind: 'result', result: { level: 'warning' } });
    expect(report.notices).toEqual([`level "fatal" is none of SARIF's; the rule's default applies`]);
  });
});

test('rank is the result’s, else its rule’s; -1 means none', async () => {
  const rankOf = async (result: object): Promise<number | null> =>
    (await onlyResult({ tool: configured('note'), results: [{ ruleId: 'r', message, ...result }] })).rank;
  expect(await rankOf({ rank: 99.5 })).toBe(99.5);
  expect(await rankOf({ rank: -1 })).toBe(40);
  expect(await rankOf({ rank: 101 })).toBe(40);
});

test('security-severity is the result’s, else its rule’s, as text or number', async () => {
  const scoreOf = async (ofResult: unknown, ofRule: unknown): Promise<number | null> => {
    const tool = { driver: { name: 'S', rules: [{ id: 'r', properties: { 'security-severity': ofRule } }] } };
    return (
      await onlyResult({
        tool,
        results: [{ ruleId: 'r', message, properties: { 'security-severity': ofResult } }],
      })
    ).securitySeverity;
  };
  expect(await scoreOf('9.8', '1')).toBe(9.8);
  expect(await scoreOf(undefined, 7)).toBe(7);
  expect(await scoreOf('0', 7)).toBe(0);
  expect(await scoreOf('11', 7)).toBe(7);
  expect(await scoreOf('1e1', null)).toBeNull();
  expect(await scoreOf('HIGH', null)).toBe(7);
  expect(await scoreOf({}, null)).toBeNull();
});

describe('the kind of a result', () => {
  test.each(['pass', 'notApplicable', 'informational'])('%s is no finding, and counted', async (kind) => {
    const report = await ingest(
      logOf({
        results: [
          {
            ruleId: 'r',
            kind,
            message,
            locations: [{ physicalLocation: { artifactLocation: { uri: 'a.c' }, region: { startLine: 3 } } }],
          },
        ],
      }),
    );
    expect(report.results).toEqual([
      {
        kind: 'not_a_finding',
        ref: { input: 0, run: 0, index: 0 },
        tool: 'Scanner',
        ruleId: 'r',
        uri: 'a.c',
        line: 3,
        why: expect.stringContaining(`kind "${kind}"`),
      },
    ]);
  });

  test.each(['open', 'review', 'fail'])('%s is one', async (kind) => {
    expect((await ingest(logOf({ results: [{ kind, message }] }))).results[0]?.kind).toBe('result');
  });

  test('that SARIF does not know is read as fail and announced', async () => {
    const report = await ingest(logOf({ results: [{ kind: 'maybe', message }] }));
    expect(report.results[0]?.kind).toBe('result');
    expect(report.notices).toEqual([`kind "maybe" is none of SARIF's; read as "fail"`]);
  });
});
