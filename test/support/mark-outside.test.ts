import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { clipMarked, markOutside } from '#support/mark-outside.ts';

describe('outside text inside a sentence of ours', () => {
  it('stands between backticks, on one line, with hidden characters named', () => {
    expect(markOutside('a`b\r\n\tc')).toBe("`a'b c`");
    expect(markOutside('x\u202ey')).toBe('`x⟦U+202E⟧y`');
    expect(markOutside('   ')).toBe('`(empty)`');
    expect(markOutside('abcdef', 4)).toBe('`abc…`');
  });

  it('always is one pair of marks within its length, whatever the text', () => {
    fc.assert(
      fc.property(
        fc.string({ unit: 'binary', maxLength: 300 }),
        fc.integer({ min: 2, max: 100 }),
        (text, limit) => {
          const marked = markOutside(text, limit);
          expect(marked).toMatch(/^`[^`\n\r]+`$/);
          expect([...marked].length).toBeLessThanOrEqual(Math.max(limit, 7) + 2);
        },
      ),
      { numRuns: 300 },
    );
  });
});

describe('clipping a sentence', () => {
  it('ends at a word and never leaves a mark open', () => {
    expect(clipMarked('The call `f(a, b)` is safe.', 100)).toBe('The call `f(a, b)` is safe.');
    expect(clipMarked('The call `f(a, b)` is safe.', 15)).toBe('The call…');
    expect(clipMarked('odd ` mark', 100)).toBe('odd ');
  });

  it('keeps length and pairs for any text', () => {
    fc.assert(
      fc.property(
        fc.string({ unit: fc.constantFrom('a', ' ', '`', '\n', '\u202e') }),
        fc.integer({ min: 5, max: 60 }),
        (text, limit) => {
          const clipped = clipMarked(text, limit);
          expect(clipped.length).toBeLessThanOrEqual(limit);
          expect(clipped.split('`').length % 2).toBe(1);
        },
      ),
      { numRuns: 300 },
    );
  });
});
