import { describe, expect, it } from 'vitest';
import { createSystemClock } from '../../../src/adapters/local/system-clock.ts';

describe('the clock of a run', () => {
  it('is fixed by ASSAY_NOW, or by SOURCE_DATE_EPOCH in seconds', () => {
    expect(createSystemClock({ ASSAY_NOW: '2026-01-31T00:00:00Z' }).now()).toBe(Date.UTC(2026, 0, 31));
    expect(createSystemClock({ SOURCE_DATE_EPOCH: '86400' }).now()).toBe(86_400_000);
    expect(createSystemClock({ ASSAY_NOW: '2026-01-31T00:00:00Z', SOURCE_DATE_EPOCH: '1' }).now()).toBe(
      Date.UTC(2026, 0, 31),
    );
  });

  it('refuses a time that is none, and says what it expected', () => {
    expect(() => createSystemClock({ ASSAY_NOW: 'tomorrow' })).toThrow(
      'ASSAY_NOW is "tomorrow"; expected an ISO 8601 time',
    );
    expect(() => createSystemClock({ SOURCE_DATE_EPOCH: '-1' })).toThrow('expected whole seconds since 1970');
  });
});
