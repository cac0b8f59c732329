// What is left out when there is not enough room.
import { Buffer } from 'node:buffer';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { fitSections, type Limit, type Section } from '#publish/fit-sections.ts';

const words = { more: (rows: number) => `(${rows} more)\n`, leftOut: '(sections left out)\n' };
const roomy = { characters: 1000, bytes: 1000 };

function section(name: string, rank: number, rows: readonly string[] = []): Section {
  return { before: `<${name}>\n`, rows: rows.map((row) => `${row}\n`), after: `</${name}>\n`, rank };
}

function fitted(sections: readonly Section[], limit: Limit): string {
  return fitSections(sections, limit, words).text;
}

describe('fitting sections into a limit', () => {
  it('shows everything in order where there is room', () => {
    expect(fitted([section('b', 2, ['1', '2']), section('a', 0)], roomy)).toBe(
      '<b>\n1\n2\n</b>\n<a>\n</a>\n',
    );
  });

  it('counts the rows that have no room', () => {
    const rows = Array.from({ length: 100 }, (_, index) => `row ${index}`);
    const text = fitted([section('a', 1, rows)], { characters: 100, bytes: 1000 });
    const shown = (text.match(/^row/gm) ?? []).length;
    expect(text).toContain(`(${100 - shown} more)`);
    expect(text.length).toBeLessThanOrEqual(100);
    expect(shown).toBeGreaterThan(3);
  });

  it('gives room by rank, not by order', () => {
    const text = fitted([section('late', 2, ['x'.repeat(40)]), section('early', 1, ['y'.repeat(40)])], {
      characters: 120,
      bytes: 120,
    });
    expect(text).toContain('y'.repeat(40));
    expect(text).not.toContain('x'.repeat(40));
  });

  it('leaves out whole sections when not even their frame fits, and says so', () => {
    const text = fitted([section('a', 0), section('unlikely-long-name', 3, ['1'])], {
      characters: 45,
      bytes: 100,
    });
    expect(text).toBe('<a>\n</a>\n(sections left out)\n');
  });

  it('tells which rows of which section are in the text', () => {
    const [first, second, third] = [
      section('a', 1, ['1', '2', 'x'.repeat(40), '3']),
      section('b', 2, ['4']),
      section('unlikely-long-name', 3, ['5']),
    ] as const;
    const { text, rowsShown } = fitSections([third, second, first], { characters: 80, bytes: 80 }, words);
    expect(text).toBe('<b>\n4\n</b>\n<a>\n1\n2\n(2 more)\n</a>\n(sections left out)\n');
    expect([first, second, third].map((one) => rowsShown.get(one))).toEqual([2, 1, 0]);
  });

  it('keeps both limits, whatever the rows are', () => {
    const rows = fc.array(fc.string({ unit: 'grapheme', maxLength: 30 }), { maxLength: 20 });
    fc.assert(
      fc.property(rows, rows, fc.integer({ min: 80, max: 400 }), (first, second, limit) => {
        const text = fitted([section('a', 1, first), section('b', 2, second)], {
          characters: limit,
          bytes: limit + 40,
        });
        expect(text.length).toBeLessThanOrEqual(limit);
        expect(Buffer.byteLength(text)).toBeLessThanOrEqual(limit + 40);
      }),
      { numRuns: 300 },
    );
  });
});
