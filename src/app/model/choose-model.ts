// Who judges in this run: the command line before the policy, and the built-in judge wherever no model can be asked.

import { AssayError } from '#domain/errors.ts';
import { type Phrase, phrase } from '#domain/phrase.ts';
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
  /** Why no model is asked although one is named; null when there is nothing to say. */
  readonly notAsked: Phrase | null;
}

/**
 * Throws AssayError `usage` when a model, or what it would be asked, is demanded on the command line and none is named. One that is named and cannot be reached for
 * want of a key is no error: forks have none, and the run is right without it.
 */
export function chooseModel(
  request: Pick<RunRequest, 'judge' | 'model' | 'dumpPrompts' | 'estimate'>,
  policy: Pick<Policy, 'model'>,
  variables: Variables,
): ModelChoice {
  const judge = request.judge ?? policy.model.judge ?? 'auto';
  const name = request.model === null ? policy.model.name : parseModelName(request.model);
  const preview = request.estimate ? '--estimate' : request.dumpPrompts === null ? null : '--dump-prompts';
  if (preview !== null && (judge === 'builtin' || name === null)) throw nobodyToAsk(preview, judge);
  if (judge === 'builtin') return { judge, address: null, notAsked: null };
  if (name === null) {
    if (request.judge === 'model') throw noModel();
    return { judge, address: null, notAsked: null };
  }
  const address = modelAddress(name, variables);
  // Nothing is sent, so nothing is needed.
  if ('missing' in address && (request.dumpPrompts !== null || request.estimate)) {
    return { judge, address: { name, baseUrl: null, apiKey: null, extra: {} }, notAsked: null };
  }
  if ('missing' in address) {
    const notAsked = phrase`No model was asked: ${address.missing}. The built-in judge decided.`;
    return { judge, address: null, notAsked };
  }
  return { judge, address, notAsked: null };
}

function nobodyToAsk(option: string, judge: JudgeChoice): AssayError {
  if (judge === 'builtin') {
    return new AssayError(
      'usage',
      `${option} tells what a model would be asked, and the built-in judge asks none.`,
      {
        hint: 'Add --judge auto, or --judge model, and a model: --model provider/name.',
      },
    );
  }
  return new AssayError('usage', `${option} tells what a model would be asked, and none is named.`, {
    hint: 'Add --model provider/name, or model.provider and model.name to assay.yml; no key is needed for it.',
  });
}

function noModel(): AssayError {
  return new AssayError('usage', '--judge model names no language model.', {
    hint: 'Add --model provider/name, or model.provider and model.name to assay.yml; --judge builtin needs none.',
  });
}
