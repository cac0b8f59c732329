// The rules of GitLab's security report 15.0.7 for SAST, as far as Assay writes it (platforms B6; GitLab's own schema is wider).
import * as z from 'zod';

const filled = z.string().min(1);
const webAddress = z.string().regex(/^https?:\/\/.+/);
/** UTC, to the second. */
const moment = z.string().regex(/^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}$/);

const program = z.strictObject({
  id: filled,
  name: filled,
  version: filled,
  vendor: z.strictObject({ name: filled }),
});

const scan = z.strictObject({
  analyzer: program,
  scanner: program,
  type: z.literal('sast'),
  start_time: moment,
  end_time: moment,
  status: z.enum(['success', 'failure']),
  messages: z.array(z.strictObject({ level: z.enum(['info', 'warn', 'fatal']), value: filled })),
});

const identifier = z.strictObject({
  type: filled,
  name: filled,
  value: filled,
  url: webAddress.exactOptional(),
});

const trackedItem = z.strictObject({
  file: z.string(),
  start_line: z.int(),
  end_line: z.int(),
  signatures: z.array(z.strictObject({ algorithm: z.literal('hash'), value: filled })).min(1),
});

const vulnerability = z.strictObject({
  id: z.uuid(),
  name: z.string().max(255),
  description: z.string().max(1_048_576).describe('GitLab Flavored Markdown.'),
  severity: z.enum(['Info', 'Unknown', 'Low', 'Medium', 'High', 'Critical']),
  solution: z.string().max(7_000).exactOptional(),
  identifiers: z.array(identifier).min(1).max(20).describe('The first one is what GitLab groups by.'),
  location: z.strictObject({ file: z.string(), start_line: z.int(), end_line: z.int() }),
  tracking: z.strictObject({ type: z.literal('source'), items: z.array(trackedItem) }),
  flags: z
    .array(
      z.strictObject({
        type: z.literal('flagged-as-likely-false-positive'),
        origin: filled,
        description: filled,
      }),
    )
    .exactOptional(),
});

const report = z.strictObject({
  version: z.literal('15.0.7'),
  scan,
  vulnerabilities: z.array(vulnerability),
});

export type GitLabSastReport = z.infer<typeof report>;
export type GitLabVulnerability = z.infer<typeof vulnerability>;

/** The published JSON Schema (docs/schema/gitlab-sast-15.0.7.schema.json). */
export function gitLabSastJsonSchema(): Record<string, unknown> {
  return {
    title: 'What Assay writes of a GitLab SAST report, version 15.0.7',
    ...z.toJSONSchema(report, { target: 'draft-2020-12' }),
  };
}
