// What the GitLab emulator answers: errors in GitLab's own words, and pages with their headers.
import type { HostAnswer, HostRequest } from '../emulated-host.ts';

const say = (status: number, body: unknown): HostAnswer => ({ status, body });

export const ok = (body: unknown): HostAnswer => say(200, body);
export const created = (body: unknown): HostAnswer => say(201, body);
export const noContent = (): HostAnswer => ({ status: 204 });
export const notFound = (what: string): HostAnswer => say(404, { message: `404 ${what} Not Found` });
export const notFoundPlain = (): HostAnswer => say(404, { message: '404 Not found' });
export const noRoute = (): HostAnswer => say(404, { error: '404 Not Found' });
export const unauthorized = (): HostAnswer => say(401, { message: '401 Unauthorized' });
export const forbidden = (): HostAnswer => say(403, { message: '403 Forbidden' });
export const serverError = (): HostAnswer => say(500, { message: '500 Internal Server Error' });
export const badRequest = (reason: string): HostAnswer =>
  say(400, { message: `400 Bad request - ${reason}` });
/** What Grape says when parameters do not fit. */
export const badParameters = (error: string): HostAnswer => say(400, { error });
/** Platforms D49. */
export const invalid = (errors: Readonly<Record<string, readonly string[]>>): HostAnswer =>
  say(400, { message: errors });

/** Platforms D45. */
export const insufficientScope = (): HostAnswer =>
  say(403, {
    error: 'insufficient_scope',
    error_description: 'The request requires higher privileges than provided by the access token.',
    scope: 'api',
  });

/** Platforms D40: no headers tell when to come back. */
export const applicationLimited = (): HostAnswer =>
  say(429, {
    message: { error: 'This endpoint has been requested too many times. Try again later.' },
  });

/** Platforms D41. */
export const rackLimited = (retryAfter: number): HostAnswer => ({
  status: 429,
  headers: {
    'Content-Type': 'text/plain',
    'Retry-After': String(retryAfter),
    'RateLimit-Name': 'throttle_authenticated_api',
    'RateLimit-Limit': '60',
    'RateLimit-Observed': '61',
    'RateLimit-Remaining': '0',
    'RateLimit-Reset': '1767225660',
  },
  body: 'Retry later\n',
});

/** Errors of a model as Ruby prints a hash of symbols (platforms D33). */
export function rubyInspect(errors: Readonly<Record<string, readonly string[]>>): string {
  const entries = Object.entries(errors).map(
    ([key, texts]) => `:${key}=>[${texts.map((text) => JSON.stringify(text)).join(', ')}]`,
  );
  return `{${entries.join(', ')}}`;
}

/** One page of `rows`; those that `shown` refuses are counted and left out, so that a page may be short (platforms D48). */
export function paged<Row>(
  request: HostRequest,
  rows: readonly Row[],
  present: (row: Row) => unknown,
  shown: (row: Row) => boolean = () => true,
): HostAnswer {
  const perPage = Math.min(positive(request.query.get('per_page'), 20), 100);
  const page = positive(request.query.get('page'), 1);
  const pages = Math.max(1, Math.ceil(rows.length / perPage));
  const link = (to: number, relation: string): string => {
    const query = new URLSearchParams(request.query);
    query.set('page', String(to));
    query.set('per_page', String(perPage));
    return `<${request.origin}${request.path}?${query}>; rel="${relation}"`;
  };
  const links = [
    ...(page > 1 ? [link(page - 1, 'prev')] : []),
    ...(page < pages ? [link(page + 1, 'next')] : []),
    link(1, 'first'),
    link(pages, 'last'),
  ];
  return {
    status: 200,
    headers: {
      Link: links.join(', '),
      'X-Page': String(page),
      'X-Per-Page': String(perPage),
      'X-Prev-Page': page > 1 ? String(page - 1) : '',
      'X-Next-Page': page < pages ? String(page + 1) : '',
      'X-Total': String(rows.length),
      'X-Total-Pages': String(pages),
    },
    body: rows
      .slice((page - 1) * perPage, page * perPage)
      .filter(shown)
      .map(present),
  };
}

function positive(text: string | null, otherwise: number): number {
  const number = Number(text ?? otherwise);
  return Number.isInteger(number) && number > 0 ? number : otherwise;
}
