// An id survives what does not touch the defect, and tells apart what is two.
import { describe, expect, it } from 'vitest';
import { collect, reportOf, type Said, type Setting } from './raw-results.ts';

const SOURCE = `#include <string.h>

static void greet(const char *name)
{
    char text[16];
    strcpy(text, name);
    puts(text);
}

void part(const char *name) {
    strcpy(first, name);
    log_line("half");
    strcpy(first, name);
}
`;

const overflow = (line: number, more: Said = {}): Said => ({
  rule: 'buffer',
  cwe: [120],
  at: [line, 5, 11],
  ...more,
});

async function idsOf(source: string, said: readonly Said[], setting: Setting = {}): Promise<string[]> {
  const { findings } = await collect([reportOf(...said)], { files: { 'src/app.c': source }, ...setting });
  return findings.map(({ id }) => id);
}

describe('an id stays the same when', () => {
  it('another line that reads the same is reported, or no longer', async () => {
    const both = await idsOf(SOURCE, [overflow(11), overflow(13)]);
    const [second] = await idsOf(SOURCE, [overflow(13)]);
    expect(both).toHaveLength(2);
    expect(both[1]).toBe(second);
  });

  it('lines are inserted above, in the file and right before the line', async () => {
    const [before] = await idsOf(SOURCE, [overflow(6)]);
    const moved = SOURCE.replace(
      'static',
      '/* new (really) */\nint added(int a) {\n  return a;\n}\n\nstatic',
    );
    expect(await idsOf(moved, [overflow(11)])).toEqual([before]);
    const close = SOURCE.replace(
      '    strcpy(text',
      '// a note (at column 0)\n    check(name);\n    strcpy(text',
    );
    expect(await idsOf(close, [overflow(8)])).toEqual([before]);
  });

  it('the file is re-indented with tabs, or the code is wrapped in a condition', async () => {
    const [before] = await idsOf(SOURCE, [overflow(6)]);
    expect(await idsOf(SOURCE.replaceAll('    ', '\t'), [overflow(6, { at: [6, 2, 8] })])).toEqual([before]);
    const wrapped = SOURCE.replace(
      '    strcpy(text, name);',
      '    if (ready(name)) {\n        strcpy(text,  name);\n    }',
    );
    expect(await idsOf(wrapped, [overflow(7)])).toEqual([before]);
  });

  it('line ends change to CRLF', async () => {
    const [before] = await idsOf(SOURCE, [overflow(6)]);
    expect(await idsOf(SOURCE.replaceAll('\n', '\r\n'), [overflow(6)])).toEqual([before]);
  });

  it('the file is renamed in a way that git knows', async () => {
    const [before] = await idsOf(SOURCE, [overflow(6)]);
    const after = await idsOf('', [overflow(6, { uri: 'lib/greet.c' })], {
      files: { 'lib/greet.c': SOURCE },
      basePath: (path) => (path === 'lib/greet.c' ? 'src/app.c' : path),
    });
    expect(after).toEqual([before]);
  });

  it('a second tool reports the same defect, more or less exactly', async () => {
    const [before] = await idsOf(SOURCE, [overflow(6)]);
    for (const cwe of [119, 120, 787]) {
      const second = overflow(6, { tool: 'other', rule: 'o-1', cwe: [cwe], level: 'error', at: [6] });
      expect(await idsOf(SOURCE, [overflow(6), second])).toEqual([before]);
    }
  });

  it('a second tool reports another defect on the line', async () => {
    const [before] = await idsOf(SOURCE, [overflow(6)]);
    const second = overflow(6, { tool: 'other', rule: 'o-2', cwe: [476] });
    expect(await idsOf(SOURCE, [overflow(6), second])).toContain(before);
  });
});

describe('an id differs for', () => {
  it('two identical calls in one function, each keeping its own when lines move', async () => {
    const before = await idsOf(SOURCE, [overflow(11), overflow(13)]);
    expect(new Set(before).size).toBe(2);
    const moved = `// header\n\n${SOURCE}`;
    expect(await idsOf(moved, [overflow(15), overflow(13)])).toEqual(before);
  });

  it('the same line in another function or another file', async () => {
    const files = { 'src/app.c': SOURCE, 'src/copy.c': SOURCE };
    const ids = await idsOf('', [overflow(6), overflow(11), overflow(6, { uri: 'src/copy.c' })], { files });
    expect(new Set(ids).size).toBe(3);
  });

  it('two defects on one line that must stay two', async () => {
    const source = 'void f(char *a) { strcpy(x, a); strcpy(y, a); }\n';
    const ids = await idsOf(source, [overflow(1, { at: [1, 19, 25] }), overflow(1, { at: [1, 33, 39] })]);
    expect(new Set(ids).size).toBe(2);
  });
});

it('fingerprints without the path match across files, those with it do not', async () => {
  const { findings } = await collect(
    [reportOf(overflow(6, { fingerprints: [['hash/v1', 'abc']] }), overflow(6, { uri: 'copy.c' }))],
    { files: { 'src/app.c': SOURCE, 'copy.c': SOURCE } },
  );
  const [first, second] = findings.map(({ fingerprints }) => fingerprints);
  expect(first?.['assay/v1']).toBe(second?.['assay/v1']);
  expect(first?.['assayPath/v1']).not.toBe(second?.['assayPath/v1']);
  expect(Object.keys(second ?? {})).toEqual(['assay/v1', 'assayPath/v1', 'scanner/hash/v1']);
});

it('a place that did not resolve has an id from the words of the report', async () => {
  const gone = (message: string): Said => ({ uri: 'gone.c', at: [3], message });
  const [one] = await idsOf(SOURCE, [gone('a')]);
  expect(one).toMatch(/^[0-9a-f]{16}$/);
  expect(await idsOf(SOURCE, [gone('a'), gone('b')])).toContain(one);
  expect(await idsOf(SOURCE, [gone('a'), gone('a')])).toEqual([one]);
});
