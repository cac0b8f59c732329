// NuGet's version ranges and floating versions (https://learn.microsoft.com/nuget/concepts/package-versioning#version-ranges).
import { compareDigits, compareLists } from '../order.ts';
import { NUGET_ORDER, readNuget } from '../orders/nuget-order.ts';
import { isWithin, readIntervals } from './intervals.ts';

/** `1.0` means at least 1.0. A floating version takes what it stands for, and not the next best, to which NuGet would turn. */
export function satisfiesNugetRange(constraint: string, version: string): boolean | null {
  const text = constraint.trim();
  if (!NUGET_ORDER.isValid(version)) return null;
  if (/^[0-9*]/.test(text) && text.includes('*')) return floats(text, version);
  if (/^[0-9]/.test(text)) return NUGET_ORDER.isValid(text) ? NUGET_ORDER.compare(version, text) >= 0 : null;
  // A star within an interval only prefers the newest: the bound is the version with 0 in its place.
  const [interval, more] = readIntervals(text.replace(/(?<=[0-9]\.)\*/g, '0')) ?? [];
  return interval === undefined || more !== undefined ? null : isWithin(interval, NUGET_ORDER, version);
}

const FLOATING = /^((?:[0-9]+\.){0,3})\*(-\*)?$/;
const FLOATING_LABEL = /^([0-9]+(?:\.[0-9]+){0,3})-([0-9a-z.-]*)\*$/;

function floats(text: string, version: string): boolean | null {
  const candidate = readNuget(version);
  if (candidate === null) return null;
  const [, stem, label] = FLOATING.exec(text) ?? [];
  if (stem !== undefined) {
    const numbers = stem.split('.').slice(0, -1);
    const isNear =
      compareLists(candidate.numbers.slice(0, numbers.length), numbers, '0', compareDigits) === 0;
    return isNear && (label !== undefined || candidate.prerelease.length === 0);
  }
  const [, exact, start = ''] = FLOATING_LABEL.exec(text.toLowerCase()) ?? [];
  if (exact === undefined) return null;
  const isNear = compareLists(candidate.numbers, exact.split('.'), '0', compareDigits) === 0;
  return isNear && (candidate.prerelease.length === 0 || candidate.prerelease.join('.').startsWith(start));
}
