// The exits into SARIF: message text, where viewers look for embedded links, and URIs.
import { toTerminal } from '#support/escape-terminal.ts';
import { shorten } from '#support/shorten.ts';

const LONGEST_TEXT = 2_000;

/** Foreign text for a plain text message: one line, nothing invisible, and no `[text](target)` that a viewer would make a link (SARIF §3.11.6). */
export function sarifText(text: string): string {
  return shorten(toTerminal(text).replaceAll('](', '] ('), LONGEST_TEXT);
}

/** A path as a relative URI reference (RFC 3986): every segment encoded, and none that could climb or name a host. */
export function sarifUri(path: string): string {
  const segments = path.split('/').filter((segment) => segment !== '' && segment !== '.' && segment !== '..');
  return segments.map((segment) => encodeURIComponent(segment.toWellFormed())).join('/') || 'unknown';
}
