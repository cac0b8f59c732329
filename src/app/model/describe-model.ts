// What `assay doctor` finds out about the model of the policy: one tiny question, and what came of it.
import { AssayError } from '#domain/errors.ts';
import { say } from '#domain/phrase.ts';
import type { Policy } from '#domain/policy.ts';
import type { RunRequest } from '../run-request.ts';
import { chooseModel } from './choose-model.ts';
import { isAskedModel, showEchoed } from './echoed-model.ts';
import type { ModelAccess } from './model-access.ts';
import { hintFor } from './model-hint.ts';

const STRUCTURE = {
  schema: 'structured output works',
  object: 'no JSON schema is taken, JSON objects are',
  words: 'no JSON mode, JSON is asked for in words',
} as const;

/** Throws AssayError `configuration` for a model that is named and cannot be asked, with how to mend it. */
export async function describeModel(
  request: Pick<RunRequest, 'model'>,
  policy: Pick<Policy, 'model'>,
  access: Pick<ModelAccess, 'variables' | 'probe'>,
): Promise<string> {
  const { address, notAsked } = chooseModel(
    { judge: null, model: request.model, dumpPrompts: null, estimate: false },
    policy,
    access.variables,
  );
  if (notAsked !== null) {
    throw new AssayError('configuration', say(notAsked, null), {
      hint: 'Set the variables, or take the model out of the policy.',
    });
  }
  if (address === null) return 'none is named; the built-in judge decides';
  const name = `${address.name.provider}/${address.name.name}`;
  const probe = await access.probe(address);
  if (probe.kind === 'failed') {
    const hint = hintFor(probe.failure, address);
    throw new AssayError(
      'configuration',
      `${name}: ${probe.failure.text}`,
      hint === null ? {} : { hint: say(hint, null) },
    );
  }
  const { structure, latencyMs, contextTokens, model, usage } = probe;
  if (structure === null) {
    throw new AssayError('configuration', `${name}: it answers, and not with the JSON that was asked for`, {
      hint: 'Its verdicts would not be readable: choose a model, or a server, that keeps to a JSON schema.',
    });
  }
  return [
    model === '' || model === address.name.name
      ? `${name} answers`
      : `${name} answers as ${showEchoed(model)}`,
    ...(isAskedModel(address.name, model)
      ? []
      : ['which is another model: check the address and the name of the model']),
    STRUCTURE[structure],
    contextTokens === null ? 'its context size is not told' : `reads ${contextTokens} tokens`,
    `${Math.round(latencyMs)} ms`,
    `${usage.input} tokens in, ${usage.output} out`,
  ].join(', ');
}
