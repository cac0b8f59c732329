// One record in the OSV format (https://ossf.github.io/osv-schema/) → an advisory, as far as it is used; read with suspicion.
import { z } from 'zod';
import type {
  Advisory,
  AffectedPackage,
  AffectedRange,
  AffectedSymbols,
  CvssRating,
  RangeEvent,
} from '../../domain/advisory.ts';
import type { Severity } from '../../domain/severity.ts';

const MOST_ITEMS = 2_000;
const MOST_VERSIONS = 50_000;
const LONGEST_TEXT = 20_000;
const LONGEST_NAME = 512;

/** What is not of the shape is as if it were not there: one odd field does not cost the record. */
const optional = <Shape extends z.ZodType>(shape: Shape) => shape.nullish().catch(null);
/** Items that are not of the shape are left out. */
const list = <Shape extends z.ZodType>(shape: Shape, most = MOST_ITEMS) =>
  z
    .array(z.unknown())
    .catch([])
    .transform((items): z.output<Shape>[] =>
      items.slice(0, most).flatMap((item) => {
        const { data, success } = shape.safeParse(item);
        return success ? [data] : [];
      }),
    );
const name = z.string().trim().min(1).max(LONGEST_NAME);
const text = optional(z.string().transform((value) => value.slice(0, LONGEST_TEXT).toWellFormed()));

const EVENT = z.union([
  z.object({ introduced: name }),
  z.object({ fixed: name }),
  z.object({ last_affected: name }),
  z.object({ limit: name }),
]);
const RANGE = z.object({
  type: z.enum(['SEMVER', 'ECOSYSTEM', 'GIT']),
  events: z.array(EVENT).min(1).max(MOST_ITEMS),
});
const RATING = z.object({ type: name, score: name });
const SPECIFIC = z.object({
  imports: list(z.object({ path: name, symbols: list(name) })),
  affected_functions: list(name),
  affects: optional(z.object({ functions: list(name) })),
  severity: text,
  urgency: text,
  cwe_ids: list(name),
  cwes: list(z.object({ cweId: name })),
  cvss: optional(z.union([name, z.array(name).transform((vectors) => vectors[0] ?? '')])),
});
const AFFECTED = z.object({
  package: z.object({ ecosystem: name, name }),
  ranges: z.array(z.unknown()).max(MOST_ITEMS).catch([]),
  versions: list(name, MOST_VERSIONS),
  severity: list(RATING),
  ecosystem_specific: optional(SPECIFIC),
  database_specific: optional(SPECIFIC),
});
const RECORD = z.object({
  id: name.regex(/^[\w.:-]+$/),
  aliases: list(name),
  upstream: list(name),
  related: list(name),
  summary: text,
  details: text,
  published: text,
  modified: text,
  withdrawn: text,
  severity: list(RATING),
  affected: z.array(z.unknown()).max(MOST_ITEMS).catch([]),
  references: list(z.object({ url: z.string().max(LONGEST_TEXT) })),
  database_specific: optional(SPECIFIC),
});

type Specific = z.output<typeof SPECIFIC> | null | undefined;

/**
 * Null for what is no record: without an id, or beyond all measure. A package without a readable name is left out; a range whose events
 * are not all understood keeps its place without an end that could clear a version. Symbols come from where Go, RustSec and GitHub write
 * them (`imports`, `affects.functions`, `affected_functions`).
 */
export function readOsvRecord(value: unknown): Advisory | null {
  const { data } = RECORD.safeParse(value);
  if (data === undefined) return null;
  const affected = data.affected.flatMap(readAffected);
  const specifics = [data.database_specific, ...affected.flatMap(({ specific }) => specific)];
  return {
    id: data.id,
    aliases: others(data.aliases, data.id),
    upstream: others([...data.upstream, ...data.related], data.id),
    summary: filled(data.summary),
    details: filled(data.details),
    published: filled(data.published),
    modified: filled(data.modified),
    withdrawn: filled(data.withdrawn),
    ratings: ratingsOf(data.severity),
    severity: severityWord([
      ...specifics.flatMap((specific) => [specific?.severity, specific?.urgency]),
      ...data.severity.filter(({ type }) => type === 'Ubuntu').map(({ score }) => score),
    ]),
    cwe: [...new Set(specifics.flatMap(weaknessesOf))].sort((a, b) => a - b),
    affected: affected.map(({ part }) => part),
    references: data.references.map(({ url }) => url),
  };
}

function readAffected(
  value: unknown,
): { readonly part: AffectedPackage; readonly specific: readonly Specific[] }[] {
  const { data } = AFFECTED.safeParse(value);
  if (data === undefined) return [];
  const { ecosystem_specific: own, database_specific: database } = data;
  const vectors = [own?.cvss, database?.cvss].flatMap((vector) => vector ?? []);
  const part = {
    ecosystem: data.package.ecosystem,
    name: data.package.name,
    ranges: data.ranges.flatMap(readRange),
    versions: data.versions,
    symbols: symbolsOf(own),
    ratings: [...ratingsOf(data.severity), ...ratingsOf(vectors.map((score) => ({ type: 'CVSS', score })))],
  };
  return [{ part, specific: [own, database] }];
}

/** A range that is not understood counts as one that nothing can be concluded from: it names no version of its ecosystem. */
function readRange(value: unknown): AffectedRange[] {
  const { data } = RANGE.safeParse(value);
  if (data !== undefined) return [{ type: data.type, events: data.events satisfies RangeEvent[] }];
  return [{ type: 'ECOSYSTEM', events: [{ introduced: '(unreadable)' }] }];
}

const VECTOR = /^(?:CVSS:(\d\.\d)\/|\(?AV:)/;

function ratingsOf(
  rated: readonly { readonly type: string; readonly score: string }[],
): readonly CvssRating[] {
  return rated.flatMap(({ type, score }) => {
    const found = type.startsWith('CVSS') ? VECTOR.exec(score) : null;
    return found === null ? [] : [{ vector: score, score: null, version: found[1] ?? '2.0' }];
  });
}

function symbolsOf(specific: Specific): readonly AffectedSymbols[] {
  if (specific == null) return [];
  const imports = specific.imports.map(({ path, symbols }) => ({ path, names: symbols }));
  const functions = [...new Set([...(specific.affects?.functions ?? []), ...specific.affected_functions])];
  return functions.length === 0 ? imports : [...imports, { path: null, names: functions }];
}

const WORDS: ReadonlyMap<string, Severity> = new Map([
  ['critical', 'critical'],
  ['high', 'high'],
  ['important', 'high'],
  ['moderate', 'medium'],
  ['medium', 'medium'],
  ['low', 'low'],
  ['negligible', 'low'],
  ['unimportant', 'low'],
]);

/** `MODERATE` of GitHub, `low**` of Debian. */
function severityWord(words: readonly (string | null | undefined)[]): Severity | null {
  const known = words.flatMap((word) => WORDS.get(word?.toLowerCase().replace(/\*+$/, '') ?? '') ?? []);
  return known[0] ?? null;
}

function weaknessesOf(specific: Specific): readonly number[] {
  const names = [...(specific?.cwe_ids ?? []), ...(specific?.cwes ?? []).map(({ cweId }) => cweId)];
  return names.flatMap((id) => {
    const digits = /^CWE-(\d{1,6})$/i.exec(id)?.[1];
    return digits === undefined ? [] : [Number(digits)];
  });
}

function others(names: readonly string[], id: string): readonly string[] {
  return [...new Set(names)].filter((one) => one !== id).sort();
}

function filled(value: string | null | undefined): string | null {
  return value == null || value.trim() === '' ? null : value;
}
