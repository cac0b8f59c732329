// A local inference server as teams run them: a real llama.cpp behind OpenAI's chat interface, on a loopback port, with a tiny model.
import { mkdtemp, rm } from 'node:fs/promises';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { GbnfJsonBasicSchema, LlamaContextSequence, LlamaGrammar, LlamaModel } from 'node-llama-cpp';
import { heldSchema } from './held-schema.ts';
import { writeTinyGguf } from './write-tiny-gguf.ts';

export const TINY_MODEL = 'tiny-random';

export interface LlamaServer extends AsyncDisposable {
  /** Ends in `/v1`. */
  readonly baseUrl: string;
  /** Bodies of the chat requests, in order. */
  readonly requests: readonly ChatRequest[];
}

/** Shape: platform.openai.com/docs/api-reference/chat/create. */
export interface ChatRequest {
  readonly model: string;
  readonly messages: readonly { readonly role: string; readonly content: unknown }[];
  readonly max_tokens?: number;
  readonly max_completion_tokens?: number;
  readonly temperature?: number;
  readonly stream?: boolean;
  readonly stream_options?: { readonly include_usage?: boolean };
  readonly response_format?: { readonly type: string; readonly json_schema?: { readonly schema: unknown } };
}

interface Engine extends AsyncDisposable {
  generate(request: ChatRequest, onText: (piece: string) => void): Promise<Generated>;
}

interface Generated {
  readonly text: string;
  readonly finish: 'stop' | 'length';
  readonly usage: {
    readonly prompt_tokens: number;
    readonly completion_tokens: number;
    readonly total_tokens: number;
  };
}

class RequestFault extends Error {
  readonly status: number;
  readonly code: string;
  constructor(status: number, code: string, message: string) {
    super(message);
    this.status = status;
    this.code = code;
  }
}

const CONTEXT_TOKENS = 8192;
const USUAL_ANSWER = 256;

/** Null where no binary of llama.cpp was installed for this platform. */
export async function startLlamaServer(): Promise<LlamaServer | null> {
  const engine = await openEngine();
  if (engine === null) return null;
  const requests: ChatRequest[] = [];
  // One sequence, one answer at a time, as small servers do.
  let turn: Promise<unknown> = Promise.resolve();
  const inTurn = <T>(work: () => Promise<T>): Promise<T> => {
    const mine = turn.then(work);
    turn = mine.catch(() => undefined);
    return mine;
  };
  const server = createServer((request, response) => {
    inTurn(() => serve(request, response, { engine, requests })).catch((error) => refuse(response, error));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  return {
    baseUrl: `http://127.0.0.1:${port}/v1`,
    requests,
    [Symbol.asyncDispose]: async () => {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
      await engine[Symbol.asyncDispose]();
    },
  };
}

async function openEngine(): Promise<Engine | null> {
  const { getLlama, NoBinaryFoundError } = await import('node-llama-cpp');
  const options = {
    build: 'never',
    gpu: false,
    maxThreads: 1,
    progressLogs: false,
    skipDownload: true,
  } as const;
  const llama = await getLlama({ ...options, logger: () => {} }).catch((error: unknown) => {
    if (error instanceof NoBinaryFoundError) return null;
    throw error;
  });
  if (llama === null) return null;
  const folder = await mkdtemp(path.join(tmpdir(), 'assay-llama-'));
  const modelPath = path.join(folder, 'tiny.gguf');
  await writeTinyGguf(modelPath);
  const model = await llama.loadModel({ modelPath, gpuLayers: 0 });
  const context = await model.createContext({ contextSize: CONTEXT_TOKENS, threads: 1 });
  const sequence = context.getSequence();
  return {
    generate: async (request, onText) => {
      const schema = request.response_format?.json_schema?.schema;
      // The library's types work out what an answer will be; of a schema that comes over the wire nothing is known.
      const held = schema === undefined ? null : (heldSchema(schema) as GbnfJsonBasicSchema);
      const grammar = held === null ? null : await llama.createGrammarForJsonSchema(held);
      return generate({ model, sequence, request, onText, grammar });
    },
    [Symbol.asyncDispose]: async () => {
      await llama.dispose();
      await rm(folder, { recursive: true, force: true });
    },
  };
}

async function generate(parts: {
  readonly model: LlamaModel;
  readonly sequence: LlamaContextSequence;
  readonly request: ChatRequest;
  readonly onText: (piece: string) => void;
  readonly grammar: LlamaGrammar | null;
}): Promise<Generated> {
  const { LlamaCompletion } = await import('node-llama-cpp');
  const { model, sequence, request, onText, grammar } = parts;
  const tokens = model.tokenize(promptOf(request), true);
  const most = request.max_completion_tokens ?? request.max_tokens ?? USUAL_ANSWER;
  if (tokens.length + most > CONTEXT_TOKENS)
    throw new RequestFault(
      400,
      'context_length_exceeded',
      `This model's maximum context length is ${CONTEXT_TOKENS} tokens.`,
    );
  const completion = new LlamaCompletion({ contextSequence: sequence, autoDisposeSequence: false });
  try {
    await sequence.clearHistory();
    const before = sequence.tokenMeter.usedOutputTokens;
    const settings = { maxTokens: most, temperature: 0, seed: 1, onTextChunk: onText };
    const { response, metadata } = await completion.generateCompletionWithMeta(tokens, {
      ...settings,
      ...(grammar === null ? {} : { grammar }),
    });
    const written = sequence.tokenMeter.usedOutputTokens - before;
    const usage = {
      prompt_tokens: tokens.length,
      completion_tokens: written,
      total_tokens: tokens.length + written,
    };
    return { text: response, finish: metadata.stopReason === 'maxTokens' ? 'length' : 'stop', usage };
  } finally {
    completion.dispose();
  }
}

function promptOf({ messages }: ChatRequest): string {
  const lines = messages.map(
    ({ role, content }) => `[${role}]${typeof content === 'string' ? content : JSON.stringify(content)}\n`,
  );
  return `${lines.join('')}[assistant]`;
}

async function serve(
  request: IncomingMessage,
  response: ServerResponse,
  { engine, requests }: { engine: Engine; requests: ChatRequest[] },
): Promise<void> {
  if (request.method === 'GET' && request.url === '/v1/models') {
    return send(response, 200, {
      object: 'list',
      data: [{ id: TINY_MODEL, object: 'model', owned_by: 'tests' }],
    });
  }
  if (request.method !== 'POST' || request.url !== '/v1/chat/completions')
    throw new RequestFault(404, 'not_found', 'There is nothing at this address.');
  const chat = await readChat(request);
  requests.push(chat);
  if (chat.model !== TINY_MODEL)
    throw new RequestFault(404, 'model_not_found', `The model \`${chat.model}\` does not exist.`);
  if (chat.stream === true) return stream(response, chat, engine);
  const { text, finish, usage } = await engine.generate(chat, () => {});
  const message = { role: 'assistant', content: text };
  send(response, 200, {
    ...HEAD,
    object: 'chat.completion',
    choices: [{ index: 0, message, finish_reason: finish }],
    usage,
  });
}

const HEAD = { id: 'chatcmpl-tiny', created: 0, model: TINY_MODEL } as const;

/** Shape: platform.openai.com/docs/api-reference/chat-streaming. */
async function stream(response: ServerResponse, chat: ChatRequest, engine: Engine): Promise<void> {
  const chunk = (content: object) =>
    response.write(`data: ${JSON.stringify({ ...HEAD, object: 'chat.completion.chunk', ...content })}\n\n`);
  const choice = (delta: object, finish: string | null) => ({
    choices: [{ index: 0, delta, finish_reason: finish }],
  });
  response.writeHead(200, { 'content-type': 'text/event-stream' });
  chunk(choice({ role: 'assistant', content: '' }, null));
  const { finish, usage } = await engine.generate(chat, (piece) => chunk(choice({ content: piece }, null)));
  chunk(choice({}, finish));
  if (chat.stream_options?.include_usage === true) chunk({ choices: [], usage });
  response.end('data: [DONE]\n\n');
}

async function readChat(request: IncomingMessage): Promise<ChatRequest> {
  const pieces: Buffer[] = [];
  for await (const piece of request) pieces.push(piece);
  return JSON.parse(Buffer.concat(pieces).toString('utf8'));
}

function send(response: ServerResponse, status: number, body: object): void {
  response.writeHead(status, { 'content-type': 'application/json' });
  response.end(JSON.stringify(body));
}

/** Shape: platform.openai.com/docs/guides/error-codes. */
function refuse(response: ServerResponse, error: unknown): void {
  if (response.headersSent) {
    response.destroy();
    return;
  }
  const { status, code } = error instanceof RequestFault ? error : { status: 500, code: 'server_error' };
  const message = error instanceof Error ? error.message : 'unknown';
  send(response, status, { error: { message, type: 'invalid_request_error', code } });
}
