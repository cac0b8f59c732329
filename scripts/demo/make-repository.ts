// Makes the demo's git repository out of fixtures/demo: same input, same commit hashes, whatever the machine is set to.
import { copyFileSync, mkdirSync, readdirSync, rmSync } from 'node:fs';
import path from 'node:path';
import { DEMO_FIXTURES, type DemoCommit, readHistory } from './history.ts';
import { type Git, gitIn } from './isolated-git.ts';

export interface DemoRepository {
  readonly folder: string;
  /** Branch names. */
  readonly base: string;
  readonly head: string;
  /** Full hashes, in the order of the history. */
  readonly commits: readonly string[];
}

/** Makes the repository in `folder`, which is emptied first; the head branch is checked out at the end. */
export function makeRepository(folder: string): DemoRepository {
  const history = readHistory();
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(folder, { recursive: true });
  gitIn(folder)('init', '--quiet', '--template=', '--object-format=sha1', `--initial-branch=${history.base}`);
  const seen = new Set<string>();
  let current = history.base;
  const commits = history.commits.map((commit) => {
    const git = gitIn(folder, identity(history.author, commit.date));
    if (commit.branch !== current) {
      git('switch', '--quiet', ...(seen.has(commit.branch) ? [] : ['--create']), commit.branch);
    }
    current = commit.branch;
    seen.add(current);
    return makeCommit(git, folder, commit);
  });
  gitIn(folder)('switch', '--quiet', history.head);
  return { folder, base: history.base, head: history.head, commits };
}

function makeCommit(git: Git, folder: string, commit: DemoCommit): string {
  for (const name of commit.remove) rmSync(path.join(folder, name));
  layFiles(path.join(DEMO_FIXTURES, commit.lay), folder);
  git('add', '--all', '--force');
  git('commit', '--quiet', '--message', commit.message);
  return git('rev-parse', 'HEAD');
}

/** Copies bytes only: modes and times of the checkout must not reach the commits. */
function layFiles(from: string, to: string): void {
  for (const entry of readdirSync(from, { withFileTypes: true })) {
    const source = path.join(from, entry.name);
    const target = path.join(to, entry.name);
    if (entry.isDirectory()) {
      mkdirSync(target, { recursive: true });
      layFiles(source, target);
    } else {
      copyFileSync(source, target);
    }
  }
}

function identity(author: string, date: string): NodeJS.ProcessEnv {
  const [, name = '', email = ''] = /^(.+) <(.+)>$/.exec(author) ?? [];
  return {
    GIT_AUTHOR_NAME: name,
    GIT_AUTHOR_EMAIL: email,
    GIT_AUTHOR_DATE: date,
    GIT_COMMITTER_NAME: name,
    GIT_COMMITTER_EMAIL: email,
    GIT_COMMITTER_DATE: date,
  };
}
