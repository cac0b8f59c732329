// Rate limits and the spam filter, switched on by tests (platforms D13–D15).
import type { HostAnswer } from '../emulated-host.ts';
import { DOCS, refuse } from './refusals.ts';

type Limit =
  | {
      readonly kind: 'secondary';
      readonly status: 403 | 429;
      readonly retryAfter: number | null;
      left: number;
    }
  | { readonly kind: 'spam'; left: number };

const SECONDARY =
  'You have exceeded a secondary rate limit and have been temporarily blocked from content creation. Please retry your request again later.';
const PER_HOUR = 1000;

/** What stands in the way of requests. Times are seconds. */
export class Throttle {
  #remaining = PER_HOUR;
  #reset = 0;
  #status: 403 | 429 = 403;
  readonly #limits: Limit[] = [];

  /** The next `requests` writes are refused; `retryAfter` null: the host does not say how long. */
  secondary({
    status = 403,
    retryAfter = null,
    requests = 1,
  }: {
    status?: 403 | 429;
    retryAfter?: number | null;
    requests?: number;
  } = {}): void {
    this.#limits.push({ kind: 'secondary', status, retryAfter, left: requests });
  }

  /** The next `requests` that make content are taken for spam. */
  spam(requests = 1): void {
    this.#limits.push({ kind: 'spam', left: requests });
  }

  /** After `remaining` more requests everything is refused until `lift`; `reset` is in seconds since 1970. */
  primary(remaining: number, { reset, status = 403 }: { reset: number; status?: 403 | 429 }): void {
    this.#remaining = remaining;
    this.#reset = reset;
    this.#status = status;
  }

  /** The hour is over. */
  lift(): void {
    this.#remaining = PER_HOUR;
    this.#limits.length = 0;
  }

  /** Counts a request against the hour; the answer when nothing is left of it. */
  count(): HostAnswer | null {
    if (this.#remaining <= 0) {
      const message =
        'API rate limit exceeded for installation. If you reach out to GitHub Support for help, please include the request ID.';
      return refuse(
        this.#status,
        message,
        undefined,
        `${DOCS.rest}/using-the-rest-api/rate-limits-for-the-rest-api`,
      );
    }
    this.#remaining -= 1;
    return null;
  }

  /** What a write runs into. `creates` names the resource when content is made. */
  hold(creates: string | undefined): HostAnswer | null {
    const limit = this.#limits.find(
      ({ kind, left }) => left > 0 && (kind === 'secondary' || creates !== undefined),
    );
    if (!limit) return null;
    limit.left -= 1;
    if (limit.kind === 'spam') {
      const error = { resource: 'PullRequestReviewComment', code: 'abuse', field: 'base' };
      return refuse(422, 'Validation Failed', [
        creates === undefined ? error : { ...error, resource: creates },
      ]);
    }
    const headers: Record<string, string> =
      limit.retryAfter === null ? {} : { 'retry-after': String(limit.retryAfter) };
    return refuse(
      limit.status,
      SECONDARY,
      undefined,
      `${DOCS.rest}/overview/rate-limits-for-the-rest-api#about-secondary-rate-limits`,
      headers,
    );
  }

  headers(): Record<string, string> {
    return {
      'x-ratelimit-limit': String(PER_HOUR),
      'x-ratelimit-remaining': String(Math.max(0, this.#remaining)),
      'x-ratelimit-used': String(PER_HOUR - Math.max(0, this.#remaining)),
      'x-ratelimit-reset': String(this.#reset),
      'x-ratelimit-resource': 'core',
    };
  }
}
