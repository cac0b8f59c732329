// How long a run waits for GitLab altogether, and how long before the next try of one request.

/** Milliseconds that all waits of a run may take together. */
const PATIENCE = 5 * 60_000;
/** Before the second, third and fourth try of a read that failed. */
const READ_DELAYS: readonly number[] = [1000, 2000, 4000];
/** A limit that names no time: GitLab's application limits count by the minute (platforms D40). */
const UNNAMED_LIMIT = 60_000;
const LEAST_WAIT = 1000;

export interface PatienceDependencies {
  readonly sleep: (milliseconds: number) => Promise<void>;
  /** Milliseconds since the epoch, for limits that name a time of day. */
  readonly now: () => number;
}

export class RequestPatience {
  readonly #dependencies: PatienceDependencies;
  #left = PATIENCE;

  constructor(dependencies: PatienceDependencies) {
    this.#dependencies = dependencies;
  }

  /** Waits, unless that would be longer than the run has patience for: then false, at once. */
  async wait(milliseconds: number): Promise<boolean> {
    if (milliseconds > this.#left) return false;
    this.#left -= milliseconds;
    await this.#dependencies.sleep(milliseconds);
    return true;
  }

  /** Before try `tries + 1` of a read; null when it has been tried often enough. */
  readDelay(tries: number): number | null {
    return READ_DELAYS[tries - 1] ?? null;
  }

  /**
   * After `tries` answers 429: what `Retry-After` (seconds or a date) or `RateLimit-Reset` (seconds since 1970) names, else a minute,
   * twice as long each time (platforms D40, D41).
   */
  limitDelay(headers: Headers, tries: number): number {
    const named =
      retryAfter(headers, this.#dependencies.now()) ?? rateLimitReset(headers, this.#dependencies.now());
    const least = (named === null ? UNNAMED_LIMIT : LEAST_WAIT) * 2 ** (tries - 1);
    return Math.max(named ?? 0, least);
  }
}

function retryAfter(headers: Headers, now: number): number | null {
  const value = headers.get('retry-after')?.trim() ?? '';
  if (/^\d{1,9}$/.test(value)) return Number(value) * 1000;
  const time = value === '' ? Number.NaN : Date.parse(value);
  return Number.isNaN(time) ? null : Math.max(0, time - now);
}

function rateLimitReset(headers: Headers, now: number): number | null {
  const value = headers.get('ratelimit-reset')?.trim() ?? '';
  return /^\d{1,12}$/.test(value) ? Math.max(0, Number(value) * 1000 - now) : null;
}
