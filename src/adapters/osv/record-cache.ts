// Records that a service told earlier, on the disk: each is believed only when it is whole, the one asked for and, where there is a key, signed.
import { createHash, createHmac, randomBytes, timingSafeEqual } from 'node:crypto';
import { constants } from 'node:fs';
import { lstat, mkdir, open, readdir, rename, rm, writeFile } from 'node:fs/promises';
import { homedir } from 'node:os';
import path from 'node:path';
import { z } from 'zod';
import type { OsvWire } from './osv-wire.ts';

export interface KeptRecord {
  /** When the record was last modified, as the service listed it; null when it did not say. */
  readonly modified: string | null;
  readonly etag: string | null;
  /** The record, JSON. */
  readonly text: string;
}

export interface RecordCache {
  /** Null for whatever cannot be read: a cache costs a request, never the run. */
  get(id: string): Promise<KeptRecord | null>;
  put(id: string, record: KeptRecord): Promise<void>;
  /** Makes room when something was put. */
  close(): Promise<void>;
}

export interface RecordCacheLimits {
  readonly bytes: number;
  readonly files: number;
}

const MEBIBYTE = 1024 * 1024;
const LARGEST = 4 * MEBIBYTE;
const LIMITS: RecordCacheLimits = { bytes: 500 * MEBIBYTE, files: 100_000 };
const READABLE_BY_OWNER = 0o600;
const FOLDER = /^[0-9a-f]{2}$/;
const FILE = /^\.?[0-9a-f]{64}\.json(?:\.[0-9a-f]{12}\.tmp)?$/;
/** What a killed run left; a younger one may be being written. */
const LEFTOVER_MS = 86_400_000;

const ENTRY = z.object({
  version: z.literal(1),
  /** The signed text: JSON of [service, id, modified, etag, text]. */
  body: z.string(),
  mac: z.string().nullable(),
});
const BODY = z.tuple([z.string(), z.string(), z.string().nullable(), z.string().nullable(), z.string()]);

/**
 * The folder `advisories` in `ASSAY_CACHE_DIR` (or `off`), else in `$XDG_CACHE_HOME/assay` or `~/.cache/assay`. Null where none is wanted, and where it would
 * lie in a checkout without a key that signs it (`ASSAY_MARKER_KEY`): a change could bring records that clear its own packages.
 */
export function openRecordCache(
  service: string,
  { variables, cwd, now, log }: Pick<OsvWire, 'variables' | 'cwd' | 'now' | 'log'>,
  limits: RecordCacheLimits = LIMITS,
): RecordCache | null {
  const folder = folderOf(variables);
  if (folder === null) return null;
  const secret = variables.ASSAY_MARKER_KEY?.trim() ?? '';
  const checkouts = [cwd, variables.GITHUB_WORKSPACE, variables.CI_PROJECT_DIR];
  if (secret === '' && checkouts.some((root) => liesIn(folder, root))) {
    log.warn(
      'The cache of advisories lies in the checkout, where a change can put files, and is not used: set ASSAY_MARKER_KEY so that its entries are signed.',
    );
    return null;
  }
  return createRecordCache(folder, service, { sign: signer(secret), now, limits, log });
}

interface CacheParts {
  readonly sign: (body: string) => string | null;
  readonly now: () => number;
  readonly limits: RecordCacheLimits;
  readonly log: Pick<OsvWire['log'], 'warn'>;
}

function createRecordCache(
  folder: string,
  service: string,
  { sign, now, limits, log }: CacheParts,
): RecordCache {
  const state = { written: false, told: false };
  const fileOf = (id: string) => {
    const name = createHash('sha256')
      .update(JSON.stringify([service, id]))
      .digest('hex');
    return path.join(folder, name.slice(0, 2), `${name}.json`);
  };
  return {
    async get(id) {
      try {
        const body = openEntry(await readWhole(fileOf(id)), sign);
        if (body === null || body[0] !== service || body[1] !== id) return null;
        const [, , modified, etag, text] = body;
        return { modified, etag, text };
      } catch {
        return null;
      }
    },
    async put(id, { modified, etag, text }) {
      try {
        const body = JSON.stringify([service, id, modified, etag, text]);
        const entry = JSON.stringify({ version: 1, body, mac: sign(body) });
        if (Buffer.byteLength(entry) > LARGEST) return;
        await writeWhole(fileOf(id), entry);
        state.written = true;
      } catch (error) {
        const { code = 'unknown' } = error as NodeJS.ErrnoException;
        if (!state.told) log.warn(`Advisories cannot be kept (${code}), so a later run asks for them again.`);
        state.told = true;
      }
    },
    async close() {
      if (state.written) await prune(folder, limits, now()).catch(() => undefined);
      state.written = false;
    },
  };
}

function folderOf({ ASSAY_CACHE_DIR, XDG_CACHE_HOME, HOME }: OsvWire['variables']): string | null {
  const own = ASSAY_CACHE_DIR?.trim() ?? '';
  if (own === 'off') return null;
  if (own !== '') return path.resolve(own, 'advisories');
  const shared = XDG_CACHE_HOME?.trim() ?? '';
  // The XDG specification has relative paths ignored.
  if (path.isAbsolute(shared)) return path.join(shared, 'assay', 'advisories');
  return path.join(HOME === undefined || HOME === '' ? homedir() : HOME, '.cache', 'assay', 'advisories');
}

function liesIn(folder: string, root: string | undefined): boolean {
  if (root === undefined || root === '') return false;
  const below = path.relative(path.resolve(root), folder);
  return !below.startsWith('..') && !path.isAbsolute(below);
}

/** A key of its own, so that no signature of anything else is one of an entry. */
function signer(secret: string): (body: string) => string | null {
  if (secret === '') return () => null;
  const own = createHmac('sha256', secret).update('assay advisory cache 1').digest();
  return (body) => createHmac('sha256', own).update(body).digest('hex');
}

function openEntry(text: string | null, sign: CacheParts['sign']): z.output<typeof BODY> | null {
  if (text === null) return null;
  const { body, mac } = ENTRY.parse(JSON.parse(text));
  const expected = sign(body);
  if (expected !== null) {
    const given = Buffer.from(mac ?? '');
    if (given.length !== expected.length || !timingSafeEqual(given, Buffer.from(expected))) return null;
  }
  return BODY.parse(JSON.parse(body));
}

/** Of a plain file in a plain folder; null for links, pipes and what is too large. */
async function readWhole(file: string): Promise<string | null> {
  if (!(await lstat(path.dirname(file))).isDirectory()) return null;
  const flags = constants.O_RDONLY | (constants.O_NOFOLLOW ?? 0) | (constants.O_NONBLOCK ?? 0);
  const handle = await open(file, flags);
  try {
    const found = await handle.stat();
    return found.isFile() && found.size <= LARGEST ? await handle.readFile('utf8') : null;
  } finally {
    await handle.close();
  }
}

/** Whole or not at all: another job may be reading, and this one may be killed. */
async function writeWhole(file: string, text: string): Promise<void> {
  const folder = path.dirname(file);
  await mkdir(folder, { recursive: true });
  if (!(await lstat(folder)).isDirectory()) return;
  const temporary = path.join(folder, `.${path.basename(file)}.${randomBytes(6).toString('hex')}.tmp`);
  try {
    await writeFile(temporary, text, { flag: 'wx', mode: READABLE_BY_OWNER });
    await rename(temporary, file);
  } catch (error) {
    await rm(temporary, { force: true });
    throw error;
  }
}

/** What was written longest ago goes first. Touches files of ours only, by their names. */
async function prune(folder: string, limits: RecordCacheLimits, now: number): Promise<void> {
  const kept: { file: string; bytes: number; written: number }[] = [];
  for (const entry of await readdir(folder, { withFileTypes: true })) {
    if (!entry.isDirectory() || !FOLDER.test(entry.name)) continue;
    for (const name of await readdir(path.join(folder, entry.name))) {
      const file = path.join(folder, entry.name, name);
      const found = FILE.test(name) ? await lstat(file).catch(() => null) : null;
      if (found === null || !found.isFile()) continue;
      if (!name.endsWith('.tmp')) kept.push({ file, bytes: found.size, written: found.mtimeMs });
      else if (now - found.mtimeMs > LEFTOVER_MS) await rm(file, { force: true });
    }
  }
  let [bytes, files] = [kept.reduce((sum, one) => sum + one.bytes, 0), kept.length];
  for (const one of kept.sort((a, b) => a.written - b.written || (a.file < b.file ? -1 : 1))) {
    if (bytes <= limits.bytes && files <= limits.files) return;
    await rm(one.file, { force: true });
    bytes -= one.bytes;
    files -= 1;
  }
}
