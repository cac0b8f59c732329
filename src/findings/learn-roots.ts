// Learns from all names of a run where its root lies: `/builds/shop` is the repository, or the scan was started in `backend`.
import type { FileIndex } from './file-index.ts';
import { compareText } from './order.ts';
import { type PathReading, parseReportUri, spellPath } from './parse-report-uri.ts';

/**
 * A folder of the reporting machine that is a folder of the repository: `/builds/shop` ↔ ``, or `` ↔ `backend` for a scan
 * started below the root.
 */
export interface Root {
  readonly reported: string;
  readonly path: string;
  votes: number;
}

/** So many names that agree on a root decide against a file elsewhere that merely ends alike. */
const ESTABLISHED = 10;
/** A run has one or a few roots; more are noise, and each costs every name a comparison. */
const MOST_ROOTS = 32;

/** Each name that fits one file by more than its own name votes for the folder that this fit implies. */
export function learnRoots(index: FileIndex, names: Iterable<string>): readonly Root[] {
  const roots = new Map<string, Root>();
  for (const name of new Set(names)) {
    const parsed = parseReportUri(name);
    const reading = parsed.kind === 'path' ? parsed.readings[0] : undefined;
    if (reading === undefined) continue;
    const root = impliedRoot(reading, index);
    if (root === null) continue;
    const key = `${root.reported}\0${root.path}`;
    const known = roots.get(key);
    if (known === undefined) roots.set(key, { ...root, votes: 1 });
    else known.votes += 1;
  }
  return [...roots.values()]
    .sort((a, b) => b.votes - a.votes || compareText(a.reported, b.reported) || compareText(a.path, b.path))
    .slice(0, MOST_ROOTS);
}

function impliedRoot(reading: PathReading, index: FileIndex): Omit<Root, 'votes'> | null {
  const path = reading.segments.join('/');
  if (!reading.absolute && index.has(path)) return { reported: '', path: '' };
  const match = index.longestSuffix(reading);
  if (match === null || match.count > 1 || match.overlap < 2) return null;
  const kept = reading.segments.slice(0, reading.segments.length - match.overlap);
  const above = match.path.split('/').slice(0, -match.overlap);
  return { reported: spellPath({ ...reading, segments: kept }), path: above.join('/') };
}

/** The roots that the path lies below, but for those outvoted ten to one; most votes first. */
export function rootsAbove(reading: PathReading, roots: readonly Root[]): readonly Root[] {
  const path = spellPath(reading);
  const covering = roots.filter((root) => isBelow(path, root.reported));
  const most = covering[0]?.votes ?? 0;
  return covering.filter((root) => root.votes * ESTABLISHED > most);
}

function isBelow(path: string, folder: string): boolean {
  if (folder === '' || folder === '/') return path.startsWith('/') === (folder === '/');
  return path.startsWith(`${folder}/`);
}

/** Where the path lies in the repository, if this is the root. */
export function rebase(root: Root, reading: PathReading): string {
  const rest = spellPath(reading).slice(root.reported.length).replace(/^\//, '');
  return root.path === '' ? rest : `${root.path}/${rest}`;
}

/** Whether so many names agree on a root that it decides against a file elsewhere. */
export function isEstablished(covering: readonly Root[]): boolean {
  return (covering[0]?.votes ?? 0) >= ESTABLISHED;
}
