// The links of the summary comment: to lines at the head commit and to comments, and to nothing else (security row 12).
import type { Host } from '#domain/publication.ts';
import type { FindingRecord } from '#domain/result-document.ts';

/** Left alone by `encodeURIComponent`, but Markdown may end a link at them. */
const MARKDOWN_MARKS = /['()]/g;

/**
 * The address of a finding's lines. `blobUrl` is the host's address of files at head; null when it is none, or the place is not in the
 * repository. Line fragments: `#L3-L5` on GitHub, `#L3-5` on GitLab.
 */
export function lineAddress(
  { location }: Pick<FindingRecord, 'location'>,
  { host, blobUrl }: { host: Host; blobUrl: string | null },
): string | null {
  const base = blobUrl === null ? null : safeAddress(blobUrl, originOf(blobUrl));
  if (base === null || !location.resolved) return null;
  const path = location.path.split('/').map(encodeSegment).join('/');
  if (location.wholeFile === true) return `${base}/${path}`;
  const { startLine, endLine } = location;
  const to = endLine > startLine ? `-${host === 'github' ? 'L' : ''}${endLine}` : '';
  return `${base}/${path}#L${startLine}${to}`;
}

/** The address as it may stand in a Markdown link, or null when it is not one of `origin`. */
export function safeAddress(address: string, origin: string | null): string | null {
  if (origin === null || !URL.canParse(address)) return null;
  const url = new URL(address);
  const web = url.protocol === 'https:' || url.protocol === 'http:';
  if (!web || url.username !== '' || url.password !== '' || url.origin !== origin) return null;
  return url.href.replace(/[()<>[\]\\|`'"\s]/g, percentEncode).replace(/\/$/, '');
}

/** Null for what is no address. */
export function originOf(address: string): string | null {
  return URL.canParse(address) ? new URL(address).origin : null;
}

/** A link whose text is finished Markdown; the text alone when there is no address. */
export function linked(text: string, address: string | null): string {
  return address === null ? text : `[${text}](${address})`;
}

function encodeSegment(segment: string): string {
  return encodeURIComponent(segment.toWellFormed()).replace(MARKDOWN_MARKS, percentEncode);
}

function percentEncode(character: string): string {
  return encodeURIComponent(character) === character
    ? `%${character.charCodeAt(0).toString(16).toUpperCase()}`
    : encodeURIComponent(character);
}
