// What the vendors' servers say when they refuse, in their own words, and what we make of it.
import { expect, test } from 'vitest';
import { classifyAnswer } from '#adapters/models/classify-answer.ts';
import type { ModelFailureKind } from '#domain/model.ts';

const openai = (message: string, more: object = {}) => ({
  error: { message, type: 'invalid_request_error', param: null, code: null, ...more },
});
const google = (code: number, status: string, message: string) => ({ error: { code, status, message } });

const SAID: readonly (readonly [
  who: string,
  status: number,
  body: unknown,
  kind: ModelFailureKind,
  dislikes?: string,
])[] = [
  [
    'OpenAI',
    401,
    openai(
      'Incorrect API key provided: sk-12***. You can find your API key at https://platform.openai.com.',
      { code: 'invalid_api_key' },
    ),
    'unauthorised',
  ],
  [
    'OpenAI',
    404,
    openai('The model `gpt-9` does not exist or you do not have access to it.', { code: 'model_not_found' }),
    'unknown_model',
  ],
  [
    'OpenAI',
    400,
    openai(
      "This model's maximum context length is 128000 tokens. However, your messages resulted in 200000 tokens.",
      { code: 'context_length_exceeded' },
    ),
    'too_long',
  ],
  [
    'OpenAI',
    400,
    openai(
      "Unsupported parameter: 'max_tokens' is not supported with this model. Use 'max_completion_tokens' instead.",
      { param: 'max_tokens' },
    ),
    'bad_request',
    'limit',
  ],
  [
    'OpenAI',
    400,
    openai(
      "Unsupported value: 'temperature' does not support 0 with this model. Only the default (1) value is supported.",
    ),
    'bad_request',
    'temperature',
  ],
  [
    'OpenAI',
    400,
    openai("Invalid schema for response_format 'answer': In context=(), 'additionalProperties' is required."),
    'bad_request',
    'structure',
  ],
  [
    'OpenAI',
    429,
    openai('You exceeded your current quota, please check your plan and billing details.', {
      code: 'insufficient_quota',
    }),
    'rate_limited',
  ],
  ['OpenAI', 503, openai('The server is overloaded or not ready yet.'), 'provider_down'],
  [
    'Azure',
    400,
    {
      error: {
        message:
          "The response was filtered due to the prompt triggering Azure OpenAI's content management policy.",
        code: 'content_filter',
        innererror: { code: 'ResponsibleAIPolicyViolation' },
      },
    },
    'content_filter',
  ],
  [
    'Azure',
    404,
    {
      error: { code: 'DeploymentNotFound', message: 'The API deployment for this resource does not exist.' },
    },
    'unknown_model',
  ],
  [
    'Anthropic',
    400,
    {
      type: 'error',
      error: { type: 'invalid_request_error', message: 'prompt is too long: 210000 tokens > 200000 maximum' },
    },
    'too_long',
  ],
  [
    'Anthropic',
    404,
    { type: 'error', error: { type: 'not_found_error', message: 'model: claude-9' } },
    'unknown_model',
  ],
  [
    'Anthropic',
    400,
    {
      type: 'error',
      error: { type: 'invalid_request_error', message: '`temperature` is deprecated for this model.' },
    },
    'bad_request',
    'temperature',
  ],
  [
    'Anthropic',
    529,
    { type: 'error', error: { type: 'overloaded_error', message: 'Overloaded' } },
    'provider_down',
  ],
  [
    'Anthropic',
    413,
    { type: 'error', error: { type: 'request_too_large', message: 'Request exceeds the maximum size' } },
    'too_long',
  ],
  [
    'Google',
    400,
    google(400, 'INVALID_ARGUMENT', 'API key not valid. Please pass a valid API key.'),
    'unauthorised',
  ],
  [
    'Google',
    404,
    google(404, 'NOT_FOUND', 'models/gemini-9 is not found for API version v1beta'),
    'unknown_model',
  ],
  [
    'Google',
    400,
    google(
      400,
      'INVALID_ARGUMENT',
      'The input token count (2000000) exceeds the maximum number of tokens allowed (1048576).',
    ),
    'too_long',
  ],
  [
    'Google',
    429,
    google(429, 'RESOURCE_EXHAUSTED', 'Resource has been exhausted (e.g. check quota).'),
    'rate_limited',
  ],
  [
    'Bedrock',
    403,
    { message: 'You do not have access to the model with the specified model ID.' },
    'unauthorised',
  ],
  ['Bedrock', 400, { message: 'The provided model identifier is invalid.' }, 'unknown_model'],
  ['Bedrock', 400, { message: 'Input is too long for requested model.' }, 'too_long'],
  ['Bedrock', 400, { message: "This model doesn't support tool use." }, 'bad_request', 'structure'],
  ['Bedrock', 408, { message: 'Model has timed out in processing the request.' }, 'timeout'],
  [
    'vLLM',
    404,
    {
      object: 'error',
      message: 'The model `x` does not exist.',
      type: 'NotFoundError',
      param: null,
      code: 404,
    },
    'unknown_model',
  ],
  [
    'vLLM',
    400,
    {
      object: 'error',
      message:
        "This model's maximum context length is 4096 tokens. However, you requested 5000 tokens. Please reduce the length of the messages.",
      type: 'BadRequestError',
      code: 400,
    },
    'too_long',
  ],
  [
    'Ollama',
    404,
    { error: { message: 'model "qwen9" not found, try pulling it first', type: 'api_error' } },
    'unknown_model',
  ],
  [
    'llama.cpp',
    400,
    {
      error: {
        code: 400,
        message: 'the request exceeds the available context size, try increasing it',
        type: 'exceed_context_size_error',
      },
    },
    'too_long',
  ],
  [
    'llama.cpp',
    503,
    { error: { code: 503, message: 'Loading model', type: 'unavailable_error' } },
    'provider_down',
  ],
  [
    'LM Studio',
    400,
    { error: "'response_format.type' must be 'json_schema' or 'text'" },
    'bad_request',
    'structure',
  ],
  [
    'Mistral',
    422,
    { detail: [{ type: 'extra_forbidden', loc: ['body', 'seed'], msg: 'Extra inputs are not permitted' }] },
    'bad_request',
    'seed',
  ],
  [
    'DeepSeek',
    400,
    { error: { message: 'This response_format type is unavailable now', type: 'invalid_request_error' } },
    'bad_request',
    'structure',
  ],
  ['a proxy', 502, '<html><body><h1>502 Bad Gateway</h1></body></html>', 'provider_down'],
  ['a proxy', 407, 'Proxy Authentication Required', 'bad_request'],
  ['nobody', 400, '', 'bad_request'],
];

for (const [number, [who, status, body, kind, dislikes]] of SAID.entries()) {
  test(`${number + 1}: ${who} with ${status} is ${kind}${dislikes === undefined ? '' : `, for its ${dislikes}`}`, () => {
    const text = typeof body === 'string' ? body : JSON.stringify(body);
    const answer = { status, headers: new Headers(), body: text };
    const fault = classifyAnswer(answer, { now: 0, redact: (said) => said });
    expect({ kind: fault.kind, dislikes: fault.dislikes[0] }).toEqual({ kind, dislikes });
  });
}
