// The AnswerCache port on disk: one small file an answer, named by its key, believed only when it is whole and, where there is a key, signed.

import { createHmac, randomBytes, timingSafeEqual } from 'node:crypto';
import { constants } from 'node:fs';
import { lstat, open, rename, rm, rmdir, utimes, writeFile } from 'node:fs/promises';
import { homedir } from 'node:os';
import path from 'node:path';
import type { AnswerCache } from '#ports/answer-cache.ts';
import type { Log } from '#ports/log.ts';
import { makeFolders } from './make-folders.ts';
import { type CacheLimits, pruneAnswers } from './prune-answers.ts';

type Variables = Readonly<Record<string, string | undefined>>;

interface CacheSettings {
  readonly folder: string;
  /** `ASSAY_MARKER_KEY`; null: nothing is signed. */
  readonly key: string | null;
  /** Runs in the hands of a change's own side read what is there, and leave nothing behind. */
  readonly readOnly: boolean;
  /** Milliseconds since the epoch. */
  readonly now: () => number;
  readonly limits: CacheLimits;
  readonly log: Pick<Log, 'warn'> | undefined;
}

interface Entry {
  readonly version: 1;
  readonly key: string;
  /** JSON, as the text that is signed. */
  readonly body: string;
  readonly mac: string | null;
}

const KEY = /^[0-9a-f]{64}$/;
const MAC = /^[0-9a-f]{64}$/;
/** Answers take some kilobytes; what is larger is neither written nor read. */
const MOST_BYTES = 256 * 1024;
const DAY_MS = 86_400_000;
const READABLE_BY_OWNER = 0o600;
const MEBIBYTE = 1024 * 1024;
const LIMITS: CacheLimits = { bytes: 200 * MEBIBYTE, files: 50_000, days: 90 };

/**
 * In `ASSAY_CACHE_DIR` (an absolute path, or `off`), else `$XDG_CACHE_HOME/assay`, else `~/.cache/assay`. Null where none is wanted, and where it would lie in
 * a checkout without a key that signs it: a change could bring files that look like answers.
 */
export function openAnswerCache(
  variables: Variables,
  options: {
    readonly readOnly: boolean;
    /** Roots of the repository that is judged: checkouts, wherever the run is. */
    readonly checkouts?: readonly string[];
    readonly now?: () => number;
    readonly limits?: CacheLimits;
    readonly log?: Pick<Log, 'warn'>;
  },
): AnswerCache | null {
  const folder = folderOf(variables);
  if (folder === null) return null;
  const key = variables.ASSAY_MARKER_KEY?.trim() ?? '';
  const { GITHUB_WORKSPACE, CI_PROJECT_DIR } = variables;
  const checkouts = [GITHUB_WORKSPACE, CI_PROJECT_DIR, ...(options.checkouts ?? [])];
  if (key === '' && liesInOneOf(folder, checkouts)) {
    options.log?.warn(
      'The answer cache lies in the checkout, where a change can put files, and is not used: set ASSAY_MARKER_KEY so that its entries are signed.',
    );
    return null;
  }
  const { readOnly, now = Date.now, limits = LIMITS } = options;
  return createAnswerCache({ folder, key: key === '' ? null : key, readOnly, now, limits, log: options.log });
}

function createAnswerCache(settings: CacheSettings): AnswerCache {
  const { folder, key: secret, readOnly, now } = settings;
  const sign = signer(secret);
  let pruned: Promise<void> | null = null;
  let isTold = false;
  const fileOf = (key: string) => path.join(folder, key.slice(0, 2), `${key}.json`);

  return {
    async get(key) {
      if (!KEY.test(key)) return null;
      try {
        const found = await readWhole(fileOf(key));
        const value = found === null ? null : openEntry(found.text, key, sign);
        if (found !== null && value !== null && !readOnly) await touch(fileOf(key), found.mtimeMs, now());
        return value;
      } catch {
        // A cache that cannot be read costs an answer, never the run.
        return null;
      }
    },
    async put(key, value) {
      if (readOnly || !KEY.test(key)) return;
      try {
        const body = JSON.stringify(value);
        const entry: Entry = { version: 1, key, body, mac: sign(key, body) };
        const text = JSON.stringify(entry);
        if (Buffer.byteLength(text) > MOST_BYTES) return;
        await writeWhole(fileOf(key), text);
        pruned ??= pruneAnswers(folder, settings.limits, now());
        await pruned;
      } catch (error) {
        // A full or read-only disk costs an answer, never the run.
        if (!isTold) settings.log?.warn(notKept(error));
        isTold = true;
      }
    },
  };
}

function notKept(error: unknown): string {
  const { code = 'unknown' } = error as NodeJS.ErrnoException;
  return `Answers of the model cannot be kept (${code}), so a later run asks again: set ASSAY_CACHE_DIR to a folder that can be written, or to off.`;
}

function folderOf({ ASSAY_CACHE_DIR, XDG_CACHE_HOME, HOME }: Variables): string | null {
  const own = ASSAY_CACHE_DIR?.trim() ?? '';
  if (own === 'off') return null;
  if (own !== '') return path.resolve(own);
  const shared = XDG_CACHE_HOME?.trim() ?? '';
  // The XDG specification has relative paths ignored.
  if (path.isAbsolute(shared)) return path.join(shared, 'assay');
  return path.join(HOME === undefined || HOME === '' ? homedir() : HOME, '.cache', 'assay');
}

function liesInOneOf(folder: string, roots: readonly (string | undefined)[]): boolean {
  return roots.some((root) => {
    if (root === undefined || root === '') return false;
    const below = path.relative(path.resolve(root), folder);
    return !below.startsWith('..') && !path.isAbsolute(below);
  });
}

/** A key of its own, so that no signature of a comment is one of an entry. It covers the address: an entry cannot be moved to another question. */
function signer(secret: string | null): (key: string, body: string) => string | null {
  if (secret === null) return () => null;
  const own = createHmac('sha256', secret).update('assay answer cache 1').digest();
  return (key, body) =>
    createHmac('sha256', own)
      .update(JSON.stringify([key, body]))
      .digest('hex');
}

function openEntry(text: string, key: string, sign: ReturnType<typeof signer>): unknown {
  const entry: Partial<Entry> | null = JSON.parse(text);
  if (entry?.version !== 1 || entry.key !== key || typeof entry.body !== 'string') return null;
  const expected = sign(key, entry.body);
  if (expected !== null) {
    if (typeof entry.mac !== 'string' || !MAC.test(entry.mac)) return null;
    if (!timingSafeEqual(Buffer.from(entry.mac), Buffer.from(expected))) return null;
  }
  return JSON.parse(entry.body);
}

/** Of a plain file in a plain folder; null for links, pipes and whatever else a restored archive may hold, and for what is too large. */
async function readWhole(file: string): Promise<{ text: string; mtimeMs: number } | null> {
  if (!(await lstat(path.dirname(file))).isDirectory()) return null;
  const handle = await open(
    file,
    constants.O_RDONLY | (constants.O_NOFOLLOW ?? 0) | (constants.O_NONBLOCK ?? 0),
  );
  try {
    const { mtimeMs, size, ...found } = await handle.stat();
    if ((found.mode & constants.S_IFMT) !== constants.S_IFREG || size > MOST_BYTES) return null;
    const bytes = Buffer.alloc(size);
    const { bytesRead } = await handle.read(bytes, 0, size, 0);
    return { text: bytes.subarray(0, bytesRead).toString('utf8'), mtimeMs };
  } finally {
    await handle.close();
  }
}

/** Whole or not at all: another job may be reading. */
async function writeWhole(file: string, text: string): Promise<void> {
  const folder = path.dirname(file);
  await makeFolders(folder);
  if (!(await lstat(folder)).isDirectory()) return;
  const temporary = path.join(folder, `.${path.basename(file)}.${randomBytes(6).toString('hex')}.tmp`);
  try {
    await writeFile(temporary, text, { flag: 'wx', mode: READABLE_BY_OWNER });
    await rename(temporary, file).catch((error: unknown) => replaceFolder(temporary, file, error));
  } catch (error) {
    await rm(temporary, { force: true });
    throw error;
  }
}

/** An empty folder where the entry belongs (of a restored archive, or made by hand) makes room; a full one is somebody's, and is told. */
async function replaceFolder(temporary: string, file: string, error: unknown): Promise<void> {
  if (!(await lstat(file)).isDirectory()) throw error;
  await rmdir(file);
  await rename(temporary, file);
}

/** The day of the last use stands in the file's own time; once a day is enough to know what is old. */
async function touch(file: string, mtimeMs: number, now: number): Promise<void> {
  if (Math.abs(now - mtimeMs) < DAY_MS) return;
  await utimes(file, now / 1000, now / 1000).catch(() => undefined);
}
