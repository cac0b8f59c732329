// What a host writes into its repository when it is asked to by its API: blobs, trees, commits and branches, by git itself.
import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { GitRepository } from '../doubles/git-repository.ts';

export interface TreeChange {
  readonly path: string;
  readonly mode: string;
  /** Null: it is taken away. */
  readonly blob: string | null;
}

export interface Signature {
  readonly name: string;
  readonly email: string;
}

export class StoredObjects {
  readonly #git: GitRepository;
  /** Of objects that are there, which they stay: each question costs a process. */
  readonly #types = new Map<string, string>();
  readonly #answers = new Map<string, string>();

  constructor(git: GitRepository) {
    this.#git = git;
  }

  blob(bytes: Buffer): string {
    return this.#made('blob', this.#run(['hash-object', '-w', '--stdin'], { input: bytes }));
  }

  has(id: string, type: 'blob' | 'tree' | 'commit'): boolean {
    if (!/^[0-9a-f]{40}$/.test(id)) return false;
    const known = this.#types.get(id);
    if (known !== undefined) return known === type;
    try {
      const found = this.#run(['cat-file', '-t', id]);
      this.#types.set(id, found);
      return found === type;
    } catch {
      return false;
    }
  }

  /** @param base a tree or a commit */
  tree(base: string, changes: readonly TreeChange[]): string {
    const folder = mkdtempSync(join(tmpdir(), 'assay-index-'));
    try {
      const variables = { GIT_INDEX_FILE: join(folder, 'index') };
      this.#run(['read-tree', base], { variables });
      const rows = changes.map(({ path, mode, blob }) =>
        blob === null ? `0 ${'0'.repeat(40)}\t${path}\0` : `${mode} ${blob}\t${path}\0`,
      );
      this.#run(['update-index', '-z', '--index-info'], { variables, input: Buffer.from(rows.join('')) });
      return this.#made('tree', this.#run(['write-tree'], { variables }));
    } finally {
      rmSync(folder, { recursive: true });
    }
  }

  commit(tree: string, parents: readonly string[], message: string, by: Signature, committer = by): string {
    const words = ['commit-tree', tree, ...parents.flatMap((parent) => ['-p', parent])];
    const variables = {
      ...{ GIT_AUTHOR_NAME: by.name, GIT_AUTHOR_EMAIL: by.email },
      ...{ GIT_COMMITTER_NAME: committer.name, GIT_COMMITTER_EMAIL: committer.email },
    };
    return this.#made('commit', this.#run(words, { variables, input: Buffer.from(message) }));
  }

  /** What git says of a commit in a format of `git show`. */
  show(commit: string, format: string): string {
    return this.#once(['show', '--no-patch', `--format=${format}`, commit]);
  }

  /** Read from the files where git keeps it: a process costs some milliseconds, and every answer asks. */
  tip(branch: string): string | null {
    const read = (file: string): string => {
      try {
        return readFileSync(join(this.#git.root, '.git', file), 'utf8');
      } catch {
        return '';
      }
    };
    const loose = read(`refs/heads/${branch}`).trim();
    if (loose !== '') return loose;
    const packed = read('packed-refs').split('\n');
    return packed.find((row) => row.endsWith(` refs/heads/${branch}`))?.slice(0, 40) ?? null;
  }

  move(branch: string, commit: string): void {
    this.#run(['update-ref', `refs/heads/${branch}`, commit]);
  }

  remove(branch: string): void {
    this.#run(['update-ref', '-d', `refs/heads/${branch}`]);
  }

  isAncestor(one: string, other: string): boolean {
    try {
      this.#once(['merge-base', '--is-ancestor', one, other]);
      return true;
    } catch {
      return false;
    }
  }

  mergeBase(one: string, other: string): string | null {
    try {
      return this.#once(['merge-base', one, other]);
    } catch {
      return null;
    }
  }

  #made(type: string, id: string): string {
    this.#types.set(id, type);
    return id;
  }

  /** Answers about full ids stay as they are. */
  #once(words: readonly string[]): string {
    const key = words.join(' ');
    const answer = this.#answers.get(key) ?? this.#run(words);
    if (/^[0-9a-f]{40}$/.test(words.at(-1) ?? '')) this.#answers.set(key, answer);
    return answer;
  }

  #run(
    words: readonly string[],
    options: { readonly input?: Buffer; readonly variables?: Readonly<Record<string, string>> } = {},
  ): string {
    const env = {
      ...{ PATH: process.env.PATH, HOME: this.#git.root, GIT_CONFIG_NOSYSTEM: '1' },
      ...{ GIT_AUTHOR_DATE: '1767225600 +0000', GIT_COMMITTER_DATE: '1767225600 +0000' },
      ...options.variables,
    };
    const output = execFileSync('git', words, {
      ...{ cwd: this.#git.root, env, encoding: 'utf8', input: options.input ?? Buffer.alloc(0) },
      stdio: ['pipe', 'pipe', 'ignore'],
    });
    return output.trimEnd();
  }
}
