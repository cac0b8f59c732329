// Tells a request that came too early from one that is refused, and how long the host wants to be left alone.
import type { HostFailure } from './host-failure.ts';

/** What GitHub asks for where it names no time (docs.github.com/rest: rate limits, platforms A7). */
const UNNAMED_WAIT_MS = 60_000;
const LIMIT_WORDS = /rate limit|abuse detection|temporarily blocked|submitted too quickly/i;

/** Whether the host says "later" and did nothing: primary and secondary limits, and the ones that come as 422 (platforms D13 to D15, B8). */
export function isLimited(failure: HostFailure): boolean {
  if (failure.status === 429) return true;
  if (failure.status === 422) return isAbuse(failure) || /submitted too quickly/i.test(failure.said);
  if (failure.status !== 403) return false;
  const { headers } = failure;
  return (
    headers['retry-after'] !== undefined ||
    headers['x-ratelimit-remaining'] === '0' ||
    LIMIT_WORDS.test(failure.said)
  );
}

/** GitHub's spam guard, which names no time and that no Octokit plugin knows (platforms D13). */
export function isAbuse(failure: HostFailure): boolean {
  return failure.status === 422 && failure.codes.includes('abuse');
}

/**
 * Milliseconds to wait before the next try: `retry-after`, else until `x-ratelimit-reset` when nothing remains, else a minute and growing.
 *
 * @param earlier how often this request was limited before
 * @param now milliseconds since the epoch
 */
export function limitWait(headers: Readonly<Record<string, string>>, earlier: number, now: number): number {
  const named = seconds(headers['retry-after']);
  if (named !== null) return named * 1000;
  const reset = seconds(headers['x-ratelimit-reset']);
  if (headers['x-ratelimit-remaining'] === '0' && reset !== null)
    return Math.max(reset * 1000 - now, 0) + 1000;
  return UNNAMED_WAIT_MS * 2 ** earlier;
}

function seconds(value: string | undefined): number | null {
  return value !== undefined && /^\d{1,12}$/.test(value) ? Number(value) : null;
}
