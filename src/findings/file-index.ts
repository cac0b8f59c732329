// Finds the files of the repository whose paths end as a reported path ends: reports name places from other folders and machines.
import type { PathReading } from './parse-report-uri.ts';

/** The files that share the longest run of trailing segments with a reported path. */
interface SuffixMatch {
  /** How many trailing segments agree. */
  readonly overlap: number;
  /** How many files agree so far; at least one. */
  readonly count: number;
  /** One of them: the one, when `count` is 1. */
  readonly path: string;
  /** The file whose whole path is this run, or null. */
  readonly whole: string | null;
}

export interface FileIndex {
  has(path: string): boolean;
  /** Whether a folder of this name lies at the root. */
  hasTopFolder(name: string): boolean;
  /** Null when no file has the same name, or none that may be meant. */
  longestSuffix(reading: PathReading): SuffixMatch | null;
}

/** Folders of installed dependencies: a path inside one is never a file of ours that merely ends alike. */
const DEPENDENCY_FOLDERS = new Set(['node_modules', 'site-packages', 'dist-packages', 'bower_components']);
/** Folders of the machine that scanned, with the same danger (`/usr/include/zlib.h`), or with secrets (`/proc`). */
const SYSTEM_FOLDERS =
  /^\/(?:usr\/(?:local\/)?(?:include|lib\d*|share)|lib\d*|etc|proc|sys|dev|System|Library)\//;

/** An index of the workspace's file list, by file name. */
export function createFileIndex(files: Iterable<string>): FileIndex {
  const known = new Set(files);
  const byName = new Map<string, string[]>();
  const topFolders = new Set<string>();
  for (const path of known) {
    if (path.includes('/')) topFolders.add(path.slice(0, path.indexOf('/')));
    const name = path.slice(path.lastIndexOf('/') + 1);
    const sameName = byName.get(name);
    if (sameName === undefined) byName.set(name, [path]);
    else sameName.push(path);
  }

  const endings = new Map<string, ReadonlyMap<string, Ending>>();
  const endingsOf = (name: string): ReadonlyMap<string, Ending> => {
    const measured = endings.get(name) ?? listEndings(byName.get(name) ?? []);
    endings.set(name, measured);
    return measured;
  };

  return {
    has: (path) => known.has(path),
    hasTopFolder: (name) => topFolders.has(name),
    longestSuffix: (reading) => {
      const name = reading.segments.at(-1);
      if (name === undefined || !byName.has(name) || isOfTheSystem(reading)) return null;
      return chooseLongest(reading.segments, endingsOf(name));
    },
  };
}

type Ending = Omit<SuffixMatch, 'overlap'>;

/** Every ending of every path; made only for names that a report asks for, since a repository may have ten thousand `index.ts`. */
function listEndings(paths: readonly string[]): ReadonlyMap<string, Ending> {
  const endings = new Map<string, Ending>();
  for (const path of paths) {
    for (let from = path.lastIndexOf('/') + 1; ; from = path.lastIndexOf('/', from - 2) + 1) {
      const ending = path.slice(from);
      const known = endings.get(ending);
      const whole = from === 0 ? path : (known?.whole ?? null);
      endings.set(ending, { count: (known?.count ?? 0) + 1, path: known?.path ?? path, whole });
      if (from === 0) break;
    }
  }
  return endings;
}

function chooseLongest(
  segments: readonly string[],
  endings: ReadonlyMap<string, Ending>,
): SuffixMatch | null {
  let best: SuffixMatch | null = null;
  let ending = '';
  for (let overlap = 1; overlap <= segments.length; overlap += 1) {
    ending = overlap === 1 ? (segments.at(-1) ?? '') : `${segments.at(-overlap)}/${ending}`;
    const known = endings.get(ending);
    if (known === undefined) break;
    best = { overlap, ...known };
  }
  const unmatched = segments.slice(0, segments.length - (best?.overlap ?? 0));
  return unmatched.some((segment) => DEPENDENCY_FOLDERS.has(segment)) ? null : best;
}

function isOfTheSystem(reading: PathReading): boolean {
  return reading.absolute && SYSTEM_FOLDERS.test(`/${reading.segments.join('/')}`);
}
