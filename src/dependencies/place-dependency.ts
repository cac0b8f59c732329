// Where a dependency finding stands: the manifest line that a person would change, else the lock file's, else what the report names.
import type { DependencyPlace } from '#domain/dependency.ts';
import type { FindingLocation } from '#domain/location.ts';
import { type Phrase, type PhraseBook, phrase, say } from '#domain/phrase.ts';
import { namesOfPath, pathsTo } from '../manifests/paths-to.ts';
import { type FoundProject, lockedBy, placesOf, resolved } from './find-project.ts';
import type { DependencyResult } from './group-dependencies.ts';

/** How a package came into a project. */
export interface DependencyOrigin {
  readonly places: readonly DependencyPlace[];
  readonly direct: boolean | null;
  readonly paths: readonly (readonly string[])[];
  /** The line to look at first. */
  readonly place: DependencyPlace | null;
}

const LONGEST_PATH = 4096;
const MOST_PATHS = 5;
const MOST_PLACES = 20;
const LONGEST_WAY = 40;

/** From the project's own files; what the tools say of paths is used where these say nothing. */
export function originOf(found: FoundProject | null, results: readonly DependencyResult[]): DependencyOrigin {
  const told = results.flatMap(({ dependency }) => dependency.paths.map(shortened));
  if (found === null)
    return { places: [], direct: directByPath(told), paths: told.slice(0, MOST_PATHS), place: null };
  const { project, locked, requirements } = found;
  const paths = locked
    .flatMap(({ key }) => pathsTo(project, key, MOST_PATHS))
    .sort((a, b) => a.length - b.length)
    .slice(0, MOST_PATHS);
  const direct =
    requirements.some(({ group }) => group !== 'indirect') ||
    locked.some(({ isDirect, key }) => isDirect || project.directs.includes(key));
  const places = placesOf(found);
  const [parent] = paths[0] ?? [];
  const bringing = parent === undefined ? undefined : lockedBy(project, 'key', parent)[0]?.name;
  const asked = project.requirements.find(({ name }) => name === bringing);
  return {
    places: places.slice(0, MOST_PLACES),
    direct,
    paths:
      paths.length > 0
        ? paths.map((path) => shortened(namesOfPath(project, path)))
        : told.slice(0, MOST_PATHS),
    place:
      places.find(({ kind }) => kind === 'manifest') ??
      (asked === undefined ? undefined : resolved(asked.place, 'manifest')) ??
      places[0] ??
      null,
  };
}

/** A chain of thousands is no way that anybody reads: its ends tell. */
function shortened(path: readonly string[]): readonly string[] {
  if (path.length <= LONGEST_WAY) return path;
  return [...path.slice(0, LONGEST_WAY / 2), '…', ...path.slice(-LONGEST_WAY / 2)];
}

function directByPath(paths: readonly (readonly string[])[]): boolean | null {
  return paths.length === 0 ? null : paths.some((path) => path.length <= 2);
}

/**
 * The finding's location: the origin's place, else the file that a tool names when the repository has it, else what the tool says.
 * @param hasFile whether a path is a file of the repository at head
 */
export function locationOf(
  origin: DependencyOrigin,
  results: readonly DependencyResult[],
  { hasFile, book }: { readonly hasFile: (path: string) => boolean; readonly book: PhraseBook | null },
): FindingLocation {
  if (origin.place !== null) {
    const { kind: _, ...location } = origin.place;
    return location;
  }
  const named = results.map(({ dependency }) => dependency.manifest).find((manifest) => manifest !== null);
  const path = fileNamedBy(named ?? '', hasFile);
  const whole = { startLine: 1, startColumn: null, endLine: 1, endColumn: null };
  if (path !== null) return { path, ...whole, resolved: true, wholeFile: true, why: null };
  const why: Phrase =
    named === undefined || named === null || named === ''
      ? phrase`the report names no file, and no manifest or lock file of the repository has the package`
      : phrase`the report names a file that is not in the repository, and no manifest or lock file of the repository has the package`;
  return { path: named ?? '', ...whole, resolved: false, why: say(why, book) };
}

/** The file of the repository that a tool's path ends with, the longest such end: tools name absolute paths of the machine they ran on. */
function fileNamedBy(named: string, hasFile: (path: string) => boolean): string | null {
  const segments = named
    .slice(0, LONGEST_PATH)
    .replaceAll('\\', '/')
    .replace(/^file:\/\//i, '')
    .split('/')
    .filter((segment) => segment !== '' && segment !== '.');
  for (let from = 0; from < segments.length; from++) {
    const path = segments.slice(from).join('/');
    if (hasFile(path)) return path;
  }
  return null;
}
