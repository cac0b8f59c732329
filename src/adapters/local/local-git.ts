// What changed, according to the git repository that the sources lie in: a ChangeSource without any host.
import type { ChangedFile, Commits, TreeDiff } from '../../domain/change.ts';
import { AssayError } from '../../domain/errors.ts';
import type { ReviewDiff } from '../../domain/review-diff.ts';
import type { ChangeSource } from '../../ports/change-source.ts';
import type { Workspace } from '../../ports/workspace.ts';
import { CommitTree } from './commit-tree.ts';
import { findRepository } from './find-repository.ts';
import { listUntrackedFiles, listWorkingFiles } from './list-working-files.ts';
import { ObjectReader } from './object-reader.ts';
import { diffArguments, parseGitDiff, parseReviewDiff } from './parse-git-diff.ts';
import { type AskedRefs, commitTime, resolveCommit, resolveCommits } from './resolve-commits.ts';
import { type GitSession, runGit, withProtocols } from './run-git.ts';
import { WorkingTree } from './working-tree.ts';

/** Lines of context around a hunk, as both forges show it. */
const REVIEW_CONTEXT = 3;

/** Transports that the one fetch of a shallow clone may use. */
const FETCH_PROTOCOLS = ['https', 'http', 'ssh'];

export interface LocalGitOptions extends AskedRefs {
  readonly folder: string;
  /** Lets git fetch once when a shallow clone lacks the base. */
  readonly allowFetch?: boolean;
  /** For tests that fetch from a folder: `['file']`. */
  readonly fetchProtocols?: readonly string[];
}

/**
 * Opens the repository around `folder`. Null when there is none and none is needed. Throws AssayError `repository` when a base or
 * head is asked of a plain folder, or git refuses the repository.
 */
export async function openLocalGit(options: LocalGitOptions): Promise<LocalGit | null> {
  const found = await findRepository(options.folder);
  if (found.kind === 'repository') {
    const protocols = options.fetchProtocols ?? FETCH_PROTOCOLS;
    const remote = options.allowFetch === true ? withProtocols(found.session, protocols) : null;
    return new LocalGit(found.session, options, remote);
  }
  if (options.base === null && options.head === null) return null;
  const option = options.base === null ? '--head' : '--base';
  throw new AssayError('repository', `${option} needs git, but ${found.why}.`, {
    hint: `Leave ${option} out, or give the folder of a clone with --repo.`,
  });
}

export class LocalGit implements ChangeSource, AsyncDisposable {
  /** The working tree's top: absolute, links resolved. Every path of the run is relative to it. */
  readonly root: string;
  readonly #session: GitSession;
  readonly #asked: AskedRefs;
  /** For the one fetch; null to stay offline. */
  readonly #remote: GitSession | null;
  readonly #objects: ObjectReader;
  readonly #workingTree: WorkingTree;
  readonly #trees = new Map<string, CommitTree>();
  readonly #maps = new Map<string, Promise<TreeDiff | null>>();
  readonly #reviewDiffs = new Map<string, Promise<ReviewDiff>>();
  #commits: Promise<Commits> | null = null;
  #diff: Promise<TreeDiff | null> | null = null;

  constructor(session: GitSession, asked: AskedRefs, remote: GitSession | null) {
    this.root = session.folder;
    this.#session = session;
    this.#asked = asked;
    this.#remote = remote;
    this.#objects = new ObjectReader(session);
    this.#workingTree = new WorkingTree(this.root, () => listWorkingFiles(session));
  }

  commits(): Promise<Commits> {
    this.#commits ??= resolveCommits(this.#session, this.#asked, this.#remote).then(async (commits) =>
      commits.head === null
        ? commits
        : { ...commits, headTime: await commitTime(this.#session, commits.head) },
    );
    return this.#commits;
  }

  /** The sources of this run: the head commit's blobs, or the working tree. */
  async sources(): Promise<Workspace> {
    const { head } = await this.commits();
    return head === null ? this.#workingTree : this.at(head);
  }

  diff(): Promise<TreeDiff | null> {
    this.#diff ??= this.commits().then(({ mergeBase, head }) =>
      mergeBase === null ? null : this.#compare(mergeBase, head),
    );
    return this.#diff;
  }

  diffFrom(revision: string): Promise<TreeDiff | null> {
    let map = this.#maps.get(revision);
    if (map === undefined) {
      map = this.#mapFrom(revision);
      this.#maps.set(revision, map);
    }
    return map;
  }

  async reviewDiff(from: string, to: string): Promise<ReviewDiff | null> {
    const commits = [await resolveCommit(this.#session, from), await resolveCommit(this.#session, to)];
    const known = commits.filter((commit) => commit !== null);
    if (known.length < commits.length) return null;
    const key = known.join(' ');
    let diff = this.#reviewDiffs.get(key);
    if (diff === undefined) {
      diff = this.#printDiff(REVIEW_CONTEXT, known).then(parseReviewDiff);
      this.#reviewDiffs.set(key, diff);
    }
    return diff;
  }

  at(commit: string): Workspace {
    let tree = this.#trees.get(commit);
    if (tree === undefined) {
      tree = new CommitTree(this.#session, commit, this.#objects);
      this.#trees.set(commit, tree);
    }
    return tree;
  }

  /** Ends the process that reads blobs. */
  async [Symbol.asyncDispose](): Promise<void> {
    await this.#objects.close();
  }

  /** A report names its commit itself, so it is outside text: an id, never an expression. */
  async #mapFrom(revision: string): Promise<TreeDiff | null> {
    if (!/^[0-9a-f]{7,64}$/i.test(revision)) return null;
    const scanned = await resolveCommit(this.#session, revision);
    const { head } = await this.commits();
    // A scan of the checked-out commit saw the working tree as it lies here.
    const shown = head ?? (await resolveCommit(this.#session, 'HEAD'));
    if (scanned === null) return null;
    return scanned === shown ? { files: [] } : this.#compare(scanned, head);
  }

  async #compare(from: string, to: string | null): Promise<TreeDiff> {
    const commits = to === null ? [from] : [from, to];
    const diff = parseGitDiff(await this.#printDiff(0, commits));
    return to === null ? { files: [...diff.files, ...(await this.#untracked())] } : diff;
  }

  async #printDiff(context: number, commits: readonly string[]): Promise<Uint8Array> {
    const args = [...diffArguments(context), '--end-of-options', ...commits, '--'];
    return (await runGit(this.#session, args)).stdout;
  }

  /** Files that git does not know yet are part of the change: `git add` would show them as added. */
  async #untracked(): Promise<readonly ChangedFile[]> {
    const paths = await listUntrackedFiles(this.#session);
    return Promise.all(paths.map(async (path) => addedFile(path, await this.#workingTree.readBytes(path))));
  }
}

/** @param bytes null when the file is a link, too large or unreadable: nothing is known of its lines */
function addedFile(path: string, bytes: Uint8Array | null): ChangedFile {
  const newLines = bytes === null ? 0 : countLines(bytes);
  return {
    status: 'added',
    oldPath: null,
    newPath: path,
    binary: bytes === null || bytes.includes(0),
    hunks: newLines === 0 ? [] : [{ oldStart: 0, oldLines: 0, newStart: 1, newLines }],
  };
}

/** As git counts: a last line without LF is one too. */
function countLines(bytes: Uint8Array): number {
  let lines = 0;
  for (let at = bytes.indexOf(10); at !== -1; at = bytes.indexOf(10, at + 1)) lines += 1;
  return bytes.length > 0 && bytes.at(-1) !== 10 ? lines + 1 : lines;
}
