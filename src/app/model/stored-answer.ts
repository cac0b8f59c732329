// An answer as it lies in the cache: the packed value and who gave it, or why there is none, and what it took. Whatever is read is a stranger's until it was checked.
import * as z from 'zod';
import type { ModelFailure, ModelFailureKind, TokenUsage } from '#domain/model.ts';

const count = z.int().min(0).max(1_000_000_000);
const usage = z.strictObject({ input: count, cached: count, output: count });
/**
 * What asking again would most likely bring again, at the same price. What passes by itself (limits of rate, time-outs, servers that are
 * down, the budget, an interruption) is never kept.
 */
const LASTING = ['refusal', 'content_filter', 'truncated', 'invalid_output', 'oversize'] as const;
type Lasting = (typeof LASTING)[number];

const STORED = z.strictObject({ value: z.unknown(), model: z.string().max(300), usage });
const STORED_FAILURE = z.strictObject({
  failure: z.strictObject({ kind: z.enum(LASTING), text: z.string().max(1_000) }),
  /** Whether no second try was left to be made. */
  final: z.boolean(),
  usage,
});

export type StoredAnswer = z.infer<typeof STORED>;
export type StoredFailure = z.infer<typeof STORED_FAILURE>;

/** The model's name is cut: a provider writes it. */
export function writeStored({ value, model, usage: used }: StoredAnswer): StoredAnswer {
  return { value, model: model.slice(0, 300), usage: used };
}

/** Null for a failure that is not kept. */
export function writeFailure(
  { kind, text }: ModelFailure,
  final: boolean,
  used: TokenUsage,
): StoredFailure | null {
  return isLasting(kind) ? { failure: { kind, text: withoutQuotes(text) }, final, usage: used } : null;
}

/** Null for what is no answer to this question. */
export function readStored<T>(
  stored: unknown,
  question: { unpack(stored: unknown): T | null },
): { readonly value: T; readonly model: string; readonly usage: TokenUsage } | null {
  const read = STORED.safeParse(stored);
  if (!read.success) return null;
  const { value, model, usage: used } = read.data;
  const unpacked = question.unpack(value);
  return unpacked === null ? null : { value: unpacked, model, usage: used };
}

/** Null for what is no failure of the kinds that are kept. */
export function readFailure(stored: unknown): StoredFailure | null {
  const read = STORED_FAILURE.safeParse(stored);
  return read.success ? read.data : null;
}

function isLasting(kind: ModelFailureKind): kind is Lasting {
  return LASTING.some((one) => one === kind);
}

/** Between backticks stand words of the provider, which may repeat what was sent: no source is kept (security row 16). */
function withoutQuotes(text: string): string {
  return text.replace(/(`+)[^`](?:[\s\S]*?[^`])??\1(?!`)/g, '…').slice(0, 1_000);
}
