// Carries one request of gitbeaker's out over the injected fetch. It stands in the place of gitbeaker's own handler, which re-sends a POST
// after 429 and 502 ten times within a fifth of a second (platforms B7).
import { AssayError } from '#domain/errors.ts';
import type { Log } from '#ports/log.ts';
import { GitLabFault } from './gitlab-fault.ts';
import { readAnswer, readRefusal } from './read-answer.ts';
import type { RequestPatience } from './request-patience.ts';

export interface SendDependencies {
  /** The address that every request starts with, with a slash at its end. */
  readonly base: URL;
  readonly fetch: typeof fetch;
  readonly patience: RequestPatience;
  readonly log: Log;
  /** Takes the token out of what the host says. */
  readonly redact: (text: string) => string;
  readonly count: (kind: 'read' | 'write') => void;
}

export interface OutgoingRequest {
  readonly method: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string | FormData | null;
  readonly search: string;
  /** Hands the answer over unread. */
  readonly asStream: boolean;
}

export interface IncomingAnswer {
  readonly body: unknown;
  readonly headers: Record<string, string>;
  readonly status: number;
}

type Sent =
  | { readonly kind: 'answer'; readonly answer: IncomingAnswer }
  | { readonly kind: 'limited'; readonly headers: Headers };

/**
 * Sends a request until it is answered. A 429 was not carried out, so any request is sent again after the wait that it names. A read is sent
 * again after 5xx and broken connections, three times; a write never, because it may have been carried out.
 *
 * @throws GitLabFault for everything but 2xx
 */
export async function sendRequest(
  endpoint: string,
  request: OutgoingRequest,
  dependencies: SendDependencies,
): Promise<IncomingAnswer> {
  const url = addressOf(endpoint, request.search, dependencies.base);
  let failures = 0;
  let limits = 0;
  for (;;) {
    try {
      const sent = await sendOnce(url, request, dependencies);
      if (sent.kind === 'answer') return sent.answer;
      limits += 1;
      await waitForLimit(sent.headers, limits, dependencies);
    } catch (error) {
      failures += 1;
      if (!(await mayTryAgain(error, request, failures, dependencies))) throw error;
    }
  }
}

/** A segment `..` in an endpoint would leave the API: what is asked for stays below its address. */
function addressOf(endpoint: string, search: string, base: URL): URL {
  const url = new URL(endpoint, base);
  if (url.origin !== base.origin || !url.pathname.startsWith(base.pathname)) {
    throw new AssayError('internal', 'A request would leave the address of the GitLab API.');
  }
  url.search = search;
  return url;
}

async function sendOnce(url: URL, request: OutgoingRequest, dependencies: SendDependencies): Promise<Sent> {
  dependencies.count(request.method === 'GET' ? 'read' : 'write');
  const response = await ask(url, request, dependencies);
  if (response.ok)
    return { kind: 'answer', answer: await takeAnswer(response, request.asStream, dependencies) };
  const { status, headers } = response;
  const said = dependencies.redact(await readRefusal(response));
  if (status === 429) return { kind: 'limited', headers };
  throw new GitLabFault(status >= 500 || status === 408 ? 'lost' : 'refused', status, said);
}

async function ask(url: URL, request: OutgoingRequest, dependencies: SendDependencies): Promise<Response> {
  try {
    return await dependencies.fetch(url, {
      method: request.method,
      headers: request.headers,
      body: request.body,
      // A redirect would carry the token elsewhere (security row 29).
      redirect: 'error',
    });
  } catch (error) {
    if (isInterruption(error)) throw error;
    throw brokenConnection(error, dependencies);
  }
}

async function takeAnswer(
  response: Response,
  asStream: boolean,
  dependencies: SendDependencies,
): Promise<IncomingAnswer> {
  const { status } = response;
  const headers = Object.fromEntries(response.headers.entries());
  if (asStream) return { body: response, headers, status };
  const body = await readAnswer(response).catch((error: unknown) => {
    throw brokenConnection(error, dependencies);
  });
  if (body === undefined) throw new GitLabFault('lost', status, 'an answer that cannot be read');
  return { body, headers, status };
}

/** The run itself was stopped: nothing more is asked, and nothing is explained. A time limit has the name `TimeoutError`. */
function isInterruption(error: unknown): boolean {
  if (error instanceof AssayError) return error.code === 'interrupted';
  return error instanceof DOMException && error.name === 'AbortError';
}

function brokenConnection(error: unknown, { redact }: SendDependencies): GitLabFault {
  const reason = error instanceof Error ? innermost(error) : 'no reason given';
  const hint = error instanceof AssayError ? error.hint : null;
  return new GitLabFault('lost', null, redact(reason), { hint, cause: error });
}

/** fetch says "fetch failed"; its cause says why. */
function innermost(error: Error): string {
  return error.cause instanceof Error ? innermost(error.cause) : error.message;
}

async function waitForLimit(
  headers: Headers,
  limits: number,
  { patience, log }: SendDependencies,
): Promise<void> {
  const delay = patience.limitDelay(headers, limits);
  log.info(`GitLab limits the rate of requests; waiting ${Math.ceil(delay / 1000)} s.`);
  if (await patience.wait(delay)) return;
  throw new GitLabFault('held_off', 429, `Wait ${Math.ceil(delay / 1000)} s.`);
}

async function mayTryAgain(
  error: unknown,
  request: OutgoingRequest,
  failures: number,
  { patience, log }: SendDependencies,
): Promise<boolean> {
  if (request.method !== 'GET' || !(error instanceof GitLabFault) || error.kind !== 'lost') return false;
  // A refusal of our own, such as of a forbidden address, stays one.
  if (error.cause instanceof AssayError || (error.status !== null && !RETRIED.has(error.status)))
    return false;
  const delay = patience.readDelay(failures);
  if (delay === null) return false;
  log.debug(`A read from GitLab failed (${error.status ?? 'no answer'}); trying again in ${delay / 1000} s.`);
  return patience.wait(delay);
}

const RETRIED: ReadonlySet<number> = new Set([408, 500, 502, 503, 504]);
