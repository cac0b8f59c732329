// The sources as a commit on GitLab holds them: a Workspace over the repository files API.

import { decodeSource } from '#code/decode-source.ts';
import { pathProblem } from '#code/source-path.ts';
import type { ReadOutcome, Workspace } from '#ports/workspace.ts';
import { endpoint } from './endpoint.ts';
import { asAssayError } from './explain-fault.ts';
import type { GitLabClient } from './gitlab-client.ts';
import { attempt, GitLabFault } from './gitlab-fault.ts';
import { readShape, treeRowShape } from './gitlab-shapes.ts';
import { listPages } from './list-pages.ts';
import { readBytesWithin } from './read-answer.ts';

/** Largest file that is read, in bytes. */
const FILE_CAP = 16 * 1024 * 1024;

type Loaded = { readonly kind: 'bytes'; readonly bytes: Uint8Array } | Exclude<ReadOutcome, { kind: 'text' }>;

export class CommitFiles implements Workspace {
  readonly #client: GitLabClient;
  readonly #project: string | number;
  readonly #commit: string;
  #files: Promise<readonly string[]> | null = null;
  /** The modes of the entries of one folder, by name. */
  readonly #folders = new Map<string, Promise<ReadonlyMap<string, string>>>();
  readonly #loaded = new Map<string, Promise<Loaded>>();

  /** @param commit a full commit id */
  constructor(client: GitLabClient, project: string | number, commit: string) {
    this.#client = client;
    this.#project = project;
    this.#commit = commit;
  }

  /** A submodule is a folder of another repository, not a file. @throws AssayError `repository` when GitLab does not tell */
  async files(): Promise<readonly string[]> {
    this.#files ??= this.#listFiles();
    return this.#files;
  }

  async #listFiles(): Promise<readonly string[]> {
    const rows = await attempt(() => this.#list({ recursive: true }));
    if (rows instanceof GitLabFault) throw asAssayError(rows, 'to list the files of a commit');
    return rows
      .filter(({ type }) => type === 'blob')
      .map(({ path }) => path)
      .sort();
  }

  async read(path: string): Promise<ReadOutcome> {
    const loaded = await this.#load(path);
    return loaded.kind === 'bytes' ? decodeSource(loaded.bytes) : loaded;
  }

  async readBytes(path: string): Promise<Uint8Array | null> {
    const loaded = await this.#load(path);
    return loaded.kind === 'bytes' ? loaded.bytes : null;
  }

  async #load(path: string): Promise<Loaded> {
    const why = pathProblem(path, 'linux');
    if (why !== null) return { kind: 'refused', why };
    const known = this.#loaded.get(path);
    if (known !== undefined) return known;
    const loading = this.#fetch(path);
    this.#loaded.set(path, loading);
    return loading;
  }

  /** The raw address gives a link's target as if it were a file, so the folder is looked at first. */
  async #fetch(path: string): Promise<Loaded> {
    const slash = path.lastIndexOf('/');
    const modes = await attempt(() => this.#folder(path.slice(0, Math.max(0, slash))));
    if (modes instanceof GitLabFault) return unreadable(modes);
    const mode = modes.get(path);
    if (mode === undefined) return { kind: 'missing' };
    if (mode === '120000') return { kind: 'refused', why: 'is a symbolic link' };
    if (mode === '160000') return { kind: 'refused', why: 'is a submodule' };
    if (!mode.startsWith('100')) return { kind: 'refused', why: 'is a folder' };
    const bytes = await attempt(() => this.#fetchBytes(path));
    if (bytes instanceof GitLabFault) return unreadable(bytes);
    if (bytes !== null) return { kind: 'bytes', bytes };
    return { kind: 'refused', why: `is larger than Assay reads (at most ${FILE_CAP} bytes)` };
  }

  /** Null when there are more bytes than Assay reads. */
  async #fetchBytes(path: string): Promise<Uint8Array | null> {
    const { body } = await this.#client.api.requester.get(
      endpoint`projects/${this.#project}/repository/files/${path}/raw`,
      { searchParams: { ref: this.#commit }, asStream: true },
    );
    const response: unknown = body;
    if (!(response instanceof Response)) throw new GitLabFault('lost', 200, 'an answer without a body');
    try {
      return await readBytesWithin(response, FILE_CAP);
    } catch (cause) {
      throw new GitLabFault('lost', response.status, 'a file that broke off', { cause });
    }
  }

  async #folder(path: string): Promise<ReadonlyMap<string, string>> {
    const known = this.#folders.get(path);
    if (known !== undefined) return known;
    const listing = this.#list(path === '' ? {} : { path }).then(
      (rows) => new Map(rows.map((row) => [row.path, row.mode])),
      (error: unknown) => {
        // No folder, no files.
        if (error instanceof GitLabFault && error.status === 404) return new Map<string, string>();
        throw error;
      },
    );
    this.#folders.set(path, listing);
    return listing;
  }

  async #list(query: Readonly<Record<string, string | boolean>>) {
    const rows = await listPages(this.#client, endpoint`projects/${this.#project}/repository/tree`, {
      ...query,
      ref: this.#commit,
      pagination: 'keyset',
    });
    return rows.map((row) => readShape(treeRowShape, row));
  }
}

function unreadable(fault: GitLabFault): Loaded {
  if (fault.status === 404) return { kind: 'missing' };
  return { kind: 'refused', why: `cannot be read from GitLab (${fault.status ?? 'no answer'})` };
}
