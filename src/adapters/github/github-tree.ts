// The sources as a commit on GitHub holds them: a Workspace for when there is no clone.
import { z } from 'zod';
import { decodeSource } from '#code/decode-source.ts';
import { pathProblem } from '#code/source-path.ts';
import { AssayError } from '../../domain/errors.ts';
import type { ReadOutcome, Workspace } from '../../ports/workspace.ts';
import type { GitHubClient, Parameters } from './github-client.ts';
import { orRepositoryError } from './repository-error.ts';
import { readAnswer } from './try-host.ts';

/** Largest file that is read, in bytes; as from a clone. */
const FILE_CAP = 16 * 1024 * 1024;
/** Bytes of files kept, at most. */
const KEPT_CAP = 64 * 1024 * 1024;

const treeShape = z.object({
  truncated: z.boolean().optional(),
  tree: z.array(
    z.object({ path: z.string(), mode: z.string(), type: z.string(), size: z.number().int().nullish() }),
  ),
});
type TreeAnswer = z.infer<typeof treeShape>;
type TreeEntry = TreeAnswer['tree'][number];
type Loaded = { readonly kind: 'bytes'; readonly bytes: Uint8Array } | Exclude<ReadOutcome, { kind: 'text' }>;

export class GitHubTree implements Workspace {
  readonly #client: GitHubClient;
  readonly #where: Parameters;
  readonly #commit: string;
  #tree: Promise<ReadonlyMap<string, TreeEntry>> | null = null;
  readonly #kept = new Map<string, Loaded>();
  #keptBytes = 0;

  /** @param commit a full commit id */
  constructor(
    client: GitHubClient,
    repository: { readonly owner: string; readonly repo: string },
    commit: string,
  ) {
    if (!/^(?:[0-9a-f]{40}|[0-9a-f]{64})$/.test(commit))
      throw new AssayError('internal', 'Not a full commit id.');
    this.#client = client;
    this.#where = repository;
    this.#commit = commit;
  }

  /** A submodule is a folder of another repository, not a file. */
  async files(): Promise<readonly string[]> {
    const entries = [...(await this.#entries()).values()];
    return entries
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

  /** The listing says first what a path is: the contents of a link would be those of its target. */
  async #load(path: string): Promise<Loaded> {
    const problem = pathProblem(path, 'linux');
    if (problem !== null) return { kind: 'refused', why: problem };
    const kept = this.#kept.get(path);
    if (kept !== undefined) return kept;
    const entry = (await this.#entries()).get(path);
    if (entry === undefined || entry.type === 'tree') return { kind: 'missing' };
    if (entry.mode === '120000') return { kind: 'refused', why: 'is a symbolic link' };
    if (entry.type !== 'blob') return { kind: 'refused', why: 'is a submodule' };
    if ((entry.size ?? 0) > FILE_CAP) return tooLarge(entry.size ?? 0);
    const loaded = await this.#fetch(path);
    this.#keep(path, loaded);
    return loaded;
  }

  #entries(): Promise<ReadonlyMap<string, TreeEntry>> {
    this.#tree ??= this.#list();
    return this.#tree;
  }

  async #list(): Promise<ReadonlyMap<string, TreeEntry>> {
    const tree = await orRepositoryError(this.#client, 'list the files of the commit', async () => {
      const route = 'GET /repos/{owner}/{repo}/git/trees/{tree_sha}';
      const answer = await this.#client.read(route, {
        ...this.#where,
        tree_sha: this.#commit,
        recursive: '1',
      });
      return readAnswer(treeShape, answer.data, 'the tree');
    });
    if (tree.truncated === true) {
      throw new AssayError('repository', 'The repository has more files than GitHub lists at once.', {
        hint: 'Check the repository out before Assay runs.',
      });
    }
    return new Map(tree.tree.map((entry) => [entry.path, entry]));
  }

  async #fetch(path: string): Promise<Loaded> {
    const encoded = path.split('/').map(encodeURIComponent).join('/');
    const body = await orRepositoryError(this.#client, 'read a file of the commit', async () => {
      const route = 'GET /repos/{owner}/{repo}/contents/{+path}';
      const where = { ...this.#where, path: encoded, ref: this.#commit };
      const { data } = await this.#client.read(route, where, 'raw');
      return data instanceof ReadableStream ? collect(data) : new Uint8Array();
    });
    return body === null ? tooLarge(FILE_CAP + 1) : { kind: 'bytes', bytes: body };
  }

  #keep(path: string, loaded: Loaded): void {
    const size = loaded.kind === 'bytes' ? loaded.bytes.byteLength : 0;
    if (this.#keptBytes + size > KEPT_CAP) return;
    this.#keptBytes += size;
    this.#kept.set(path, loaded);
  }
}

function tooLarge(size: number): Loaded {
  return { kind: 'refused', why: `is larger than Assay reads (${size} of at most ${FILE_CAP} bytes)` };
}

/** Null when there are more bytes than are read. */
async function collect(stream: ReadableStream<Uint8Array>): Promise<Uint8Array | null> {
  const chunks: Uint8Array[] = [];
  let size = 0;
  for await (const chunk of stream) {
    size += chunk.byteLength;
    if (size > FILE_CAP) return null;
    chunks.push(chunk);
  }
  return new Uint8Array(Buffer.concat(chunks));
}
