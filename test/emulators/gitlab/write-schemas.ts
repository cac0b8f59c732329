// What each write of the GitLab emulator may hold; anything else is refused and noted, where GitLab itself would look away.
import { z } from 'zod';

/** Grape takes what forms can say: digits for a number, `true` for a truth, and nothing for an empty field. */
const blankIsAbsent = (value: unknown): unknown => (value === '' ? undefined : value);
const integer = z.preprocess(
  (value) =>
    typeof value === 'string' && /^-?\d+$/.test(value) ? Number(value) : (blankIsAbsent(value) ?? undefined),
  z.int().optional(),
);
const truth = z.preprocess(
  (value) => (value === 'true' ? true : value === 'false' ? false : value),
  z.boolean(),
);
const text = z.preprocess((value) => (typeof value === 'number' ? String(value) : value), z.string());
const words = text.nullish();

const lineEnd = z.strictObject({
  line_code: words,
  type: z.enum(['new', 'old', 'expanded']).nullish(),
  old_line: integer,
  new_line: integer,
});

const position = z.strictObject({
  base_sha: text,
  start_sha: text,
  head_sha: text,
  position_type: z.enum(['text', 'file']),
  old_path: words,
  new_path: words,
  old_line: integer,
  new_line: integer,
  line_range: z.strictObject({ start: lineEnd, end: lineEnd }).optional(),
});
export type SentPosition = z.infer<typeof position>;

export const discussionFields = z.strictObject({ body: text, position: position.optional() });
export const replyFields = z.strictObject({ body: text });
export const resolveFields = z.strictObject({ resolved: truth });
export const threadNoteFields = z.strictObject({
  body: text.optional(),
  resolved: truth.optional(),
});
export const noteFields = z.strictObject({ body: text, internal: truth.optional() });
export const draftFields = z.strictObject({
  note: text,
  position: position.optional(),
  in_reply_to_discussion_id: words,
  resolve_discussion: truth.optional(),
});
export const draftEditFields = z.strictObject({ note: text });
export const noFields = z.strictObject({});
export const statusFields = z.strictObject({
  state: z.enum(['pending', 'running', 'success', 'failed', 'canceled', 'skipped']),
  ref: words,
  name: words,
  context: words,
  target_url: words,
  description: words,
  coverage: z.preprocess(
    (value) => (typeof value === 'string' ? Number(value) : value),
    z.number().optional(),
  ),
  pipeline_id: integer,
});

export type ReadFields<Fields> =
  | { readonly kind: 'read'; readonly fields: Fields }
  /** Grape's sentence, for example `position[base_sha] is missing, position[start_sha] is missing`. */
  | { readonly kind: 'refused'; readonly error: string };

export function readFields<Fields>(schema: z.ZodType<Fields>, sent: unknown): ReadFields<Fields> {
  const read = schema.safeParse(sent);
  if (read.success) return { kind: 'read', fields: read.data };
  return {
    kind: 'refused',
    error: read.error.issues.flatMap((issue) => sentences(issue, sent)).join(', '),
  };
}

function sentences(issue: z.core.$ZodIssue, sent: unknown): string[] {
  const name = nameOf(issue.path);
  if (issue.code === 'unrecognized_keys') {
    return issue.keys.map((key) => `${nameOf([...issue.path, key])} is no parameter of this endpoint`);
  }
  let value: unknown = sent;
  for (const step of issue.path) value = (value as Record<PropertyKey, unknown> | undefined)?.[step];
  if (value === undefined) return [`${name} is missing`];
  return [issue.code === 'invalid_value' ? `${name} does not have a valid value` : `${name} is invalid`];
}

const nameOf = ([first, ...rest]: readonly PropertyKey[]): string =>
  String(first) + rest.map((step) => `[${String(step)}]`).join('');

/** `position[new_line]` of a form as `{position: {new_line}}`. */
export function nestFields(flat: Readonly<Record<string, unknown>>): Record<string, unknown> {
  const nested: Record<string, unknown> = {};
  for (const [key, value] of Object.entries(flat)) {
    const steps = key.split(/\]?\[|\]$/).filter((step, at) => step !== '' || at === 0);
    let target = nested;
    for (const step of steps.slice(0, -1)) {
      const inner = (target[step] ?? {}) as Record<string, unknown>;
      target[step] = inner;
      target = inner;
    }
    target[steps.at(-1) ?? key] = value;
  }
  return nested;
}
