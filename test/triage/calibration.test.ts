import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { confidenceFrom, loadCalibration, readCalibration } from '#triage/calibration.ts';

const shipped = readFileSync(join(import.meta.dirname, '../../rules/calibration.yaml'), 'utf8');

describe('a confidence from counts', () => {
  it('is the uniform prior where nothing was measured', () => {
    expect(confidenceFrom(0, 0)).toEqual({ confidence: 0.5, confidenceLowerBound: 0 });
  });

  // Wilson 95 % lower bounds, computed by hand from the formula of 1927.
  it.each([
    [10, 10, 0.9167, 0.7224],
    [9, 10, 0.8333, 0.5958],
    [0, 10, 0.0833, 0],
    [950, 1000, 0.9491, 0.9346],
  ])('%i right of %i', (right, total, confidence, confidenceLowerBound) => {
    expect(confidenceFrom(right, total)).toEqual({ confidence, confidenceLowerBound });
  });

  it('never claims more than the mean, and more of the same evidence never lowers the bound', () => {
    fc.assert(
      fc.property(fc.nat(5000), fc.nat(5000), (right, wrong) => {
        const { confidence, confidenceLowerBound } = confidenceFrom(right, right + wrong);
        expect(confidenceLowerBound).toBeGreaterThanOrEqual(0);
        expect(confidenceLowerBound).toBeLessThanOrEqual(confidence);
        const doubled = confidenceFrom(2 * right, 2 * (right + wrong));
        expect(doubled.confidenceLowerBound).toBeGreaterThanOrEqual(confidenceLowerBound);
      }),
    );
  });
});

describe('the calibration file', () => {
  const text = `version: 1
measured: 2026-11-20
sets: [own-java]
reasons:
  FP.const: { right: 50, total: 100, languages: { java: { right: 40, total: 40 }, go: { right: 1, total: 1 } } }
`;

  it("uses a language's own figures once there are enough, else the sum", () => {
    const calibration = readCalibration(parse(text));
    expect(calibration.confidenceOf('FP.const', 'java').confidence).toBe(0.9762);
    expect(calibration.confidenceOf('FP.const', 'go').confidence).toBe(0.5);
    expect(calibration.confidenceOf('FP.const', null).confidence).toBe(0.5);
    expect(calibration.confidenceOf('constructor', '__proto__')).toEqual(confidenceFrom(0, 0));
  });

  it.each([
    ['more right than total', text.replace('right: 50', 'right: 500')],
    ['an unknown key', `${text}extra: 1\n`],
    ['no counts', 'version: 1\n'],
  ])('is refused with %s', (_, broken) => {
    expect(() => readCalibration(parse(broken))).toThrow(/calibration\.yaml is broken/);
  });

  it('is shipped in good form, with a date and a set wherever it has counts', async () => {
    const calibration = await loadCalibration({
      bytes: () => Promise.reject(new Error('not read')),
      text: () => Promise.reject(new Error('not read')),
      data: async (path) => (path === 'rules/calibration.yaml' ? parse(shipped) : null),
      list: async () => [],
    });
    expect(calibration.confidenceOf('FP.const', null).confidence).toBeGreaterThan(0);
    const hasCounts = /total: [1-9]/.test(shipped);
    expect(hasCounts).toBe(/^measured: \d{4}-\d{2}-\d{2}$/m.test(shipped));
    expect(hasCounts).toBe(!/^sets: \[\]$/m.test(shipped));
  });
});
