// Vectors for pieces of knowledge: from the store where they are known, else from the model, new ones only.
import { createHash } from 'node:crypto';
import type { Chunk } from '#domain/knowledge.ts';
import type { ModelFailure } from '#domain/model.ts';
import type { EmbeddingModel } from '#ports/embedding-model.ts';
import type { KnowledgeStore } from '#ports/knowledge-store.ts';

/** Texts of one request: providers take 96 or more. */
const BATCH = 64;

export interface EmbeddedChunks {
  /** By chunk id; those that could be had. */
  readonly vectors: ReadonlyMap<string, Float32Array>;
  readonly failure: ModelFailure | null;
  /** Pieces that were sent. */
  readonly sent: number;
}

/** What a model is given of a piece: secrets out (security R7). */
export function embeddingText(
  { title, text }: Pick<Chunk, 'title' | 'text'>,
  redact: (text: string) => string,
): string {
  return redact(`${title}\n\n${text}`);
}

/** Stops at the first failure: the search does without meaning then, rather than with half of it. */
export async function embedChunks(
  chunks: readonly Chunk[],
  {
    model,
    store,
    redact,
  }: { model: EmbeddingModel; store: KnowledgeStore | null; redact(text: string): string },
): Promise<EmbeddedChunks> {
  const texts = chunks.map((chunk) => ({ id: chunk.id, text: embeddingText(chunk, redact) }));
  const keyed = texts.map((item) => ({ ...item, key: createHash('sha256').update(item.text).digest('hex') }));
  const known = new Map(store?.read(model.id, [...new Set(keyed.map(({ key }) => key))]) ?? []);
  const missing = [
    ...new Map(keyed.filter(({ key }) => !known.has(key)).map((item) => [item.key, item])).values(),
  ];
  let failure: ModelFailure | null = null;
  let sent = 0;
  for (let start = 0; start < missing.length && failure === null; start += BATCH) {
    const batch = missing.slice(start, start + BATCH);
    const embedded = await model.embed(batch.map(({ text }) => text));
    sent += batch.length;
    if (embedded.kind === 'failed') {
      failure = embedded.failure;
      break;
    }
    const fresh = new Map(
      batch.flatMap(({ key }, at) => {
        const vector = embedded.vectors[at];
        return vector === undefined ? [] : [[key, vector] as const];
      }),
    );
    store?.write(model.id, fresh);
    for (const [key, vector] of fresh) known.set(key, vector);
  }
  const vectors = new Map(
    keyed.flatMap(({ id, key }) => {
      const vector = known.get(key);
      return vector === undefined ? [] : [[id, vector] as const];
    }),
  );
  return { vectors, failure, sent };
}
