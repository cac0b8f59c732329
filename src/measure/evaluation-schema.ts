// The JSON Schema of `eval.json`, schemaVersion 1: for tools that read what was measured. `evaluation.ts` has the same shape as types.
import * as z from 'zod';
import { MODEL_FAILURES } from '#domain/model.ts';
import { VERDICT_LABELS } from '#domain/verdict.ts';

const count = z.int().min(0);
const figure = z.number().nullable().describe('Null where it says nothing.');
const label = z.enum(VERDICT_LABELS);
const file = z.strictObject({ name: z.string(), sha256: z.string().regex(/^[0-9a-f]{64}$/) });

const set = z.strictObject({
  name: z.string(),
  reports: z.array(file),
  labels: file,
  labelled: count.describe('Labels that a result answers to.'),
  real: count,
  unlabelled: count.describe('Results without a label: judged like the others, and in no figure.'),
  missing: count.describe('Labels that no result answers to.'),
});

const finding = z.strictObject({
  ...{ key: z.string(), set: z.string(), path: z.string(), line: z.number(), ruleId: z.string() },
  ...{ tool: z.string(), cwe: z.string().nullable(), language: z.string().nullable(), isReal: z.boolean() },
});

const estimate = z
  .strictObject({ value: figure, low: figure, high: figure })
  .describe('low and high: the ends of its 95 % interval.');
const share = z.strictObject({ value: figure, low: figure, high: figure, count, of: count });
const labels = z.strictObject({ false_positive: count, needs_review: count, true_positive: count });

const binary = z.strictObject({
  ...{ truePositives: count, falsePositives: count, trueNegatives: count, falseNegatives: count },
  ...{ precision: share, recall: share, falsePositiveRate: share, f1: estimate, mcc: estimate },
  youden: estimate,
});

const figures = z.strictObject({
  ...{ findings: count, real: count, notReal: count },
  confusion: z.strictObject({ real: labels, notReal: labels }),
  decided: share,
  falseDismissals: share.describe('Real findings that were dismissed, of the real ones.'),
  wrongDismissals: share.describe('Dismissed findings that are real, of the dismissed ones.'),
  noiseRemoved: share.describe('Findings that are not real and were dismissed, of those that are not.'),
  gate: binary.describe('As the gate sees it: needs review is kept.'),
  definite: binary.describe('Over the findings with a definite verdict alone.'),
});
const groups = z.array(z.strictObject({ name: z.string(), figures }));

const bin = z.strictObject({
  ...{ from: z.number(), to: z.number(), count, meanConfidence: figure, right: figure },
});
const measurement = z.strictObject({
  ...{ overall: figures, bySet: groups, byCwe: groups, byLanguage: groups, byTool: groups },
  reliability: z.strictObject({ ece: figure, brier: figure, bins: z.array(bin) }),
});

const cost = z.strictObject({
  ...{ asked: count, answered: count, notAsked: count },
  failures: z.partialRecord(z.enum(MODEL_FAILURES), count),
  tokens: z.strictObject({ input: count, cached: count, output: count }),
  money: z.number().min(0).nullable().describe('US dollars; null when no price is known.'),
});

const verdict = z.strictObject({
  ...{ key: z.string(), verdict: label, confidence: z.number(), reason: z.string() },
  by: z.enum(['builtin', 'model', 'policy', 'human']),
});

const subject = z.strictObject({
  name: z.string().describe('builtin, provider/name, or provider/name (auto).'),
  judge: z.enum(['builtin', 'model', 'auto']),
  model: z.string().nullable(),
  measurement,
  cost: cost
    .nullable()
    .describe('What the answers cost when they were given; null where no model was asked.'),
  judged: count.describe('Findings judged, labelled or not.'),
  prompts: z.array(z.string()),
  verdicts: z.array(verdict),
});

const differences = z.strictObject({
  ...{ precision: figure, recall: figure, f1: figure, mcc: figure, youden: figure, decided: figure },
  falseDismissals: z.number(),
});

const part = z.strictObject({
  ...{ part: z.string(), differences, changed: count, better: count, worse: count },
});

const change = z.strictObject({
  ...{ key: z.string(), path: z.string(), line: z.number(), ruleId: z.string(), isReal: z.boolean() },
  ...{ before: label, after: label, effect: z.enum(['better', 'worse']), isNewFalseDismissal: z.boolean() },
});

const comparison = z.strictObject({
  ...{ subject: z.string(), against: z.string(), common: count, added: count, gone: count },
  ...{ changes: z.array(change), differences, regressions: z.array(z.string()) },
});

const evaluation = z.strictObject({
  schemaVersion: z.literal(1),
  tool: z.strictObject({ name: z.literal('assay'), version: z.string() }),
  sets: z.array(set),
  findings: z.array(finding),
  subjects: z.array(subject).describe('Best first: fewest false dismissals, then the highest MCC.'),
  ablations: z.array(z.strictObject({ subject: z.string(), parts: z.array(part) })),
  comparison: z
    .strictObject({ tolerance: z.number(), subjects: z.array(comparison) })
    .nullable()
    .describe('Null without --compare.'),
  notices: z.array(z.string()),
});

/** The published JSON Schema (docs/schema/assay-eval.schema.json). */
export function evaluationJsonSchema(): Record<string, unknown> {
  return {
    title: 'Measured verdicts of Assay (eval.json), schemaVersion 1',
    ...z.toJSONSchema(evaluation, { target: 'draft-2020-12' }),
  };
}
