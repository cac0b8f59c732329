// Who judges in this run: the command line before the policy, and the built-in judge wherever no model can be asked.

import type { Notice } from '#domain/decision.ts';
import { AssayError } from '#domain/errors.ts';
import type { JudgeChoice, Policy } from '#domain/policy.ts';
import type { ModelAddress } from '#ports/language-model.ts';
import type { Variables } from '../environment.ts';
import type { RunRequest } from '../run-request.ts';
import { modelAddress } from './model-address.ts';
import { parseModelName } from './parse-model-name.ts';

export interface ModelChoice {
  readonly judge: JudgeChoice;
  /** Null: no model is asked, whatever `judge` says. */
  readonly address: ModelAddress | null;
  readonly notices: readonly Notice[];
}

/**
 * Throws AssayError `usage` when a model is demanded on the command line and none is named. One that is named and cannot be reached for
 * want of a key is no error: forks have none, and the run is right without it.
 */
export function chooseModel(
  request: Pick<RunRequest, 'judge' | 'model' | 'dumpPrompts' | 'estimate'>,
  policy: Pick<Policy, 'model'>,
  variables: Variables,
): ModelChoice {
  const judge = request.judge ?? policy.model.judge ?? 'auto';
  const name = request.model === null ? policy.model.name : parseModelName(request.model);
  if (judge === 'builtin') return { judge, address: null, notices: [] };
  if (name === null) {
    if (request.judge === 'model') throw noModel();
    return { judge, address: null, notices: [] };
  }
  // Nothing is sent, so nothing is needed.
  if (request.dumpPrompts !== null || request.estimate) {
    return { judge, address: { name, baseUrl: null, apiKey: null, extra: {} }, notices: [] };
  }
  const address = modelAddress(name, variables);
  if ('missing' in address) {
    const text = `No model was asked: ${address.missing}. The built-in judge decided.`;
    return { judge, address: null, notices: [{ code: 'model-not-asked', text }] };
  }
  return { judge, address, notices: [] };
}

function noModel(): AssayError {
  return new AssayError('usage', '--judge model names no language model.', {
    hint: 'Add --model provider/name, or model.provider and model.name to assay.yml; --judge builtin needs none.',
  });
}
