// A real git repository in a temporary folder, with fixed identity and dates so that its commit ids never change between runs.
import { execFileSync } from 'node:child_process';
import {
  chmodSync,
  cpSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  realpathSync,
  renameSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';

/** The first commit's date; every later commit is one minute younger. */
const FIRST_DATE = 1_767_225_600;

export class GitRepository {
  /** Absolute, links resolved. */
  readonly root: string;
  private commits = 0;

  constructor(root: string) {
    this.root = root;
  }

  /** Runs git here and returns what it printed, without the final line end. Throws when git fails. */
  git(...args: string[]): string {
    const date = `${FIRST_DATE + this.commits * 60} +0000`;
    const output = execFileSync('git', args, {
      cwd: this.root,
      encoding: 'utf8',
      maxBuffer: 256 * 1024 * 1024,
      stdio: ['ignore', 'pipe', 'pipe'],
      env: {
        PATH: process.env.PATH,
        HOME: this.root,
        GIT_CONFIG_NOSYSTEM: '1',
        GIT_AUTHOR_NAME: 'Ada',
        GIT_AUTHOR_EMAIL: 'ada@example.org',
        GIT_COMMITTER_NAME: 'Ada',
        GIT_COMMITTER_EMAIL: 'ada@example.org',
        GIT_AUTHOR_DATE: date,
        GIT_COMMITTER_DATE: date,
      },
    });
    return output.replace(/\n$/, '');
  }

  /** Where `path` is on disk. */
  path(path: string): string {
    return join(this.root, path);
  }

  /** Writes a file with its folders. */
  write(path: string, content: string | Uint8Array): this {
    mkdirSync(dirname(this.path(path)), { recursive: true });
    writeFileSync(this.path(path), content);
    return this;
  }

  link(path: string, target: string): this {
    mkdirSync(dirname(this.path(path)), { recursive: true });
    symlinkSync(target, this.path(path));
    return this;
  }

  makeExecutable(path: string): this {
    chmodSync(this.path(path), 0o755);
    return this;
  }

  remove(path: string): this {
    rmSync(this.path(path), { recursive: true });
    return this;
  }

  move(from: string, to: string): this {
    mkdirSync(dirname(this.path(to)), { recursive: true });
    renameSync(this.path(from), this.path(to));
    return this;
  }

  /** Commits everything that differs (an empty commit too) and returns its full SHA. */
  commit(message = `change ${this.commits + 1}`): string {
    this.git('add', '--all');
    this.git('commit', '--quiet', '--allow-empty', '--no-verify', '-m', message);
    this.commits += 1;
    return this.tip();
  }

  /** Read from the files where git keeps it: a process costs some milliseconds, and tests make many commits. */
  private tip(): string {
    try {
      const head = readFileSync(this.path('.git/HEAD'), 'utf8').trim();
      return head.startsWith('ref: ')
        ? readFileSync(this.path(`.git/${head.slice(5)}`), 'utf8').trim()
        : head;
    } catch {
      return this.git('rev-parse', 'HEAD');
    }
  }

  /** The same repository once more, as it lies there: without a process, unlike a clone. */
  copy(): GitRepository {
    const copied = new GitRepository(createTemporaryFolder());
    cpSync(this.root, copied.root, { recursive: true, preserveTimestamps: true, verbatimSymlinks: true });
    copied.commits = this.commits;
    return copied;
  }

  dispose(): void {
    rmSync(this.root, { recursive: true, force: true });
  }
}

/** A new folder below the system's temporary one, links resolved. */
export function createTemporaryFolder(): string {
  return realpathSync(mkdtempSync(join(tmpdir(), 'assay-test-')));
}

const SETTINGS = `[core]
	repositoryformatversion = 0
	filemode = ${process.platform !== 'win32'}
	bare = false
	logallrefupdates = true
	autocrlf = false
[commit]
	gpgSign = false
[gc]
	auto = 0
[maintenance]
	auto = false
`;

/** A new, empty repository on branch `main`, as `git init` would leave it, but without a process. Call `dispose()` when done. */
export function createGitRepository(): GitRepository {
  const repository = new GitRepository(createTemporaryFolder());
  for (const folder of ['info', 'objects/info', 'objects/pack', 'refs/heads', 'refs/tags']) {
    mkdirSync(repository.path(`.git/${folder}`), { recursive: true });
  }
  return repository.write('.git/HEAD', 'ref: refs/heads/main\n').write('.git/config', SETTINGS);
}

/** A clone of `origin` over the file protocol, with the extra arguments given (for example `--depth=1`). */
export function cloneGitRepository(origin: GitRepository, ...args: string[]): GitRepository {
  const root = createTemporaryFolder();
  origin.git('clone', '--quiet', ...args, '--', `file://${origin.root}`, root);
  return new GitRepository(root);
}
