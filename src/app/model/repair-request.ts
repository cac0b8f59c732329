// The one more try after an answer that could not be used: the same question, and at its end what was wrong.
import type { ModelRequest } from '#ports/language-model.ts';
import { shorten } from '../../support/shorten.ts';

const LONGEST_REASON = 500;

/** The beginning stays as it was, so that the provider has it in its cache. `why` is a sentence of ours. */
export function repairRequest(request: ModelRequest, why: string): ModelRequest {
  const reason = shorten(why.replace(/\s+/g, ' '), LONGEST_REASON);
  const prompt = `${request.prompt}\n\nAn earlier answer to this could not be used: ${reason}\nAnswer again, in the form that is asked for and with nothing else.`;
  return { ...request, prompt };
}
