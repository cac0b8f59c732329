// Scores of vectors, and the files that say how likely a vulnerability is exploited.
import fc from 'fast-check';
import { describe, expect, test, vi } from 'vitest';
import { readEpss } from '../../src/advisories/read-epss.ts';
import { readKev } from '../../src/advisories/read-kev.ts';
import { scoreOf } from '../../src/advisories/score-of.ts';
import { severityOfScore } from '../../src/advisories/severity-of-score.ts';

const V31 = 'CVSS:3.1/AV:N/AC:L/PR:N/UI:N/S:U/C:H/I:H/A:H';
const V4 = 'CVSS:4.0/AV:N/AC:L/AT:N/PR:N/UI:N/VC:H/VI:H/VA:H/SC:N/SI:N/SA:N';

describe('the score of a vector', () => {
  // Published scores: CVE-2002-0392 and CVE-2021-44228 of FIRST's examples and NVD, and FIRST's own calculators.
  test.each([
    ['AV:N/AC:L/Au:N/C:N/I:N/A:C', 7.8],
    ['(AV:N/AC:L/Au:N/C:P/I:P/A:P)', 7.5],
    ['CVSS2#AV:L/AC:H/Au:N/C:C/I:C/A:C', 6.2],
    [V31, 9.8],
    ['CVSS:3.1/AV:N/AC:L/PR:N/UI:N/S:C/C:H/I:H/A:H', 10],
    ['CVSS:3.0/AV:N/AC:L/PR:N/UI:R/S:C/C:L/I:L/A:N', 6.1],
    ['CVSS:3.1/AV:P/AC:H/PR:H/UI:R/S:U/C:N/I:N/A:N', 0],
    [V4, 9.3],
    ['CVSS:4.0/AV:N/AC:L/AT:N/PR:N/UI:N/VC:N/VI:N/VA:N/SC:N/SI:N/SA:N', 0],
  ])('%s is %d', (vector, score) => {
    expect(scoreOf(vector)).toBe(score);
  });

  test('is the base score, whatever time and place add', () => {
    expect(scoreOf(`${V31}/E:U/RL:O/RC:C/MAV:L`)).toBe(9.8);
    expect(scoreOf(`${V4}/E:U/MVC:L`)).toBe(9.3);
  });

  test.each([
    '',
    'garbage',
    'CVSS:3.1',
    'CVSS:3.1/AV:N',
    'CVSS:9.0/AV:N/AC:L/Au:N/C:P/I:P/A:P',
    `${V31}/AV:L`,
    `${V31}/XX:Y`,
    `${V31}/E:Q`,
    `${V31}/__proto__:N`,
    `${V31}/constructor:N`,
    V31.replace('C:H', 'C:X'),
    V31.replace('AV:N', 'AV:n'),
    V4.replace('SI:N', 'SI:S'),
    V4.replace('CVSS:4.0', 'CVSS:3.1'),
    'AV:N/AC:L/Au:ND/C:P/I:P/A:P',
    `${V31}/${'E:U/'.repeat(10_000)}`,
    '(((((((AV:N/AC:L/Au:N/C:P/I:P/A:P',
  ])('%s has none', (vector) => {
    expect(scoreOf(vector)).toBeNull();
  });

  test('is 0 to 10 or none for any text near a vector, and nothing is printed', () => {
    const printed = (['log', 'warn', 'error'] as const).map((method) =>
      vi.spyOn(console, method).mockImplementation(() => undefined),
    );
    const piece = fc.constantFrom(
      ...V31.split('/'),
      ...V4.split('/'),
      'SI:S',
      'MSI:S',
      'AV:X',
      'E:P',
      '',
      ':',
      '(',
    );
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 14 }), fc.constantFrom('', `${V4}/`), (pieces, start) => {
        const score = scoreOf(start + pieces.join('/'));
        expect(score === null || (score >= 0 && score <= 10)).toBe(true);
      }),
      { numRuns: 300 },
    );
    for (const spy of printed) {
      expect(spy).not.toHaveBeenCalled();
      spy.mockRestore();
    }
  });

  test.each([
    [10, 'critical'],
    [9, 'critical'],
    [8.9, 'high'],
    [7, 'high'],
    [6.9, 'medium'],
    [4, 'medium'],
    [3.9, 'low'],
    [0.1, 'low'],
    [0, 'none'],
  ] as const)('%d is %s', (score, word) => {
    expect(severityOfScore(score)).toBe(word);
  });
});

describe('a table of EPSS scores', () => {
  const TABLE = [
    '#model_version:v2025.03.14,score_date:2026-11-20T00:00:00+0000',
    'cve,epss,percentile',
    'CVE-2021-44228,0.94358,0.99957',
    'CVE-2020-0001,0.00043,0.1',
    'CVE-2020-0002,1.0,1.0',
    'CVE-2020-0003,0.00000,0.0',
  ].join('\n');

  test('gives the highest score of the names, and the day', () => {
    const table = readEpss(TABLE);
    expect(table?.date).toBe('2026-11-20');
    expect(table?.of(['GHSA-x', 'cve-2020-0001', 'CVE-2021-44228'])).toBe(0.94358);
    expect(table?.of(['CVE-2020-0002'])).toBe(1);
    expect(table?.of(['CVE-2020-0003'])).toBe(0);
    expect(table?.of(['CVE-1999-0001', '__proto__'])).toBeNull();
    expect(table?.of([])).toBeNull();
    expect(table?.gaps).toBe(0);
  });

  test('counts the lines that are no score, and goes on', () => {
    const table = readEpss(
      `\uFEFF${TABLE}\r\nCVE-2020-0009,2.5,0\r\nnonsense\r\nCVE-2020-0010,NaN,1\r\n${'x'.repeat(5000)}\r\nCVE-2020-0011,0.5,1\r\n`,
    );
    expect(table?.gaps).toBe(4);
    expect(table?.of(['CVE-2020-0011'])).toBe(0.5);
    expect(table?.of(['CVE-2020-0009'])).toBeNull();
  });

  test.each(['', '{"a":1}', '<html>', 'cveID,vendorProject\nCVE-2020-0001,x', '#score_date:2026-11-20\n'])(
    'is not what %j holds',
    (text) => {
      expect(readEpss(text)).toBeNull();
    },
  );

  test('does not tell a day that the file does not', () => {
    expect(readEpss('cve,epss,percentile\nCVE-2020-0001,0.1,0.2')?.date).toBeNull();
  });
});

describe('the catalogue of exploited vulnerabilities', () => {
  test('is read as JSON', () => {
    const list = readKev(
      JSON.stringify({
        title: 'Catalog',
        dateReleased: '2026-11-21T17:00:12.0000Z',
        vulnerabilities: [{ cveID: 'CVE-2021-44228' }, { cveID: '__proto__' }, null, { other: 1 }],
      }),
    );
    expect(list?.date).toBe('2026-11-21');
    expect(list?.has(['GHSA-x', 'cve-2021-44228'])).toBe(true);
    expect(list?.has(['CVE-2020-0001', '__proto__'])).toBe(false);
    expect(list?.has([])).toBe(false);
    expect(list?.gaps).toBe(3);
  });

  test('is read as CSV, with commas, quotes and line breaks in its cells', () => {
    const list = readKev(
      [
        'cveID,vendorProject,shortDescription,dateAdded',
        'CVE-2021-44228,Apache,"A ""bad"" thing, in\r\ntwo lines,CVE-2000-0001",2021-12-10',
        '"CVE-2022-22965",VMware,x,2022-04-04',
        'oops,VMware,x,2020-01-01',
        '',
      ].join('\r\n'),
    );
    expect(list?.has(['CVE-2021-44228'])).toBe(true);
    expect(list?.has(['CVE-2022-22965'])).toBe(true);
    expect(list?.has(['CVE-2000-0001'])).toBe(false);
    expect(list?.date).toBe('2022-04-04');
    expect(list?.gaps).toBe(1);
  });

  test('says that the rest of a broken table is missing', () => {
    const list = readKev('cveID,x\nCVE-2021-0001,a\nCVE-2021-0002,"never closed\nCVE-2021-0003,b\n');
    expect(list?.has(['CVE-2021-0001'])).toBe(true);
    expect(list?.gaps).toBe(1);
  });

  test.each([
    '',
    '[]',
    '{}',
    '{"vulnerabilities":1}',
    '{"vulnerabilities":[',
    'cve,epss\nCVE-2020-0001,0.1',
    '<html>',
  ])('is not what %j holds', (text) => {
    expect(readKev(text)).toBeNull();
  });
});
