// An embeddings endpoint → the port: texts in batches, vectors of one length, each of unit length.
import { embedMany } from 'ai';
import { AssayError } from '../../domain/errors.ts';
import type { Embedded, EmbeddingModel } from '../../ports/embedding-model.ts';
import type { ModelAddress } from '../../ports/language-model.ts';
import { askPatiently, firstManners } from './ask-patiently.ts';
import { createCircuitBreaker } from './circuit-breaker.ts';
import { classifyAnswer } from './classify-answer.ts';
import { countTokens } from './count-tokens.ts';
import { createKeyHider } from './hide-keys.ts';
import type { ModelWire } from './model-wire.ts';
import { openExchange } from './open-exchange.ts';
import { loadProvider } from './providers/load-provider.ts';
import type { EmbeddingObject } from './providers/provider-door.ts';
import { readReceived } from './read-received.ts';
import { type Fault, faultOf } from './wire-fault.ts';

globalThis.AI_SDK_LOG_WARNINGS = false;

/** The least that the providers take at once (Cohere on Bedrock). */
const BATCH = 96;
/** A batch of vectors with 4096 numbers each, written out, is near 10 MiB. */
const MOST_BYTES = 32 * 1024 * 1024;

type Batch =
  | { readonly kind: 'answer'; readonly vectors: readonly Float32Array[]; readonly tokens: number }
  | { readonly kind: 'fault'; readonly fault: Fault };

/**
 * Loads the client of the provider; sends nothing. Throws AssayError `configuration` for an address that cannot be one, and for a provider
 * without embeddings.
 */
export async function openEmbeddingModel(address: ModelAddress, wire: ModelWire): Promise<EmbeddingModel> {
  const { base, embedding } = await loadProvider(address);
  if (embedding === null) throw withoutEmbeddings(address);
  const redact = createKeyHider(address, wire.redact);
  const manners = firstManners(createCircuitBreaker(wire.now));
  const send = async (texts: readonly string[]): Promise<Batch> => {
    const exchange = openExchange({ origin: base.origin, wire, redact, mostBytes: MOST_BYTES });
    const ended = await embedBatch(embedding(exchange.fetch), texts).catch(() => null);
    wire.signal.throwIfAborted();
    const fault = exchange.fault();
    if (fault !== null) return { kind: 'fault', fault };
    if (ended !== null) return ended;
    const told = readReceived(exchange.received()).error;
    if (told === null) return { kind: 'fault', fault: MALFORMED };
    return {
      kind: 'fault',
      fault: classifyAnswer({ ...told, headers: new Headers() }, { now: wire.now(), redact }),
    };
  };
  return {
    id: `${address.name.provider}/${address.name.name}`,
    embed: async (texts) => {
      const vectors: Float32Array[] = [];
      let input = 0;
      for (let at = 0; at < texts.length; at += BATCH) {
        const batch = texts.slice(at, at + BATCH);
        const { ended } = await askPatiently(() => send(batch), { wire, manners, mayRepeat: () => true });
        if (ended.kind === 'refused') return { kind: 'failed', failure: ended.failure };
        if (ended.kind === 'fault') return failed(ended.fault);
        vectors.push(...ended.vectors);
        input += ended.tokens;
      }
      if (new Set(vectors.map(({ length }) => length)).size > 1) return failed(UNEQUAL);
      return { kind: 'vectors', vectors, usage: { input, cached: 0, output: 0 } };
    },
  };
}

/** `ai` asks once for each part of a batch that the provider takes at a time (Titan: one text). */
async function embedBatch(model: EmbeddingObject, texts: readonly string[]): Promise<Batch> {
  const { embeddings, usage } = await embedMany({
    model,
    values: [...texts],
    maxRetries: 0,
    maxParallelCalls: 1,
  });
  const vectors = embeddings.map(toUnitLength).filter((vector) => vector !== null);
  if (vectors.length !== texts.length) return { kind: 'fault', fault: MALFORMED };
  const { input } = countTokens({ input: usage.tokens, cached: 0, output: 0 }, texts.join(''), '');
  return { kind: 'answer', vectors, tokens: input };
}

/** Null for what points nowhere: no numbers, or none but zeros. */
function toUnitLength(numbers: readonly number[]): Float32Array | null {
  const length = Math.hypot(...numbers);
  if (!Number.isFinite(length) || length === 0) return null;
  return Float32Array.from(numbers, (value) => value / length);
}

const MALFORMED = faultOf('invalid_output', 'The provider did not answer with one vector for each text.', {
  worked: true,
});
const UNEQUAL = faultOf('invalid_output', 'The provider answered with vectors of different lengths.');

function failed({ kind, text }: Fault): Embedded {
  return { kind: 'failed', failure: { kind, text } };
}

function withoutEmbeddings({ name }: ModelAddress): AssayError {
  return new AssayError('configuration', `The provider ${name.provider} has no embeddings.`, {
    hint: 'Choose another provider for embeddings: openai-compatible, openai, google, azure or bedrock.',
  });
}
