// How long a service asks to be left alone.

/** Milliseconds, never negative; null when nothing readable is said. Seconds or a date (RFC 9110 §10.2.3). */
export function readRetryAfter(headers: Headers, now: number): number | null {
  const said = headers.get('retry-after')?.trim() ?? '';
  if (/^\d{1,9}$/.test(said)) return Number(said) * 1000;
  const date = /[a-z]/i.test(said) ? Date.parse(said) : Number.NaN;
  return Number.isFinite(date) ? Math.max(0, date - now) : null;
}
