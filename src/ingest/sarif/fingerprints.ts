// Keeps the fingerprints that tell results apart, and leaves out those that say the same of all of them.
import { phrase } from '#domain/phrase.ts';
import { entriesOf, typeName } from '../json/shape.ts';
import { CAPS, COUNTS } from './caps.ts';
import type { Notices } from './notices.ts';
import type { DraftOrRejection } from './run-parts.ts';

/** What tools write when they have none: Semgrep without login "requires login", others a word for nothing or a row of zeros. */
const JUNK = /^(?:\s*|requires login|null|undefined|none|n\/?a|unknown|todo|0+|[-.]+)$/i;

/** CodeQL's column beside its line hash: no identity of its own, and the same for many results. */
const COLUMN_COMPANIONS: ReadonlySet<string> = new Set(['primaryLocationStartColumnFingerprint']);

/** A value that this many results share, all of the run's, identifies nothing. */
const SHARED_BY = 5;

/** `fingerprints` (§3.27.17) before `partialFingerprints` (§3.27.18); string values that are not junk, sorted by key. */
export function readFingerprints(
  fingerprints: unknown,
  partial: unknown,
  notices: Notices,
): readonly (readonly [string, string])[] {
  const kept = new Map<string, string>();
  for (const [key, value] of [...entriesOf(partial), ...entriesOf(fingerprints)]) {
    if (kept.size >= COUNTS.fingerprints) break;
    if (COLUMN_COMPANIONS.has(key)) continue;
    if (typeof value !== 'string')
      notices.add(phrase`a fingerprint is ${typeName(value)} where a string belongs; left out`);
    else if (value.length > CAPS.fingerprint)
      notices.add(phrase`a fingerprint is too long to be one; left out`);
    else if (JUNK.test(value))
      notices.add(phrase`fingerprint value ${JSON.stringify(value.slice(0, 40))} says nothing; left out`);
    else kept.set(key.slice(0, CAPS.fingerprint), value.toWellFormed());
  }
  return [...kept].sort(([a], [b]) => (a < b ? -1 : 1));
}

/** Keys whose value is the same in every result of a run that has the key. */
export function sharedKeys(results: readonly DraftOrRejection[]): ReadonlySet<string> {
  const seen = new Map<string, { readonly value: string; count: number; shared: boolean }>();
  for (const entry of results) {
    for (const [key, value] of 'rejected' in entry ? [] : entry.fingerprints) {
      const first = seen.get(key);
      if (first === undefined) seen.set(key, { value, count: 1, shared: true });
      else {
        first.count++;
        first.shared &&= first.value === value;
      }
    }
  }
  return new Set(
    [...seen].filter(([, entry]) => entry.shared && entry.count >= SHARED_BY).map(([key]) => key),
  );
}
