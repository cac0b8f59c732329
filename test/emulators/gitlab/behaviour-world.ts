// A merge request to try the emulator on with bare requests: one file with two hunks, a new one, a removed line, CRLF and a rename.
import { createReviewRepository, type ReviewRepository } from '../review-repository.ts';
import type { DiffRefs } from './model.ts';
import {
  GITLAB_TOKENS,
  type GitLabEmulator,
  type GitLabEmulatorOptions,
  startGitLabEmulator,
} from './start-gitlab-emulator.ts';

export interface BehaviourWorld {
  readonly gitlab: GitLabEmulator;
  readonly repository: ReviewRepository;
  /** Asks below `/projects/42/merge_requests/7`, or below the API's root when the path begins with `/`; a plain object is sent as JSON. */
  send(method: string, path: string, body?: unknown, token?: string): Promise<Heard>;
  get(path: string, token?: string): Promise<Heard>;
  refs(): DiffRefs;
  /** A position on text in `src/app.js` at the newest version. */
  at(lines: Readonly<Record<string, unknown>>, path?: string): Record<string, unknown>;
  close(): Promise<void>;
}

export interface Heard {
  readonly status: number;
  readonly headers: Headers;
  readonly text: string;
  // biome-ignore lint/suspicious/noExplicitAny: a behaviour looks into answers of every shape
  readonly body: any;
}

const numbered = (count: number): string[] => Array.from({ length: count }, (_, at) => `line ${at + 1}`);

/**
 * `src/app.js`: lines 1 to 40; line 5 changed, a line added after 30 (31 on the new side), line 20 removed on its own.
 * `src/new.js`: three new lines. `src/crlf.js`: CRLF, line 2 changed. `src/old.js` renamed to `src/moved.js`, line 2 changed.
 */
export async function openBehaviourWorld(
  options: Omit<GitLabEmulatorOptions, 'repository'> = {},
): Promise<BehaviourWorld> {
  const repository = createReviewRepository(
    (git) =>
      git
        .write('src/app.js', `${numbered(40).join('\n')}\n`)
        .write('src/crlf.js', 'a\r\nb\r\nc\r\n')
        .write('src/old.js', `${numbered(12).join('\n')}\n`),
    (git) => {
      const lines = numbered(40);
      lines[4] = 'five';
      lines.splice(30, 0, 'added');
      lines.splice(19, 1);
      git
        .write('src/app.js', `${lines.join('\n')}\n`)
        .write('src/new.js', 'one\ntwo\nthree\n')
        .write('src/crlf.js', 'a\r\nB\r\nc\r\n')
        .move('src/old.js', 'src/moved.js')
        .write('src/moved.js', `${numbered(12).join('\n').replace('line 2\n', 'two\n')}\n`);
    },
  );
  const gitlab = await startGitLabEmulator({ repository, ...options });
  const ask = createAsk(gitlab);
  const refs = (): DiffRefs => gitlab.state.refs;
  return {
    gitlab,
    repository,
    send: ask,
    get: (path, token) => ask('GET', path, undefined, token),
    refs,
    at: (lines, path = 'src/app.js') => ({
      ...refs(),
      position_type: 'text',
      old_path: path,
      new_path: path,
      ...lines,
    }),
    close: async () => {
      await gitlab.close();
      repository.dispose();
    },
  };
}

function createAsk(gitlab: GitLabEmulator): BehaviourWorld['send'] {
  return async (method, path, body, token = GITLAB_TOKENS.bot) => {
    const form = body instanceof FormData || body instanceof URLSearchParams;
    const address = path.startsWith('/') ? path : `/projects/42/merge_requests/7${path && `/${path}`}`;
    const header = token === GITLAB_TOKENS.job ? 'JOB-TOKEN' : 'PRIVATE-TOKEN';
    const answer = await fetch(gitlab.apiUrl + address, {
      method,
      headers: {
        ...(token === '' ? {} : { [header]: token }),
        ...(body === undefined || form ? {} : { 'content-type': 'application/json' }),
      },
      ...(body === undefined ? {} : { body: form ? body : JSON.stringify(body) }),
    });
    const text = await answer.text();
    const json = /json/.test(answer.headers.get('content-type') ?? '');
    return { status: answer.status, headers: answer.headers, text, body: json ? JSON.parse(text) : null };
  };
}
