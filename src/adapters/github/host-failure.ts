// Reads what went wrong with one request to GitHub out of what the client threw, without the request itself: that one holds the token.

/** Why a request got no useful answer. */
export interface HostFailure {
  /** Null when no answer came: refused connection, reset, timeout. */
  readonly status: number | null;
  /** What the host said, foreign and unbounded: `message`, then what `errors` say. */
  readonly said: string;
  /** The `code` of each object in `errors`. */
  readonly codes: readonly string[];
  /** Names in lower case. */
  readonly headers: Readonly<Record<string, string>>;
  /** Set when the request was never sent because of how Assay is set up; the sentence is ours. */
  readonly ours: { readonly message: string; readonly hint: string } | null;
}

/** Thrown for an answer that is not what GitHub's API gives; told apart from failures of Assay itself. */
export class StrangeAnswer extends Error {
  override readonly name = 'StrangeAnswer';
}

/**
 * The failure behind `error`; null when it is none of the host's (an interrupted run, a mistake of Assay's), which the caller throws on.
 *
 * @param conceal takes the token out of a text
 */
export function readFailure(error: unknown, conceal: (text: string) => string): HostFailure | null {
  if (!(error instanceof Error) || isInterruption(error) || isInterruption(error.cause)) return null;
  if (error instanceof StrangeAnswer) return unanswered(conceal(error.message));
  if (error.name === 'TimeoutError') return unanswered('no answer in time');
  if (error.name !== 'HttpError') return null;
  const response = responseOf(error);
  if (response === null) return withoutAnswer(error, conceal);
  return {
    status: response.status,
    said: conceal(describe(response.data)),
    codes: objectErrors(response.data).flatMap((entry) =>
      typeof entry.code === 'string' ? [entry.code] : [],
    ),
    headers: response.headers,
    ours: null,
  };
}

/** Whether the host may have done what it was asked although no answer said so (platforms D16, D32). */
export function isLost(failure: HostFailure): boolean {
  return failure.ours === null && (failure.status === null || failure.status >= 500);
}

function withoutAnswer(error: Error, conceal: (text: string) => string): HostFailure {
  const cause = error.cause instanceof Error ? error.cause : error;
  if (cause.name !== 'AssayError') return unanswered(conceal(causeMessage(cause)));
  const hint = 'hint' in cause && typeof cause.hint === 'string' ? cause.hint : '';
  return { ...unanswered(''), ours: { message: conceal(cause.message), hint } };
}

/** `fetch failed` says nothing; what lies under it does. */
function causeMessage(error: Error): string {
  return error.cause instanceof Error ? causeMessage(error.cause) : error.message;
}

function unanswered(said: string): HostFailure {
  return { status: null, said, codes: [], headers: {}, ours: null };
}

function isInterruption(error: unknown): boolean {
  if (!(error instanceof Error)) return false;
  return error.name === 'AbortError' || ('code' in error && error.code === 'interrupted');
}

function responseOf(error: Error) {
  const response: unknown = 'response' in error ? error.response : undefined;
  if (!isRecord(response) || typeof response.status !== 'number') return null;
  const headers: Record<string, string> = {};
  for (const [name, value] of Object.entries(isRecord(response.headers) ? response.headers : {})) {
    headers[name.toLowerCase()] = String(value);
  }
  return { status: response.status, headers, data: response.data };
}

/** Errors come as strings (platforms D1), as objects (D10) or as one string for them all (D29). */
function describe(data: unknown): string {
  if (typeof data === 'string') return data.slice(0, 2000);
  if (!isRecord(data)) return '';
  const message = typeof data.message === 'string' ? data.message : '';
  const errors = Array.isArray(data.errors) ? data.errors : [data.errors];
  const details = errors.map(describeError).filter((text) => text !== '');
  return [message, ...details].filter((text) => text !== '').join(': ');
}

function describeError(entry: unknown): string {
  if (typeof entry === 'string') return entry;
  if (!isRecord(entry)) return '';
  if (typeof entry.message === 'string') return entry.message;
  return [entry.resource, entry.field, entry.code].filter((part) => typeof part === 'string').join(' ');
}

function objectErrors(data: unknown): readonly Record<string, unknown>[] {
  return isRecord(data) && Array.isArray(data.errors) ? data.errors.filter(isRecord) : [];
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
