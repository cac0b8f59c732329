// The hidden line at the end of a comment by which a later run knows its own: what the comment is about, and whether a person changed it.
import { Buffer } from 'node:buffer';
import { createHash, createHmac, timingSafeEqual } from 'node:crypto';
import { AssayError } from '#domain/errors.ts';

/** What a marker says. Every value is of letters, digits and `._,-`, so that nothing in it can end the HTML comment. */
export interface Marker {
  readonly kind: 'finding' | 'summary' | 'review';
  /** The finding's id; `-` for a summary or a review. */
  readonly id: string;
  /** The first 16 hexadecimal digits of `assay/v1`. */
  readonly fingerprint: string | null;
  readonly state: 'open' | 'closed';
  /** As `categoryMark` writes it. */
  readonly category: string;
  /** As `toolSlug` writes it: the tool that reported the finding. */
  readonly tool: string | null;
  /** `digestOf` the visible text as it was written. */
  readonly body: string;
  /** Ids of the findings that this review or summary speaks for; in a comment about a finding others that it remembers. */
  readonly posted: readonly string[];
  /** Set once the comment was closed. */
  readonly past?: MarkerPast;
}

/** What became of the finding of a comment that was closed: why, and whether it is back. */
export interface MarkerPast {
  /**
   * `fixed`: its line was changed. `gone`: not reported any more, though its line stands. `other`: it asked for nothing any more. `moved`: it
   * is told by another comment since.
   */
  readonly why: 'fixed' | 'gone' | 'other' | 'moved';
  /** Whether a person had resolved the thread before. */
  readonly setAside: boolean;
  /** The head at which it was closed, and the one at which it was reported again; null while it is closed. */
  readonly closedAt: string;
  readonly backSince: string | null;
}

export type MarkerFields = Omit<Marker, 'body'>;

/** Signs markers of one change request, when there is a key. */
export interface Seal {
  /** 32 hexadecimal digits, or null without a key. */
  sign(text: string): string | null;
}

const FORM =
  /^<!-- assay:v1 k=(finding|summary|review) id=([\w.-]{1,64}) fp=([0-9a-f]{16}|-) st=(open|closed) cat=([0-9a-f]{8}|-) tool=([a-z0-9-]{1,40}) body=([0-9a-f]{16}) posted=([\w.,-]{1,8000})(?: past=(fixed|gone|other|moved)(-aside)?\.([0-9a-f]{7,64})(?:\.([0-9a-f]{7,64}))?)? mac=([0-9a-f]{32}|-) -->$/;
const NONE = '-';

/**
 * A key (`ASSAY_MARKER_KEY`) makes markers that nobody else can write. The signature covers the host, the change request's name
 * (`owner/repo#7`) and every field, so that a marker cannot be carried to another change. Without a key the comment's author alone decides.
 */
export function createSeal(about: { host: string; change: string; key: string | null }): Seal {
  const { host, change, key } = about;
  if (key === null || key === '') return { sign: () => null };
  return {
    sign: (text) =>
      createHmac('sha256', key)
        .update(JSON.stringify([host, change, text]))
        .digest('hex')
        .slice(0, 32),
  };
}

/** @throws AssayError `internal` for a value that has no place in a marker. */
export function writeMarker(marker: Marker, seal: Seal): string {
  const start = fieldsOf(marker);
  const line = `${start} mac=${seal.sign(start) ?? NONE} -->`;
  if (!FORM.test(line))
    throw new AssayError('internal', 'A value does not fit into the marker of a comment.');
  return line;
}

/** Ends a text with its marker, on a line of its own. `body` is what is posted, `marker` the line that it is found again by. */
export function withMarker(
  visible: string,
  fields: MarkerFields,
  seal: Seal,
): { readonly body: string; readonly marker: string } {
  const marker = writeMarker({ ...fields, body: digestOf(visible) }, seal);
  return { body: `${visible.trimEnd()}\n\n${marker}`, marker };
}

/**
 * The marker of a comment of ours; null when there is none, when it is not the last line, when the text holds a second one, or when the
 * signature is not ours. Tolerates CRLF and white space at the end, which hosts change.
 */
export function readMarker(body: string, seal: Seal): Marker | null {
  const lines = linesOf(body);
  if (lines.filter((line) => FORM.test(line)).length !== 1) return null;
  const [
    line,
    kind,
    id,
    fingerprint,
    state,
    category,
    tool,
    digest,
    posted,
    why,
    aside,
    closedAt,
    back,
    mac,
  ] = FORM.exec(lines.at(-1) ?? '') ?? [];
  if (line === undefined || mac === undefined || !isSigned(line, mac, seal)) return null;
  return {
    kind: kind as Marker['kind'],
    id: id ?? NONE,
    fingerprint: valueIn(fingerprint),
    state: state as Marker['state'],
    category: category ?? NONE,
    tool: valueIn(tool),
    body: digest ?? '',
    posted: (valueIn(posted) ?? '').split(',').filter((one) => one !== ''),
    ...(why === undefined || closedAt === undefined
      ? {}
      : {
          past: {
            why: why as MarkerPast['why'],
            setAside: aside !== undefined,
            closedAt,
            backSince: back ?? null,
          },
        }),
  };
}

/** Whether the visible text is another than the one that was written: a person changed it. */
export function isEdited(body: string, marker: Pick<Marker, 'body'>): boolean {
  return digestOf(visibleText(body)) !== marker.body;
}

/** A comment without its marker. */
export function visibleText(body: string): string {
  const lines = linesOf(body);
  return (FORM.test(lines.at(-1) ?? '') ? lines.slice(0, -1) : lines).join('\n').trimEnd();
}

/** 16 hexadecimal digits of SHA-256; the same whatever line ends the host stores and whatever white space it trims. */
export function digestOf(visible: string): string {
  const lines = linesOf(visible.trim()).map((line) => line.trimEnd());
  return sha256(lines.join('\n')).slice(0, 16);
}

/** 8 hexadecimal digits for the run's category, `-` for none. */
export function categoryMark(category: string | null): string {
  return category === null ? NONE : sha256(category).slice(0, 8);
}

/** A tool's name as a word of at most 40 small letters, digits and single dashes; names without any become a digest. */
export function toolSlug(name: string): string {
  const slug = name
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '-')
    .slice(0, 40)
    .replace(/^-|-$/g, '');
  return slug === '' ? sha256(name).slice(0, 8) : slug;
}

function fieldsOf(marker: Marker): string {
  const { kind, id, fingerprint, state, category, tool, body, posted } = marker;
  const list = posted.length === 0 ? NONE : posted.join(',');
  return `<!-- assay:v1 k=${kind} id=${id} fp=${fingerprint ?? NONE} st=${state} cat=${category} tool=${tool ?? NONE} body=${body} posted=${list}${pastIn(marker)}`;
}

function pastIn({ past }: Marker): string {
  if (past === undefined) return '';
  const commits = [past.closedAt, ...(past.backSince === null ? [] : [past.backSince])];
  return ` past=${past.why}${past.setAside ? '-aside' : ''}.${commits.join('.')}`;
}

function isSigned(line: string, mac: string, seal: Seal): boolean {
  const expected = seal.sign(line.slice(0, line.lastIndexOf(' mac=')));
  if (expected === null) return true;
  return mac.length === expected.length && timingSafeEqual(Buffer.from(mac), Buffer.from(expected));
}

function linesOf(text: string): string[] {
  return text.trimEnd().split(/\r\n|\r|\n/);
}

function valueIn(value: string | undefined): string | null {
  return value === undefined || value === NONE ? null : value;
}

function sha256(text: string): string {
  return createHash('sha256').update(text).digest('hex');
}
