// What is one finding and what is two, seen through the whole room.
import { describe, expect, it } from 'vitest';
import { collect, rawResult, report, reportOf, type Said } from './raw-results.ts';

const LINE = 'db.query("select * from t where a = " + a); render(a); render(b); // padding text';
const files = { 'src/app.c': `${LINE}\n${LINE}\n`, 'package-lock.json': '{}\n' };

async function count(...said: readonly Said[]): Promise<number> {
  return (await collect([reportOf(...said)], { files })).findings.length;
}

const sqli: Said = { tool: 'A', rule: 'sqli', cwe: [89], at: [1, 1, 42] };

describe('two results are one finding when', () => {
  it('they overlap on one line and name one weakness', async () => {
    expect(await count(sqli, { ...sqli, tool: 'B', rule: 'sql', at: [1, 10, 60] })).toBe(1);
  });

  it('one weakness is an ancestor of the other, a pillar too', async () => {
    for (const cwe of [943, 74, 707]) {
      expect(await count(sqli, { ...sqli, tool: 'B', rule: 'general', cwe: [cwe] })).toBe(1);
    }
  });

  it('one of them has no columns', async () => {
    expect(await count(sqli, { tool: 'B', rule: 'sql', cwe: [89], at: [1] })).toBe(1);
  });

  it('a tool was run twice', async () => {
    const noWeakness: Said = { tool: 'A', rule: 'style', at: [1, 3, 9] };
    expect(await count(sqli, sqli, noWeakness, noWeakness)).toBe(2);
  });
});

describe('two results stay two when', () => {
  it.each<[string, Said]>([
    ['they start on different lines', { at: [2, 1, 42] }],
    ['their regions do not meet', { at: [1, 45, 50] }],
    ['their weaknesses are not related', { cwe: [79] }],
    ['one names no weakness', { cwe: [] }],
    ['one is of a file that is not here', { uri: 'elsewhere/gone.c' }],
    ['one names the whole file', { at: null }],
  ])('%s', async (_, difference) => {
    expect(await count(sqli, { ...sqli, tool: 'B', rule: 'other', ...difference })).toBe(2);
  });

  it('one rule of one tool marks two starts, even where the regions overlap', async () => {
    expect(await count({ ...sqli, at: [1, 44, 81] }, { ...sqli, at: [1, 55, 81] })).toBe(2);
  });

  it('flawfinder marks two starts, each up to the end of the line', async () => {
    const buffer: Said = { tool: 'flawfinder', cwe: [120], rule: 'strcpy', at: [1, 44, 82] };
    expect(await count(buffer, { ...buffer, rule: 'sprintf', at: [1, 56, 82] })).toBe(2);
  });

  it('rules of one tool without a weakness differ in their message only and have no columns', async () => {
    const name: Said = { tool: 'flake8', rule: 'F821', at: [1] };
    expect(await count({ ...name, message: 'undefined x' }, { ...name, message: 'undefined y' })).toBe(2);
  });

  it('they name no file, and only their symbols or flows tell them apart', async () => {
    const nowhere = rawResult({ uri: null, rule: 'vuln-3' });
    const ofSymbol = (name: string, index: number) => {
      const location = { uri: null, uriProblem: null, region: null, message: null, logicalNames: [name] };
      return { kind: 'result' as const, result: { ...nowhere, location, ref: { input: 0, run: 0, index } } };
    };
    const both = [ofSymbol('pkg:a', 0), ofSymbol('pkg:b', 1), ofSymbol('pkg:a', 2)];
    expect((await collect([report(both)])).findings).toHaveLength(2);
  });

  it('they name two advisories at line 1 of one lock file', async () => {
    const advisory: Said = { tool: 'Snyk', uri: 'package-lock.json', cwe: [1321], at: [1] };
    expect(
      await count(
        { ...advisory, rule: 'SNYK-JS-LODASH-590103' },
        { ...advisory, rule: 'SNYK-JS-MINIMIST-559764' },
      ),
    ).toBe(2);
  });
});

it('a general weakness joins one of two specific ones and does not fuse them', async () => {
  const { findings } = await collect(
    [
      reportOf(
        { tool: 'A', rule: 'xss', cwe: [79], at: [1, 1, 42] },
        { tool: 'B', rule: 'injection', cwe: [74], at: [1, 1, 42] },
        { tool: 'C', rule: 'sqli', cwe: [89], at: [1, 1, 42] },
      ),
    ],
    { files },
  );
  expect(findings.map(({ cwe }) => cwe)).toEqual([[89], [74, 79]]);
});

describe('a merged finding', () => {
  it('takes rule and message of the worst, then surest, result and lists every tool', async () => {
    const { findings, rows } = await collect(
      [
        reportOf(
          { ...sqli, tool: 'B', rule: 'b', level: 'warning', message: 'from B' },
          { ...sqli, tool: 'C', rule: 'c', securitySeverity: 8.1, precision: 'low', message: 'from C' },
          { ...sqli, tool: 'D', rule: 'd', level: 'error', precision: 'very-high', message: 'from D' },
        ),
      ],
      { files },
    );
    expect(findings).toHaveLength(1);
    expect(findings[0]).toMatchObject({ ruleId: 'd', message: 'from D', severity: 'high' });
    expect(findings[0]?.tools.map(({ name, rawSeverity }) => [name, rawSeverity])).toEqual([
      ['D', 'error'],
      ['C', '8.1'],
      ['B', 'warning'],
    ]);
    expect(rows.map(({ disposition }) => disposition)).toEqual(['duplicate', 'duplicate', 'finding']);
    expect(rows[0]?.why).toBe('the same defect as D d (input 0, run 0, result 2)');
  });

  it('takes the longest flow of the first result that has one, and the fixes of all', async () => {
    const step = (line: number) => ({
      ...rawResult({ at: [line] }).location,
      uri: 'src/app.c',
      uriProblem: null,
      message: `step ${line}`,
      logicalNames: [],
      region: rawResult({ at: [line] }).location?.region ?? null,
    });
    const fix = (description: string) => ({ description, replacements: [] });
    const { findings } = await collect(
      [
        report([
          { kind: 'result', result: rawResult({ ...sqli, fixes: [fix('one')] }, 0) },
          {
            kind: 'result',
            result: rawResult(
              { ...sqli, tool: 'B', flows: [[step(1)], [step(1), step(2)]], fixes: [fix('one'), fix('two')] },
              1,
            ),
          },
        ]),
      ],
      { files },
    );
    expect(findings[0]?.flow.map(({ location, message }) => [location.startLine, message])).toEqual([
      [1, 'step 1'],
      [2, 'step 2'],
    ]);
    expect(findings[0]?.fixes.map(({ description }) => description)).toEqual(['one', 'two']);
  });
});

it('a hundred thousand results, all on one line or on their own, are grouped in good time', async () => {
  const { groupDefects } = await import('#findings/merge-results.ts');
  const { weaknesses } = await import('./raw-results.ts');
  const locator = {
    locate: async () => ({ location: place(1, 1), precision: 'none' as const }),
    locateExactly: async () => place(1, 1),
  };
  const place = (line: number, column: number) => ({
    path: 'a.js',
    startLine: line,
    startColumn: column,
    endLine: line,
    endColumn: null,
    resolved: true,
    why: null,
  });
  for (const layout of [(n: number) => place(n, 1), (n: number) => place(1, n)]) {
    const placed = Array.from({ length: 100_000 }, (_, n) => ({
      result: rawResult({ cwe: [79], rule: `rule-${n % 50}` }, n),
      location: layout(n + 1),
      precision: 'region' as const,
      locator,
    }));
    const start = performance.now();
    expect(groupDefects(placed, weaknesses)).toHaveLength(100_000);
    expect(performance.now() - start).toBeLessThan(15_000);
  }
});
