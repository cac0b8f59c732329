import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { dayNumber } from '#support/calendar-day.ts';

describe('a calendar day', () => {
  it.each([
    '2027-02-29',
    '2026-02-30',
    '2026-13-01',
    '2026-00-10',
    '2026-04-31',
    '2026-1-1',
    '26-01-01',
    '2026-01-01T00:00',
    '',
    '1900-02-29',
  ])('%j is none', (text) => {
    expect(dayNumber(text)).toBeNull();
  });

  it('is numbered as the platform counts days since 1970', () => {
    const days = fc.date({ min: new Date('0001-01-01'), max: new Date('9999-12-31'), noInvalidDate: true });
    fc.assert(
      fc.property(days, (date) => {
        const text = date.toISOString().slice(0, 10);
        expect(dayNumber(text)).toBe(Math.floor(date.getTime() / 86_400_000));
      }),
      { numRuns: 500 },
    );
    expect(dayNumber('2000-02-29')).toBe(11_016);
  });
});
