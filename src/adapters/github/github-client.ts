// Requests to GitHub's REST and GraphQL interfaces, with the run's policy on trying again; every answer is unread, foreign data.
import { Octokit } from '@octokit/rest';
import type { Log } from '../../ports/log.ts';
import { type HostFailure, readFailure, StrangeAnswer } from './host-failure.ts';
import { createRequestPolicy } from './request-policy.ts';

/** The one that answers without the header; supported at least until March 2028 (platforms A7). */
const API_VERSION = '2022-11-28';
/** Pages of 100: more than any list of a pull request that GitHub shows. */
const PAGE_CAP = 200;

export interface GitHubClientOptions {
  readonly token: string;
  /** `https://api.github.com` or `https://ghes.example/api/v3`. */
  readonly apiUrl: string;
  /** Null: derived from `apiUrl`; on an Enterprise Server `/api/v3` becomes `/api/graphql` (platforms A7). */
  readonly graphqlUrl: string | null;
  /** A bounded one: no redirects, limits on time and size. */
  readonly fetch: typeof fetch;
  readonly sleep: (milliseconds: number) => Promise<void>;
  readonly now: () => number;
  readonly log: Pick<Log, 'debug' | 'info'>;
}

export type Parameters = Readonly<Record<string, unknown>>;

export interface HostAnswer {
  readonly status: number;
  readonly headers: Readonly<Record<string, unknown>>;
  readonly data: unknown;
}

export interface QueryAnswer {
  readonly data: unknown;
  /** What could not be answered, though the status was 200 (platforms D25). */
  readonly errors: readonly { readonly type: string; readonly message: string }[];
}

/** Routes are `METHOD /path/{parameter}`; every parameter is encoded. All throw what `failureOf` reads. */
export interface GitHubClient {
  /** A GET. `raw` gives the body as a stream of bytes instead of parsed JSON. */
  read(route: string, parameters: Parameters, media?: 'json' | 'raw'): Promise<HostAnswer>;
  /** The data of every page, 100 entries each, as long as the host says that there is a next one. */
  pages(route: string, parameters: Parameters): AsyncGenerator<unknown>;
  /** Sent once, unless the host says that it came too early. */
  write(route: string, parameters: Parameters): Promise<HostAnswer>;
  query(document: string, variables: Parameters): Promise<QueryAnswer>;
  mutate(document: string, variables: Parameters): Promise<QueryAnswer>;
  /** Null when the host has no part in `error`: then it is thrown on. */
  failureOf(error: unknown): HostFailure | null;
  /** How many requests were sent so far, tries included. */
  requests(): { readonly reads: number; readonly writes: number };
  sleep(milliseconds: number): Promise<void>;
}

export function createGitHubClient(options: GitHubClientOptions): GitHubClient {
  const apiUrl = options.apiUrl.replace(/\/+$/, '');
  const graphqlUrl = options.graphqlUrl ?? graphqlUrlOf(apiUrl);
  const conceal = (text: string) => (options.token === '' ? text : text.replaceAll(options.token, '***'));
  const policy = createRequestPolicy({ ...options, conceal });
  const octokit = createOctokit(options, apiUrl);
  octokit.hook.wrap('request', (request, sent) => {
    const kind = sent.method === 'GET' || isQuery(sent) ? 'read' : 'write';
    return policy.send({ kind, name: `${sent.method} ${sent.url}` }, async () => {
      try {
        return await request(sent);
      } catch (error) {
        // Octokit writes refusals as JSON again, which ends the stack for one that nests without end.
        throw error instanceof RangeError ? new StrangeAnswer('the answer cannot be read') : error;
      }
    });
  });
  const request = async (
    route: string,
    parameters: Parameters,
    extra: Parameters = {},
  ): Promise<HostAnswer> => octokit.request(route, { ...parameters, ...extra });
  // Not octokit.graphql: it throws away what was answered when a part of the query is refused.
  const graphql = async (query: string, variables: Parameters): Promise<QueryAnswer> =>
    readQueryAnswer((await request(`POST ${graphqlUrl}`, { query, variables })).data);

  return {
    read: (route, parameters, media = 'json') =>
      media === 'json' ? request(route, parameters) : request(route, parameters, RAW),
    pages: (route, parameters) => eachPage((page) => request(route, { ...parameters, per_page: 100, page })),
    write: (route, parameters) => request(route, parameters),
    query: graphql,
    mutate: graphql,
    failureOf: (error) => readFailure(error, conceal),
    requests: () => policy.counts(),
    sleep: options.sleep,
  };
}

const RAW = {
  headers: { accept: 'application/vnd.github.raw+json', 'x-github-api-version': API_VERSION },
  request: { parseSuccessResponseBody: false },
};

function createOctokit(options: GitHubClientOptions, apiUrl: string): Octokit {
  const silent = () => {};
  const octokit = new Octokit({
    auth: options.token,
    baseUrl: apiUrl,
    userAgent: 'assay',
    request: { fetch: options.fetch },
    log: { debug: silent, info: silent, warn: silent, error: silent },
  });
  octokit.hook.before('request', (sent) => {
    sent.headers['x-github-api-version'] = API_VERSION;
  });
  return octokit;
}

function graphqlUrlOf(apiUrl: string): string {
  return /\/api\/v3$/.test(apiUrl) ? apiUrl.replace(/\/v3$/, '/graphql') : `${apiUrl}/graphql`;
}

function isQuery(sent: Parameters): boolean {
  return typeof sent.query === 'string' && /^\s*(?:query\b|\{)/.test(sent.query);
}

/** Counts pages itself: the addresses in `Link` are the host's text, and a token follows no foreign text (security row 28). */
async function* eachPage(get: (page: number) => Promise<HostAnswer>): AsyncGenerator<unknown> {
  for (let page = 1; page <= PAGE_CAP; page += 1) {
    const answer = await get(page);
    yield answer.data;
    if (!/;\s*rel="?next"?/i.test(String(answer.headers.link ?? ''))) return;
  }
  // What was cut off may hold comments of ours: nobody knows what stands there.
  throw new StrangeAnswer(`a list has more than ${PAGE_CAP} pages`);
}

function readQueryAnswer(answer: unknown): QueryAnswer {
  if (typeof answer !== 'object' || answer === null || !('data' in answer || 'errors' in answer)) {
    throw new StrangeAnswer('the answer to a query is no GraphQL');
  }
  const errors = 'errors' in answer && Array.isArray(answer.errors) ? answer.errors : [];
  return { data: 'data' in answer ? answer.data : null, errors: errors.map(readQueryError) };
}

function readQueryError(entry: unknown): { type: string; message: string } {
  const field = (name: 'type' | 'message'): string => {
    const value =
      typeof entry === 'object' && entry !== null ? (entry as Record<string, unknown>)[name] : undefined;
    return typeof value === 'string' ? value : '';
  };
  return { type: field('type'), message: field('message') };
}
