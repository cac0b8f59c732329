// The results of a SARIF file by their places in it: what labels are matched with. Only that; the main job reads the report itself.
import * as z from 'zod';
import { AssayError } from '#domain/errors.ts';

export interface ReportedResult {
  /** Index of the report among those of its set. */
  readonly input: number;
  /** File name of the report. */
  readonly report: string;
  readonly run: number;
  readonly index: number;
  /** `properties.caseId`: the name that a labelled set gave the result. The main job never sees it. */
  readonly caseId: string | null;
  readonly ruleId: string | null;
  /** Decoded, without a scheme or a leading `./`; as far as it can be told from the first location alone. */
  readonly path: string | null;
  readonly line: number | null;
}

const optional = <T extends z.ZodType>(type: T) => type.optional().catch(undefined);
const result = z.object({
  ruleId: optional(z.string()),
  rule: optional(z.object({ id: optional(z.string()) })),
  properties: optional(z.object({ caseId: optional(z.string()) })),
  locations: optional(
    z.array(
      z.object({
        physicalLocation: optional(
          z.object({
            artifactLocation: optional(z.object({ uri: optional(z.string()) })),
            region: optional(z.object({ startLine: optional(z.number()) })),
          }),
        ),
      }),
    ),
  ),
});
const report = z.object({ runs: z.array(z.object({ results: optional(z.array(z.unknown())) })) });

/** Throws AssayError `input` when the text is no SARIF at all. */
export function listResults(text: string, name: string, input: number): readonly ReportedResult[] {
  const parsed = report.safeParse(parseJson(text, name));
  if (!parsed.success) throw new AssayError('input', `${name} is no SARIF file: it has no runs.`);
  return parsed.data.runs.flatMap(({ results = [] }, run) =>
    results.map((entry, index) => ({ input, report: name, run, index, ...describe(entry) })),
  );
}

function describe(entry: unknown): Pick<ReportedResult, 'caseId' | 'ruleId' | 'path' | 'line'> {
  const { ruleId, rule, properties, locations } = result.safeParse(entry).data ?? {};
  const place = locations?.[0]?.physicalLocation;
  return {
    caseId: properties?.caseId ?? null,
    ruleId: ruleId ?? rule?.id ?? null,
    path: place?.artifactLocation?.uri === undefined ? null : pathOf(place.artifactLocation.uri),
    line: place?.region?.startLine ?? null,
  };
}

function parseJson(text: string, name: string): unknown {
  try {
    return JSON.parse(text.replace(/^\uFEFF/, ''));
  } catch (cause) {
    throw new AssayError('input', `${name} cannot be read as JSON, so its labels cannot be matched.`, {
      cause,
    });
  }
}

function pathOf(uri: string): string {
  return decode(uri)
    .replace(/\\/g, '/')
    .replace(/^file:\/{0,3}/i, '')
    .replace(/^(?:\.\/)+/, '');
}

function decode(uri: string): string {
  try {
    return decodeURIComponent(uri);
  } catch {
    return uri;
  }
}
