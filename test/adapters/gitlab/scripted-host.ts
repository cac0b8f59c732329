// A host that gives the answers of a script, one by one, and keeps what it was asked.
import {
  createGitLabClient,
  type GitLabClient,
  type GitLabClientOptions,
} from '#adapters/gitlab/gitlab-client.ts';
import type { Log } from '#ports/log.ts';

export interface Asked {
  readonly method: string;
  readonly url: URL;
  readonly headers: Headers;
  readonly body: unknown;
}

export type Scripted = Response | Error | ((asked: Asked) => Response | Error);

export const TOKEN = 'glpat-c4n4ry-t0ken';

export function json(
  status: number,
  body: unknown,
  headers: Readonly<Record<string, string>> = {},
): Response {
  return new Response(status === 204 ? null : JSON.stringify(body), {
    status,
    headers: { 'content-type': 'application/json', ...headers },
  });
}

export interface ScriptedHost {
  readonly fetch: typeof fetch;
  readonly asked: Asked[];
}

/** Answers in order; a request too many is an error of the test. The last answer repeats when `repeat` is set. */
export function scriptedHost(answers: readonly Scripted[], repeat = false): ScriptedHost {
  const asked: Asked[] = [];
  const answer = async (input: unknown, init: RequestInit = {}): Promise<Response> => {
    const url = new URL(String(input));
    const request = {
      method: init.method ?? 'GET',
      url,
      headers: new Headers(init.headers),
      body: typeof init.body === 'string' ? JSON.parse(init.body) : init.body,
    };
    asked.push(request);
    const next = answers[repeat ? Math.min(asked.length, answers.length) - 1 : asked.length - 1];
    if (next === undefined) throw new Error(`Nobody wrote an answer to ${request.method} ${url.href}`);
    const given = typeof next === 'function' ? next(request) : next;
    if (given instanceof Error) throw given;
    return repeat ? given.clone() : given;
  };
  return { fetch: answer as typeof fetch, asked };
}

export interface ClientUnderTest {
  readonly client: GitLabClient;
  /** Milliseconds of every wait, in order. */
  readonly waits: number[];
  readonly told: string[];
}

export function clientOf(
  fetch: typeof globalThis.fetch,
  options: Partial<GitLabClientOptions> = {},
): ClientUnderTest {
  const waits: number[] = [];
  const told: string[] = [];
  const say = (message: string) => void told.push(message);
  const log: Log = {
    debug: say,
    info: say,
    warn: say,
    error: say,
    progress: () => ({ update: () => undefined, finish: () => undefined }),
  };
  const client = createGitLabClient({
    token: TOKEN,
    apiUrl: 'https://gitlab.example.com/api/v4',
    fetch,
    sleep: async (milliseconds) => void waits.push(milliseconds),
    now: () => Date.UTC(2026, 0, 1),
    log,
    ...options,
  });
  if ('problem' in client) throw new Error(client.problem.text);
  return { client, waits, told };
}
