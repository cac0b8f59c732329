// What assay.json says of a model's part in a verdict and in a run.
import * as z from 'zod';
import { CLAIM_KINDS, DISMISSAL_CLASSES } from '#domain/claim.ts';
import { MODEL_FAILURES } from '#domain/model.ts';
import { VERDICT_LABELS } from '#domain/verdict.ts';

const count = z.int().min(0);
const line = z.int().min(1);

const citation = z.strictObject({ path: z.string(), startLine: line, endLine: line, quote: z.string() });

const claim = z.strictObject({
  kind: z.enum(CLAIM_KINDS),
  item: z.string().describe('The piece of evidence it cites, as it was numbered for the model.'),
  quote: z.string(),
  symbol: z.string(),
  says: z.string().describe("The model's words: outside text."),
  outcome: z
    .enum(['opens', 'holds', 'struck'])
    .describe('opens: checked, and allows the verdict; holds: checked; struck: it failed its check.'),
  why: z.string(),
  citation: citation.nullable(),
});

const failure = z.strictObject({ kind: z.enum(MODEL_FAILURES), text: z.string() });

export const modelOpinion = z.strictObject({
  model: z.string().describe('provider/name.'),
  answeredBy: z
    .string()
    .describe('What the provider said answered, where it is another model: outside text.')
    .exactOptional(),
  prompt: z.strictObject({ id: z.string(), hash: z.string().regex(/^[0-9a-f]{16}$/) }),
  part: z
    .enum(['decided', 'agreed', 'overruled', 'undecided', 'explained', 'failed'])
    .describe('What its answer did to the verdict.'),
  label: z.enum(VERDICT_LABELS).nullable(),
  confidence: z.number().min(0).max(1).nullable(),
  dismissal: z.enum(DISMISSAL_CLASSES).nullable(),
  claims: z.array(claim),
  failure: failure.nullable(),
  rounds: count.describe('Times that it was shown more code.'),
});

const failures = z.partialRecord(z.enum(MODEL_FAILURES), count);
const dollars = z.number().min(0).nullable().describe('US dollars; null when no price is known.');

/** Counts of one run; the same whether answers came from the cache or over the wire. */
export const modelUse = z.strictObject({
  asked: count.describe('Findings that a model was asked about.'),
  answered: count,
  notAsked: count.describe('Findings that it would have been asked about, had the budget not been spent.'),
  failures: failures.describe(
    'Answers about findings that were of no use: verdicts, explanations and patches.',
  ),
  patches: z
    .strictObject({
      asked: count.describe('Findings that it was asked to mend.'),
      notAsked: count.describe(
        'Findings without a patch that it was not asked to mend: not shown, or over the budget.',
      ),
      failures: failures.describe('Their share of the failures.'),
    })
    .exactOptional(),
  tokens: z.strictObject({ input: count, cached: count, output: count }),
  money: dollars,
  price: z
    .strictObject({ from: z.enum(['policy', 'table', 'own_server']), asOf: z.string().nullable() })
    .describe('Where the price came from; left out when none is known.')
    .exactOptional(),
  embeddings: z
    .strictObject({
      model: z.string(),
      texts: count,
      tokens: count.describe('As estimated.'),
      money: dollars,
    })
    .describe('Texts whose vectors the result rests on, kept ones too; not part of tokens and money.')
    .exactOptional(),
});
