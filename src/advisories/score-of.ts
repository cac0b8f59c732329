// The base score that a CVSS vector stands for.
import calculator from 'ae-cvss-calculator';

/** Vectors with every optional metric have some 200 characters. */
const LONGEST = 400;
const METRIC = /^([A-Za-z]{1,4}):([A-Za-z]{1,8})$/;
const VERSION = /^CVSS:(\d\.\d)$/;

/** The metrics without which there is no base score, and their values, by version (https://www.first.org/cvss/). */
const BASE_METRICS: ReadonlyMap<string, readonly string[]> = new Map([
  ['2.0', ['AV:LAN', 'AC:HML', 'Au:MSN', 'C:NPC', 'I:NPC', 'A:NPC']],
  ['3.0', ['AV:NALP', 'AC:LH', 'PR:NLH', 'UI:NR', 'S:UC', 'C:NLH', 'I:NLH', 'A:NLH']],
  ['3.1', ['AV:NALP', 'AC:LH', 'PR:NLH', 'UI:NR', 'S:UC', 'C:NLH', 'I:NLH', 'A:NLH']],
  [
    '4.0',
    [
      'AV:NALP',
      'AC:LH',
      'AT:NP',
      'PR:NLH',
      'UI:NPA',
      'VC:HLN',
      'VI:HLN',
      'VA:HLN',
      'SC:HLN',
      'SI:HLN',
      'SA:HLN',
    ],
  ],
]);

/**
 * 0.0–10.0, of CVSS 2.0 (with or without parentheses or `CVSS2#`), 3.0, 3.1 and 4.0; temporal, threat and environmental metrics are checked
 * and left out of it. Null for whatever is no whole and valid vector: metrics that lack, stand twice or have a value that is none.
 */
export function scoreOf(vector: string): number | null {
  if (vector.length > LONGEST) return null;
  const parts = vector
    .trim()
    .replace(/^CVSS2#/, '')
    .replace(/^\(([^()]*)\)$/, '$1')
    .split('/');
  const version = VERSION.exec(parts[0] ?? '')?.[1] ?? '2.0';
  const base = BASE_METRICS.get(version);
  const metrics = readMetrics(version === '2.0' && !vector.startsWith('CVSS:') ? parts : parts.slice(1));
  if (base === undefined || metrics === null) return null;
  const own = base.map((metric) => chosen(metric, metrics));
  if (own.includes(null)) return null;
  const prefix = version === '2.0' ? [] : [`CVSS:${version}`];
  const whole = [...prefix, ...[...metrics].map((metric) => metric.join(':'))];
  return isKnown(whole.join('/')) ? calculate([...prefix, ...own].join('/')) : null;
}

/** `AV:N` when the vector has one of the values of `AV:NALP`. */
function chosen(metric: string, metrics: ReadonlyMap<string, string>): string | null {
  const [name = '', values = ''] = metric.split(':');
  const value = metrics.get(name) ?? '';
  return value.length === 1 && values.includes(value) ? `${name}:${value}` : null;
}

function readMetrics(parts: readonly string[]): ReadonlyMap<string, string> | null {
  const metrics = new Map<string, string>();
  for (const part of parts) {
    const [, name, value] = METRIC.exec(part) ?? [];
    if (name === undefined || value === undefined || metrics.has(name)) return null;
    metrics.set(name, value);
  }
  return metrics;
}

/** Whether the calculator knows every metric of the vector, the optional ones too. */
function isKnown(vector: string): boolean {
  try {
    return calculator.fromVector(vector) !== null;
  } catch {
    return false;
  }
}

/** The calculator takes the last of two values and fills up what lacks: what it is given was checked before. */
function calculate(vector: string): number | null {
  const { base } = calculator.fromVector(vector)?.calculateScores() ?? {};
  return base ?? null;
}
