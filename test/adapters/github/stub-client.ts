// A client over answers that a test makes up, for what no emulated host does on demand.
import {
  createGitHubClient,
  type GitHubClient,
  type GitHubClientOptions,
} from '#adapters/github/github-client.ts';

export interface StubRequest {
  readonly method: string;
  readonly url: string;
  readonly headers: Headers;
  readonly body: unknown;
}

export interface StubbedClient {
  readonly client: GitHubClient;
  readonly sent: readonly StubRequest[];
  readonly pauses: readonly number[];
}

export const TOKEN = 'ghp_canary0123456789';
/** The time that a stubbed client lives at, in milliseconds since the epoch. */
export const NOW = 1_800_000_000_000;

export function json(status: number, body: unknown, headers: Record<string, string> = {}): Response {
  return new Response(JSON.stringify(body), {
    status,
    headers: { 'content-type': 'application/json', ...headers },
  });
}

/** Answers in turn; the last one goes on. A function may throw, as a connection does. */
export function stubClient(
  answers: readonly (() => Response)[],
  options: Partial<GitHubClientOptions> = {},
): StubbedClient {
  const sent: StubRequest[] = [];
  const pauses: number[] = [];
  const answer: typeof fetch = async (input, init) => {
    const { method, url, headers } = new Request(input, {
      ...init,
      body: null,
      method: init?.method ?? 'GET',
    });
    sent.push({
      method,
      url,
      headers,
      body: typeof init?.body === 'string' && init.body !== '' ? JSON.parse(init.body) : null,
    });
    const next = answers[Math.min(sent.length, answers.length) - 1];
    if (next === undefined) throw new Error('nothing to answer with');
    return next();
  };
  const client = createGitHubClient({
    token: TOKEN,
    apiUrl: 'https://api.github.test',
    graphqlUrl: null,
    fetch: answer,
    sleep: async (milliseconds) => void pauses.push(milliseconds),
    now: () => NOW,
    log: { debug: () => {}, info: () => {} },
    ...options,
  });
  return { client, sent, pauses };
}
