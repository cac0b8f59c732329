// Reads the name of a file as a report writes it (URI, Windows path, UNC, relative path) into plain segments, or says why it names no file.
import { type Phrase, phrase } from '#domain/phrase.ts';

/** One way to read the text; a text may have several (a `#` may begin a fragment or be part of a name). */
export interface PathReading {
  readonly segments: readonly string[];
  readonly absolute: boolean;
}

export type ReportPath =
  | { readonly kind: 'path'; readonly readings: readonly PathReading[]; readonly display: string }
  | { readonly kind: 'problem'; readonly why: Phrase; readonly display: string };

const MAX_LENGTH = 4096;
const MAX_DISPLAY = 1024;
/** RFC 3986 §3.1; at least two characters, because one letter and a colon is a Windows drive. */
const SCHEME = /^([A-Za-z][A-Za-z0-9+.-]+):/;
const DRIVE = /^\/*([A-Za-z])[:|](?=\/|$)/;

/**
 * Reads `uri`. Percent-encoding is decoded once (SARIF 2.1.0 §3.4.3 asks for URIs), and what is encoded to hide a separator or a NUL
 * is refused. `..` is taken out; what climbs above its start keeps only the part after the climb.
 */
export function parseReportUri(uri: string): ReportPath {
  const problem = findProblem(uri);
  if (problem !== null) return { kind: 'problem', why: problem, display: uri.slice(0, MAX_DISPLAY) };
  const text = stripFileScheme(uri);
  const texts = new Set([decodeOnce(text), decodeOnce(text.replace(/[?#].*$/s, '')), text]);
  const readings = [...texts].map(readSegments).filter((reading) => reading.segments.length > 0);
  const [first] = readings;
  if (first === undefined)
    return { kind: 'problem', why: phrase`it names a folder, not a file`, display: uri };
  return { kind: 'path', readings, display: spellPath(first).slice(0, MAX_DISPLAY) };
}

/** `/a/b` for an absolute reading, `a/b` for a relative one; a drive is the first segment (`/C:/a/b`). */
export function spellPath(reading: PathReading): string {
  return (reading.absolute ? '/' : '') + reading.segments.join('/');
}

function findProblem(uri: string): Phrase | null {
  if (uri.trim() === '') return phrase`the report names no file`;
  if (uri.length > MAX_LENGTH) return phrase`its name is longer than ${MAX_LENGTH} characters`;
  if (uri.includes('\0') || /%00/.test(uri)) return phrase`its name holds a NUL character`;
  if (/%(?:2f|5c)/i.test(uri)) return phrase`its name hides a path separator by percent-encoding`;
  const scheme = SCHEME.exec(uri)?.[1]?.toLowerCase();
  if (scheme !== undefined && scheme !== 'file')
    return phrase`\`${scheme}:\` names no file of the repository`;
  return null;
}

/** `file:///a`, `file://host/share/a`, `file:/a`, `//?/C:/a` → the part that is a path; a host stays as the first segment, as in UNC. */
function stripFileScheme(uri: string): string {
  const text = uri.replaceAll('\\', '/').replace(/^file:(?:\/\/localhost(?=\/))?/i, '');
  return text.replace(/^\/\/[?.]\//, '/');
}

function decodeOnce(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    // Not an encoding at all ("100%.c"), or not UTF-8: the name is what it says.
    return text;
  }
}

function readSegments(text: string): PathReading {
  const slashed = text.replaceAll('\\', '/');
  const drive = DRIVE.exec(slashed);
  const path = drive === null ? slashed : `/${drive[1]?.toUpperCase()}:${slashed.slice(drive[0].length)}`;
  const segments: string[] = [];
  for (const segment of path.split('/')) {
    if (segment === '..') segments.pop();
    else if (segment !== '' && segment !== '.') segments.push(segment);
  }
  return { segments, absolute: path.startsWith('/') };
}
