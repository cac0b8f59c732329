// The sources as a commit holds them: a Workspace over git's blobs.

import { pathProblem } from '#code/source-path.ts';
import { AssayError } from '../../domain/errors.ts';
import type { ReadOutcome, Workspace } from '../../ports/workspace.ts';
import type { ObjectReader } from './object-reader.ts';
import { type GitSession, runGit, splitNul } from './run-git.ts';
import { FILE_CAP, type LoadedFile, SourceCache, tooLarge } from './source-cache.ts';
import { LISTING_CAP, tooManyFiles } from './walk-folder.ts';

interface TreeEntry {
  /** As git writes it: `100644`, `100755`, `120000` a link, `160000` a submodule. */
  readonly mode: string;
  readonly id: string;
}

export class CommitTree implements Workspace {
  readonly #session: GitSession;
  readonly #commit: string;
  readonly #objects: ObjectReader;
  readonly #cache: SourceCache;
  #entries: Promise<ReadonlyMap<string, TreeEntry>> | null = null;
  #files: Promise<readonly string[]> | null = null;

  /** @param commit a full commit id */
  constructor(session: GitSession, commit: string, objects: ObjectReader) {
    this.#session = session;
    this.#commit = commit;
    this.#objects = objects;
    this.#cache = new SourceCache((path) => this.#load(path));
  }

  async files(): Promise<readonly string[]> {
    this.#files ??= this.#list().then(sortedPaths);
    return this.#files;
  }

  async read(path: string): Promise<ReadOutcome> {
    const problem = pathProblem(path, 'linux');
    return problem === null ? this.#cache.read(path) : { kind: 'refused', why: problem };
  }

  async readBytes(path: string): Promise<Uint8Array | null> {
    return pathProblem(path, 'linux') === null ? this.#cache.readBytes(path) : null;
  }

  async #load(path: string): Promise<LoadedFile> {
    const entry = (await this.#list()).get(path);
    if (entry === undefined) return { kind: 'missing' };
    if (entry.mode === '120000') return { kind: 'refused', why: 'is a symbolic link' };
    if (entry.mode === '160000') return { kind: 'refused', why: 'is a submodule' };
    const object = await this.#objects.read(entry.id, FILE_CAP);
    if (object.kind === 'too_large') return tooLarge(object.size);
    if (object.kind === 'absent') return { kind: 'refused', why: 'is not in this partial clone' };
    return object;
  }

  #list(): Promise<ReadonlyMap<string, TreeEntry>> {
    this.#entries ??= listTree(this.#session, this.#commit);
    return this.#entries;
  }
}

async function listTree(session: GitSession, commit: string): Promise<ReadonlyMap<string, TreeEntry>> {
  if (!/^[0-9a-f]{40,64}$/.test(commit)) throw new AssayError('internal', `Not a full commit id: ${commit}.`);
  const { stdout } = await runGit(session, ['ls-tree', '-r', '-z', '--full-tree', commit]);
  const entries = new Map<string, TreeEntry>();
  for (const line of splitNul(stdout)) {
    const [, mode, id, path] = /^(\d{6}) [a-z]+ ([0-9a-f]+)\t([\s\S]+)$/.exec(line) ?? [];
    if (mode !== undefined && id !== undefined && path !== undefined) entries.set(path, { mode, id });
  }
  if (entries.size > LISTING_CAP) throw tooManyFiles(`The tree of ${commit}`, LISTING_CAP);
  return entries;
}

/** A submodule is a folder of another repository, not a file. */
function sortedPaths(entries: ReadonlyMap<string, TreeEntry>): readonly string[] {
  return [...entries]
    .filter(([, { mode }]) => mode !== '160000')
    .map(([path]) => path)
    .sort();
}
