// Finds the files of the repository whose paths end as a reported path ends: reports name places from other folders and machines.
import type { PathReading } from './parse-report-uri.ts';

/** The files that share the longest run of trailing segments with a reported path. */
export interface SuffixMatch {
  /** How many trailing segments agree. */
  readonly overlap: number;
  readonly paths: readonly string[];
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

  return {
    has: (path) => known.has(path),
    hasTopFolder: (name) => topFolders.has(name),
    longestSuffix: (reading) => {
      const name = reading.segments.at(-1);
      const candidates = name === undefined ? undefined : byName.get(name);
      if (candidates === undefined || isOfTheSystem(reading)) return null;
      return chooseLongest(reading, candidates);
    },
  };
}

function chooseLongest(reading: PathReading, candidates: readonly string[]): SuffixMatch | null {
  const reported = reading.segments.join('/');
  let overlap = 0;
  let paths: string[] = [];
  for (const path of candidates) {
    const agreeing = countAgreeing(reported, path);
    if (agreeing > overlap) {
      overlap = agreeing;
      paths = [path];
    } else if (agreeing === overlap) {
      paths.push(path);
    }
  }
  const unmatched = reading.segments.slice(0, reading.segments.length - overlap);
  return unmatched.some((segment) => DEPENDENCY_FOLDERS.has(segment)) ? null : { overlap, paths };
}

/** Trailing segments in common. Walks characters instead of splitting: a repository may have ten thousand `index.ts`. */
function countAgreeing(left: string, right: string): number {
  let agreeing = 0;
  for (let back = 1; ; back += 1) {
    const a = left.length - back;
    const b = right.length - back;
    const leftEnds = a < 0 || left[a] === '/';
    const rightEnds = b < 0 || right[b] === '/';
    if (leftEnds && rightEnds) agreeing += 1;
    if (a < 0 || b < 0 || left[a] !== right[b]) return agreeing;
  }
}

function isOfTheSystem(reading: PathReading): boolean {
  return reading.absolute && SYSTEM_FOLDERS.test(`/${reading.segments.join('/')}`);
}
