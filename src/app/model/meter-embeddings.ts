// An embedding model whose texts count: within the budget of the run, in its bill, and each asked about once.
import { createHash } from 'node:crypto';
import type { ModelFailure, ModelPrice, TokenUsage } from '#domain/model.ts';
import type { EmbeddingUse } from '#domain/result-document.ts';
import type { Embedded, EmbeddingModel } from '#ports/embedding-model.ts';
import type { KnowledgeStore } from '#ports/knowledge-store.ts';
import { estimateTokens } from '../../prompt/estimate-tokens.ts';
import type { Bill } from './bill.ts';
import type { Budget } from './budget.ts';
import { costOf } from './prices.ts';

export interface MeteredEmbeddings extends EmbeddingModel {
  /**
   * Takes the place of these texts in the line of the budget, whether their vectors are kept or not: with them and without, the same
   * questions are asked. Null when there was room.
   */
  admit(texts: readonly string[]): Promise<ModelFailure | null>;
  /** Null when nothing was to be embedded. */
  use(): EmbeddingUse | null;
}

export interface Meter {
  /** `provider/name`. */
  readonly id: string;
  /** Null for an estimate: texts are counted, and nothing is sent. */
  readonly spending: { readonly model: EmbeddingModel; readonly bill: Bill; readonly budget: Budget } | null;
  readonly price: ModelPrice | null;
  /** Vectors of earlier runs, of questions as well. */
  readonly store: KnowledgeStore | null;
}

const NOT_SENT: ModelFailure = { kind: 'interrupted', text: 'An estimate sends nothing.' };

export function meterEmbeddings({ id, spending, price, store }: Meter): MeteredEmbeddings {
  const counted = new Set<string>();
  let tokens = 0;
  let refused: ModelFailure | null = null;

  async function admit(texts: readonly string[]): Promise<ModelFailure | null> {
    const fresh = [...new Set(texts)].filter((text) => !counted.has(text));
    if (refused !== null || fresh.length === 0) return refused;
    const usage = inputOf(fresh.reduce((sum, text) => sum + estimateTokens(text), 0));
    if (spending !== null) {
      const place = spending.budget.join({ findings: [], input: usage.input, output: 0, price });
      const admission = await place.admission;
      if (admission.kind === 'refused') {
        refused = admission.failure;
        return refused;
      }
      place.settle(usage);
    }
    for (const text of fresh) counted.add(text);
    tokens += usage.input;
    return null;
  }

  async function embed(texts: readonly string[]): Promise<Embedded> {
    const failure = await admit(texts);
    if (failure !== null || spending === null) return { kind: 'failed', failure: failure ?? NOT_SENT };
    const { model, bill } = spending;
    const vectors = new Map(store?.read(id, texts.map(keyOf)) ?? []);
    const missing = [...new Set(texts)].filter((text) => !vectors.has(keyOf(text)));
    const exchange = { task: 'embedding', findings: 0, latencyMs: 0 } as const;
    if (missing.length === 0) {
      bill.record({ ...exchange, usage: inputOf(0), attempts: 0, failure: null, fromCache: true });
    } else {
      const embedded = await model.embed(missing);
      const isFailed = embedded.kind === 'failed';
      const usage = isFailed ? inputOf(0) : embedded.usage;
      const kind = isFailed ? embedded.failure.kind : null;
      bill.record({ ...exchange, usage, attempts: 1, failure: kind, fromCache: false });
      if (isFailed) return embedded;
      const fresh = new Map(
        missing.flatMap((text, at) => {
          const vector = embedded.vectors[at];
          return vector === undefined ? [] : [[keyOf(text), vector] as const];
        }),
      );
      store?.write(id, fresh);
      for (const [key, vector] of fresh) vectors.set(key, vector);
    }
    const inOrder = texts.flatMap((text) => vectors.get(keyOf(text)) ?? []);
    return { kind: 'vectors', vectors: inOrder, usage: inputOf(0) };
  }

  return {
    id,
    admit,
    embed,
    use() {
      if (counted.size === 0) return null;
      const money = price === null ? null : Math.round(costOf(inputOf(tokens), price) * 1e6) / 1e6;
      return { model: id, texts: counted.size, tokens, money };
    },
  };
}

/** As the store has it for pieces of documents. */
function keyOf(text: string): string {
  return createHash('sha256').update(text).digest('hex');
}

function inputOf(input: number): TokenUsage {
  return { input, cached: 0, output: 0 };
}
