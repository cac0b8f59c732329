// The places that an answer from facts rests on, numbered once, so that each statement can point at them.
import type { FindingRecord } from '#domain/result-document.ts';

export interface CitedPlace {
  /** `E1`, `E2`, …. */
  readonly label: string;
  readonly path: string;
  readonly line: number;
  /** The first line as it stands; '' where the result holds none. Outside text. */
  readonly quote: string;
}

export interface CitedEvidence {
  readonly places: readonly CitedPlace[];
  /** `[E1][E2]` for these places; '' for none. */
  cite(places: readonly { readonly path: string; readonly startLine: number }[]): string;
}

/** The finding's own place, then what reasons cite, then the scanner's steps; each place once. */
export function citeEvidence({ location, verdict, flow }: FindingRecord): CitedEvidence {
  const places: CitedPlace[] = [];
  const add = (path: string, line: number, quote: string) => {
    const known = places.findIndex((place) => place.path === path && place.line === line);
    if (known === -1) places.push({ label: `E${places.length + 1}`, path, line, quote });
    else if (places[known]?.quote === '') places[known] = { label: `E${known + 1}`, path, line, quote };
  };
  add(location.path, location.startLine, '');
  for (const { citations } of verdict?.reasons ?? []) {
    for (const { path, startLine, quote } of citations) add(path, startLine, quote.split('\n')[0] ?? '');
  }
  for (const step of flow) add(step.location.path, step.location.startLine, '');
  return {
    places,
    cite: (wanted) => {
      const labels = wanted.flatMap(({ path, startLine }) =>
        places
          .filter((place) => place.path === path && place.line === startLine)
          .map(({ label }) => `[${label}]`),
      );
      return [...new Set(labels)].join('');
    },
  };
}
