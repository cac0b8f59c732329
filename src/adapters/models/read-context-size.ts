// How many tokens a model can read, from servers that say so: none of OpenAI's own interfaces does, but those of local servers do.
import type { ModelAddress } from '../../ports/language-model.ts';
import { parseBaseAddress, withoutSlash } from './base-address.ts';
import { createKeyHider } from './hide-keys.ts';
import type { ModelWire } from './model-wire.ts';
import { openExchange } from './open-exchange.ts';

type Fields = Readonly<Record<string, unknown>>;

/**
 * Null when nobody says. Asked are `/v1/models` (vLLM `max_model_len`, llama.cpp `meta.n_ctx_train`, others `context_length`), LM Studio's
 * `/api/v0/models` and Ollama's `/api/show`, one after the other, and only of servers that are openai-compatible. Throws only what the run was aborted with.
 */
export async function readContextSize(address: ModelAddress, wire: ModelWire): Promise<number | null> {
  const { name, baseUrl, apiKey } = address;
  if (name.provider !== 'openai-compatible' || baseUrl === null) return null;
  const base = parseBaseAddress(baseUrl, '/v1');
  const redact = createKeyHider(address, wire.redact);
  const headers = apiKey === null ? {} : { authorization: `Bearer ${apiKey}` };
  const read = async (url: string, init: RequestInit = {}): Promise<unknown> => {
    const exchange = openExchange({ origin: base.origin, wire, redact });
    try {
      const answer = await exchange.fetch(url, { ...init, headers });
      return await answer.json();
    } catch {
      wire.signal.throwIfAborted();
      return null;
    }
  };
  return (
    sizeInList(await read(`${withoutSlash(base)}/models`), name.name) ??
    sizeInList(await read(`${base.origin}/api/v0/models`), name.name) ??
    sizeInOllama(
      await read(`${base.origin}/api/show`, { method: 'POST', body: JSON.stringify({ model: name.name }) }),
    )
  );
}

function sizeInList(list: unknown, name: string): number | null {
  const { data } = fieldsOf(list);
  const models = Array.isArray(data) ? data.map(fieldsOf) : [];
  const entry = models.find(({ id }) => id === name) ?? (models.length === 1 ? models[0] : undefined);
  if (entry === undefined) return null;
  const meta = fieldsOf(entry.meta);
  return firstSize(
    entry.loaded_context_length,
    entry.max_model_len,
    meta.n_ctx,
    meta.n_ctx_train,
    entry.max_context_length,
    entry.context_length,
  );
}

/** What the operator set goes before what the model could. */
function sizeInOllama(shown: unknown): number | null {
  const { parameters, model_info: info } = fieldsOf(shown);
  const set = typeof parameters === 'string' ? /^num_ctx\s+(\d{1,9})\s*$/m.exec(parameters)?.[1] : undefined;
  const known = Object.entries(fieldsOf(info)).find(([key]) => key.endsWith('.context_length'))?.[1];
  return firstSize(Number(set), known);
}

function firstSize(...values: readonly unknown[]): number | null {
  return (
    values.find(
      (value): value is number => typeof value === 'number' && Number.isSafeInteger(value) && value > 0,
    ) ?? null
  );
}

function fieldsOf(value: unknown): Fields {
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Fields) : {};
}
