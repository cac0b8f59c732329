// Tells what kind of report some bytes begin, whatever the file is called.
import type { DetectedKind } from '#domain/report.ts';
import { sniffEncoding } from './bytes/to-utf8.ts';
import { type JsonSketch, sketchJson } from './json/sketch-json.ts';
import type { ReportKind } from './kinds/report-kind.ts';
import { REPORT_KINDS, SARIF_KIND } from './kinds/report-kinds.ts';

const NOTHING_TO_READ: ReadonlySet<string> = new Set(['empty', 'not-json', 'text']);

/** Whether the bytes hold nothing that any reader could use, as opposed to a report of another kind. */
export function isUnreadableKind(kind: DetectedKind): boolean {
  return NOTHING_TO_READ.has(kind.id);
}

/**
 * The kind of a report from its first bytes, after decompression; 64 KiB are plenty. Never throws.
 * Ids beside those of `REPORT_KINDS`: `empty`, `json` (JSON of no known kind), `json-null`, `not-json` (begins like JSON and is
 * not), `text` (anything else).
 */
export function detectKind(head: Uint8Array): DetectedKind {
  const { encoding, markLength } = sniffEncoding(head);
  const text = new TextDecoder(encoding === 'utf-32' ? 'utf-8' : encoding).decode(head.subarray(markLength));
  const trimmed = text.trimStart();
  if (trimmed === '') return named('empty', 'empty file', 'The scanner wrote nothing: see its own log.');
  if (/^[[{"]|^(?:null|true|false|-?\d[\d.eE+-]*)\s*$/.test(trimmed)) return kindOfJson(sketchJson(text));
  const known = REPORT_KINDS.find((kind) => kind.text?.test(text) === true);
  if (known !== undefined) return toDetected(known);
  return named('text', 'neither JSON nor XML', 'Give a SARIF file.');
}

function kindOfJson(sketch: JsonSketch): DetectedKind {
  const known = REPORT_KINDS.find((kind) =>
    kind.json?.some((signs) => signs.every((sign) => shows(sketch, sign))),
  );
  if (known !== undefined) return toDetected(known);
  if (sketch.broken) return named('not-json', 'not valid JSON', 'Write the report again with the scanner.');
  if (sketch.root === 'scalar')
    return named(
      'json-null',
      'JSON without content',
      'Some scanners write this when they find nothing: have them write SARIF.',
    );
  return named('json', 'JSON of an unknown kind', 'Assay reads SARIF 2.1.0: have the scanner write that.');
}

/** Whether the sketch has a sign of the table's small language. */
function shows(sketch: JsonSketch, sign: string): boolean {
  const [, path = '', operator, wanted = ''] = /^(.*?)(?:([=~])(.*))?$/.exec(sign) ?? [];
  for (const candidate of matchingPaths(sketch, path)) {
    const value = sketch.paths.get(candidate) ?? '';
    if (
      operator === undefined ||
      (operator === '=' ? value === wanted : value.toLowerCase().includes(wanted.toLowerCase()))
    )
      return true;
  }
  return false;
}

function matchingPaths(sketch: JsonSketch, path: string): readonly string[] {
  if (!path.includes('*')) return sketch.paths.has(path) ? [path] : [];
  const segments = path.split('.');
  return [...sketch.paths.keys()].filter((candidate) => {
    const parts = candidate.split('.');
    return (
      parts.length === segments.length &&
      segments.every((segment, index) => matchesSegment(parts[index] ?? '', segment))
    );
  });
}

function matchesSegment(part: string, segment: string): boolean {
  if (!segment.startsWith('*')) return part === segment;
  const brackets = segment.slice(1);
  return part.endsWith(brackets) && !part.slice(0, part.length - brackets.length).includes('[');
}

function toDetected(kind: ReportKind): DetectedKind {
  const supported = kind.id === SARIF_KIND.id;
  const advice =
    kind.advice ??
    (supported ? null : 'Assay reads SARIF today, and this tool writes none: its reader is yet to come.');
  return { id: kind.id, name: kind.name, supported, advice };
}

function named(id: string, name: string, advice: string): DetectedKind {
  return { id, name, supported: false, advice };
}
