// Keeps vectors in an embedded database below the user's cache folder; it can be deleted at any time and is built again.
import { rmSync } from 'node:fs';
import path from 'node:path';
import type { DatabaseSync } from 'node:sqlite';
import type { KnowledgeStore, StoreProblem } from '#ports/knowledge-store.ts';
import { makeFolders } from './make-folders.ts';

const FILE = 'knowledge.sqlite';
/** Another number: the old file is thrown away, as everything in it can be computed. */
const SCHEMA_VERSION = 1;
/** Another run may be writing. */
const PATIENCE_MS = 5_000;
const LONGEST_VECTOR = 16_384;
const NOTHING: ReadonlyMap<string, Float32Array> = new Map();
const SCHEMA = `
CREATE TABLE IF NOT EXISTS vector (
  model TEXT NOT NULL,
  key TEXT NOT NULL,
  value BLOB NOT NULL,
  PRIMARY KEY (model, key)
) WITHOUT ROWID;
PRAGMA user_version = ${SCHEMA_VERSION};`;

export interface KnowledgeStoreOptions {
  /** Reads what is there, adds nothing: for runs on code of strangers (security row 34). */
  readonly readOnly?: boolean;
}

/**
 * Opens `knowledge.sqlite` in `folder`, making both where needed. A file that is no database, damaged or of another version is rebuilt and
 * `problems` says so; where no file can be had at all, nothing is kept and `problems` says that.
 */
export async function openKnowledgeStore(
  folder: string,
  { readOnly = false }: KnowledgeStoreOptions = {},
): Promise<KnowledgeStore> {
  const { DatabaseSync: Database } = await import('node:sqlite');
  const file = path.join(folder, FILE);
  const problems: StoreProblem[] = [];
  let database: DatabaseSync | null = null;

  const open = () => {
    const opened = new Database(file, { timeout: PATIENCE_MS });
    try {
      prepare(opened);
      return opened;
    } catch (error) {
      opened.close();
      throw error;
    }
  };
  const giveUp = (error: unknown) => {
    problems.push({ kind: 'unusable', why: reasonOf(error) });
    database = null;
  };
  const rebuild = (error: unknown) => {
    try {
      database?.close();
      for (const ending of ['', '-journal', '-wal', '-shm']) rmSync(`${file}${ending}`, { force: true });
      database = open();
      problems.push({ kind: 'rebuilt', why: reasonOf(error) });
    } catch (again) {
      giveUp(again);
    }
  };
  /** What fails for a damaged file is tried once more on a new one. */
  const attempt = <T>(work: (at: DatabaseSync) => T, fallback: T): T => {
    for (let tries = 0; tries < 2 && database !== null; tries += 1) {
      try {
        return work(database);
      } catch (error) {
        if (isBusy(error)) return fallback;
        if (tries > 0 || !isDamaged(error)) giveUp(error);
        else rebuild(error);
      }
    }
    return fallback;
  };

  try {
    await makeFolders(folder);
    database = open();
  } catch (error) {
    if (isDamaged(error)) rebuild(error);
    else giveUp(error);
  }
  return {
    problems,
    read: (model, keys) => attempt((at) => readVectors(at, model, keys), NOTHING),
    write: (model, vectors) => {
      if (!readOnly) attempt((at) => writeVectors(at, model, vectors), undefined);
    },
    close: () => {
      database?.close();
      database = null;
    },
  };
}

/** The file is a database and holds something else than what this version wrote. */
class UnfitFile extends Error {}

/** No write-ahead log: its side files would outlive a deleted database, and there is little to write. */
function prepare(database: DatabaseSync): void {
  const version = Number(database.prepare('PRAGMA user_version').get()?.user_version ?? 0);
  const sound = database.prepare('PRAGMA quick_check(1)').get()?.quick_check;
  if (sound !== 'ok') throw new UnfitFile('it is damaged');
  if (version === SCHEMA_VERSION) return;
  if (version !== 0) throw new UnfitFile(`it is of version ${version}`);
  database.exec(`BEGIN IMMEDIATE;${SCHEMA}COMMIT;`);
}

function readVectors(
  database: DatabaseSync,
  model: string,
  keys: readonly string[],
): ReadonlyMap<string, Float32Array> {
  const query = database.prepare('SELECT value FROM vector WHERE model = ? AND key = ?');
  const vectors = new Map<string, Float32Array>();
  for (const key of keys) {
    const vector = toVector(query.get(model, key)?.value);
    if (vector !== null) vectors.set(key, vector);
  }
  return vectors;
}

function writeVectors(
  database: DatabaseSync,
  model: string,
  vectors: ReadonlyMap<string, Float32Array>,
): void {
  database.exec('BEGIN IMMEDIATE');
  try {
    const insert = database.prepare('INSERT OR REPLACE INTO vector (model, key, value) VALUES (?, ?, ?)');
    for (const [key, vector] of vectors) {
      insert.run(model, key, new Uint8Array(vector.buffer, vector.byteOffset, vector.byteLength));
    }
    database.exec('COMMIT');
  } catch (error) {
    if (database.isTransaction) database.exec('ROLLBACK');
    throw error;
  }
}

/** Copied, as a blob need not lie where numbers may; null for what is no vector. */
function toVector(value: unknown): Float32Array | null {
  if (!(value instanceof Uint8Array) || value.byteLength === 0 || value.byteLength % 4 !== 0) return null;
  if (value.byteLength / 4 > LONGEST_VECTOR) return null;
  const vector = new Float32Array(value.slice().buffer);
  return vector.every(Number.isFinite) ? vector : null;
}

/** Primary result codes of SQLite (sqlite.org/rescode.html). */
const CODE = { busy: 5, locked: 6, corrupt: 11, notADatabase: 26, error: 1 } as const;

function codeOf(error: unknown): number | null {
  if (typeof error !== 'object' || error === null || !('errcode' in error)) return null;
  return Number(error.errcode) & 0xff;
}

function isBusy(error: unknown): boolean {
  const code = codeOf(error);
  return code === CODE.busy || code === CODE.locked;
}

/** A table that is missing or of another shape counts as damage too. */
function isDamaged(error: unknown): boolean {
  const code = codeOf(error);
  return (
    error instanceof UnfitFile || code === CODE.corrupt || code === CODE.notADatabase || code === CODE.error
  );
}

function reasonOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
