// An earlier `eval.json` read back: as much of it as a comparison needs.
import * as z from 'zod';
import { AssayError } from '#domain/errors.ts';
import { VERDICT_LABELS } from '#domain/verdict.ts';

const evaluation = z.object({
  schemaVersion: z.literal(1),
  findings: z.array(
    z.object({
      ...{ key: z.string(), set: z.string(), path: z.string(), line: z.number() },
      ...{
        ruleId: z.string(),
        tool: z.string(),
        cwe: z.string().nullable(),
        language: z.string().nullable(),
      },
      isReal: z.boolean(),
    }),
  ),
  subjects: z
    .array(
      z.object({
        name: z.string(),
        verdicts: z.array(
          z.object({
            ...{ key: z.string(), verdict: z.enum(VERDICT_LABELS), confidence: z.number() },
            by: z.enum(['builtin', 'model', 'policy', 'human']),
            reason: z.string(),
          }),
        ),
      }),
    )
    .min(1),
});
export type EarlierEvaluation = z.infer<typeof evaluation>;

/** Throws AssayError `usage` when the text is no evaluation that this version can read. */
export function readEvaluation(text: string, name: string): EarlierEvaluation {
  const parsed = evaluation.safeParse(parseJson(text));
  if (parsed.success) return parsed.data;
  const [issue] = parsed.error.issues;
  const where = issue === undefined || issue.path.length === 0 ? '' : ` at ${issue.path.join('.')}`;
  throw new AssayError('usage', `${name} is no evaluation that can be compared${where}.`, {
    hint: 'Name the eval.json that an earlier assay eval wrote.',
  });
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}
