// Says which file of the repository a reported name means. Whatever it answers is in the file list: nothing outside can be reached.
import { type Phrase, phrase } from '#domain/phrase.ts';
import type { FileIndex } from './file-index.ts';
import { isEstablished, learnRoots, type Root, rebase, rootsAbove } from './learn-roots.ts';
import { type PathReading, parseReportUri } from './parse-report-uri.ts';
import type { PathMap } from './path-map.ts';

type PathResolution =
  | { readonly kind: 'file'; readonly path: string }
  | {
      readonly kind: 'unresolved';
      /** What the report said, spelled as a path where it can be. */
      readonly display: string;
      readonly why: Phrase;
    };

/** Resolves one name of a run; remembers its answers. */
export type PathResolver = (uri: string) => PathResolution;

/** What a resolver knows of the repository and of the operator's wishes. */
export interface PathKnowledge {
  readonly index: FileIndex;
  readonly map: PathMap;
  /** The folder of the repository that the operator named, without a final `/`; '' is the root. */
  readonly folder: string;
}

/**
 * A resolver for the names of one run. In order: the operator's path map; the same path below the folder that the operator named; the
 * same path; the same path below a folder that the run's
 * other names agree on; else the file whose path has the longest common ending, when there is one such file and the ending is
 * more than a bare file name would tell.
 * @param names all names of the run: they vote on where its root lies, so that a file which is gone is not mistaken for a namesake
 */
export function createPathResolver(knowledge: PathKnowledge, names: Iterable<string>): PathResolver {
  const roots = learnRoots(knowledge.index, names);
  const answers = new Map<string, PathResolution>();
  return (uri) => {
    const known = answers.get(uri);
    if (known !== undefined) return known;
    const answer = resolveName(uri, knowledge, roots);
    answers.set(uri, answer);
    return answer;
  };
}

function resolveName(uri: string, knowledge: PathKnowledge, roots: readonly Root[]): PathResolution {
  const { index, map, folder } = knowledge;
  const parsed = parseReportUri(uri);
  const readings = parsed.kind === 'path' ? parsed.readings : [];
  const unresolved = (why: Phrase): PathResolution => ({ kind: 'unresolved', display: parsed.display, why });

  const mapped = isForbidden(uri) ? null : map(uri, readings);
  if (mapped !== null) {
    if (index.has(mapped.path)) return { kind: 'file', path: mapped.path };
    return unresolved(
      phrase`--path-map ${mapped.by} leads to \`${mapped.path}\`, which is no file of the repository`,
    );
  }
  if (parsed.kind === 'problem') return unresolved(parsed.why);

  const exact =
    findExact(index, readings, folder) ?? findExact(index, readings, '') ?? (index.has(uri) ? uri : null);
  if (exact !== null) return { kind: 'file', path: exact };
  const attempts = readings.map((reading) => {
    const found = resolveReading(reading, index, roots);
    return found.kind === 'file' ? found : unresolved(found.why);
  });
  return attempts.find((found) => found.kind === 'file') ?? attempts[0] ?? unresolved(NOT_THERE);
}

const NOT_THERE = phrase`no file of the repository has a path that ends like it`;

/** Even a path map does not make these names safe to follow. */
function isForbidden(uri: string): boolean {
  return /\0|%(?:00|2f|5c)/i.test(uri);
}

function findExact(index: FileIndex, readings: readonly PathReading[], folder: string): string | null {
  for (const reading of readings) {
    const path = [...(folder === '' ? [] : [folder]), ...reading.segments].join('/');
    if (!reading.absolute && index.has(path)) return path;
  }
  return null;
}

type ReadingResult =
  | { readonly kind: 'file'; readonly path: string }
  | { readonly kind: 'none'; readonly why: Phrase };

function resolveReading(reading: PathReading, index: FileIndex, roots: readonly Root[]): ReadingResult {
  const match = index.longestSuffix(reading);
  if (match === null) return none(NOT_THERE);

  const covering = rootsAbove(reading, roots);
  const below = new Set(covering.map((root) => rebase(root, reading)).filter((path) => index.has(path)));
  const [agreed] = below;
  if (agreed !== undefined && below.size === 1) return { kind: 'file', path: agreed };
  if (agreed === undefined && isEstablished(covering)) {
    return none(phrase`the repository has no such file where the other paths of this run place it`);
  }

  // A checkout lies at some folder, so the file whose whole path is the ending is meant before those that merely share it.
  const { whole, count, overlap } = match;
  if (whole !== null && !isNamesake(reading, overlap, index)) return { kind: 'file', path: whole };
  if (count > 1) return none(phrase`it may mean any of ${count} files; say which with --path-map`);
  if (whole !== null || isOnlyAName(reading, overlap)) {
    return none(phrase`only the name of a file agrees, not its folder; say where it lies with --path-map`);
  }
  return { kind: 'file', path: match.path };
}

function none(why: Phrase): ReadingResult {
  return { kind: 'none', why };
}

/** `/build/src/index.js` is not the `index.js` at the root of a repository that has a folder `src`. */
function isNamesake(reading: PathReading, overlap: number, index: FileIndex): boolean {
  const folder = reading.segments.at(-2);
  return overlap === 1 && folder !== undefined && index.hasTopFolder(folder);
}

/** A bare name (`a.c`), or one folder that may be where a folder is mounted (`/src/a.c`), may stand for the one file so called; more may not. */
function isOnlyAName(reading: PathReading, overlap: number): boolean {
  return overlap === 1 && reading.segments.length > (reading.absolute ? 2 : 1);
}
