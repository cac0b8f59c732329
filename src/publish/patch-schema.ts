// What assay.json says of a proposed change and of what was checked of it.
import * as z from 'zod';
import { PATCH_CHECKS, PATCH_ORIGINS, PATCH_OUTCOMES } from '#domain/patch.ts';

const count = z.int().min(0);
export const patchOrigin = z.enum(PATCH_ORIGINS);
export const patchCheck = z.enum(PATCH_CHECKS);
const sha256 = z.string().regex(/^[0-9a-f]{64}$/);

export const patch = z.strictObject({
  path: z.string(),
  origin: patchOrigin,
  tool: z
    .string()
    .nullable()
    .describe('The tool whose fix it is, or the model as provider/name; outside text.'),
  description: z.string().nullable().describe('Outside text.'),
  edits: z
    .array(
      z.strictObject({
        startLine: z
          .int()
          .min(1)
          .describe('First line replaced; the line before which text goes when lines is 0.'),
        lines: count,
        newText: z.string(),
      }),
    )
    .min(1),
  before: sha256.describe("Of the file's bytes at head."),
  after: sha256,
  checks: z.array(z.strictObject({ check: patchCheck, outcome: z.enum(PATCH_OUTCOMES), text: z.string() })),
  file: z
    .string()
    .regex(/^patches\/[0-9a-f]{8,64}\.patch$/)
    .exactOptional()
    .describe(
      'In the output folder: what `git apply` takes. Findings with the same patch have one file between them. Left out where none was written.',
    ),
});
