// The shape of publication.json, schemaVersion 1: what became of each finding on the host. The ledger of a run that published.
import * as z from 'zod';
import { stableJson } from '#support/stable-json.ts';

const count = z.int().min(0);
const address = z.string().nullable().describe('On the host; null where there is none.');

const ledgerRow = z.strictObject({
  findingId: z.string(),
  where: z
    .enum(['inline', 'file', 'annotation', 'summary', 'listed', 'files', 'none'])
    .describe(
      'Where a reviewer meets it: a comment at the line, a comment at the file, an annotation of the check run, a row of the summary comment, a row of its folded lists, only the files of the run, or nowhere (out of scope, or nothing was published).',
    ),
  action: z
    .enum(['posted', 'kept', 'edited', 'reopened', 'moved', 'left_to_people', 'none'])
    .describe(
      'What this run did about its comment; left_to_people: somebody edited it, resolved it or answered.',
    ),
  why: z.string().describe('Why it is there and nowhere better.'),
  path: z.string(),
  line: z.int().min(1).nullable().describe('Of the head commit; null when the place is not known.'),
  url: address,
});

const closedRow = z.strictObject({
  findingId: z.string().describe('Of an earlier run.'),
  how: z
    .enum(['resolved', 'minimized', 'edited', 'kept'])
    .describe(
      'How far the rights went; kept: a person has the last word in that thread, or the host refused.',
    ),
  why: z.string(),
  url: address,
});

const summary = z.strictObject({
  action: z.enum(['posted', 'edited', 'kept', 'refused', 'none']),
  url: address,
});

const status = z.strictObject({
  as: z.enum(['check', 'status']).describe('A check run, or a commit status.'),
  action: z.enum(['created', 'updated', 'kept']),
  annotations: count,
  url: address,
});

const codeScanning = z.strictObject({
  parts: count.describe('SARIF files that were to be uploaded.'),
  uploaded: count.describe('Those that the host took and read.'),
  dismissed: count.describe('Alerts dismissed for a checked false positive.'),
});

const counts = z
  .strictObject({
    findings: count,
    inline: count,
    file: count,
    annotation: count,
    summary: count,
    listed: count,
    files: count,
    none: count,
    lost: count.describe('Findings without a row in the ledger; anything but 0 is a fault of Assay.'),
  })
  .describe('findings = inline + file + annotation + summary + listed + files + none + lost.');

const problem = z.strictObject({
  code: z
    .string()
    .describe('Stable: permission, anchor, too_long, rate_limit, locked, moved, unreachable, …'),
  text: z.string(),
  hint: z.string().describe('What to do about it.'),
});

const publication = z.strictObject({
  schemaVersion: z.literal(1),
  host: z.enum(['github', 'gitlab']).nullable().describe('Null when no host was asked for or found.'),
  change: z
    .string()
    .nullable()
    .describe('`owner/repo#7` or `group/project!7`; null without a change request.'),
  url: address,
  head: z.string().nullable().describe('The commit that the comments are about.'),
  self: z.string().nullable().describe('Who spoke: the account of the token.'),
  mode: z
    .enum(['posted', 'dry_run', 'nothing', 'skipped', 'failed', 'partly'])
    .describe(
      'posted: all went out, or stood there already. nothing: there was nothing to say. skipped: nothing may be posted here. failed: nothing went out. partly: the host refused some of it, or posting broke off.',
    ),
  why: z.string().describe('Why it is so, in a sentence.'),
  ledger: z.array(ledgerRow).describe('One row for each finding of the result.'),
  closed: z.array(closedRow).describe('Comments of earlier runs whose finding is gone.'),
  summary,
  status: status.nullable(),
  codeScanning: codeScanning.nullable(),
  counts,
  requests: z.strictObject({ reads: count, writes: count }).nullable().describe('What was sent to the host.'),
  problems: z.array(problem),
});

/** What `publication.json` holds. */
export type PublicationRecord = z.infer<typeof publication>;

/** The published JSON Schema (docs/schema/publication.schema.json). */
export function publicationJsonSchema(): Record<string, unknown> {
  return {
    title: 'Ledger of what Assay published (publication.json), schemaVersion 1',
    ...z.toJSONSchema(publication, { target: 'draft-2020-12' }),
  };
}

/** The text of `publication.json`. @throws ZodError when the record is not of the schema, which is a fault of Assay. */
export function renderPublication(record: PublicationRecord): string {
  return stableJson(publication.parse(record));
}
