// The places that an answer from facts rests on, numbered as they are cited, so that each statement can point at them.
import type { FindingRecord } from '#domain/result-document.ts';

export interface CitedPlace {
  /** `E1`, `E2`, … in the order in which they were first cited. */
  readonly label: string;
  readonly path: string;
  readonly line: number;
  /** The first line as it stands; '' where nobody knows it. Outside text. */
  readonly quote: string;
}

export interface CitedEvidence {
  /** `[E1][E2]` for these places; '' for those that are none of the finding's. */
  cite(places: readonly { readonly path: string; readonly startLine: number }[]): string;
  /** What was cited, in order. */
  places(): readonly CitedPlace[];
}

type Place = Omit<CitedPlace, 'label'>;

/** The finding's own place, what reasons cite, the scanner's steps, and `more`. */
export function citeEvidence(
  { location, verdict, flow }: FindingRecord,
  more: readonly Place[] = [],
): CitedEvidence {
  const known = new Map<string, Place>();
  const cited = new Map<string, CitedPlace>();
  const keyOf = (path: string, line: number) => `${line} ${path}`;
  const add = (path: string, line: number, quote: string) => {
    const key = keyOf(path, line);
    const before = known.get(key);
    if (before === undefined || before.quote === '') known.set(key, { path, line, quote });
  };
  add(location.path, location.startLine, '');
  for (const { citations } of verdict?.reasons ?? []) {
    for (const { path, startLine, quote } of citations) add(path, startLine, quote.split('\n')[0] ?? '');
  }
  for (const step of flow) add(step.location.path, step.location.startLine, '');
  for (const { path, line, quote } of more) add(path, line, quote);
  return {
    places: () => [...cited.values()],
    cite: (wanted) => {
      const labels = wanted.flatMap(({ path, startLine }) => {
        const key = keyOf(path, startLine);
        const place = known.get(key);
        if (place === undefined) return [];
        const labelled = cited.get(key) ?? { ...place, label: `E${cited.size + 1}` };
        cited.set(key, labelled);
        return [`[${labelled.label}]`];
      });
      return [...new Set(labels)].join('');
    },
  };
}
