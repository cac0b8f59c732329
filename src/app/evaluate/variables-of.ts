// Which of the operator's variables one model of several is measured with: one address and one key cannot be those of two providers.
import type { Variables } from '../environment.ts';
import { parseModelName } from '../model/parse-model-name.ts';

/**
 * `variables` as they are, unless `models` are of several providers. Then `ASSAY_MODEL_BASE_URL` and `ASSAY_MODEL_API_KEY` are those of
 * `openai-compatible`, which has no others, and the vendors' own variables are for the rest: a key must not reach somebody it was not given by.
 */
export function variablesOf(model: string, models: readonly string[], variables: Variables): Variables {
  const { provider } = parseModelName(model);
  const isAlone = models.every((other) => parseModelName(other).provider === provider);
  if (isAlone || provider === 'openai-compatible') return variables;
  return { ...variables, ASSAY_MODEL_BASE_URL: undefined, ASSAY_MODEL_API_KEY: undefined };
}
