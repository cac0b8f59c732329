// Intervals in brackets, as Maven and NuGet write them: `[1.0,2.0)`, `(,1.0]`, `[1.0]`; Gradle also turns a bracket round to leave a bound out.
import type { VersionOrder } from '../order.ts';

interface Bound {
  readonly version: string;
  readonly isIncluded: boolean;
}

export interface Interval {
  readonly low: Bound | null;
  readonly high: Bound | null;
}

const ONE = /\s*([[(\]])([^[\](),]*)(?:(,)([^[\](),]*))?([\])[])\s*(,?)/y;

/** Null when the text is anything else than intervals with commas between them. */
export function readIntervals(text: string): readonly Interval[] | null {
  const intervals: Interval[] = [];
  let end = 0;
  let isOpen = true;
  while (end < text.length) {
    ONE.lastIndex = end;
    const match = ONE.exec(text);
    if (match === null || !isOpen) return null;
    const [whole, left, first = '', comma, second = '', right, more] = match;
    const isLeftIncluded = left === '[';
    const isRightIncluded = right === ']';
    const [low, high] = [first.trim(), comma === undefined ? first.trim() : second.trim()];
    if (comma === undefined && !(isLeftIncluded && isRightIncluded && low !== '')) return null;
    intervals.push({
      low: low === '' ? null : { version: low, isIncluded: isLeftIncluded },
      high: high === '' ? null : { version: high, isIncluded: isRightIncluded },
    });
    end += whole.length;
    isOpen = more === ',';
  }
  return intervals.length === 0 || isOpen ? null : intervals;
}

/** Null when a bound is no version. */
export function isWithin({ low, high }: Interval, order: VersionOrder, version: string): boolean | null {
  if ([low, high].some((bound) => bound !== null && !order.isValid(bound.version))) return null;
  const fromLow = low === null ? 1 : order.compare(version, low.version);
  const fromHigh = high === null ? -1 : order.compare(version, high.version);
  const isAbove = fromLow > 0 || (fromLow === 0 && low?.isIncluded === true);
  return isAbove && (fromHigh < 0 || (fromHigh === 0 && high?.isIncluded === true));
}
