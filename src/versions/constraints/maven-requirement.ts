// Maven's version requirements (https://maven.apache.org/pom.html#dependency-version-requirement-specification), and Gradle's on top
// (https://docs.gradle.org/current/userguide/dependency_versions.html).
import { MAVEN_ORDER } from '../orders/maven-order.ts';
import { some } from './comparators.ts';
import { isWithin, readIntervals } from './intervals.ts';

/** A version without brackets is only what Maven would like best: any other may take its place, so all satisfy it. */
export function satisfiesMavenRequirement(constraint: string, version: string): boolean | null {
  const text = constraint.trim();
  if (!MAVEN_ORDER.isValid(version) || text === '') return null;
  const intervals = readIntervals(text);
  if (intervals !== null) return some(intervals.map((interval) => isWithin(interval, MAVEN_ORDER, version)));
  const [, strict] = /^([^!\s]+)!![^\s]*$/.exec(text) ?? [];
  if (strict !== undefined) return satisfiesStrictly(strict, version);
  if (text === '+' || text === 'latest.release' || text === 'latest.integration') return true;
  if (/^[0-9A-Za-z._-]*[._-]\+$/.test(text)) return startsWith(version, text.slice(0, -1));
  return MAVEN_ORDER.isValid(text) ? true : null;
}

/** Gradle's `1.7!!1.7.25`: the range before the marks holds, what follows is a preference. */
function satisfiesStrictly(strict: string, version: string): boolean | null {
  const intervals = readIntervals(strict);
  if (intervals !== null) return some(intervals.map((interval) => isWithin(interval, MAVEN_ORDER, version)));
  if (strict.endsWith('.+')) return startsWith(version, strict.slice(0, -1));
  return MAVEN_ORDER.isValid(strict) ? MAVEN_ORDER.compare(version, strict) === 0 : null;
}

/** `1.` for `1.+`: `1.5` and `1` itself. */
function startsWith(version: string, stem: string): boolean {
  return version.startsWith(stem) || version === stem.slice(0, -1);
}
