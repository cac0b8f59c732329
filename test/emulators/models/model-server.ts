// A model on 127.0.0.1: checks every request strictly, answers as scripted, plays faults, and can record and replay what it said.
import { once } from 'node:events';
import { appendFileSync, readFileSync } from 'node:fs';
import { createServer, type IncomingHttpHeaders, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { setTimeout as wait } from 'node:timers/promises';
import { stableJson } from '#support/stable-json.ts';

export interface ModelServerRequest {
  readonly method: string;
  /** With its query. */
  readonly path: string;
  readonly headers: IncomingHttpHeaders;
  readonly text: string;
  /** JSON, or null. */
  readonly body: unknown;
}

/** What the model says. */
export interface SaidByModel {
  readonly text: string;
  readonly finish?: 'stop' | 'length' | 'content_filter' | 'refusal';
  /** Null: none is told. */
  readonly usage?: { readonly input: number; readonly cached: number; readonly output: number } | null;
  /** Who answered; null: it is not told. */
  readonly model?: string | null;
}

/** What happens on the way. */
export type ModelFault =
  | {
      readonly fault: 'status';
      readonly status: number;
      readonly headers?: Readonly<Record<string, string>>;
      readonly body?: unknown;
    }
  | { readonly fault: 'redirect'; readonly status: number; readonly location: string }
  | { readonly fault: 'delay'; readonly milliseconds: number }
  /** `reset`: before the request is carried out; `lost`: after; `cut`: in the middle of the answer. */
  | { readonly fault: 'reset' | 'lost' | 'cut' }
  /** A body without an end, as fast as it is read; or a byte now and then. */
  | { readonly fault: 'endless' | 'slow' }
  /** A success whose JSON is broken. */
  | { readonly fault: 'malformed' };

export type ModelStep = SaidByModel | ModelFault;

export interface WireAnswer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string | Buffer;
}

/** One vendor's wire format. */
export interface ModelWireFormat {
  /** Behind the server's origin. */
  readonly basePath: string;
  /** What is wrong with the request by the vendor's reference; none: it is carried out. */
  check(request: ModelServerRequest): readonly string[];
  /** A question to the model takes one step of the script; everything else (lists of models, embeddings) does not. */
  isQuestion(request: ModelServerRequest): boolean;
  /** What the vendor would refuse by itself; null: nothing. */
  refuse(request: ModelServerRequest): WireAnswer | null;
  answer(request: ModelServerRequest, said: SaidByModel): WireAnswer;
  other(request: ModelServerRequest): WireAnswer;
}

export interface ModelServer {
  readonly origin: string;
  /** The base address of the model. */
  readonly url: string;
  /** Every request that came, in order. */
  readonly log: ModelServerRequest[];
  readonly questions: () => readonly ModelServerRequest[];
  /** Requests that the vendor would not know: each of them is a fault of the client. */
  readonly violations: string[];
  /** One step for each question from now on; when they are used up, `otherwise`. */
  script(...steps: readonly ModelStep[]): void;
  /** For every question that has no step. */
  otherwise(step: ModelStep | ((request: ModelServerRequest) => ModelStep)): void;
  /** Appends each exchange as a line of JSON; no header of a request is written. */
  recordTo(file: string): void;
  /** Answers from such a file alone: what was not recorded is a violation. */
  replayFrom(file: string): void;
  close(): Promise<void>;
}

interface Recorded {
  readonly request: { readonly method: string; readonly path: string; readonly body: unknown };
  readonly answer: {
    readonly status: number;
    readonly headers: Readonly<Record<string, string>>;
    readonly base64: string;
  };
}

export async function startModelServer(format: ModelWireFormat): Promise<ModelServer> {
  const log: ModelServerRequest[] = [];
  const violations: string[] = [];
  const steps: ModelStep[] = [];
  let otherwise: (request: ModelServerRequest) => ModelStep = () => ({ text: 'Hello.' });
  let recording: string | null = null;
  let replaying: ReadonlyMap<string, WireAnswer> | null = null;

  const carryOut = (request: ModelServerRequest): { answer: WireAnswer; step: ModelStep | null } => {
    const wrong = format.check(request);
    violations.push(...wrong.map((what) => `${request.method} ${request.path}: ${what}`));
    if (wrong.length > 0) return { answer: json(400, { error: { message: wrong.join('; ') } }), step: null };
    if (!format.isQuestion(request)) return { answer: format.other(request), step: null };
    const refusal = format.refuse(request);
    if (refusal !== null) return { answer: refusal, step: null };
    const step = steps.shift() ?? otherwise(request);
    if ('fault' in step) return { answer: format.answer(request, { text: 'Hello.' }), step };
    return { answer: format.answer(request, step), step };
  };

  const serve = async (incoming: IncomingMessage, response: ServerResponse): Promise<void> => {
    const request = await receive(incoming);
    log.push(request);
    if (replaying !== null) {
      const found = replaying.get(keyOf(request));
      if (found === undefined) violations.push(`${request.method} ${request.path} was not recorded`);
      return send(response, found ?? json(500, { error: { message: 'not recorded' } }));
    }
    const { answer, step } = carryOut(request);
    if (recording !== null) appendFileSync(recording, `${JSON.stringify(recorded(request, answer))}\n`);
    if (step !== null && 'fault' in step) return playFault(response, step, answer);
    return send(response, answer);
  };

  const server = createServer((incoming, response) => {
    serve(incoming, response).catch(() => incoming.socket.destroy());
  });
  server.requestTimeout = 0;
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  return {
    origin,
    url: `${origin}${format.basePath}`,
    log,
    questions: () => log.filter((request) => format.isQuestion(request)),
    violations,
    script: (...more) => void steps.push(...more),
    otherwise: (step) => {
      otherwise = typeof step === 'function' ? step : () => step;
    },
    recordTo: (file) => {
      recording = file;
    },
    replayFrom: (file) => {
      replaying = new Map(readFileSync(file, 'utf8').trim().split('\n').map(entryOf));
    },
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

export function json(
  status: number,
  body: unknown,
  headers: Readonly<Record<string, string>> = {},
): WireAnswer {
  return { status, headers: { 'content-type': 'application/json', ...headers }, body: JSON.stringify(body) };
}

/** Server-sent events; a text is sent as it is, anything else as JSON. */
export function events(list: readonly { readonly event?: string; readonly data: unknown }[]): WireAnswer {
  const lines = list.map(({ event, data }) => {
    const name = event === undefined ? '' : `event: ${event}\n`;
    return `${name}data: ${typeof data === 'string' ? data : JSON.stringify(data)}\n\n`;
  });
  return { status: 200, headers: { 'content-type': 'text/event-stream' }, body: lines.join('') };
}

/** As a model streams it: a word at a time. */
export function piecesOf(text: string): readonly string[] {
  return text.match(/\s*\S+\s*$|\s*\S+/g) ?? [text];
}

async function receive(incoming: IncomingMessage): Promise<ModelServerRequest> {
  const chunks: Buffer[] = [];
  for await (const chunk of incoming) chunks.push(chunk as Buffer);
  const text = Buffer.concat(chunks).toString('utf8');
  const { method = 'GET', url = '/', headers } = incoming;
  return { method, path: url, headers, text, body: parsed(text) };
}

async function playFault(response: ServerResponse, step: ModelFault, answer: WireAnswer): Promise<void> {
  switch (step.fault) {
    case 'status': {
      const body = step.body ?? { error: { message: `scripted ${step.status}` } };
      const text = typeof body === 'string' ? body : JSON.stringify(body);
      const headers = { 'content-type': 'application/json', ...step.headers };
      return send(response, { status: step.status, headers, body: text });
    }
    case 'redirect':
      return send(response, { status: step.status, headers: { location: step.location }, body: '' });
    case 'delay':
      await wait(step.milliseconds, undefined, { ref: false });
      return send(response, answer);
    case 'reset':
    case 'lost':
      response.socket?.resetAndDestroy();
      return;
    case 'cut':
      response.writeHead(answer.status, { ...answer.headers, 'content-length': answer.body.length });
      response.write(answer.body.slice(0, Math.ceil(answer.body.length / 2)), () =>
        response.socket?.resetAndDestroy(),
      );
      return;
    case 'malformed':
      return send(response, { ...answer, body: '{"choices": [{"mess' });
    case 'endless':
    case 'slow':
      return drip(response, answer, step.fault);
  }
}

async function drip(response: ServerResponse, answer: WireAnswer, how: 'endless' | 'slow'): Promise<void> {
  response.writeHead(200, answer.headers);
  const closed = once(response, 'close');
  const piece = how === 'slow' ? ' ' : ' '.repeat(64 * 1024);
  while (!response.destroyed) {
    const open = response.write(piece);
    if (how === 'slow') await wait(10, undefined, { ref: false });
    else if (!open) await Promise.race([once(response, 'drain'), closed]);
  }
}

function send(response: ServerResponse, { status, headers, body }: WireAnswer): void {
  response.writeHead(status, headers);
  response.end(body);
}

function recorded(
  { method, path, body }: ModelServerRequest,
  { status, headers, body: said }: WireAnswer,
): Recorded {
  return {
    request: { method, path, body },
    answer: { status, headers, base64: Buffer.from(said).toString('base64') },
  };
}

function entryOf(line: string): readonly [string, WireAnswer] {
  const { request, answer } = JSON.parse(line) as Recorded;
  const body = Buffer.from(answer.base64, 'base64');
  return [keyOf(request), { status: answer.status, headers: answer.headers, body }];
}

function keyOf({ method, path, body }: Pick<ModelServerRequest, 'method' | 'path' | 'body'>): string {
  return `${method} ${path} ${stableJson(body)}`;
}

function parsed(text: string): unknown {
  try {
    return text === '' ? null : JSON.parse(text);
  } catch {
    return null;
  }
}
