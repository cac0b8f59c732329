// A change under review over a real git repository: a base branch, a head branch, and what pushes of all kinds do to them.
import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { createGitRepository, type GitRepository } from '../doubles/git-repository.ts';
import { type DiffFile, readGitDiff } from './git-diff.ts';

/** Changes the working tree; the commit is made afterwards. */
export type Change = (repository: GitRepository) => void;

/** A place of one side of a file. */
export interface TracedLine {
  readonly path: string;
  readonly line: number;
}

export interface TreeEntry {
  readonly mode: string;
  readonly type: string;
  readonly sha: string;
  /** In bytes; null for a submodule. */
  readonly size: number | null;
  readonly path: string;
}

const HEAD_BRANCH = 'feature';
/** As a forge shows a change, whatever git's own settings are. */
const AS_SHOWN = ['--find-renames', '--no-color', '--no-ext-diff', '--no-textconv', '--submodule=short'];
const PLAIN = ['-c', 'core.quotePath=false', '-c', 'diff.noprefix=false', '-c', 'diff.mnemonicPrefix=false'];

/** The branches of one pull or merge request. Every method that moves a branch tells the listeners. */
export class ReviewRepository {
  readonly git: GitRepository;
  readonly headBranch = HEAD_BRANCH;
  #baseBranch = 'main';
  readonly #listeners: (() => void)[] = [];
  /** What git said about commits, which never changes: each question costs a process. */
  readonly #known = new Map<string, unknown>();

  constructor(git: GitRepository) {
    this.git = git;
  }

  get baseBranch(): string {
    return this.#baseBranch;
  }

  /** Full SHAs. */
  head(): string {
    return this.#tip(HEAD_BRANCH);
  }

  baseTip(): string {
    return this.#tip(this.#baseBranch);
  }

  mergeBase(head = this.head()): string {
    const base = this.baseTip();
    return this.#once(`merge-base ${base} ${head}`, () => this.git.git('merge-base', base, head));
  }

  /** The commits of the change, oldest first, without those of the base. */
  commits(): readonly string[] {
    const [head, base] = [this.head(), this.baseTip()];
    return this.#once(`commits ${base} ${head}`, () => {
      const text = this.git.git('rev-list', '--reverse', head, `^${base}`);
      return text === '' ? [] : text.split('\n');
    });
  }

  has(sha: string): boolean {
    if (!/^[0-9a-f]{40}$/.test(sha)) return false;
    if (this.#known.has(`commit ${sha}`) || sha === this.head() || sha === this.baseTip()) return true;
    try {
      this.git.git('cat-file', '-e', `${sha}^{commit}`);
    } catch {
      return false;
    }
    return this.#once(`commit ${sha}`, () => true);
  }

  /** A new commit on the head branch. Returns its SHA, like every method that makes one. */
  push(change: Change, message?: string): string {
    return this.#commitOn(HEAD_BRANCH, change, message);
  }

  /** A new commit on the base branch. */
  pushBase(change: Change, message?: string): string {
    return this.#commitOn(this.#baseBranch, change, message);
  }

  /** The head branch starts over at `onto` (the merge base when left out): its old commits are no part of the change any more. */
  forcePush(change: Change, onto = this.mergeBase(), message?: string): string {
    this.git.git('checkout', '--quiet', '-B', HEAD_BRANCH, onto);
    return this.#commitOn(HEAD_BRANCH, change, message);
  }

  /** The head branch's commits are made again on top of the base's tip. Throws on a conflict. */
  rebase(): string {
    this.git.git('checkout', '--quiet', HEAD_BRANCH);
    this.git.git('rebase', '--quiet', this.baseTip());
    this.#tell();
    return this.head();
  }

  /** The change is for another branch from now on, which is made at `at` when it does not exist. */
  retarget(branch: string, at?: string): void {
    if (at !== undefined) this.git.git('branch', '--force', branch, at);
    this.#baseBranch = branch;
    this.#tell();
  }

  /** What the forge shows: merge base → head, three lines of context, renames found. */
  shownDiff(head = this.head()): readonly DiffFile[] {
    return this.diff(this.mergeBase(head), head);
  }

  diff(from: string, to: string, context = 3): readonly DiffFile[] {
    return this.#once(`diff ${from} ${to} ${context}`, () => {
      const raw = this.git.git(...PLAIN, 'diff', '--raw', '-z', '--abbrev=40', ...AS_SHOWN, from, to);
      return readGitDiff(raw, this.diffText(from, to, context));
    });
  }

  /** The unified diff as git writes it, with its final line feed. */
  diffText(from: string, to: string, context = 3): string {
    const text = this.git.git(...PLAIN, 'diff', `-U${context}`, '--full-index', ...AS_SHOWN, from, to);
    return text === '' ? '' : `${text}\n`;
  }

  /** Where a line of `from` stands in `to`, in another file when git sees a rename; null when it was changed or removed. */
  trace(at: TracedLine, from: string, to: string): TracedLine | null {
    if (from === to) return at;
    const file = this.diff(from, to, 0).find(({ oldPath }) => oldPath === at.path);
    if (!file) return at;
    if (file.newPath === null || file.binary) return null;
    let shift = 0;
    for (const { oldStart, oldLines, newLines } of file.hunks) {
      // Without context a pure insertion names the line that it comes after.
      const first = oldLines === 0 ? oldStart + 1 : oldStart;
      if (at.line < first) break;
      if (at.line < first + oldLines) return null;
      shift += newLines - oldLines;
    }
    return { path: file.newPath, line: at.line + shift };
  }

  /** A file's bytes at a commit; null when it is not there. */
  file(commit: string, path: string): Buffer | null {
    const entry = this.tree(commit).find((row) => row.path === path);
    if (entry?.type !== 'blob') return null;
    return this.#once(`blob ${entry.sha}`, () =>
      execFileSync('git', ['cat-file', 'blob', entry.sha], {
        cwd: this.git.root,
        maxBuffer: 256 * 1024 * 1024,
      }),
    );
  }

  /** Every file of a commit (links and submodules too), in git's order. */
  tree(commit: string): readonly TreeEntry[] {
    return this.#once(`tree ${commit}`, () => this.#readTree(commit));
  }

  /** Called after every push, force push, rebase and retarget. */
  onChange(listener: () => void): void {
    this.#listeners.push(listener);
  }

  dispose(): void {
    this.git.dispose();
  }

  #commitOn(branch: string, change: Change, message?: string): string {
    this.git.git('checkout', '--quiet', branch);
    change(this.git);
    const sha = this.git.commit(message);
    this.#tell();
    return sha;
  }

  /** Read from the file where git keeps it, so that a push by plain git is seen as well. */
  #tip(branch: string): string {
    try {
      return readFileSync(join(this.git.root, '.git/refs/heads', branch), 'utf8').trim();
    } catch {
      return this.git.git('rev-parse', `refs/heads/${branch}`);
    }
  }

  #once<Value>(question: string, ask: () => Value): Value {
    if (!this.#known.has(question)) this.#known.set(question, ask());
    return this.#known.get(question) as Value;
  }

  #readTree(commit: string): TreeEntry[] {
    const text = this.git.git('ls-tree', '-r', '-z', '--long', commit);
    return text
      .split('\0')
      .filter((row) => row !== '')
      .map((row) => {
        const [, mode = '', type = '', sha = '', size = '', path = ''] =
          /^(\S+) (\S+) (\S+) +(\S+)\t(.*)$/s.exec(row) ?? [];
        return { mode, type, sha, size: size === '-' ? null : Number(size), path };
      });
  }

  #tell(): void {
    for (const listener of this.#listeners) listener();
  }
}

/** A repository with one commit on `main` and one on `feature`, or none there when `head` is left out. Call `dispose()` when done. */
export function createReviewRepository(base: Change, head?: Change): ReviewRepository {
  const git = createGitRepository();
  base(git);
  git.commit('base');
  git.git('branch', HEAD_BRANCH);
  const repository = new ReviewRepository(git);
  if (head) repository.push(head, 'head');
  return repository;
}
