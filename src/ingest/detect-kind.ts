// Tells what kind of report some bytes begin, whatever the file is called.
import { type Phrase, type PhraseBook, phrase, say } from '#domain/phrase.ts';
import type { DetectedKind } from '#domain/report.ts';
import { sniffEncoding } from './bytes/to-utf8.ts';
import { formatOf } from './formats/report-formats.ts';
import { type JsonSketch, sketchJson } from './json/sketch-json.ts';
import { GIVE_WHAT_IS_READ, type ReportKind } from './kinds/report-kind.ts';
import { REPORT_KINDS, SARIF_KIND } from './kinds/report-kinds.ts';

const NOTHING_TO_READ: ReadonlySet<string> = new Set(['empty', 'not-json', 'text']);

/** Whether the bytes hold nothing that any reader could use, as opposed to a report of another kind. */
export function isUnreadableKind(kind: DetectedKind): boolean {
  return NOTHING_TO_READ.has(kind.id);
}

/**
 * The kind of a report from its first bytes, after decompression; 64 KiB are plenty. Never throws.
 * Name and advice are in the language of `book`, in English without one. Ids beside those of `REPORT_KINDS`: `empty`, `json` (JSON of no known kind), `json-null`, `not-json` (begins like JSON and is
 * not), `text` (anything else).
 */
export function detectKind(head: Uint8Array, book: PhraseBook | null = null): DetectedKind {
  const { id, name, advice } = kindOf(head);
  return {
    id,
    name: say(name, book),
    supported: isRead(id),
    advice: advice === null ? null : say(advice, book),
  };
}

function isRead(id: string): boolean {
  return id === SARIF_KIND.id || formatOf(id) !== null;
}

type NamedKind = Pick<ReportKind, 'id' | 'name' | 'advice'>;

function kindOf(head: Uint8Array): NamedKind {
  const { encoding, markLength } = sniffEncoding(head);
  const text = new TextDecoder(encoding === 'utf-32' ? 'utf-8' : encoding).decode(head.subarray(markLength));
  const trimmed = text.trimStart();
  if (trimmed === '')
    return named('empty', phrase`empty file`, phrase`The scanner wrote nothing: see its own log.`);
  if (/^[[{"]|^(?:null|true|false|-?\d[\d.eE+-]*)\s*$/.test(trimmed)) return kindOfJson(sketchJson(text));
  const known = REPORT_KINDS.find((kind) => kind.text?.test(text) === true);
  if (known !== undefined) return withAdvice(known);
  return named('text', phrase`neither JSON nor XML`, GIVE_WHAT_IS_READ);
}

function kindOfJson(sketch: JsonSketch): NamedKind {
  const known = REPORT_KINDS.find((kind) =>
    kind.json?.some((signs) => signs.every((sign) => shows(sketch, sign))),
  );
  if (known !== undefined) return withAdvice(known);
  if (sketch.broken)
    return named('not-json', phrase`not valid JSON`, phrase`Write the report again with the scanner.`);
  if (sketch.root === 'scalar')
    return named(
      'json-null',
      phrase`JSON without content`,
      phrase`Some scanners write this when they find nothing: have them write SARIF.`,
    );
  return named('json', phrase`JSON of an unknown kind`, GIVE_WHAT_IS_READ);
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

const NO_SARIF = phrase`Assay does not read this kind, and the tool writes no SARIF: convert it to SARIF 2.1.0, or give the report of another scanner.`;

function withAdvice(kind: ReportKind): NamedKind {
  return isRead(kind.id) ? { ...kind, advice: null } : { ...kind, advice: kind.advice ?? NO_SARIF };
}

function named(id: string, name: Phrase, advice: Phrase): NamedKind {
  return { id, name, advice };
}
