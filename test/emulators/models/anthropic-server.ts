// Anthropic's messages API on 127.0.0.1, with its cache: a marked system part that came before is read from it.
import { z } from 'zod';
import {
  events,
  json,
  type ModelServer,
  type ModelServerRequest,
  type ModelWireFormat,
  piecesOf,
  type SaidByModel,
  startModelServer,
  type WireAnswer,
} from './model-server.ts';
import { problemsOf, wrongHeader } from './wire-problems.ts';

export interface AnthropicServerSettings {
  readonly key?: string;
  readonly model?: string;
  /** What this model does not take, in Anthropic's words. */
  readonly refuses?: Partial<Record<'output_config' | 'temperature' | 'tool_choice', string>>;
}

const cacheControl = z.strictObject({ type: z.literal('ephemeral') });
const block = z.strictObject({
  type: z.literal('text'),
  text: z.string(),
  cache_control: cacheControl.optional(),
});
const schema = z.record(z.string(), z.unknown());
const question = z.strictObject({
  model: z.string(),
  max_tokens: z.int().positive(),
  temperature: z.number().min(0).max(1).optional(),
  system: z.array(block).optional(),
  messages: z
    .array(z.strictObject({ role: z.enum(['user', 'assistant']), content: z.array(block).min(1) }))
    .min(1),
  tools: z
    .array(
      z.strictObject({
        name: z.string(),
        description: z.string().optional(),
        input_schema: schema,
        strict: z.boolean().optional(),
      }),
    )
    .optional(),
  tool_choice: z
    .strictObject({
      type: z.enum(['auto', 'any', 'tool']),
      name: z.string().optional(),
      disable_parallel_tool_use: z.boolean().optional(),
    })
    .optional(),
  output_config: z
    .strictObject({ format: z.strictObject({ type: z.literal('json_schema'), schema }) })
    .optional(),
  stream: z.boolean().optional(),
});
type Question = z.infer<typeof question>;

export function startAnthropicServer(settings: AnthropicServerSettings = {}): Promise<ModelServer> {
  const { key = 'key-of-the-fake', model = 'claude-fake', refuses = {} } = settings;
  const cache = new Set<string>();
  const format: ModelWireFormat = {
    basePath: '/v1',
    isQuestion: ({ path }) => path === '/v1/messages',
    check: ({ path, headers, body }) =>
      path === '/v1/messages'
        ? [
            ...wrongHeader(headers, 'x-api-key', /^\S+$/),
            ...wrongHeader(headers, 'anthropic-version', /^\d{4}-\d\d-\d\d$/),
            ...problemsOf(question, body),
          ]
        : ['no such path'],
    refuse: ({ headers, body }) => {
      const asked = question.parse(body);
      if (headers['x-api-key'] !== key) return problem(401, 'authentication_error', 'invalid x-api-key');
      if (asked.model !== model) return problem(404, 'not_found_error', `model: ${asked.model}`);
      const refused = (['output_config', 'temperature', 'tool_choice'] as const).find(
        (field) => asked[field] !== undefined && refuses[field] !== undefined,
      );
      return refused === undefined ? null : problem(400, 'invalid_request_error', refuses[refused] ?? '');
    },
    answer: (request, said) => answer(request, said, { model, cache }),
    other: () => problem(404, 'not_found_error', 'Not found'),
  };
  return startModelServer(format);
}

function problem(status: number, type: string, message: string): WireAnswer {
  return json(status, { type: 'error', error: { type, message }, request_id: 'req_1' });
}

const FINISH = {
  stop: 'end_turn',
  length: 'max_tokens',
  content_filter: 'refusal',
  refusal: 'refusal',
} as const;

interface Answering {
  readonly model: string;
  readonly cache: Set<string>;
}

function answer(request: ModelServerRequest, said: SaidByModel, { model, cache }: Answering): WireAnswer {
  const asked = question.parse(request.body);
  const usage = usageOf(said, asked, cache);
  const stop = said.finish ?? 'stop';
  const byTool = asked.tools !== undefined && stop === 'stop';
  const reason = byTool ? 'tool_use' : FINISH[stop];
  const message = {
    id: 'msg_1',
    type: 'message',
    role: 'assistant',
    ...(said.model === null ? {} : { model: said.model ?? model }),
    stop_sequence: null,
  };
  if (asked.stream === true) {
    return events([
      {
        event: 'message_start',
        data: {
          type: 'message_start',
          message: { ...message, content: [], stop_reason: null, usage: { ...usage, output_tokens: 1 } },
        },
      },
      {
        event: 'content_block_start',
        data: { type: 'content_block_start', index: 0, content_block: { type: 'text', text: '' } },
      },
      ...piecesOf(said.text).map((piece) => ({
        event: 'content_block_delta',
        data: { type: 'content_block_delta', index: 0, delta: { type: 'text_delta', text: piece } },
      })),
      { event: 'content_block_stop', data: { type: 'content_block_stop', index: 0 } },
      {
        event: 'message_delta',
        data: {
          type: 'message_delta',
          delta: { stop_reason: reason, stop_sequence: null },
          usage: { output_tokens: usage.output_tokens },
        },
      },
      { event: 'message_stop', data: { type: 'message_stop' } },
    ]);
  }
  const content = byTool
    ? [{ type: 'tool_use', id: 'toolu_1', name: 'json', input: asObject(said.text) }]
    : [{ type: 'text', text: said.text }];
  return json(200, { ...message, content, stop_reason: reason, usage });
}

/** A tool's input is always an object: that is what this way of asking is worth. */
function asObject(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return { said: text };
  }
}

function usageOf({ usage }: SaidByModel, { system = [] }: Question, cache: Set<string>) {
  if (usage !== undefined && usage !== null) {
    const { input, cached, output } = usage;
    return {
      input_tokens: input - cached,
      cache_read_input_tokens: cached,
      cache_creation_input_tokens: 0,
      output_tokens: output,
    };
  }
  const marked = system
    .filter((part) => part.cache_control !== undefined)
    .map((part) => part.text)
    .join('');
  const known = marked !== '' && cache.has(marked);
  cache.add(marked);
  const size = Math.ceil(marked.length / 4);
  return {
    input_tokens: 10,
    cache_read_input_tokens: known ? size : 0,
    cache_creation_input_tokens: known ? 0 : size,
    output_tokens: 5,
  };
}
