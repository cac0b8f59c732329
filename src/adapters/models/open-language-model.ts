// A model at an address → the port: one question, one answer, and every failure a value with a name.
import type { LanguageModel, ModelAddress, ModelReply, ModelRequest } from '../../ports/language-model.ts';
import { askPatiently, firstManners, type Manners, type Patient } from './ask-patiently.ts';
import { createCircuitBreaker } from './circuit-breaker.ts';
import { createKeyHider } from './hide-keys.ts';
import type { ModelWire } from './model-wire.ts';
import { loadProvider } from './providers/load-provider.ts';
import { type Sent, sendRequest } from './send-request.ts';

/**
 * Loads the client of the provider; sends nothing. Keep the model for the whole run: it remembers what its server does not take, and rests
 * when its provider is down. Throws AssayError `configuration` for an address that cannot be one.
 */
export async function openLanguageModel(address: ModelAddress, wire: ModelWire): Promise<LanguageModel> {
  return openWithManners(address, wire, firstManners(createCircuitBreaker(wire.now)));
}

/** The same, for a caller who wants to see what was learned. */
export async function openWithManners(
  address: ModelAddress,
  wire: ModelWire,
  manners: Manners,
): Promise<LanguageModel> {
  const door = await loadProvider(address);
  const redact = createKeyHider(address, wire.redact);
  const talk = async (request: ModelRequest, onText: ((piece: string) => void) | null) => {
    let shown = false;
    const show = (piece: string) => {
      shown = true;
      onText?.(piece);
    };
    const patient = await askPatiently(
      (habits) => sendRequest(request, { door, wire, redact, habits, onText: onText && show }),
      { wire, manners, mayRepeat: () => !shown },
    );
    return replyOf(patient);
  };
  return {
    id: `${address.name.provider}/${address.name.name}`,
    ask: (request) => talk(request, null),
    stream: (request, onText) => talk(request, onText),
  };
}

const NOTHING = { input: 0, cached: 0, output: 0 };

function replyOf({ ended, attempts, latencyMs }: Patient<Sent>): ModelReply {
  switch (ended.kind) {
    case 'answer':
      return { ...ended, kind: 'text', latencyMs, attempts };
    case 'refused':
      return { kind: 'failed', failure: ended.failure, text: null, usage: NOTHING, latencyMs, attempts };
    case 'fault': {
      const { kind, text } = ended.fault;
      return {
        kind: 'failed',
        failure: { kind, text },
        text: ended.text,
        usage: ended.usage,
        latencyMs,
        attempts,
      };
    }
  }
}
