// Under which address an answer is kept: the hash of everything that could have made it another one (security rows 34, 35).
import { createHash } from 'node:crypto';
import type { ModelRequest } from '#ports/language-model.ts';

/** Raised when what is stored under a key has another form or meaning. */
const CACHE_VERSION = 1;

/** What is the same for all questions of a run. */
export interface AnswerKeyParts {
  readonly toolVersion: string;
  /** SHA-256 of the policy, in hexadecimal digits. */
  readonly policyHash: string;
  /** Runs in the hands of a change's own side have keys of their own. */
  readonly trustZone: 'trusted' | 'untrusted';
}

/** 64 hexadecimal digits. `model` is `provider/name`. */
export function answerKey(
  parts: AnswerKeyParts,
  model: string,
  prompt: { readonly id: string; readonly hash: string },
  request: ModelRequest,
): string {
  const { toolVersion, policyHash, trustZone } = parts;
  const { task, system, schema, maxOutputTokens } = request;
  // JSON keeps the parts apart: no text can move from one into the next.
  const content = JSON.stringify([
    ...[CACHE_VERSION, toolVersion, policyHash, trustZone, model, prompt.id, prompt.hash],
    ...[task, system, request.prompt, schema, maxOutputTokens],
  ]);
  return createHash('sha256').update(content).digest('hex');
}
