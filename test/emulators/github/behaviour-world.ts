// A pull request to try GitHub's behaviours on, and a plain client for it.
import { createReviewRepository, type ReviewRepository } from '../review-repository.ts';
import {
  type GitHubEmulator,
  type GitHubEmulatorOptions,
  startGitHubEmulator,
  WORKFLOW_TOKEN,
} from './github-emulator.ts';

export interface Reply {
  readonly status: number;
  // biome-ignore lint/suspicious/noExplicitAny: the tests look into answers of every shape.
  readonly body: any;
  readonly text: string;
  readonly headers: Headers;
}

export interface Asking {
  readonly body?: unknown;
  readonly token?: string | null;
  readonly headers?: Readonly<Record<string, string>>;
}

export interface GitHubWorld {
  readonly github: GitHubEmulator;
  readonly repository: ReviewRepository;
  readonly head: string;
  /** `path` below `/repos/octo/shop`, or absolute when it starts with `//`. */
  ask(method: string, path: string, asking?: Asking): Promise<Reply>;
  /** A review with these comments at head; `more` replaces what is sent. */
  review(comments: readonly object[], more?: object): Promise<Reply>;
  graphql(query: string, variables?: object, token?: string): Promise<Reply>;
  /** The same repository behind an emulator with other options; closed with the world. */
  another(options: Omit<GitHubEmulatorOptions, 'repository'>): Promise<GitHubWorld>;
  close(): Promise<void>;
}

export const numbered = (count: number, word = 'line'): string =>
  Array.from({ length: count }, (_, at) => `${word} ${at + 1}\n`).join('');

/** `src/app.js` shows its lines 7–13 and 27–33; line 10 and line 30 are new, `gone` was between 30 and 31. */
export async function openGitHubWorld(): Promise<GitHubWorld> {
  const repository = createReviewRepository(
    (git) =>
      git
        .write('src/app.js', numbered(40).replace('line 31\n', 'gone\nline 31\n'))
        .write('same.js', numbered(5)),
    (git) =>
      git
        .write('src/app.js', numbered(40).replace('line 10\n', 'ten\n').replace('line 30\n', 'thirty\n'))
        .write('new.js', numbered(3)),
  );
  const world = await openOn(repository, {});
  return {
    ...world,
    close: async () => {
      await world.close();
      repository.dispose();
    },
  };
}

async function openOn(
  repository: ReviewRepository,
  options: Omit<GitHubEmulatorOptions, 'repository'>,
): Promise<GitHubWorld> {
  const github = await startGitHubEmulator({ repository, ...options });
  const others: GitHubWorld[] = [];
  const ask: GitHubWorld['ask'] = async (
    method,
    path,
    { body, token = WORKFLOW_TOKEN, headers = {} } = {},
  ) => {
    const address = path.startsWith('//')
      ? `${github.apiUrl}${path.slice(1)}`
      : `${github.apiUrl}/repos/octo/shop${path}`;
    const answer = await fetch(/^http:/.test(path) ? path : address, {
      method,
      headers: {
        'user-agent': 'test',
        ...(token === null ? {} : { authorization: `Bearer ${token}` }),
        ...headers,
      },
      ...(body === undefined ? {} : { body: typeof body === 'string' ? body : JSON.stringify(body) }),
    });
    const text = await answer.text();
    return { status: answer.status, headers: answer.headers, text, body: read(text) };
  };
  return {
    github,
    repository,
    head: repository.head(),
    ask,
    review: (comments, more = {}) =>
      ask('POST', '/pulls/7/reviews', {
        body: { commit_id: repository.head(), event: 'COMMENT', body: 'Review', comments, ...more },
      }),
    graphql: (query, variables = {}, token = WORKFLOW_TOKEN) =>
      ask('POST', github.graphqlUrl, { body: { query, variables }, token }),
    another: async (other) => {
      const opened = await openOn(repository, other);
      others.push(opened);
      return opened;
    },
    close: async () => {
      for (const other of others) await other.close();
      await github.close();
    },
  };
}

function read(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
}
