// What a file of `rules/prompts/` or `.assay/prompts/` may hold: checked when it is read, and published for editors.
import * as z from 'zod';

const identifier = z
  .string()
  .regex(/^[a-z][a-z0-9-]{0,47}$/, 'expected lower-case letters, digits and hyphens, at most 48');

const section = z.strictObject({
  id: identifier.describe('Its name: `part.section` switches it off in measurements.'),
  for: z
    .enum(['constant', 'finding'])
    .describe('constant: the same for every request; finding: stands beside the findings.'),
  text: z.string().min(1).max(8_000).describe('The words; {{name}} stands for a declared parameter.'),
});

const sections = z.array(section).min(1).max(20);
const parameters = z
  .array(z.string().regex(/^[a-z][a-z0-9_]{0,40}$/, 'expected lower-case letters, digits and _, at most 41'))
  .max(10)
  .describe(
    'Every name that the texts use as {{name}}: language; in finding sections nonce, mark, ids, count too.',
  );
const cwe = z
  .array(z.int().min(1).max(9_999))
  .max(64)
  .describe('Families only: the weaknesses it speaks to, their kinds included.');
const purpose = z.string().min(1).max(400).describe('One sentence on what the part is for.');

export const promptPartSchema = z.strictObject({
  id: identifier.describe('frame, a task (verdict, explanation, patch, question) or a family of weaknesses.'),
  version: z.int().min(1).max(9_999).describe('Raised with every change of the words.'),
  purpose,
  parameters,
  sections,
  cwe: cwe.optional(),
});

export const promptExtensionSchema = z.strictObject({
  extends: identifier.describe('Id of the part whose sections are replaced (same id) or added to.'),
  purpose: purpose.optional(),
  parameters: parameters.optional(),
  sections,
  cwe: cwe.optional(),
});

export type PromptPartFile = z.infer<typeof promptPartSchema>;
export type PromptExtensionFile = z.infer<typeof promptExtensionSchema>;

/** The published JSON Schema: a part of its own, or an extension of one. */
export function promptJsonSchema(): Record<string, unknown> {
  const schema = z.union([promptPartSchema, promptExtensionSchema]).meta({
    title: 'A part of a prompt of Assay',
    description: 'Files of `.assay/prompts/`: the same id replaces a built-in part, `extends` adds to one.',
  });
  return z.toJSONSchema(schema, { target: 'draft-2020-12' });
}
