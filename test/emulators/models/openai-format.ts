// OpenAI's chat completions, embeddings and models as their reference has them, and the ways in which servers that speak them differ.
import { z } from 'zod';
import {
  events,
  json,
  type ModelServerRequest,
  type ModelWireFormat,
  piecesOf,
  type SaidByModel,
  type WireAnswer,
} from './model-server.ts';
import { problemsOf, wrongHeader } from './wire-problems.ts';

export interface OpenAiServerSettings {
  /** Null: none is asked for. */
  readonly key?: string | null;
  /** The only one there is. */
  readonly model?: string;
  readonly basePath?: string;
  /** The header that the key is in. */
  readonly keyHeader?: 'authorization' | 'api-key';
  /** Behind every path. */
  readonly query?: string;
  /** What this server does not take, in its own words. */
  readonly refuses?: Partial<
    Record<'json_schema' | 'json_object' | 'temperature' | 'seed' | 'max_tokens', string>
  >;
  /** More than so many characters do not fit. */
  readonly mostCharacters?: number;
  /** Besides id and object, in the list of models. */
  readonly modelFields?: Readonly<Record<string, unknown>>;
  /** Other pages of the server, by path. */
  readonly pages?: Readonly<Record<string, unknown>>;
  /** Numbers in a vector. Default 8. */
  readonly dimension?: number;
}

const text = z.union([z.string(), z.array(z.strictObject({ type: z.literal('text'), text: z.string() }))]);
const question = z.strictObject({
  model: z.string(),
  messages: z
    .array(z.strictObject({ role: z.enum(['system', 'developer', 'user', 'assistant']), content: text }))
    .min(1),
  max_tokens: z.int().positive().optional(),
  max_completion_tokens: z.int().positive().optional(),
  temperature: z.number().min(0).max(2).optional(),
  seed: z.int().optional(),
  response_format: z
    .discriminatedUnion('type', [
      z.strictObject({ type: z.literal('text') }),
      z.strictObject({ type: z.literal('json_object') }),
      z.strictObject({
        type: z.literal('json_schema'),
        json_schema: z.strictObject({
          name: z.string().regex(/^[\w-]{1,64}$/),
          schema: z.record(z.string(), z.unknown()),
          strict: z.boolean().optional(),
        }),
      }),
    ])
    .optional(),
  stream: z.boolean().optional(),
  stream_options: z.strictObject({ include_usage: z.boolean() }).optional(),
});
const embedding = z.strictObject({
  model: z.string(),
  input: z.union([z.string(), z.array(z.string()).min(1).max(2048)]),
  encoding_format: z.enum(['float', 'base64']).optional(),
});

export function openAiFormat(settings: OpenAiServerSettings): ModelWireFormat {
  const { basePath = '/v1', query = '', keyHeader = 'authorization', pages = {} } = settings;
  const pathOf = (name: string) => `${basePath}/${name}${query}`;
  const { model = 'fake-model', key = 'key-of-the-fake', dimension = 8 } = settings;
  const keyPattern = new RegExp(`^${keyHeader === 'authorization' ? 'Bearer ' : ''}\\S+$`);
  return {
    basePath,
    isQuestion: ({ path }) => path === pathOf('chat/completions'),
    check: (request) => {
      const { method, path, headers, body } = request;
      if (method === 'GET' || path in pages || path === '/api/show') return [];
      const type = wrongHeader(headers, 'content-type', /^application\/json/);
      const entry = key === null ? [] : wrongHeader(headers, keyHeader, keyPattern);
      if (path === pathOf('chat/completions')) return [...type, ...entry, ...problemsOf(question, body)];
      if (path === pathOf('embeddings')) return [...type, ...entry, ...problemsOf(embedding, body)];
      return ['no such path'];
    },
    refuse: (request) => refuseQuestion(request, { ...settings, model, key, keyHeader }),
    answer: (request, said) => {
      const streams = z.looseObject({ stream: z.boolean().optional() }).parse(request.body).stream === true;
      return streams ? streamed(said, model) : whole(said, model);
    },
    other: (request) => {
      if (request.path in pages) return json(200, pages[request.path]);
      if (request.path === pathOf('models')) {
        return json(200, { object: 'list', data: [{ id: model, object: 'model', ...settings.modelFields }] });
      }
      if (request.path !== pathOf('embeddings')) return json(404, { error: { message: 'Not Found' } });
      return vectorsFor(embedding.parse(request.body), dimension);
    },
  };
}

function refuseQuestion(
  { headers, text: sent, body }: ModelServerRequest,
  settings: OpenAiServerSettings & { readonly model: string },
): WireAnswer | null {
  const asked = question.parse(body);
  const {
    key,
    keyHeader = 'authorization',
    refuses = {},
    mostCharacters = Number.POSITIVE_INFINITY,
  } = settings;
  const told = String(headers[keyHeader] ?? '').replace(/^Bearer /, '');
  if (key !== null && told !== key) {
    return problem(401, `Incorrect API key provided: ${told}.`, 'invalid_request_error', 'invalid_api_key');
  }
  if (asked.model !== settings.model) {
    const message = `The model \`${asked.model}\` does not exist or you do not have access to it.`;
    return problem(404, message, 'invalid_request_error', 'model_not_found');
  }
  const format = asked.response_format;
  const refused = [
    format?.type === 'json_schema' ? refuses.json_schema : undefined,
    format?.type === 'json_object' ? refuses.json_object : undefined,
    asked.temperature === undefined ? undefined : refuses.temperature,
    asked.seed === undefined ? undefined : refuses.seed,
    asked.max_tokens === undefined ? undefined : refuses.max_tokens,
    format?.type === 'json_schema' &&
    format.json_schema.strict === true &&
    !isClosed(format.json_schema.schema)
      ? "Invalid schema for response_format 'answer': 'required' is required to include every key in properties."
      : undefined,
  ].find((message) => message !== undefined);
  if (refused !== undefined) return problem(400, refused, 'invalid_request_error', null);
  if (sent.length <= mostCharacters) return null;
  const message =
    "This model's maximum context length is 8192 tokens. However, your messages resulted in 9000 tokens.";
  return problem(400, message, 'invalid_request_error', 'context_length_exceeded');
}

function problem(status: number, message: string, type: string, code: string | null): WireAnswer {
  return json(status, { error: { message, type, param: null, code } });
}

/** As structured outputs demand it of every object. */
function isClosed(schema: unknown): boolean {
  if (typeof schema !== 'object' || schema === null) return true;
  const { type, properties = {}, required = [], additionalProperties } = schema as Record<string, unknown>;
  const names = Object.keys(properties as object);
  if (
    type === 'object' &&
    (additionalProperties !== false || names.some((name) => !(required as string[]).includes(name)))
  ) {
    return false;
  }
  return Object.values(schema).every(isClosed);
}

const FINISH = { stop: 'stop', length: 'length', content_filter: 'content_filter', refusal: 'stop' } as const;

function usageOf({ usage }: SaidByModel) {
  if (usage === null) return undefined;
  const { input, cached, output } = usage ?? { input: 20, cached: 0, output: 5 };
  return {
    prompt_tokens: input,
    completion_tokens: output,
    total_tokens: input + output,
    prompt_tokens_details: { cached_tokens: cached },
  };
}

function whole(said: SaidByModel, model: string): WireAnswer {
  const refuses = said.finish === 'refusal';
  const message = refuses
    ? { role: 'assistant', content: null, refusal: said.text }
    : { role: 'assistant', content: said.text };
  return json(200, {
    id: 'chatcmpl-1',
    object: 'chat.completion',
    created: 1,
    ...(said.model === null ? {} : { model: said.model ?? model }),
    choices: [{ index: 0, message, finish_reason: FINISH[said.finish ?? 'stop'] }],
    usage: usageOf(said),
  });
}

function streamed(said: SaidByModel, model: string): WireAnswer {
  const chunk = (rest: object) => ({
    data: {
      id: 'chatcmpl-1',
      object: 'chat.completion.chunk',
      created: 1,
      ...(said.model === null ? {} : { model: said.model ?? model }),
      ...rest,
    },
  });
  const field = said.finish === 'refusal' ? 'refusal' : 'content';
  const usage = usageOf(said);
  return events([
    ...piecesOf(said.text).map((piece) =>
      chunk({ choices: [{ index: 0, delta: { [field]: piece }, finish_reason: null }] }),
    ),
    chunk({ choices: [{ index: 0, delta: {}, finish_reason: FINISH[said.finish ?? 'stop'] }] }),
    ...(usage === undefined ? [] : [chunk({ choices: [], usage })]),
    { data: '[DONE]' },
  ]);
}

/** Texts that begin alike point alike. */
function vectorsFor({ model, input }: z.infer<typeof embedding>, dimension: number): WireAnswer {
  const texts = typeof input === 'string' ? [input] : input;
  const data = texts.map((one, index) => ({
    object: 'embedding',
    index,
    embedding: Array.from({ length: dimension }, (_, at) => 1 + one.charCodeAt(at % one.length) / 10),
  }));
  const tokens = texts.join('').length;
  return json(200, { object: 'list', model, data, usage: { prompt_tokens: tokens, total_tokens: tokens } });
}
