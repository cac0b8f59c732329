// Google's generateContent and its embeddings on 127.0.0.1: enough for one honest answer and its failures.
import { z } from 'zod';
import {
  events,
  json,
  type ModelServer,
  type ModelWireFormat,
  piecesOf,
  type SaidByModel,
  startModelServer,
  type WireAnswer,
} from './model-server.ts';
import { problemsOf, wrongHeader } from './wire-problems.ts';

const parts = z.array(z.strictObject({ text: z.string() })).min(1);
const question = z.strictObject({
  systemInstruction: z.strictObject({ parts }).optional(),
  contents: z.array(z.strictObject({ role: z.enum(['user', 'model']), parts })).min(1),
  generationConfig: z
    .strictObject({
      maxOutputTokens: z.int().positive().optional(),
      temperature: z.number().optional(),
      seed: z.int().optional(),
      responseMimeType: z.enum(['application/json', 'text/plain']).optional(),
      responseSchema: z.record(z.string(), z.unknown()).optional(),
      responseJsonSchema: z.record(z.string(), z.unknown()).optional(),
    })
    .optional(),
});
const content = z.strictObject({ role: z.string().optional(), parts });
const batch = z.strictObject({
  requests: z
    .array(z.strictObject({ model: z.string(), content }))
    .min(1)
    .max(100),
});
const single = z.strictObject({ model: z.string(), content });

export interface GoogleServerSettings {
  readonly key?: string;
  readonly model?: string;
  readonly refusesSchema?: string;
}

export function startGoogleServer(settings: GoogleServerSettings = {}): Promise<ModelServer> {
  const { key = 'key-of-the-fake', model = 'gemini-fake', refusesSchema } = settings;
  const format: ModelWireFormat = {
    basePath: '/v1beta',
    isQuestion: ({ path }) => /:(?:generateContent|streamGenerateContent\?alt=sse)$/.test(path),
    check: ({ path, headers, body }) => {
      const entry = wrongHeader(headers, 'x-goog-api-key', /^\S+$/);
      if (/:batchEmbedContents$/.test(path)) return [...entry, ...problemsOf(batch, body)];
      if (/:embedContent$/.test(path)) return [...entry, ...problemsOf(single, body)];
      return [...entry, ...problemsOf(question, body)];
    },
    refuse: ({ path, headers, body }) => {
      const { generationConfig = {} } = question.parse(body);
      // A wrong key is a 400 here.
      if (headers['x-goog-api-key'] !== key)
        return problem(400, 'INVALID_ARGUMENT', 'API key not valid. Please pass a valid API key.');
      if (!path.startsWith(`/v1beta/models/${model}:`))
        return problem(404, 'NOT_FOUND', `${path} is not found for API version v1beta`);
      const schema = generationConfig.responseSchema ?? generationConfig.responseJsonSchema;
      return schema === undefined || refusesSchema === undefined
        ? null
        : problem(400, 'INVALID_ARGUMENT', refusesSchema);
    },
    answer: ({ path }, said) =>
      path.includes(':stream')
        ? events([
            ...piecesOf(said.text).map((text) => ({
              data: { candidates: [{ content: { role: 'model', parts: [{ text }] }, index: 0 }] },
            })),
            { data: lastOf(said, model, '') },
          ])
        : json(200, lastOf(said, model, said.text)),
    other: ({ body }) => {
      const many = batch.safeParse(body);
      const values = (text: string) => ({ values: [text.length, 1, 1] });
      if (!many.success) return json(200, { embedding: values(textOf(single.parse(body).content)) });
      return json(200, { embeddings: many.data.requests.map((one) => values(textOf(one.content))) });
    },
  };
  return startModelServer(format);
}

function textOf({ parts: said }: z.infer<typeof content>): string {
  return said.map(({ text }) => text).join('');
}

function problem(code: number, status: string, message: string): WireAnswer {
  return json(code, { error: { code, message, status } });
}

const FINISH = { stop: 'STOP', length: 'MAX_TOKENS', content_filter: 'SAFETY', refusal: 'SAFETY' } as const;

function lastOf(said: SaidByModel, model: string, text: string) {
  const { input, cached, output } = said.usage ?? { input: 20, cached: 0, output: 5 };
  return {
    candidates: [
      {
        content: { role: 'model', parts: [{ text }] },
        finishReason: FINISH[said.finish ?? 'stop'],
        index: 0,
      },
    ],
    ...(said.usage === null
      ? {}
      : {
          usageMetadata: {
            promptTokenCount: input,
            cachedContentTokenCount: cached,
            candidatesTokenCount: output,
            totalTokenCount: input + output,
          },
        }),
    ...(said.model === null ? {} : { modelVersion: said.model ?? model }),
  };
}
