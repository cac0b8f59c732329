// What a model may answer when it is asked for a patch: exact old texts and new ones, never a diff, never a line number.
import { z } from 'zod';
import { parseJsonStrictly } from '#support/parse-json-strictly.ts';

/** Replaces the one place of `file` where `old` stands. All three are outside text. */
export interface ModelEdit {
  readonly file: string;
  /** Exact text of the file as the model was shown it, with LF. */
  readonly old: string;
  readonly new: string;
}

/** `edits` is empty where the model proposes nothing; `why` is outside text. */
export interface PatchAnswer {
  readonly edits: readonly ModelEdit[];
  readonly why: string;
}

export type ParsedPatchAnswer =
  | { readonly kind: 'value'; readonly value: PatchAnswer }
  /** `why` is a sentence with nothing of the answer in it: it may stand in the next prompt. */
  | { readonly kind: 'invalid'; readonly why: string };

export const MAX_EDITS = 5;
/** Characters of a reason. */
export const MAX_WHY = 500;
/** Characters of a text that is replaced, or that comes: more than the patch policy lets through. */
const MAX_TEXT = 20_000;
const MAX_PATH = 1_000;
/** Characters of the whole answer, everything in it escaped. */
const MAX_ANSWER = 2 * MAX_EDITS * 2 * MAX_TEXT;

const edit = z.strictObject({
  file: z.string().max(MAX_PATH).describe('The file of the finding, exactly as it was given.'),
  old: z
    .string()
    .max(MAX_TEXT)
    .describe(
      'Exact text of the file; it must stand there once. Take more lines where it stands more often.',
    ),
  new: z.string().max(MAX_TEXT).describe('What stands there afterwards.'),
});

const answer = z.strictObject({
  id: z.string().max(200).describe('The id of the finding, exactly as it was given.'),
  edits: z.array(edit).max(MAX_EDITS).describe('Empty when no safe change can be proposed.'),
  why: z
    .string()
    .max(MAX_WHY)
    .describe('One or two sentences on what the change does, or why there is none.'),
});

/** JSON schema for the provider. Lengths are left out, since some providers refuse them; they are checked when the answer is here. */
export const PATCH_SCHEMA: { readonly name: string; readonly json: Readonly<Record<string, unknown>> } = {
  name: 'patch',
  json: z.toJSONSchema(answer, {
    override: ({ jsonSchema }) => {
      delete jsonSchema.maxLength;
    },
  }),
};

/** One finding, one answer: any other id than `opaqueId` is refused (security R2, R3). Never throws for any text. */
export function parsePatchAnswer(text: string, opaqueId: string): ParsedPatchAnswer {
  const json = parseJsonStrictly(text, MAX_ANSWER);
  if (json.kind === 'invalid') return json;
  const checked = answer.safeParse(json.value);
  if (!checked.success) return invalid(schemaProblem(checked.error));
  const { id, edits, why } = checked.data;
  if (id !== opaqueId)
    return invalid('The answer is not about the finding that was asked about: its id is another.');
  if (edits.some((one) => !one.old.isWellFormed() || !one.new.isWellFormed()) || !why.isWellFormed())
    return invalid('The answer holds half of a character.');
  return { kind: 'value', value: { edits, why } };
}

function invalid(why: string): ParsedPatchAnswer {
  return { kind: 'invalid', why };
}

/** Where, by names of ours and numbers; names that the model made up are not repeated. */
function schemaProblem({ issues }: z.ZodError): string {
  const [issue] = issues;
  if (issue === undefined) return 'The answer does not follow the schema.';
  const place = issue.path.length === 0 ? 'The answer' : `In the answer, ${issue.path.join('.')}`;
  if (issue.code === 'unrecognized_keys') return `${place} has keys that the schema does not know.`;
  if (issue.code === 'too_big') return `${place} is longer than ${issue.maximum}.`;
  return `${place} is missing or of another type than the schema says.`;
}
