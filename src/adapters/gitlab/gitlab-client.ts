// The door to a GitLab instance: gitbeaker over the injected fetch, with the run's patience and without gitbeaker's own retries.
import { createRequesterFn } from '@gitbeaker/requester-utils';
import { Gitlab } from '@gitbeaker/rest';
import { AssayError } from '#domain/errors.ts';
import type { DeskProblem } from '#domain/publication.ts';
import type { Log } from '#ports/log.ts';
import { createRedactor } from '#support/redact.ts';
import { RequestPatience } from './request-patience.ts';
import { type OutgoingRequest, type SendDependencies, sendRequest } from './send-request.ts';
import { tokenProblem } from './token-problem.ts';

export interface GitLabClientOptions {
  /** A personal, project or group access token. It leaves in the header PRIVATE-TOKEN only. */
  readonly token: string;
  /** What CI_JOB_TOKEN holds, so that a token equal to it is refused; null outside a job. */
  readonly jobToken?: string | null;
  /** `CI_API_V4_URL`; an instance may live below a path: `https://host/gitlab/api/v4`. */
  readonly apiUrl: string;
  /** Bounds time and addresses. */
  readonly fetch: typeof fetch;
  readonly sleep: (milliseconds: number) => Promise<void>;
  /** Milliseconds since the epoch. */
  readonly now: () => number;
  readonly log: Log;
}

export interface RequestCounts {
  readonly reads: number;
  readonly writes: number;
}

export interface GitLabClient {
  /** Every method may throw a GitLabFault. */
  readonly api: InstanceType<typeof Gitlab>;
  /** Waits out of the run's patience; false, at once, when there is not that much left. */
  wait(milliseconds: number): Promise<boolean>;
  /** Requests sent until now; every try counts. */
  requests(): RequestCounts;
}

/**
 * A client, or the problem with its token: a job token cannot read discussions (platforms D44), and characters that no token has would
 * show up in fetch's own error.
 *
 * @throws AssayError `configuration` when `apiUrl` is not the address of a GitLab API
 */
export function createGitLabClient(
  options: GitLabClientOptions,
): GitLabClient | { readonly problem: DeskProblem } {
  const problem = tokenProblem(options.token, options.jobToken ?? null);
  if (problem !== null) return { problem };
  const base = parseApiUrl(options.apiUrl);
  const counts = { reads: 0, writes: 0 };
  const patience = new RequestPatience(options);
  const dependencies: SendDependencies = {
    base,
    fetch: options.fetch,
    patience,
    log: options.log,
    redact: createRedactor([options.token]),
    count: (kind) => {
      counts[kind === 'read' ? 'reads' : 'writes'] += 1;
    },
  };
  return {
    api: createApi(options.token, base, dependencies),
    wait: (milliseconds) => patience.wait(milliseconds),
    requests: () => ({ ...counts }),
  };
}

function createApi(token: string, base: URL, dependencies: SendDependencies): InstanceType<typeof Gitlab> {
  const requesterFn = createRequesterFn(
    async (_, request) => request,
    async (endpoint, options = {}) => {
      const prefix = typeof options.prefixUrl === 'string' ? options.prefixUrl : base.href;
      // Resources with a prefix of their own ("…/api/v4/projects") leave it out of the endpoint.
      const address = new URL(endpoint, prefix.endsWith('/') ? prefix : `${prefix}/`);
      const answer = await sendRequest(address.href, toOutgoing(options), dependencies);
      return { ...answer, body: toBody(answer.body) };
    },
  );
  return new Gitlab({
    host: base.href.replace(/\/api\/v4\/$/, ''),
    token,
    requesterFn,
    // Waits are ours: no limiters are set up, since nobody asks them, and no request ends five minutes after gitbeaker took it.
    rateLimits: {},
    queryTimeout: null,
  });
}

function toOutgoing(options: Readonly<Record<string, unknown>>): OutgoingRequest {
  const { method, headers, body, searchParams, asStream } = options;
  return {
    method: typeof method === 'string' ? method : 'GET',
    headers: {
      'user-agent': 'assay',
      accept: 'application/json, */*;q=0.1',
      ...(isHeaders(headers) ? headers : {}),
    },
    body: typeof body === 'string' || body instanceof FormData ? body : null,
    search: typeof searchParams === 'string' ? searchParams : '',
    asStream: asStream === true,
  };
}

function isHeaders(value: unknown): value is Record<string, string> {
  return typeof value === 'object' && value !== null;
}

/** gitbeaker hands the body through; its types know JSON values and streams only. */
function toBody(body: unknown): Record<string, unknown> {
  return body as Record<string, unknown>;
}

function parseApiUrl(text: string): URL {
  const url = URL.parse(text.replace(/\/*$/, '/'));
  const plain =
    url !== null && url.username === '' && url.password === '' && url.search === '' && url.hash === '';
  if (!plain || !/^https?:$/.test(url.protocol) || !url.pathname.endsWith('/api/v4/')) {
    throw new AssayError(
      'configuration',
      'The address of the GitLab API is not one that ends with /api/v4.',
      {
        hint: 'Set CI_API_V4_URL to an address such as https://gitlab.example.com/api/v4.',
      },
    );
  }
  return url;
}
