// An answer that is no success → which of our failures it is: by its status first, by the provider's words where one status means many things.
import type { ModelFailureKind } from '../../domain/model.ts';
import { readRetryAfter } from './retry-after.ts';
import { quoted, wordsOf } from './said-by-provider.ts';
import { type Dislike, type Fault, faultOf } from './wire-fault.ts';

export interface FailedAnswer {
  readonly status: number;
  readonly headers: Headers;
  readonly body: string;
}

interface Reading {
  readonly now: number;
  readonly redact: (text: string) => string;
}

const TOO_LONG =
  /context[_ ](?:length|window|size)|maximum context|prompt is too long|too many (?:input )?tokens|input is too long|exceeds? the (?:maximum|available|model|limit)[^.]{0,40}(?:tokens?|context)|input token count|reduce the length/i;
const FILTERED =
  /content[_ ]?filter|content management policy|responsibleaipolicy|safety (?:system|policy)|guardrail/i;
const NO_MODEL =
  /model[_ ]?not[_ ]?found|(?:no such|unknown|invalid|unsupported) model|model\b[^.]{0,120}\b(?:does not exist|not found|is not available|identifier is invalid|is not a chat model)/i;
const NO_ENTRY =
  /api[_ ]?key[_ ]?(?:not valid|invalid|expired)|invalid[_ ]api[_ ]?key|unauthori[sz]ed|authentication_error/i;
/** Waiting does not fill an account. */
const SPENT = /insufficient_quota|exceeded your current quota|insufficient balance|billing/i;

const DISLIKES: readonly (readonly [Dislike, RegExp])[] = [
  ['limit', /max_tokens.{0,120}max_completion_tokens/is],
  ['temperature', /\btemperature\b/i],
  ['seed', /\bseed\b/i],
  [
    'structure',
    /response_?format|json_?(?:schema|object|mode)|response_?schema|response_?mime_?type|output_?(?:config|format)|structured[_ ]?outputs?|guided_json|\bgrammar\b|\btool(?:s|_choice|config|choice)?\b/i,
  ],
];

/** Facts on statuses: platform.openai.com/docs/guides/error-codes, docs.claude.com/en/api/errors (529: overloaded), ai.google.dev/gemini-api/docs/troubleshooting (a bad key is a 400). */
export function classifyAnswer({ status, headers, body }: FailedAnswer, { now, redact }: Reading): Fault {
  const words = wordsOf(body);
  const said = quoted(words, redact);
  const kind = kindOf(status, words);
  const text = `${SENTENCES[kind] ?? SENTENCES.bad_request}${saidAs(status, said)}.`;
  switch (kind) {
    case 'rate_limited':
      return faultOf(kind, text, { waitMs: readRetryAfter(headers, body, now), passing: !SPENT.test(words) });
    case 'provider_down':
      return faultOf(kind, text, { waitMs: readRetryAfter(headers, body, now), passing: true });
    case 'bad_request':
      return faultOf(kind, text, {
        dislikes: DISLIKES.filter(([, pattern]) => pattern.test(words)).map(([dislike]) => dislike),
      });
    default:
      return faultOf(kind, text);
  }
}

function kindOf(status: number, words: string): ModelFailureKind {
  if (status >= 300 && status < 400) return 'redirect';
  if (status >= 500) return 'provider_down';
  if (status === 429) return 'rate_limited';
  if (status === 401 || status === 403) return 'unauthorised';
  if (status === 408) return 'timeout';
  if (status === 413 || TOO_LONG.test(words)) return 'too_long';
  if (status === 404 || NO_MODEL.test(words)) return 'unknown_model';
  if (NO_ENTRY.test(words)) return 'unauthorised';
  return FILTERED.test(words) ? 'content_filter' : 'bad_request';
}

const SENTENCES: Readonly<Partial<Record<ModelFailureKind, string>>> & { readonly bad_request: string } = {
  redirect: 'The provider answered with a redirect, and none is followed',
  provider_down: 'The provider could not answer',
  rate_limited: 'The provider takes no more requests for now',
  unauthorised: 'The provider refused the key',
  timeout: 'The provider gave up waiting',
  too_long: 'The prompt does not fit the model’s context',
  unknown_model: 'The provider does not know the model, or not at this address',
  content_filter: 'A filter of the provider kept the prompt from the model',
  bad_request: 'The provider refused the request',
};

function saidAs(status: number, said: string): string {
  return said === '' ? ` (status ${status})` : ` (status ${status}): ${said}`;
}
