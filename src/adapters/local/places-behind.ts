// Every place that reading a path goes through: the path itself, what its links lead to, and what links within a folder lead to.
import { readdir, readlink, realpath } from 'node:fs/promises';
import path from 'node:path';

/** The most that systems follow in one path. */
const MOST_LINKS = 40;
/** Of a folder: GitHub's database has some 300,000 files. */
const MOST_ENTRIES = 2_000_000;

/** Absolute paths: `place` as it is given and after each link on the way to it, the last of them its real one. */
export async function placesBehind(place: string): Promise<readonly string[]> {
  const places = [place];
  for (let left = MOST_LINKS; left > 0; left -= 1) {
    const next = await followFirstLink(places.at(-1) ?? place);
    if (next === null) break;
    places.push(next);
  }
  return places;
}

/** The path with its first link replaced by what that leads to; null without one. */
async function followFirstLink(place: string): Promise<string | null> {
  const { root } = path.parse(place);
  const parts = place.slice(root.length).split(path.sep);
  for (const at of parts.keys()) {
    const link = root + parts.slice(0, at + 1).join(path.sep);
    const target = await readlink(link).catch(() => null);
    if (target !== null) return path.resolve(path.dirname(link), target, ...parts.slice(at + 1));
  }
  return null;
}

/** The links within a folder, at any depth, and every place that they lead to; none for what is no folder. */
export async function linksWithin(folder: string): Promise<readonly string[]> {
  const places: string[] = [];
  const folders = [folder];
  let entries = 0;
  for (let one = folders.pop(); one !== undefined && entries < MOST_ENTRIES; one = folders.pop()) {
    for (const entry of await readdir(one, { withFileTypes: true }).catch(() => [])) {
      entries += 1;
      const file = path.join(one, entry.name);
      if (entry.isDirectory()) folders.push(file);
      else if (entry.isSymbolicLink()) places.push(...(await placesBehind(file)));
    }
  }
  return places;
}

/** The real path; the path itself where there is nothing. */
export function realPlace(place: string): Promise<string> {
  return realpath(place).catch(() => place);
}
