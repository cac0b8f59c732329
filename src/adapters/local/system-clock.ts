// The machine's clock, or the fixed time that ASSAY_NOW or SOURCE_DATE_EPOCH names.
import { performance } from 'node:perf_hooks';
import { AssayError } from '#domain/errors.ts';
import type { Clock } from '#ports/clock.ts';

/** `ASSAY_NOW` is an ISO 8601 time, `SOURCE_DATE_EPOCH` seconds since 1970 (reproducible-builds.org). ASSAY_NOW wins. */
export function createSystemClock(variables: Readonly<Record<string, string | undefined>>): Clock {
  const fixed = fixedTime(variables);
  return { now: () => fixed ?? Date.now(), elapsed: () => performance.now() };
}

function fixedTime(variables: Readonly<Record<string, string | undefined>>): number | null {
  const { ASSAY_NOW: iso, SOURCE_DATE_EPOCH: epoch } = variables;
  if (iso !== undefined && iso !== '') {
    const time = Date.parse(iso);
    if (Number.isNaN(time)) throw invalid('ASSAY_NOW', iso, 'an ISO 8601 time such as 2026-01-31T00:00:00Z');
    return time;
  }
  if (epoch !== undefined && epoch !== '') {
    if (!/^\d{1,12}$/.test(epoch)) throw invalid('SOURCE_DATE_EPOCH', epoch, 'whole seconds since 1970');
    return Number(epoch) * 1000;
  }
  return null;
}

function invalid(name: string, value: string, expected: string): AssayError {
  return new AssayError('configuration', `${name} is ${JSON.stringify(value)}; expected ${expected}.`, {
    hint: `Set ${name} to ${expected}, or unset it.`,
  });
}
