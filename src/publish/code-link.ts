// Addresses of lines and commits on the host, made of checked parts, and the Markdown links that lead there.
import type { ChangeRequest, Host } from '#domain/publication.ts';
import { codeSpan } from '#support/escape-markdown.ts';

/** Where the files at head are shown; `ChangeRequest` has both. */
export interface CodeHost {
  readonly host: Host;
  /** Absolute, up to the path, without the last slash: `https://github.com/o/r/blob/<sha>`. */
  readonly blobUrl: string;
}

/** Lines of a file relative to the repository root; `startLine` null for the whole file. */
export interface CodePlace {
  readonly path: string;
  readonly startLine: number | null;
  readonly endLine: number | null;
}

/** Of a path that is shown, in characters; where the address has it whole, its end is enough. */
const LONGEST_PATH = { linked: 60, alone: 200 } as const;
/** Longer addresses are cut or refused by browsers and proxies. */
const LONGEST_URL = 2_000;
/** An address that can stand between the parentheses of a link as it is. */
const ADDRESS = /^https?:\/\/[A-Za-z0-9._~%/:+-]+$/;
/** Shown rendered, where lines have no anchors, unless asked for as plain text. */
const RENDERED = /\.(?:md|markdown|mdown|mkdn?|rst|adoc|asciidoc|org|textile|rdoc|pod|wiki|ipynb|csv|tsv)$/i;

/**
 * The address of the lines: `…/src/a.py#L12-L14` on GitHub, `#L12-14` on GitLab. Null for a path that a browser would read as another
 * one (empty and dot segments) or that is far too long, and when the host's own address is not plain.
 */
export function codeUrl({ host, blobUrl }: CodeHost, place: CodePlace): string | null {
  const segments = place.path.split('/');
  if (!ADDRESS.test(blobUrl) || segments.some((segment) => /^\.{0,2}$/.test(segment))) return null;
  const plain = RENDERED.test(place.path) && place.startLine !== null ? '?plain=1' : '';
  const url = `${blobUrl}/${segments.map(encodeSegment).join('/')}${plain}${anchorOf(host, place)}`;
  return url.length > LONGEST_URL ? null : url;
}

/** `path:line` as a link, or as a code span where nothing can be linked. The path stands in a code span in both. */
export function codeLink(at: CodeHost | null, place: CodePlace): string {
  const { path, startLine, endLine } = place;
  const lines =
    startLine === null ? '' : `:${startLine}${endLine === null || endLine <= startLine ? '' : `-${endLine}`}`;
  const url = at === null ? null : codeUrl(at, place);
  const text = codeSpan(
    `${shortenPath(path, url === null ? LONGEST_PATH.alone : LONGEST_PATH.linked)}${lines}`,
  );
  return url === null ? text : `[${text}](${url})`;
}

/** A commit by its first seven digits, as a link; anything but a hexadecimal id stays a code span. */
export function commitLink(at: CodeHost | null, sha: string): string {
  const text = codeSpan(sha.slice(0, 7));
  const repository = at === null ? null : repositoryUrl(at);
  if (repository === null || !/^[0-9a-f]{7,64}$/.test(sha)) return text;
  return `[${text}](${repository}/commit/${sha})`;
}

/**
 * What our links may begin with: files and commits of the repository, and the change request itself with its comments. Files at any
 * commit: a text that is kept still leads to the head it was written for.
 */
export function linkPrefixesOf(change: Pick<ChangeRequest, 'blobUrl' | 'url'>): readonly string[] {
  const repository = repositoryUrl(change);
  const prefixes = repository === null ? [] : [`${repository}/blob/`, `${repository}/commit/`];
  return [...prefixes, ...(ADDRESS.test(change.url) ? [change.url] : [])];
}

/** `…/blob/<sha>` lies beside `…/commit/<sha>` on both hosts. */
function repositoryUrl({ blobUrl }: Pick<CodeHost, 'blobUrl'>): string | null {
  const before = /^(.+)\/blob\/[^/]+$/.exec(blobUrl)?.[1];
  return before === undefined || !ADDRESS.test(before) ? null : before;
}

function anchorOf(host: Host, { startLine, endLine }: CodePlace): string {
  if (startLine === null) return '';
  if (endLine === null || endLine <= startLine) return `#L${startLine}`;
  return host === 'github' ? `#L${startLine}-L${endLine}` : `#L${startLine}-${endLine}`;
}

/** RFC 3986 unreserved characters stay; parentheses and quotes go too, which `encodeURIComponent` leaves. */
function encodeSegment(segment: string): string {
  return encodeURIComponent(segment.toWellFormed()).replace(
    /[!'()*]/g,
    (character) => `%${character.charCodeAt(0).toString(16).toUpperCase()}`,
  );
}

/** The end of a path says more than its beginning; cut between two segments where that is possible. */
function shortenPath(path: string, longest: number): string {
  if (path.length <= longest) return path;
  const tail = path.slice(-longest);
  const slash = tail.indexOf('/');
  return `…${(slash === -1 ? tail : tail.slice(slash)).toWellFormed()}`;
}
