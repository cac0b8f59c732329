// Amazon Bedrock's Converse on 127.0.0.1: enough for one honest answer and its failures; requests must be signed, or hold a Bedrock key.
import { crc32 } from 'node:zlib';
import { z } from 'zod';
import {
  json,
  type ModelServer,
  type ModelWireFormat,
  piecesOf,
  startModelServer,
  type WireAnswer,
} from './model-server.ts';
import { problemsOf, wrongHeader } from './wire-problems.ts';

const texts = z.array(z.strictObject({ text: z.string() })).min(1);
const question = z.strictObject({
  system: texts.optional(),
  messages: z.array(z.strictObject({ role: z.enum(['user', 'assistant']), content: texts })).min(1),
  inferenceConfig: z
    .strictObject({ maxTokens: z.int().positive().optional(), temperature: z.number().optional() })
    .optional(),
  toolConfig: z
    .strictObject({
      tools: z.array(
        z.strictObject({
          toolSpec: z.strictObject({
            name: z.string(),
            description: z.string().optional(),
            inputSchema: z.strictObject({ json: z.record(z.string(), z.unknown()) }),
          }),
        }),
      ),
      toolChoice: z.strictObject({ any: z.strictObject({}) }).optional(),
    })
    .optional(),
});
const embedding = z.strictObject({ inputText: z.string() });

export interface BedrockServerSettings {
  readonly model?: string;
  readonly accessKeyId?: string;
  readonly refusesTools?: string;
}

export function startBedrockServer(settings: BedrockServerSettings = {}): Promise<ModelServer> {
  const { model = 'amazon.fake-v1:0', accessKeyId = 'AKIDFAKE', refusesTools } = settings;
  const pathOf = (operation: string) => `/model/${encodeURIComponent(model)}/${operation}`;
  const format: ModelWireFormat = {
    basePath: '',
    isQuestion: ({ path }) => /^\/model\/[^/]+\/converse(?:-stream)?$/.test(path),
    check: ({ path, headers, body }) => {
      const signed = headers.authorization?.startsWith('Bearer ')
        ? []
        : [
            ...wrongHeader(
              headers,
              'authorization',
              /^AWS4-HMAC-SHA256 Credential=\w+\/\d{8}\/[a-z0-9-]+\/bedrock\/aws4_request, SignedHeaders=[a-z0-9;-]+, Signature=[0-9a-f]{64}$/,
            ),
            ...wrongHeader(headers, 'x-amz-date', /^\d{8}T\d{6}Z$/),
          ];
      return [...signed, ...problemsOf(path.endsWith('/invoke') ? embedding : question, body)];
    },
    refuse: ({ path, headers, body }) => {
      const entry = headers.authorization ?? '';
      if (!entry.includes(accessKeyId))
        return json(403, { message: 'The security token included in the request is invalid.' });
      if (path !== pathOf('converse') && path !== pathOf('converse-stream'))
        return json(400, { message: 'The provided model identifier is invalid.' });
      if (question.parse(body).toolConfig === undefined || refusesTools === undefined) return null;
      return json(400, { message: refusesTools });
    },
    answer: ({ path, body }, said): WireAnswer => {
      const { input, cached, output } = said.usage ?? { input: 20, cached: 0, output: 5 };
      const byTool = question.parse(body).toolConfig !== undefined && (said.finish ?? 'stop') === 'stop';
      const content = byTool
        ? [{ toolUse: { toolUseId: 'tool-1', name: 'json', input: asObject(said.text) } }]
        : [{ text: said.text }];
      const stops = {
        stop: 'end_turn',
        length: 'max_tokens',
        content_filter: 'guardrail_intervened',
        refusal: 'content_filtered',
      };
      const stopReason = byTool ? 'tool_use' : stops[said.finish ?? 'stop'];
      const usage = {
        inputTokens: input - cached,
        outputTokens: output,
        totalTokens: input + output,
        cacheReadInputTokens: cached,
      };
      if (path.endsWith('-stream')) return streamed(said.text, stopReason, usage);
      return json(200, {
        output: { message: { role: 'assistant', content } },
        stopReason,
        usage,
        metrics: { latencyMs: 1 },
      });
    },
    other: ({ body }) => {
      const { inputText } = embedding.parse(body);
      return json(200, { embedding: [inputText.length, 1, 1], inputTextTokenCount: inputText.length });
    },
  };
  return startModelServer(format);
}

function asObject(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return { said: text };
  }
}

/** As docs.aws.amazon.com/bedrock/latest/APIReference/API_runtime_ConverseStream.html has them. */
function streamed(text: string, stopReason: string, usage: object): WireAnswer {
  const frames = [
    eventFrame('messageStart', { role: 'assistant' }),
    ...piecesOf(text).map((piece) =>
      eventFrame('contentBlockDelta', { contentBlockIndex: 0, delta: { text: piece } }),
    ),
    eventFrame('contentBlockStop', { contentBlockIndex: 0 }),
    eventFrame('messageStop', { stopReason }),
    eventFrame('metadata', { usage, metrics: { latencyMs: 1 } }),
  ];
  return {
    status: 200,
    headers: { 'content-type': 'application/vnd.amazon.eventstream' },
    body: Buffer.concat(frames),
  };
}

/** One message of AWS's binary event stream: lengths, checksum, headers, payload, checksum. */
function eventFrame(type: string, value: object): Buffer {
  const headers = Buffer.concat(
    Object.entries({
      ':event-type': type,
      ':content-type': 'application/json',
      ':message-type': 'event',
    }).map(([name, text]) =>
      Buffer.concat([byte(name.length), Buffer.from(name), byte(7), short(text.length), Buffer.from(text)]),
    ),
  );
  const payload = Buffer.from(JSON.stringify(value));
  const lengths = Buffer.concat([long(headers.length + payload.length + 16), long(headers.length)]);
  const message = Buffer.concat([lengths, long(crc32(lengths)), headers, payload]);
  return Buffer.concat([message, long(crc32(message))]);
}

const byte = (value: number) => Buffer.from([value]);
const short = (value: number) => Buffer.from([value >> 8, value & 255]);

function long(value: number): Buffer {
  const bytes = Buffer.alloc(4);
  bytes.writeUInt32BE(value >>> 0);
  return bytes;
}
