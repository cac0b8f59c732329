// A team's licence policy as a question to a single licence: allowed, refused and why, or not to be told.
import type { LicencePolicy } from '#domain/policy.ts';
import { DEPRECATED_IDS, spelledAsSpdx } from './licence-names.ts';
import type { LicenceLeaf } from './read-licence.ts';

/**
 * - `denied`: the policy denies it; `unlisted`: the policy lists what is allowed, and it is not there
 * - `unknown`: nobody can say which licence it is
 */
export type LeafAnswer = 'allowed' | 'denied' | 'unlisted' | 'unknown';

/**
 * An entry with `WITH` speaks of the licence with that exception alone, and before entries that do not name it; among entries alike,
 * `deny` wins. `x-or-later` and `x+` may be taken as `x`, so entries on either speak of them.
 */
export function createLicenceRule({
  allow,
  deny,
}: Pick<LicencePolicy, 'allow' | 'deny'>): (leaf: LicenceLeaf) => LeafAnswer {
  const denied = deny.map(readEntry);
  const allowed = allow?.map(readEntry) ?? null;
  return (leaf) => {
    if (leaf.exception !== null) {
      if (denied.some((entry) => entry.hasException && entry.matches(leaf))) return 'denied';
      if (allowed?.some((entry) => entry.hasException && entry.matches(leaf))) return 'allowed';
    }
    if (denied.some((entry) => !entry.hasException && entry.matches(leaf))) return 'denied';
    if (allowed?.some((entry) => !entry.hasException && entry.matches(leaf))) return 'allowed';
    if (/^LicenseRef-(?:NOASSERTION|NONE)$/.test(leaf.id)) return 'unknown';
    if (leaf.isListed || isReference(leaf)) {
      if (allowed !== null) return 'unlisted';
      return leaf.isListed ? 'allowed' : 'unknown';
    }
    return 'unknown';
  };
}

/** `LicenseRef-…`: a licence whose text the author gives, which a policy can name. */
function isReference({ id }: LicenceLeaf): boolean {
  return /^(?:DocumentRef-|LicenseRef-)/.test(id);
}

interface Entry {
  readonly hasException: boolean;
  matches(leaf: LicenceLeaf): boolean;
}

function readEntry(text: string): Entry {
  const [written = '', writtenException = null] = text.trim().split(/\s+with\s+/i);
  const bare = written.replace(/\+$/, '');
  const instead = DEPRECATED_IDS.get(spelledAsSpdx(bare)) ?? bare;
  const [id = '', ownException = null] = instead.split(' WITH ');
  const exception = writtenException ?? ownException;
  const wanted = !written.endsWith('+')
    ? id
    : id.endsWith('-only')
      ? id.replace(/-only$/, '-or-later')
      : `${bare}+`;
  return {
    hasException: exception !== null,
    matches(leaf) {
      if (exception !== null && !(leaf.exception !== null && fits(exception, leaf.exception))) return false;
      return namesOf(leaf).some((name) => fits(wanted, name));
    },
  };
}

function namesOf({ id, orLater }: LicenceLeaf): readonly string[] {
  if (!orLater) return [id];
  return id.endsWith('-or-later') ? [id, id.replace(/-or-later$/, '-only')] : [`${id}+`, id];
}

/** `*` stands for any characters; upper and lower case are the same. Linear in both. */
function fits(pattern: string, text: string): boolean {
  const name = text.toLowerCase();
  const [first = '', ...others] = pattern.toLowerCase().split('*');
  const last = others.pop();
  if (last === undefined) return first === name;
  if (!name.startsWith(first) || name.length < first.length + last.length) return false;
  let at = first.length;
  for (const part of others) {
    const found = name.indexOf(part, at);
    if (found === -1) return false;
    at = found + part.length;
  }
  return name.length - last.length >= at && name.endsWith(last);
}
