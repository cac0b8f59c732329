// What GitHub makes of an upload after it took it: alerts, or the reasons why there are none (platforms A6).
import { z } from 'zod';

const LIMITS = { runs: 20, results: 25_000, rules: 25_000, extensions: 100 };

const sarifShape = z.looseObject({
  version: z.literal('2.1.0'),
  runs: z.array(
    z.looseObject({
      tool: z.looseObject({
        driver: z.looseObject({ name: z.string(), rules: z.array(z.unknown()).optional() }),
        extensions: z.array(z.unknown()).optional(),
      }),
      automationDetails: z.looseObject({ id: z.string().optional() }).optional(),
      results: z
        .array(
          z.looseObject({
            ruleId: z.string().optional(),
            message: z.looseObject({}),
            locations: z
              .array(
                z.looseObject({
                  physicalLocation: z
                    .looseObject({
                      artifactLocation: z.looseObject({ uri: z.string().optional() }).optional(),
                      region: z.looseObject({ startLine: z.int().optional() }).optional(),
                    })
                    .optional(),
                }),
              )
              .optional(),
          }),
        )
        .optional(),
    }),
  ),
});

/** What makes an upload fail after it was taken. */
export function faultsOf(sarif: unknown): string[] {
  const read = sarifShape.safeParse(sarif);
  if (!read.success) return [`Unable to upload: ${z.prettifyError(read.error)}`];
  const { runs } = read.data;
  const counts = {
    runs: runs.length,
    results: Math.max(0, ...runs.map((run) => run.results?.length ?? 0)),
    rules: Math.max(0, ...runs.map((run) => run.tool.driver.rules?.length ?? 0)),
    extensions: Math.max(0, ...runs.map((run) => run.tool.extensions?.length ?? 0)),
  };
  return Object.entries(LIMITS)
    .filter(([key, limit]) => counts[key as keyof typeof counts] > limit)
    .map(
      ([key, limit]) =>
        `rejecting SARIF, as there are more ${key} than allowed (${counts[key as keyof typeof counts]} > ${limit})`,
    );
}

interface FoundResult {
  readonly tool: string;
  readonly category: string;
  readonly results: readonly { readonly ruleId: string; readonly path: string; readonly startLine: number }[];
}

/** One entry a run, with what an alert shows of each result. */
export function readResults(sarif: unknown): FoundResult[] {
  return sarifShape.parse(sarif).runs.map((run) => ({
    tool: run.tool.driver.name,
    category: run.automationDetails?.id ?? '',
    results: (run.results ?? []).map((result) => {
      const place = result.locations?.[0]?.physicalLocation;
      const startLine = place?.region?.startLine ?? 1;
      return { ruleId: result.ruleId ?? '', path: place?.artifactLocation?.uri ?? '', startLine };
    }),
  }));
}
