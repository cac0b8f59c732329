// `provider/name` → the two apart; the name may hold slashes itself.
import { AssayError } from '#domain/errors.ts';
import { MODEL_PROVIDERS, type ModelName } from '#domain/model.ts';

const NAME = /^[\w.:@+/-]{1,200}$/;

/** Throws AssayError `usage` that says what was given and what is expected. */
export function parseModelName(text: string): ModelName {
  const at = text.indexOf('/');
  const provider = MODEL_PROVIDERS.find((known) => known === text.slice(0, Math.max(at, 0)));
  const name = text.slice(at + 1);
  if (provider !== undefined && NAME.test(name)) return { provider, name };
  throw new AssayError('usage', `The model is given as ${JSON.stringify(text.slice(0, 100))}.`, {
    hint: `Give provider/name, for example openai-compatible/qwen3:8b; the provider is one of ${MODEL_PROVIDERS.join(', ')}.`,
  });
}
