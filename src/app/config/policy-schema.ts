// What `assay.yml` may hold: the one definition behind the checks, the editor schema and docs/configuration.md.
import { z } from 'zod';
import { VERDICT_LABELS } from '#domain/verdict.ts';
import { DEFAULT_RULE_NAME } from '../../gate/rules-in-force.ts';
import { dayNumber } from '../../support/calendar-day.ts';
import { DEPENDENCY_CONDITIONS, DependencySection } from './dependency-policy-schema.ts';
import { KnowledgeSection, ModelSection } from './model-policy-schema.ts';
import { Cwe, Glob, Globs, Level, OneLine, RuleId } from './policy-pieces.ts';

/** Reviews with more than about 30 comments were refused or half stored by GitHub (platforms A1). */
const MOST_INLINE = 30;
export const DEFAULT_INLINE_LIMIT = 20;

const Rule = z
  .strictObject({
    name: OneLine.max(64).describe(
      `Shown in reasons. The name "${DEFAULT_RULE_NAME}" adjusts the built-in rule.`,
    ),
    severity: Level.describe('Blocks findings of this severity or worse.').optional(),
    cwe: z
      .array(Cwe)
      .min(1)
      .max(200)
      .describe('Blocks findings of one of these CWEs, or below them in the CWE tree.')
      .optional(),
    scope: z
      .array(z.enum(['new', 'changed', 'existing']))
      .min(1)
      .max(3)
      .describe('Blocks findings that stand so to the change. Left out: any that the run looks at.')
      .optional(),
    verdict: z
      .array(z.enum(VERDICT_LABELS))
      .min(1)
      .max(3)
      .describe('Blocks findings with one of these verdicts. Left out: true_positive and needs_review.')
      .optional(),
    confidence: z
      .number()
      .min(0)
      .max(1)
      .describe('Blocks only when the lower bound of the confidence is at least this.')
      .optional(),
    paths: z
      .array(Glob)
      .min(1)
      .max(200)
      .describe('Blocks findings in files that match one of these.')
      .optional(),
    tools: z
      .array(OneLine.max(100))
      .min(1)
      .max(100)
      .describe('Blocks findings that one of these tools reports; case does not count.')
      .optional(),
    ...DEPENDENCY_CONDITIONS,
  })
  .superRefine((rule, context) => {
    if (rule.name === DEFAULT_RULE_NAME || Object.keys(rule).length > 1) return;
    context.addIssue({
      code: 'custom',
      message:
        'the rule states no condition, so it would block everything: add severity, cwe, scope, verdict, confidence, paths, tools or one on dependencies',
    });
  })
  .describe('Blocks a finding when every condition that it states holds.');

const Gate = z
  .strictObject({
    mode: z
      .enum(['enforce', 'report'])
      .describe('"report" never fails the pipeline and says what would have (default: enforce).')
      .optional(),
    rules: z
      .array(Rule)
      .min(1)
      .max(100)
      .superRefine(refuseSameNames)
      .describe(
        'Left out: the default rule alone, which blocks new findings of severity high or worse that are real or undecided.',
      )
      .optional(),
  })
  .describe('When the change may not merge.');

const Waiver = z
  .strictObject({
    id: z
      .string()
      .regex(/^[0-9a-f]{16}$/, {
        error: 'expected a finding id: 16 hexadecimal digits, as the table and assay.json show them',
      })
      .describe('The finding to waive.')
      .optional(),
    rule: RuleId.describe('The rule to waive, together with path.').optional(),
    path: Glob.describe('Where to waive it, together with rule.').optional(),
    reason: OneLine.max(500).describe('Why this may stay; shown with every finding it waives.'),
    owner: OneLine.max(100).describe('Who answers for it.'),
    expires: z
      .string()
      .refine((day) => dayNumber(day) !== null, { error: 'expected a day of the calendar, as YYYY-MM-DD' })
      .describe('Last day it holds, YYYY-MM-DD, UTC.'),
  })
  .superRefine(({ id, rule, path }, context) => {
    const [byId, byRule] = [id !== undefined, rule !== undefined || path !== undefined];
    if (byId === byRule || (byRule && (rule === undefined || path === undefined))) {
      context.addIssue({ code: 'custom', message: 'expected either id, or rule and path together' });
    }
  })
  .meta({ oneOf: [{ required: ['id'] }, { required: ['rule', 'path'] }] })
  .describe('Accepts one finding, or one rule in one place, until a day.');

const SeverityChange = z
  .strictObject({
    rule: RuleId.optional(),
    cwe: Cwe.optional(),
    path: Glob.optional(),
    level: Level.describe('The severity that such findings get.'),
  })
  .superRefine(({ rule, cwe, path }, context) => {
    if (rule === undefined && cwe === undefined && path === undefined) {
      context.addIssue({ code: 'custom', message: 'expected at least one of rule, cwe and path' });
    }
  })
  .meta({ anyOf: [{ required: ['rule'] }, { required: ['cwe'] }, { required: ['path'] }] })
  .describe('Sets the severity of findings that match everything given here.');

export const PolicySchema = z
  .strictObject({
    version: z.literal(1).describe('Version of this format.'),
    language: z
      .enum(['en', 'zh-CN'])
      .describe('Language of comments and summaries (default: en).')
      .optional(),
    scope: z
      .enum(['new', 'changed', 'all'])
      .describe('Which findings to look at (default: new with a base or a baseline, else all).')
      .optional(),
    gate: Gate.optional(),
    waivers: z.array(Waiver).max(1000).describe('Findings that the team accepts for now.').optional(),
    severity: z
      .array(SeverityChange)
      .max(500)
      .describe('Other severities than the scanners give; the first entry that fits counts.')
      .optional(),
    ignore: Globs.describe(
      'Paths whose results are no findings for this team; they are counted, not shown.',
    ).optional(),
    never_dismiss: z
      .array(Cwe)
      .max(500)
      .describe('CWEs (and those below them) that only a person may call a false positive.')
      .optional(),
    policy_paths: z
      .strictObject({
        tests: Globs.describe('Test code.').optional(),
        generated: Globs.describe('Generated code.').optional(),
        vendored: Globs.describe("Other people's code kept in this repository.").optional(),
      })
      .describe('Paths whose findings are dismissed as false positives by policy.')
      .optional(),
    suppressions: z
      .strictObject({
        accept_external: z
          .boolean()
          .describe(
            "Honour suppressions kept outside the source, in the scanner's own store (default: false).",
          )
          .optional(),
      })
      .describe('Which suppressions of a report are honoured.')
      .optional(),
    comments: z
      .strictObject({
        limit: z
          .int()
          .min(0)
          .max(MOST_INLINE)
          .describe(
            `Comments on lines and files at most, the most severe first; the others stand in the summary (default: ${DEFAULT_INLINE_LIMIT}).`,
          )
          .optional(),
        dismissed: z
          .enum(['inline', 'listed'])
          .describe('False positives: a comment each, or only listed in the summary (default: listed).')
          .optional(),
        needs_review: z
          .enum(['inline', 'listed'])
          .describe('Findings that a person has to decide: a comment each, or only listed (default: inline).')
          .optional(),
        summary: z
          .enum(['auto', 'always', 'never'])
          .describe('The summary comment; auto: when there is something to say (default: auto).')
          .optional(),
      })
      .describe('What is said on the pull or merge request.')
      .optional(),
    status: z
      .enum(['auto', 'check', 'status', 'none'])
      .describe(
        "What says the gate's answer beside the commit: a check run with annotations, a commit status, the best that the token may do, or nothing (default: auto).",
      )
      .optional(),
    code_scanning: z
      .strictObject({
        upload: z
          .boolean()
          .describe('Upload the judged findings to GitHub code scanning (default: false).')
          .optional(),
        dismiss_false_positives: z
          .boolean()
          .describe(
            'Dismiss alerts of other tools in code scanning that a checked false positive stands for (default: false).',
          )
          .optional(),
      })
      .describe('GitHub code scanning.')
      .optional(),
    model: ModelSection.optional(),
    knowledge: KnowledgeSection.optional(),
    dependencies: DependencySection.optional(),
  })
  .describe("Assay's policy for one repository, read from the tip of the base branch.");

export type PolicyDocument = z.infer<typeof PolicySchema>;

function refuseSameNames(rules: readonly { name: string }[], context: z.RefinementCtx): void {
  for (const [index, { name }] of rules.entries()) {
    if (rules.findIndex((rule) => rule.name === name) < index) {
      context.addIssue({
        code: 'custom',
        message: 'another rule has this name already',
        path: [index, 'name'],
      });
    }
  }
}

/** The JSON Schema (draft 2020-12) for editors: docs/schema/assay-config.schema.json. */
export function policyJsonSchema(): Record<string, unknown> {
  return { title: 'assay.yml', ...z.toJSONSchema(PolicySchema, { io: 'input' }) };
}
