// What `assay.yml` may say of models and documents; where a model is and its key are no matter of the file.
import { z } from 'zod';
import { MODEL_PROVIDERS } from '#domain/model.ts';
import { Globs, Level, OneLine } from './policy-pieces.ts';

const ModelId = OneLine.max(200);
const Provider = z.enum(MODEL_PROVIDERS);
const Dollars = z.number().min(0).max(10_000);

export const ModelSection = z
  .strictObject({
    provider: Provider.describe(
      'Whose interface it speaks. Its address and key come from the environment or the job, never from this file.',
    ).optional(),
    name: ModelId.describe("The provider's name of the model.").optional(),
    judge: z
      .enum(['builtin', 'model', 'auto'])
      .describe('Who decides; auto: the model only where the built-in judge is unsure (default: auto).')
      .optional(),
    dismiss: z
      .strictObject({
        below: Level.describe(
          'A dismissal by a model counts for findings below this severity (default: high).',
        ).optional(),
        confidence: z
          .number()
          .min(0)
          .max(1)
          .describe('… and from this confidence on (default: 0.8).')
          .optional(),
      })
      .describe("What the gate makes of a dismissal that rests on a model's checked claims.")
      .optional(),
    budget: z
      .strictObject({
        tokens: z
          .int()
          .min(0)
          .max(1_000_000_000)
          .describe('Tokens of one run (default: 2000000).')
          .optional(),
        money: z
          .number()
          .min(0)
          .max(100_000)
          .describe('US dollars of one run (default: no limit).')
          .optional(),
        findings: z
          .int()
          .min(0)
          .max(100_000)
          .describe('Findings asked about in one run (default: 300).')
          .optional(),
      })
      .describe('What one run may spend, on the most severe findings first.')
      .optional(),
    rounds: z
      .int()
      .min(0)
      .max(4)
      .describe('Times that it is shown more code that it asked for (default: 2).')
      .optional(),
    concurrency: z.int().min(1).max(32).describe('Requests at a time (default: 4).').optional(),
    evidence_tokens: z
      .int()
      .min(500)
      .max(100_000)
      .describe('Evidence of one finding, in tokens, about (default: 6000).')
      .optional(),
    explain: z.boolean().describe('Explain findings that are decided without it (default: true).').optional(),
    patches: z
      .union([z.enum(['shown', 'all', 'none']), z.boolean()])
      .describe(
        'Propose patches: for what blocks or will be a comment, for all that is open, or for nothing (default: shown). true is shown, false is none.',
      )
      .optional(),
    price: z
      .strictObject({
        input: Dollars.describe('A million tokens that are sent.'),
        cached: Dollars.describe(
          '… of them a million from its prefix cache (default: like input).',
        ).optional(),
        output: Dollars.describe('A million tokens that come back.'),
      })
      .describe(
        'What this model costs, in US dollars; for names that Assay has no price for, such as deployments on Azure.',
      )
      .optional(),
  })
  .superRefine(({ provider, name, price }, context) => {
    if (price !== undefined && name === undefined) {
      context.addIssue({ code: 'custom', message: 'expected price together with provider and name' });
    }
    if ((provider === undefined) !== (name === undefined)) {
      context.addIssue({ code: 'custom', message: 'expected provider and name together' });
    }
  })
  .describe('The language model that is asked where the built-in judge is unsure.');

export const KnowledgeSection = z
  .strictObject({
    paths: Globs.describe(
      "The team's own documents, Markdown or text (default: SECURITY.md, docs/security/** and .assay/knowledge/**).",
    ).optional(),
    embeddings: z
      .strictObject({
        provider: Provider.describe('Whose interface it speaks.'),
        name: ModelId.describe("The provider's name of the model."),
        price: Dollars.describe('US dollars for a million tokens (default: not known).').optional(),
      })
      .describe('The model that finds passages by meaning (default: by words alone).')
      .optional(),
  })
  .describe('What is known besides the code.');
