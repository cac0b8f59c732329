// The shape in which a model answers: what it is shown as a JSON schema, and what is held against it.
import * as z from 'zod';
import { CLAIM_KINDS, CODE_REQUESTS, DISMISSAL_CLASSES } from '#domain/claim.ts';
import { VERDICT_LABELS } from '#domain/verdict.ts';

const MOST_CLAIMS = 8;
const MOST_REQUESTS = 3;

const claim = z.strictObject({
  kind: z.enum(CLAIM_KINDS),
  item: z.string().describe('Number of the piece of evidence that shows it, for example E3.'),
  quote: z.string().describe('Exact text of that piece, one line or several in a row.'),
  symbol: z
    .string()
    .describe('The call, variable or constant that the claim is about; empty when there is none.'),
  says: z.string().describe('The claim in one sentence.'),
});

const request = z.strictObject({
  ask: z.enum(CODE_REQUESTS),
  name: z.string().describe('Name of a function, variable, module or configuration key.'),
});

/** Every field is required, empty ones are null or []: OpenAI's strict mode takes no other schema. */
export const answerSchema = z.strictObject({
  id: z.string().describe('The id under which the finding was shown.'),
  label: z.enum(VERDICT_LABELS),
  confidence: z.number().min(0).max(1),
  dismissal: z
    .enum(DISMISSAL_CLASSES)
    .nullable()
    .describe('Why it is no weakness; null unless it is a false positive.'),
  claims: z.array(claim).max(MOST_CLAIMS),
  root_cause: z.string().describe('Two or three sentences, at most 800 characters.'),
  open_question: z.string().nullable().describe('What you would need to know to decide; null when nothing.'),
  requests: z.array(request).max(MOST_REQUESTS).describe('Code that would help to decide.'),
});

export type WireAnswer = z.infer<typeof answerSchema>;

const { $schema: _dialect, ...schema } = z.toJSONSchema(z.strictObject({ answers: z.array(answerSchema) }), {
  target: 'draft-7',
});

/** The JSON schema (draft 7, only words that OpenAI's strict mode knows) of `{answers: […]}`: one answer for each finding shown. */
export const ANSWERS_SCHEMA: Readonly<Record<string, unknown>> = schema;
