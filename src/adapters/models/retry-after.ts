// How long a provider asks to be left alone.

/**
 * Milliseconds, never negative; null when nothing readable is said. `retry-after-ms` (OpenAI, Azure) is exact and goes first; `retry-after` is
 * seconds or a date (RFC 9110 §10.2.3); Google says it in the body (`google.rpc.RetryInfo`: `"retryDelay": "31s"`).
 */
export function readRetryAfter(headers: Headers, body: string, now: number): number | null {
  const exact = decimal(headers.get('retry-after-ms'));
  if (exact !== null) return exact;
  const said = headers.get('retry-after');
  const seconds = decimal(said);
  if (seconds !== null) return seconds * 1000;
  const date = said === null ? Number.NaN : Date.parse(said);
  if (Number.isFinite(date)) return Math.max(0, date - now);
  const inBody = /"retryDelay"\s*:\s*"(\d{1,9}(?:\.\d{1,9})?)s"/.exec(body.slice(0, 16_384))?.[1];
  return inBody === undefined ? null : Number(inBody) * 1000;
}

function decimal(text: string | null): number | null {
  return text !== null && /^\s*\d{1,12}(?:\.\d{1,9})?\s*$/.test(text) ? Number(text) : null;
}
