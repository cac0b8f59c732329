// One question to a service of advisories until it is answered or given up: what may pass is asked again, in the service's own time.
import { AssayError } from '../../domain/errors.ts';
import type { OsvWire } from './osv-wire.ts';
import { readRetryAfter } from './retry-after.ts';

export type ServiceAnswer =
  | { readonly kind: 'answer'; readonly value: unknown; readonly text: string; readonly etag: string | null }
  /** 304: what is kept is still so. */
  | { readonly kind: 'unchanged' }
  /** The service understood and will not: asking again is of no use. */
  | { readonly kind: 'refused'; readonly status: number }
  /** `why` is the end of a sentence, without a full stop. */
  | { readonly kind: 'failed'; readonly why: string };

export interface ServiceQuestion {
  /** JSON; null: a GET. */
  readonly body: unknown;
  /** What is kept of an earlier answer. */
  readonly etag?: string | null;
}

const MOST_TRIES = 4;
const LONGEST_WAIT_MS = 60_000;
/** Before the second, third and fourth try, where the service does not say. */
const BACKOFF_MS: readonly number[] = [1000, 3000, 9000];
const PASSING: ReadonlySet<number> = new Set([408, 425, 429, 500, 502, 503, 504]);

type Try = ServiceAnswer | { readonly kind: 'passing'; readonly why: string; readonly waitMs: number | null };

/** Throws what the run was aborted with, and AssayError `configuration` for an address that may not be asked at all. */
export async function askService(url: URL, question: ServiceQuestion, wire: OsvWire): Promise<ServiceAnswer> {
  for (let tries = 1; ; tries += 1) {
    wire.signal.throwIfAborted();
    const answer = await tryOnce(url, question, wire);
    if (answer.kind !== 'passing') return answer;
    const wait = answer.waitMs ?? BACKOFF_MS[tries - 1] ?? LONGEST_WAIT_MS;
    const why = `${answer.why}, ${tries === 1 ? 'asked once' : `asked ${tries} times`}`;
    if (tries >= MOST_TRIES) return { kind: 'failed', why };
    if (wait > LONGEST_WAIT_MS)
      return { kind: 'failed', why: `${why}: it asks to be left alone for ${Math.ceil(wait / 1000)} s` };
    wire.log.debug(`The advisories are asked again in ${Math.ceil(wait / 1000)} s: ${answer.why}.`);
    await wire.sleep(wait).catch(() => undefined);
  }
}

async function tryOnce(url: URL, { body, etag }: ServiceQuestion, wire: OsvWire): Promise<Try> {
  try {
    const response = await wire.fetch(url, {
      method: body === null ? 'GET' : 'POST',
      headers: {
        accept: 'application/json',
        ...(body === null ? {} : { 'content-type': 'application/json' }),
        ...(etag == null ? {} : { 'if-none-match': etag }),
      },
      ...(body === null ? {} : { body: JSON.stringify(body) }),
      signal: wire.signal,
    });
    // The whole of it, so that the connection is free, whatever is made of it.
    const text = await response.text();
    return readAnswer(response, text, wire);
  } catch (error) {
    wire.signal.throwIfAborted();
    return explain(error);
  }
}

function readAnswer({ status, headers }: Response, text: string, { now }: Pick<OsvWire, 'now'>): Try {
  if (status === 304) return { kind: 'unchanged' };
  if (PASSING.has(status)) {
    return {
      kind: 'passing',
      why: `it answered with status ${status}`,
      waitMs: readRetryAfter(headers, now()),
    };
  }
  if (status >= 400 && status < 500) return { kind: 'refused', status };
  if (status !== 200) return { kind: 'failed', why: `it answered with status ${status}` };
  try {
    return { kind: 'answer', value: JSON.parse(text), text, etag: headers.get('etag') };
  } catch {
    // Half an answer, or the page of something that stands between.
    return { kind: 'passing', why: 'its answer is no JSON', waitMs: null };
  }
}

function explain(error: unknown): Try {
  if (error instanceof Error && error.name === 'TimeoutError')
    return { kind: 'passing', why: 'no whole answer came in time', waitMs: null };
  if (error instanceof AssayError) {
    // Told by its cause: an adapter knows no other adapter.
    if (error.cause instanceof Error && error.cause.name === 'RedirectAnswer')
      return { kind: 'failed', why: 'it answered with a redirect, and none is followed' };
    if (error.code === 'input') return { kind: 'failed', why: 'it answered with more than is read' };
    throw error;
  }
  const code = codeOf(error);
  return { kind: 'passing', why: `the connection failed${code === null ? '' : ` (${code})`}`, waitMs: null };
}

const CODE = /^[A-Z][A-Z0-9_]{1,60}$/;

/** `ECONNREFUSED` and its like, from as deep as fetch hides them. */
function codeOf(error: unknown): string | null {
  let at = error;
  for (let depth = 0; depth < 5 && at instanceof Error; depth += 1) {
    if ('code' in at && typeof at.code === 'string' && CODE.test(at.code)) return at.code;
    at = at instanceof AggregateError && at.errors.length > 0 ? at.errors[0] : at.cause;
  }
  return null;
}
