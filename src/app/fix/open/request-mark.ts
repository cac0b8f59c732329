// How a branch and a request of the fixes are known again: a trailer in the commit, and a hidden line in the description.
import { createHash } from 'node:crypto';
import { AssayError } from '#domain/errors.ts';
import type { FixedFile, FixTip, RequestText } from '#ports/fix-desk.ts';
import { digestOf, type Seal } from '../../../publish/marker.ts';

/** What the hidden line says. */
export interface FixMark {
  /** `digestOfFiles` that the request was last written for. */
  readonly fix: string;
  /** `digestOf` title and visible description as they were last written. */
  readonly title: string;
  readonly body: string;
}

const TRAILER = /^Assay-Fix: ([0-9a-f]{64})$/gm;
const SEAL_TRAILER = /^Assay-Fix-Seal: ([0-9a-f]{32})$/gm;
const MARK =
  /^<!-- assay:v1 k=fix fix=([0-9a-f]{64}) title=([0-9a-f]{16}) body=([0-9a-f]{16}) mac=([0-9a-f]{32}|-) -->$/;

/** Of paths, modes and bytes; 64 hexadecimal digits of SHA-256. */
export function digestOfFiles(files: readonly FixedFile[]): string {
  const rows = files
    .map(({ path, bytes, isExecutable }) => [path, isExecutable, sha256(bytes)])
    .sort(([one], [other]) => (String(one) < String(other) ? -1 : 1));
  return sha256(JSON.stringify(rows));
}

/** A commit message with its trailers. */
export function withTrailer(message: string, digest: string, seal: Seal): string {
  const signed = seal.sign(trailerText(digest));
  const lines = [`Assay-Fix: ${digest}`, ...(signed === null ? [] : [`Assay-Fix-Seal: ${signed}`])];
  return `${message.trimEnd()}\n\n${lines.join('\n')}\n`;
}

/** The digest that a commit of ours was made for; null for a commit that is none of ours. */
export function digestOfTip(
  { isOwn, message }: Pick<FixTip, 'isOwn' | 'message'>,
  seal: Seal,
): string | null {
  return isOwn ? digestIn(message, seal) : null;
}

/** The digest that a commit message names; null when it names none, several, or one that is not signed as ours are. */
export function digestIn(message: string, seal: Seal): string | null {
  const digests = [...message.matchAll(TRAILER)];
  const digest = digests[0]?.[1];
  if (digests.length !== 1 || digest === undefined) return null;
  const expected = seal.sign(trailerText(digest));
  const seals = [...message.matchAll(SEAL_TRAILER)];
  return expected === null || (seals.length === 1 && seals[0]?.[1] === expected) ? digest : null;
}

function trailerText(digest: string): string {
  return `Assay-Fix: ${digest}`;
}

export function markOfText(fix: string, { title, body }: RequestText): FixMark {
  return { fix, title: digestOf(title), body: digestOf(body) };
}

export function withMark(visible: string, { fix, title, body }: FixMark, seal: Seal): string {
  const start = `<!-- assay:v1 k=fix fix=${fix} title=${title} body=${body}`;
  const line = `${start} mac=${seal.sign(start) ?? '-'} -->`;
  if (!MARK.test(line)) throw new AssayError('internal', 'A value does not fit into the mark of a request.');
  return `${visible.trimEnd()}\n\n${line}`;
}

/** Null when there is none, several, or one whose signature is not ours. It may stand anywhere: people write below it. */
export function readMark(body: string, seal: Seal): FixMark | null {
  const found = body.split('\n').flatMap((line) => MARK.exec(line.trimEnd()) ?? []);
  const [line, fix, title, digest, mac] = found;
  if (found.length !== 5 || line === undefined || !fix || !title || !digest) return null;
  const expected = seal.sign(line.slice(0, line.lastIndexOf(' mac=')));
  return expected === null || expected === mac ? { fix, title, body: digest } : null;
}

/** A description without its mark. */
export function visibleOf(body: string): string {
  return body
    .split('\n')
    .filter((line) => !MARK.test(line.trimEnd()))
    .join('\n')
    .trimEnd();
}

function sha256(content: string | Uint8Array): string {
  return createHash('sha256').update(content).digest('hex');
}
