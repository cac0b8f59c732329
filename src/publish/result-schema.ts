// The schema of assay.json, schemaVersion 1: what other tools may rely on, and how Assay reads its own results back.
import * as z from 'zod';
import { AssayError } from '#domain/errors.ts';
import { ODDITIES } from '#domain/odd-name.ts';
import type { ResultDocument } from '#domain/result-document.ts';
import { SEVERITIES } from '#domain/severity.ts';
import { VERDICT_LABELS } from '#domain/verdict.ts';
import { dependency } from './dependency-schema.ts';
import { modelOpinion, modelUse } from './opinion-schema.ts';
import { patch, patchCheck, patchOrigin } from './patch-schema.ts';

const count = z.int().min(0);
const line = z.int().min(1).describe('1-based.');
const column = z
  .int()
  .min(1)
  .nullable()
  .describe('1-based, in UTF-16 code units; null when the report gives none.');
const severity = z.enum(SEVERITIES);
const label = z.enum(VERDICT_LABELS);

const resultRef = {
  input: count.describe('Index into run.inputs.'),
  run: count.describe("Index into that file's runs."),
  index: count.describe("Index into that run's results."),
};

const place = z.strictObject({
  path: z
    .string()
    .describe('Relative to the repository root with "/", when resolved; else what the report says.'),
  startLine: line,
  startColumn: column,
  endLine: line,
  endColumn: column.describe('Exclusive.'),
  resolved: z
    .boolean()
    .describe('Whether the path is a file of the repository at head and the lines exist in it.'),
  wholeFile: z
    .literal(true)
    .exactOptional()
    .describe('The report names the file and no place in it; line 1 only stands for that.'),
  why: z.string().nullable().describe('What failed, when it is not resolved.'),
});

const step = z.strictObject({ location: place, message: z.string().nullable() });

const citation = z.strictObject({
  path: z.string(),
  startLine: line,
  endLine: line,
  quote: z.string().describe('The text of these lines at head, capped; secrets in it are redacted.'),
});

const reason = z.strictObject({
  code: z
    .enum([
      ...([
        'FP.const',
        'FP.sanitized',
        'FP.unreachable',
        'FP.safe-api',
        'FP.wrong-class',
        'FP.policy',
      ] as const),
      ...(['FP.model.sanitised', 'FP.model.guarded', 'FP.model.constant'] as const),
      ...(['FP.model.safe-api', 'FP.model.unreachable'] as const),
      ...(['FP.sca.absent', 'FP.sca.not-imported', 'FP.sca.part-not-imported', 'FP.sca.not-called'] as const),
      ...(['TP.misuse', 'TP.flow.remote', 'TP.model', 'TP.sca.called', 'TP.licence'] as const),
      ...(['REV.sca.unknown', 'REV.sca.dev-only', 'REV.sca.symbols', 'REV.licence'] as const),
      ...([
        'REV.language',
        'REV.unresolved',
        'REV.parse',
        'REV.no-sink',
        'REV.unknown',
        'REV.param',
      ] as const),
      ...(['REV.too-large', 'REV.weakness', 'REV.never-dismiss', 'REV.conflict'] as const),
      ...(['REV.model', 'REV.error'] as const),
    ])
    .describe('Stable: other tools may key on it.'),
  text: z.string(),
  citations: z.array(citation).describe('Never empty for true and false positives.'),
});

const verdict = z.strictObject({
  label,
  confidence: z.number().min(0).max(1).describe('Share of such verdicts that were right when measured.'),
  confidenceLowerBound: z.number().min(0).max(1).describe('Lower end of the 95 % interval of that share.'),
  by: z.enum(['builtin', 'model', 'policy', 'human']),
  reasons: z.array(reason).min(1),
  model: modelOpinion.exactOptional().describe('What a model said, and what became of it.'),
});

const toolReport = z.strictObject({
  name: z.string(),
  version: z.string().nullable(),
  ruleId: z.string(),
  ruleName: z.string().nullable(),
  rawSeverity: z
    .string()
    .describe('As the tool wrote it: security-severity when there is one, else the level.'),
  precision: z.string().nullable(),
  results: z.array(z.strictObject(resultRef)),
});

const knowledgeReference = z.strictObject({
  label: z.string(),
  title: z.string().describe('Headings from the top down.'),
  commit: z.string().nullable().describe('The commit that it was read at; null for a working tree.'),
  path: z.string(),
  anchor: z.string().nullable(),
  line: line.nullable(),
});

const oddName = z.strictObject({
  name: z.string().describe('Outside text: the name, or the line around what is hidden.'),
  path: z.string(),
  line,
  oddity: z.enum(ODDITIES),
  characters: z.array(z.string()).describe('Code points that make it odd: U+0440.'),
});

const finding = z.strictObject({
  id: z
    .string()
    .regex(/^[\w.-]{1,64}$/)
    .describe('Unique in a run; stable under inserted lines, re-indentation and renames known to git.'),
  fingerprints: z
    .record(z.string(), z.string())
    .describe("assay/v1 holds no path, assayPath/v1 does; the tools' own follow."),
  kind: z.enum(['sast', 'sca', 'licence']),
  ruleId: z.string(),
  tools: z.array(toolReport).min(1),
  cwe: z.array(z.int().min(0)),
  severity,
  message: z.string().describe("The tool's own words: outside text, escape it wherever it is shown."),
  location: place,
  flow: z.array(step).describe('From source to sink.'),
  related: z.array(step),
  scope: z.strictObject({ state: z.enum(['new', 'changed', 'existing']), why: z.string() }),
  suppression: z.strictObject({ kind: z.string(), honoured: z.boolean(), why: z.string() }).nullable(),
  baselineState: z.string().nullable().describe("The report's own word; shown, never trusted."),
  verdict: verdict.nullable().describe('Null when the finding is out of the asked scope.'),
  rootCause: z.string().nullable(),
  remediation: z
    .string()
    .nullable()
    .describe('How it is mended; null where nothing is known or nothing is to mend.'),
  knowledge: z
    .array(knowledgeReference)
    .exactOptional()
    .describe("The team's own documents on its weakness."),
  oddNames: z
    .array(oddName)
    .exactOptional()
    .describe(
      'Names in its code that may not be what they look like: a note for readers that decided nothing.',
    ),
  patch: patch
    .nullable()
    .describe(
      'A change that was proved: applied, within the patch policy, parsed again, judged again; not built, not tested.',
    ),
  refusedPatches: z.array(
    z.strictObject({ origin: patchOrigin, tool: z.string().nullable(), failed: patchCheck, why: z.string() }),
  ),
  gate: z.strictObject({
    effect: z.enum(['blocks', 'allowed', 'waived', 'suppressed', 'out_of_scope']),
    why: z.string(),
  }),
  dependency: dependency.exactOptional().describe('Of findings of kind sca and licence.'),
});

const fault = z.strictObject({
  kind: z.enum(['unreadable', 'truncated', 'unsupported']),
  message: z.string(),
  byteOffset: count.nullable(),
});

const input = z.strictObject({
  name: z.string(),
  sha256: z.string(),
  bytes: count,
  kind: z.string(),
  tools: z.array(z.strictObject({ name: z.string(), version: z.string().nullable() })),
  runs: count,
  results: count,
  fault: fault.nullable(),
  notices: z.array(z.string()),
});

const run = z.strictObject({
  tool: z.strictObject({ name: z.literal('assay'), version: z.string() }),
  category: z.string().nullable(),
  inputs: z.array(input),
  base: z.string().nullable().describe('Tip of the base ref: where the configuration comes from.'),
  mergeBase: z.string().nullable(),
  head: z.string().nullable().describe('Null when the sources were the working tree.'),
  scope: z.string(),
  config: z.strictObject({
    source: z.enum(['defaults', 'base', 'commit', 'file', 'working_tree']),
    description: z.string(),
    sha256: z.string().nullable(),
  }),
  language: z.enum(['en', 'zh-CN']).describe('Of the reasons and root causes.'),
  judge: z.string(),
  model: z.string().nullable(),
  prompts: z.array(z.string()),
  modelUse: modelUse.exactOptional(),
});

const result = z.strictObject({
  ...resultRef,
  tool: z.string(),
  ruleId: z.string().nullable(),
  path: z.string().nullable(),
  line: z.int().nullable(),
  disposition: z.enum(['finding', 'duplicate', 'not_a_finding', 'rejected']),
  why: z.string(),
  findingId: z.string().nullable(),
  verdict: label.nullable(),
});

const accounting = z
  .strictObject({
    in: count,
    findings: count,
    duplicates: count,
    notFindings: count,
    rejected: count,
    judged: count,
    outOfScope: count,
    truePositives: count,
    falsePositives: count,
    needsReview: count,
    suppressed: count,
    waived: count,
  })
  .describe('in = findings + duplicates + notFindings + rejected; findings = judged + outOfScope.');

const spoken = z.strictObject({ code: z.string(), text: z.string() });

const resultDocument = z.strictObject({
  schemaVersion: z.literal(1),
  run,
  results: z.array(result).describe('Every incoming result and what became of it.'),
  findings: z.array(finding),
  accounting,
  decision: z.strictObject({
    outcome: z.enum(['passed', 'failed', 'unfinished']),
    mode: z.enum(['enforce', 'report']),
    reasons: z.array(spoken),
  }),
  notices: z.array(spoken),
});

/** The published JSON Schema (docs/schema/assay-result.schema.json). */
export function resultJsonSchema(): Record<string, unknown> {
  return {
    title: 'Result of Assay (assay.json), schemaVersion 1',
    ...z.toJSONSchema(resultDocument, { target: 'draft-2020-12' }),
  };
}

/**
 * Reads `assay.json` back. `name` is what the user called the file, for messages.
 * @throws AssayError `input` when it is no JSON, of another version, or not of the schema; the message names the first wrong field.
 */
export function parseResult(text: string, name = 'assay.json'): ResultDocument {
  const value = parseJson(text, name);
  const version =
    typeof value === 'object' && value !== null && 'schemaVersion' in value ? value.schemaVersion : null;
  if (version !== 1) {
    throw new AssayError('input', `${name} is no result of Assay that this version reads.`, {
      hint: `It has ${version === null ? 'no schemaVersion' : `schemaVersion ${JSON.stringify(version)}`}; expected is 1, as assay triage writes it to assay.json.`,
    });
  }
  const parsed = resultDocument.safeParse(value);
  if (parsed.success) return parsed.data;
  const [issue] = parsed.error.issues;
  const where = issue === undefined || issue.path.length === 0 ? 'the top level' : issue.path.join('.');
  throw new AssayError(
    'input',
    `${name} is not a valid result: ${where}: ${issue?.message ?? 'unknown fault'}.`,
    {
      hint: 'Was it edited by hand? Run assay triage again to write it anew.',
    },
  );
}

function parseJson(text: string, name: string): unknown {
  try {
    return JSON.parse(text);
  } catch (cause) {
    const why = cause instanceof Error ? cause.message : String(cause);
    throw new AssayError('input', `${name} is not JSON: ${why}.`, {
      hint: 'Give the assay.json that assay triage wrote.',
      cause,
    });
  }
}
