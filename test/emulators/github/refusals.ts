// GitHub's ways of saying no: one JSON shape with a message, sometimes errors as strings, sometimes as objects (platforms D).
import type { HostAnswer } from '../emulated-host.ts';

/** The vendor's page that each kind of request points to. */
export const DOCS = {
  reviews: 'https://docs.github.com/rest/pulls/reviews#create-a-review-for-a-pull-request',
  comments: 'https://docs.github.com/rest/pulls/comments#create-a-review-comment-for-a-pull-request',
  issueComments: 'https://docs.github.com/rest/issues/comments#create-an-issue-comment',
  checks: 'https://docs.github.com/rest/checks/runs#create-a-check-run',
  scanning: 'https://docs.github.com/rest/code-scanning/code-scanning',
  rest: 'https://docs.github.com/rest',
} as const;

export function refuse(
  status: number,
  message: string,
  errors?: readonly (string | Readonly<Record<string, unknown>>)[],
  documentation: string = DOCS.rest,
  headers: Readonly<Record<string, string>> = {},
): HostAnswer {
  const body = {
    message,
    ...(errors === undefined ? {} : { errors }),
    documentation_url: documentation,
    status: String(status),
  };
  return { status, headers, body };
}

export const notFound = (): HostAnswer => refuse(404, 'Not Found');

/** A review is refused with strings (D1), joined into one as a sentence lists things (D2). */
export function refuseReview(reasons: readonly string[]): HostAnswer {
  return refuse(422, 'Unprocessable Entity', [joinReasons(reasons)], DOCS.reviews);
}

function joinReasons(reasons: readonly string[]): string {
  if (reasons.length < 3) return reasons.join(' and ');
  return `${reasons.slice(0, -1).join(', ')}, and ${reasons.at(-1)}`;
}

/** The over-long body of anything but a review (D12). */
export const bodyTooLong = (resource: string, documentation: string): HostAnswer =>
  refuse(
    422,
    'Validation Failed',
    [
      {
        resource,
        code: 'unprocessable',
        field: 'data',
        message: `Body is too long (maximum is ${MAXIMUM_BODY} characters)`,
      },
    ],
    documentation,
  );

export const MAXIMUM_BODY = 65_536;
export const BODY_TOO_LONG = `Body is too long (maximum is ${MAXIMUM_BODY} characters)`;

/** What a gateway says when the host took longer than ten seconds (D32). */
export const SERVER_ERROR = { status: 502, body: { message: 'Server Error' } } as const;

/** A broken gateway's page, for a request that was stored all the same (D16). */
export const BAD_GATEWAY = {
  status: 502,
  headers: { 'content-type': 'text/html' },
  body: '<html><head><title>502 Bad Gateway</title></head></html>',
} as const;
