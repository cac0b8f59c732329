// What a model wrote → its answers by finding, checked against their shape and nothing else; only we say which finding an answer is for.
import * as z from 'zod';
import type { ModelAnswer } from '#domain/model-answer.ts';
import { replaceInvisible } from '#support/invisible-characters.ts';
import { shorten } from '#support/shorten.ts';
import { answerSchema, type WireAnswer } from './answer-schema.ts';
import { readSingleObject } from './read-single-object.ts';

/** Longest texts, in UTF-16 units; the rest is cut. A quote that long proves no more than its beginning. */
const LONGEST = { prose: 800, says: 300, name: 200, quote: 4000, item: 16 } as const;
/** Answers that are looked at, however many findings were shown. */
const MOST_ANSWERS = 200;
/** Characters that a repair request repeats of what was wrong. */
const LONGEST_WHY = 300;

export type ParsedAnswers =
  | {
      readonly kind: 'answers';
      readonly byId: ReadonlyMap<string, ModelAnswer>;
      /** Opaque id → why there is no answer for it. */
      readonly problems: ReadonlyMap<string, string>;
    }
  | { readonly kind: 'invalid'; readonly why: string };

const answersSchema = z.strictObject({ answers: z.array(z.unknown()).max(MOST_ANSWERS) });
const bearerSchema = z.object({ id: z.string() });

/**
 * The answers for the findings that were shown as `opaqueIds`. One that is malformed, missing or given twice fails its own finding and
 * no other; one for an id that was never shown is dropped (security R3). `invalid` when there is not a single usable answer: then
 * asking again with `why` may help. Prose is cut to length and freed of control and invisible characters. Never throws.
 */
export function parseAnswers(text: string, opaqueIds: readonly string[]): ParsedAnswers {
  const read = readSingleObject(text);
  if (read.kind === 'invalid') return read;
  const whole = answersSchema.safeParse(read.value);
  if (!whole.success) return { kind: 'invalid', why: reasonOf(whole.error) };
  const byId = new Map<string, ModelAnswer>();
  const problems = new Map<string, string>();
  const entries = Map.groupBy(whole.data.answers, idOf);
  for (const id of opaqueIds) {
    const [entry, ...more] = entries.get(id) ?? [];
    const parsed = answerSchema.safeParse(entry);
    if (entry === undefined) problems.set(id, 'there is no answer for it');
    else if (more.length > 0) problems.set(id, 'it is answered more than once');
    else if (parsed.success) byId.set(id, toAnswer(parsed.data));
    else problems.set(id, reasonOf(parsed.error));
  }
  if (byId.size > 0 || problems.size === 0) return { kind: 'answers', byId, problems };
  const [[id, why] = ['', '']] = problems;
  return { kind: 'invalid', why: `no answer can be used; of ${id}: ${why}` };
}

function idOf(entry: unknown): string | null {
  const parsed = bearerSchema.safeParse(entry);
  return parsed.success ? parsed.data.id : null;
}

/** Where and what, in words that hold nothing of the answer but names of fields of ours. */
function reasonOf({ issues }: z.ZodError): string {
  const reasons = issues.slice(0, 3).map(({ path, message, code }) => {
    const place = path.map(String).join('.');
    return `${place === '' ? 'answer' : place}: ${code === 'unrecognized_keys' ? 'unknown keys' : message}`;
  });
  return shorten(reasons.join('; '), LONGEST_WHY);
}

function toAnswer(wire: WireAnswer): ModelAnswer {
  return {
    label: wire.label,
    confidence: wire.confidence,
    dismissal: wire.dismissal,
    claims: wire.claims.map(({ kind, item, quote, symbol, says }) => ({
      kind,
      item: shorten(item.trim(), LONGEST.item),
      quote: quote.replace(/\r\n?/g, '\n').slice(0, LONGEST.quote).toWellFormed(),
      symbol: clean(symbol, LONGEST.name),
      says: clean(says, LONGEST.says),
    })),
    rootCause: clean(wire.root_cause, LONGEST.prose),
    openQuestion: wire.open_question === null ? null : clean(wire.open_question, LONGEST.prose) || null,
    requests: wire.requests.flatMap(({ ask, name }) => {
      const wanted = clean(name, LONGEST.name);
      return wanted === '' ? [] : [{ ask, name: wanted }];
    }),
  };
}

/** On one line, without what nobody can see. */
function clean(text: string, most: number): string {
  const seen = replaceInvisible(
    text
      .slice(0, 8 * most)
      .toWellFormed()
      .replace(/\s+/g, ' '),
    () => '',
  );
  return shorten(seen.trim(), most);
}
