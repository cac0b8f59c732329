// The table of EPSS scores: how likely it is that a vulnerability is exploited within 30 days.

export interface EpssTable {
  /** ISO 8601 date on which the scores were made; null when the file does not say. */
  readonly date: string | null;
  /** Lines that are no score and were passed over. */
  readonly gaps: number;
  /** 0–1: the highest score that one of the names has; null when none has one. */
  of(names: readonly string[]): number | null;
}

/** There are some 300,000 CVE. */
const MOST_LINES = 2_000_000;
const LONGEST_LINE = 200;
const DATE = /\bscore_date:(\d{4}-\d{2}-\d{2})/;
const HEADER = /^cve,epss(?:,|$)/i;
const ROW = /^(CVE-\d{4}-\d{4,12}),(0|1|[01]?\.\d{1,20}|1e-0?\d)(?:,|$)/i;

/**
 * The daily CSV of https://www.first.org/epss/data_stats, unpacked: a line `#model_version:…,score_date:…`, then `cve,epss,percentile`.
 * Null when the text has no such header. The same name twice: the higher score counts.
 */
export function readEpss(text: string): EpssTable | null {
  const scores = new Map<string, number>();
  const read = { date: null as string | null, header: false, gaps: 0, lines: 0 };
  for (const line of linesOf(text)) {
    read.lines += 1;
    if (read.lines > MOST_LINES) {
      read.gaps += 1;
      break;
    }
    if (line.startsWith('#')) read.date ??= DATE.exec(line)?.[1] ?? null;
    else if (!read.header) {
      if (!HEADER.test(line)) return null;
      read.header = true;
    } else if (line !== '' && !keep(line, scores)) read.gaps += 1;
  }
  if (!read.header) return null;
  return { date: read.date, gaps: read.gaps, of: (names) => highest(names, scores) };
}

/** Without the mark of the byte order, whatever the line ends; lines that no score has are cut. */
function* linesOf(text: string): Generator<string> {
  let start = text.startsWith('\uFEFF') ? 1 : 0;
  while (start < text.length) {
    const found = text.indexOf('\n', start);
    const end = found === -1 ? text.length : found;
    yield text.slice(start, Math.min(end, start + LONGEST_LINE)).trim();
    start = end + 1;
  }
}

function keep(line: string, scores: Map<string, number>): boolean {
  const [, name, value] = ROW.exec(line) ?? [];
  const score = Number(value);
  if (name === undefined || !(score >= 0 && score <= 1)) return false;
  const key = name.toUpperCase();
  scores.set(key, Math.max(score, scores.get(key) ?? 0));
  return true;
}

function highest(names: readonly string[], scores: ReadonlyMap<string, number>): number | null {
  const found = names.flatMap((name) => scores.get(name.toUpperCase()) ?? []);
  return found.length === 0 ? null : Math.max(...found);
}
