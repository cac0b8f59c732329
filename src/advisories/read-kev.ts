// The catalogue of vulnerabilities that are known to be exploited, as CISA publishes it.
import { z } from 'zod';

export interface KevList {
  /** ISO 8601 date of the catalogue; of a CSV, which has none, of its newest entry. Null when neither is told. */
  readonly date: string | null;
  /** Entries without a name, which were passed over. */
  readonly gaps: number;
  /** Whether one of the names is listed. */
  has(names: readonly string[]): boolean;
}

const MOST_ENTRIES = 200_000;
const NAME = /^CVE-\d{4}-\d{4,12}$/i;
const DAY = /^\d{4}-\d{2}-\d{2}/;

const CATALOGUE = z.object({
  dateReleased: z.unknown(),
  vulnerabilities: z.array(z.unknown()).max(MOST_ENTRIES),
});
const ENTRY = z.object({ cveID: z.string().regex(NAME) });

/** https://www.cisa.gov/known-exploited-vulnerabilities-catalog as JSON or as CSV. Null when the text is neither. */
export function readKev(text: string): KevList | null {
  const plain = text.replace(/^\uFEFF/, '').trimStart();
  return plain.startsWith('{') ? readCatalogue(plain) : readTable(plain);
}

function readCatalogue(text: string): KevList | null {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    return null;
  }
  const { data } = CATALOGUE.safeParse(value);
  if (data === undefined) return null;
  const names = data.vulnerabilities.map((entry) => ENTRY.safeParse(entry).data?.cveID ?? null);
  return listOf(names, typeof data.dateReleased === 'string' ? data.dateReleased : null);
}

function readTable(text: string): KevList | null {
  const rows = rowsOf(text);
  const header = rows.next().value?.map((cell) => cell.trim().toLowerCase()) ?? [];
  const [named, added] = [header.indexOf('cveid'), header.indexOf('dateadded')];
  if (named === -1) return null;
  const names: (string | null)[] = [];
  let newest: string | null = null;
  for (const row of rows) {
    if (row.every((cell) => cell === '') || names.length >= MOST_ENTRIES) continue;
    const name = row[named]?.trim() ?? '';
    names.push(NAME.test(name) ? name : null);
    const day = row[added] ?? '';
    if (DAY.test(day) && (newest === null || day > newest)) newest = day;
  }
  return listOf(names, newest);
}

function listOf(names: readonly (string | null)[], date: string | null): KevList {
  const listed = new Set(names.flatMap((name) => name?.toUpperCase() ?? []));
  return {
    date: DAY.exec(date ?? '')?.[0] ?? null,
    gaps: names.filter((name) => name === null).length,
    has: (asked) => asked.some((name) => listed.has(name.toUpperCase())),
  };
}

/** RFC 4180: cells in quotes may hold commas, line breaks and doubled quotes. */
function* rowsOf(text: string): Generator<string[], undefined> {
  const cell = /(?:"([^"]*(?:""[^"]*)*)"|([^",\r\n]*))(,|\r\n|\n|\r|$)/y;
  let row: string[] = [];
  while (cell.lastIndex < text.length) {
    const found = cell.exec(text);
    if (found === null) {
      // A stray quote: the rest of the table cannot be told apart, and counts as one entry without a name.
      yield ['"'];
      return;
    }
    row.push(found[1]?.replaceAll('""', '"') ?? found[2] ?? '');
    if (found[3] === ',') continue;
    yield row;
    row = [];
  }
  if (row.length > 0) yield row;
}
