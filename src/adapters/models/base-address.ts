// The address that a model is asked at, as the operator gave it: one origin and one path, nothing else (security row 28).
import { AssayError } from '../../domain/errors.ts';

const HINT = 'Give the base address alone, for example ASSAY_MODEL_BASE_URL=http://127.0.0.1:11434/v1';

/**
 * `defaultPath` is added to an address without a path: vendors' own tools leave it out. Which hosts may be asked, and over http, the
 * bounded fetch decides. Throws AssayError `configuration`; the address is never repeated in it, since it may hold a secret.
 */
export function parseBaseAddress(text: string, defaultPath: string): URL {
  const url = URL.parse(text);
  if (url === null) throw refused('is no URL');
  if (url.protocol !== 'https:' && url.protocol !== 'http:') throw refused('is neither https nor http');
  if (url.username !== '' || url.password !== '')
    throw refused('holds a user name or a password; the key belongs into ASSAY_MODEL_API_KEY');
  // An empty query or fragment is one too: `?` and `#` at the end would swallow the path that is added.
  if (text.includes('?')) throw refused('has a query');
  if (text.includes('#')) throw refused('has a fragment');
  if (url.pathname === '/') url.pathname = defaultPath;
  return url;
}

/** For clients that put `/path` behind it. */
export function withoutSlash(url: URL): string {
  return url.href.replace(/\/+$/, '');
}

function refused(why: string): AssayError {
  return new AssayError('configuration', `The base address of the model ${why}.`, { hint: HINT });
}
