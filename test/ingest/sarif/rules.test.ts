import { describe, expect, test } from 'vitest';
import { ingest, logOf, onlyResult } from '../../doubles/memory-report.ts';

const rule = (id: string, more: object = {}): object => ({
  id,
  shortDescription: { text: `about ${id}` },
  ...more,
});
const message = { text: 'm' };

/** What the only result knows of its rule, by a driver and extensions with these rules. */
async function ruleOf(
  result: object,
  driver: readonly object[],
  extensions: readonly object[] = [],
): Promise<[string, string | null]> {
  const tool = { driver: { name: 'Scanner', rules: driver }, extensions };
  const { rule: found } = await onlyResult({ tool, results: [{ message, ...result }] });
  return [found.id, found.shortDescription];
}

describe('a result knows its rule', () => {
  test('by id', async () => {
    expect(await ruleOf({ ruleId: 'b' }, [rule('a'), rule('b')])).toEqual(['b', 'about b']);
  });

  test('by index alone', async () => {
    expect(await ruleOf({ ruleIndex: 1 }, [rule('a'), rule('b')])).toEqual(['b', 'about b']);
  });

  test('by index where two rules have the same id', async () => {
    const second = rule('a', { shortDescription: { text: 'the second' } });
    expect(await ruleOf({ ruleId: 'a', ruleIndex: 1 }, [rule('a'), second])).toEqual(['a', 'the second']);
  });

  test('by id where the index says something else', async () => {
    expect(await ruleOf({ ruleId: 'b', ruleIndex: 0 }, [rule('a'), rule('b')])).toEqual(['b', 'about b']);
  });

  test('by hierarchical id, under the longer name', async () => {
    expect(await ruleOf({ ruleId: 'CA1000/1/x' }, [rule('CA1000')])).toEqual(['CA1000/1/x', 'about CA1000']);
    expect(await ruleOf({ ruleId: 'CA1000/1', ruleIndex: 0 }, [rule('CA1000')])).toEqual([
      'CA1000/1',
      'about CA1000',
    ]);
    expect(await ruleOf({ ruleId: 'CA1000x' }, [rule('CA1000')])).toEqual(['CA1000x', null]);
  });

  test('in an extension, by the index, name or guid of its component', async () => {
    const pack = { name: 'pack', guid: 'G', rules: [rule('x'), rule('y')] };
    for (const toolComponent of [{ index: 1 }, { name: 'pack' }, { guid: 'G' }]) {
      const reference = { rule: { index: 1, toolComponent } };
      expect(await ruleOf(reference, [rule('a')], [{ name: 'other' }, pack])).toEqual(['y', 'about y']);
    }
  });

  test('in the driver although an extension is named', async () => {
    const reference = { ruleId: 'a', rule: { id: 'a', index: 0, toolComponent: { index: 0 } } };
    expect(await ruleOf(reference, [rule('a')], [{ name: 'pack' }])).toEqual(['a', 'about a']);
  });

  test('in an extension although none is named', async () => {
    expect(await ruleOf({ ruleId: 'x' }, [], [{ name: 'pack', rules: [rule('x')] }])).toEqual([
      'x',
      'about x',
    ]);
  });

  test('by guid', async () => {
    expect(
      await ruleOf({ rule: { guid: 'g2' } }, [rule('a', { guid: 'g1' }), rule('b', { guid: 'g2' })]),
    ).toEqual(['b', 'about b']);
  });

  test('or has a name that says that there is none', async () => {
    expect(await ruleOf({}, [])).toEqual(['(no rule id)', null]);
    expect(await ruleOf({ ruleIndex: 99 }, [rule('a')])).toEqual(['(no rule id)', null]);
  });

  test('whose id is called like a member of every object', async () => {
    for (const id of ['__proto__', 'constructor', 'toString']) {
      expect(await ruleOf({ ruleId: id }, [])).toEqual([id, null]);
      expect(await ruleOf({ ruleId: id }, [rule(id)])).toEqual([id, `about ${id}`]);
    }
  });
});

test('everything that a rule says of itself is kept', async () => {
  const full = {
    id: 'js/sqli',
    name: 'SqlInjection',
    fullDescription: { text: 'full' },
    help: { text: 'help', markdown: '**help**' },
    helpUri: 'https://example.com/r',
    properties: { tags: ['security', 7], precision: 'high' },
  };
  const { rule: found } = await onlyResult({
    tool: { driver: { name: 'S', rules: [full] } },
    results: [{ ruleId: 'js/sqli', message }],
  });
  expect(found).toEqual({
    id: 'js/sqli',
    name: 'SqlInjection',
    shortDescription: null,
    fullDescription: 'full',
    help: 'help',
    helpUri: 'https://example.com/r',
    tags: ['security'],
    precision: 'high',
  });
});

test('rules that come after the results count as much as rules before them', async () => {
  const text = `{"version":"2.1.0","runs":[{"results":[{"ruleIndex":0,"message":{"id":"m"},"locations":[{"physicalLocation":{"artifactLocation":{"index":0}}}]}],
    "artifacts":[{"location":{"uri":"a.c"}}],"tool":{"driver":{"name":"Late","semanticVersion":"1.2","rules":[{"id":"r","messageStrings":{"m":{"text":"late"}}}]}}}]}`;
  const [entry] = (await ingest(text)).results;
  expect(entry).toMatchObject({
    kind: 'result',
    result: {
      tool: { name: 'Late', version: '1.2' },
      rule: { id: 'r' },
      message: 'late',
      location: { uri: 'a.c' },
    },
  });
});

test('a rule id that is defined twice is announced', async () => {
  const report = await ingest(logOf({ tool: { driver: { name: 'S', rules: [rule('a'), rule('a')] } } }));
  expect(report.notices).toEqual([
    'rule id "a" is defined more than once; the first counts where no index says otherwise',
  ]);
});
