// Requests and redirects: a remote value proves something only where it can decide the host.
import { markOutside } from '#support/mark-outside.ts';
import type { Taint } from '../code/evaluate/value.ts';
import { lineOf } from './line-words.ts';
import type { Place } from './place.ts';

/**
 * Beginnings after which nothing can change the host any more (RFC 3986, section 3; browsers take `\` for `/` and skip tabs):
 * `scheme://host/`, `//host/`, `/path`, `page/` and `page?`.
 */
const FIXED_HOST = /^(?:(?:[a-z][a-z0-9+.-]*:)?\/\/[^/?#\\\s]+[/?#]|\/[^/\\\s\p{Cc}]|[\w.~%-]+[/?#]|[?#])/iu;

/** Why the remote value is no proof at this place, as a question; null when it can decide what the weakness is about. */
export function askHost(place: Place, taint: Taint): string | null {
  const { families } = place;
  if (families.length === 0 || families.some(({ decidedBy }) => decidedBy !== 'host')) return null;
  const label = `${taint.label} of ${lineOf(taint.span)}`;
  const before = taint.before ?? null;
  if (before === null)
    return `What stands before ${label} in the address is not known: can ${taint.label} decide the host?`;
  if (!FIXED_HOST.test(before)) return null;
  return `${label} reaches the address, but the host is fixed by ${markOutside(JSON.stringify(before.slice(0, 80)), 100)}: does the rest of the address matter?`;
}
