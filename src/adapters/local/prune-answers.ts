// Keeps the folder of kept answers small: what was not used for the most days goes first.
import { lstat, readdir, rm } from 'node:fs/promises';
import path from 'node:path';

export interface CacheLimits {
  readonly bytes: number;
  readonly files: number;
  /** Days without use after which an answer goes in any case. */
  readonly days: number;
}

interface Kept {
  readonly file: string;
  readonly bytes: number;
  /** Since the last use, whole days. */
  readonly age: number;
}

const FOLDER = /^[0-9a-f]{2}$/;
const ANSWER = /^[0-9a-f]{64}\.json$/;
/** What a killed run left. */
const LEFTOVER = /^\.[0-9a-f]{64}\.json\.[0-9a-f]{12}\.tmp$/;
const DAY_MS = 86_400_000;
/** Room is made for a while. */
const FILLED = 0.8;

/** Touches files of ours only, by their names; links and other folders stay. Throws what the system says. */
export async function pruneAnswers(folder: string, limits: CacheLimits, now: number): Promise<void> {
  const kept = await listKept(folder, now);
  const old = kept.filter(({ age }) => age > limits.days);
  const young = kept.filter(({ age }) => age <= limits.days);
  for (const { file } of [...old, ...surplus(young, limits)]) await rm(file, { force: true });
}

/** The oldest by day, then by name: which of them is no matter of chance. */
function surplus(kept: readonly Kept[], limits: CacheLimits): readonly Kept[] {
  let bytes = kept.reduce((sum, one) => sum + one.bytes, 0);
  let files = kept.length;
  if (bytes <= limits.bytes && files <= limits.files) return [];
  const oldestFirst = [...kept].sort((one, other) => other.age - one.age || (one.file < other.file ? -1 : 1));
  return oldestFirst.filter((one) => {
    if (bytes <= limits.bytes * FILLED && files <= limits.files * FILLED) return false;
    bytes -= one.bytes;
    files -= 1;
    return true;
  });
}

async function listKept(folder: string, now: number): Promise<readonly Kept[]> {
  const kept: Kept[] = [];
  for (const entry of await readdir(folder, { withFileTypes: true })) {
    if (!entry.isDirectory() || !FOLDER.test(entry.name)) continue;
    const inside = path.join(folder, entry.name);
    for (const name of await readdir(inside)) {
      const file = path.join(inside, name);
      const found = await lstat(file).catch(() => null);
      if (found === null || !found.isFile()) continue;
      const age = Math.floor((now - found.mtimeMs) / DAY_MS);
      if (ANSWER.test(name)) kept.push({ file, bytes: found.size, age });
      // One that is being written is younger than a day.
      else if (LEFTOVER.test(name) && age > 0) await rm(file, { force: true });
    }
  }
  return kept;
}
