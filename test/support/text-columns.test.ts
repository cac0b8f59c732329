// Texts as wide as they look.
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { shorten } from '#support/shorten.ts';
import { columnsOf, cutEnd, cutMiddle, padColumns, wrapColumns } from '#support/text-columns.ts';

const wideText = fc
  .array(fc.constantFrom('a', ' ', '路', 'é', 'e\u0301', '👨\u200d👩\u200d👧', 'ｗ', 'س', '/', '…'), {
    maxLength: 40,
  })
  .map((parts) => parts.join(''));

describe('columns', () => {
  it.each([
    ['abc', 3],
    ['路径', 4],
    ['e\u0301', 1],
    ['👨\u200d👩\u200d👧', 2],
    ['ｗ', 2],
    ['한글', 4],
    ['سلام', 4],
    ['✗ ✓ … │', 7],
  ])('of %s are %i', (text, columns) => {
    expect(columnsOf(text)).toBe(columns);
  });

  it('are never exceeded by a cut, and a text that fits stays', () => {
    fc.assert(
      fc.property(wideText, fc.integer({ min: 4, max: 30 }), (text, columns) => {
        for (const cut of [cutEnd(text, columns), cutMiddle(text, columns)]) {
          expect(columnsOf(cut)).toBeLessThanOrEqual(columns);
          if (columnsOf(text) <= columns) expect(cut).toBe(text);
          expect(cut.isWellFormed()).toBe(true);
        }
      }),
      { numRuns: 500 },
    );
  });

  it('are never exceeded by a wrapped line, and no letter is lost', () => {
    fc.assert(
      fc.property(wideText, fc.integer({ min: 2, max: 30 }), (text, columns) => {
        const lines = wrapColumns(text, columns);
        for (const line of lines) expect(columnsOf(line)).toBeLessThanOrEqual(columns);
        expect(lines.join('').replaceAll(' ', '')).toBe(text.replaceAll(' ', ''));
      }),
      { numRuns: 500 },
    );
  });

  it('line up when padded', () => {
    expect(padColumns('路', 4)).toBe('路  ');
    expect(padColumns('long', 2)).toBe('long');
  });

  it('keep the end of a path, where the name of the file is, and a part of its start', () => {
    const cut = cutMiddle('src/main/java/org/example/Repository.java:142', 30);
    expect(cut).toMatch(/^src\/main.*….*epository\.java:142$/);
  });
});

describe('a shortened text', () => {
  it('is cut between characters and says so', () => {
    expect(shorten('abcdef', 4)).toBe('abc…');
    expect(shorten('ab😀cd', 4)).toBe('ab…');
    expect(shorten('abcd', 4)).toBe('abcd');
    expect(shorten('😀', 1)).toBe('…');
  });
});
