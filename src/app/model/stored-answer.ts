// An answer as it lies in the cache: the packed value, who gave it and what it took. Whatever is read is a stranger's until it was checked.
import * as z from 'zod';
import type { TokenUsage } from '#domain/model.ts';

const count = z.int().min(0).max(1_000_000_000);
const STORED = z.strictObject({
  value: z.unknown(),
  model: z.string().max(300),
  usage: z.strictObject({ input: count, cached: count, output: count }),
});

export type StoredAnswer = z.infer<typeof STORED>;

/** The model's name is cut: a provider writes it. */
export function writeStored({ value, model, usage }: StoredAnswer): StoredAnswer {
  return { value, model: model.slice(0, 300), usage };
}

/** Null for what is no answer to this question. */
export function readStored<T>(
  stored: unknown,
  question: { unpack(stored: unknown): T | null },
): { readonly value: T; readonly model: string; readonly usage: TokenUsage } | null {
  const read = STORED.safeParse(stored);
  if (!read.success) return null;
  const { value, model, usage } = read.data;
  const unpacked = question.unpack(value);
  return unpacked === null ? null : { value: unpacked, model, usage };
}
