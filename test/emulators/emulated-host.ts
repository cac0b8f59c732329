// A host on 127.0.0.1 that logs every request, plays faults, and lets a test act between any two requests.
import { createServer, type IncomingHttpHeaders, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { setTimeout as wait } from 'node:timers/promises';
import { Faults } from './faults.ts';
import { isWrite, readBody } from './request-body.ts';

export interface HostRequest {
  readonly method: string;
  /** Without the query, percent-encoded as it came. */
  readonly path: string;
  readonly query: URLSearchParams;
  readonly headers: IncomingHttpHeaders;
  readonly text: string;
  /** The body as a value, see `readBody`. */
  readonly body: unknown;
  /** `http://127.0.0.1:<port>`. */
  readonly origin: string;
}

export interface HostAnswer {
  readonly status: number;
  readonly headers?: Readonly<Record<string, string>>;
  /** Bytes and strings are sent as they are, anything else as JSON; undefined: nothing. */
  readonly body?: unknown;
}

/** Carries a request out. Runs to its end before the next one when it is synchronous. */
export type HostHandler = (request: HostRequest) => HostAnswer | Promise<HostAnswer>;

export interface LoggedRequest {
  /** Counted from 1, in the order of arrival. */
  readonly number: number;
  readonly method: string;
  readonly path: string;
  readonly query: Readonly<Record<string, string>>;
  readonly headers: IncomingHttpHeaders;
  readonly body: unknown;
  /** By what it is, not by whether it succeeded: GraphQL queries are reads, mutations are writes. */
  readonly isWrite: boolean;
  /** What was answered; null when the connection was reset or no answer was given yet. */
  status: number | null;
  /** Whether the handler saw it. */
  carriedOut: boolean;
}

/** May await; `'drop'` resets the connection (before: and the request is not carried out). */
export type RequestHook = (request: LoggedRequest) => undefined | 'drop' | Promise<undefined | 'drop'>;

export interface EmulatedHost {
  /** `http://127.0.0.1:<port>`. */
  readonly url: string;
  readonly log: LoggedRequest[];
  readonly faults: Faults;
  /** The requests that would change something, in order. */
  writes(): LoggedRequest[];
  /**
   * Calls back when request `number` (of all, from 1) has arrived, before it is carried out, or after that and before it is answered.
   * `onRequest(5, () => { child.kill('SIGKILL'); return 'drop'; })` is a crash between the fourth request and the fifth.
   */
  onRequest(number: number, hook: RequestHook, when?: 'before' | 'after'): void;
  close(): Promise<void>;
}

interface Hooks {
  readonly before: Map<number, RequestHook>;
  readonly after: Map<number, RequestHook>;
}

/** Starts a host on a free port. A handler that throws answers 500 with the error's text, so that a test sees it. */
export async function startEmulatedHost(handler: HostHandler): Promise<EmulatedHost> {
  const log: LoggedRequest[] = [];
  const faults = new Faults();
  const hooks: Hooks = { before: new Map(), after: new Map() };
  const server = createServer((incoming, response) => {
    void serve(incoming, response, { handler, log, faults, hooks, origin: url }).catch(() =>
      incoming.socket.destroy(),
    );
  });
  // A test that waits for a client's own timeout must not be cut short here.
  server.requestTimeout = 0;
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  return {
    url,
    log,
    faults,
    writes: () => log.filter((request) => request.isWrite),
    onRequest: (number, hook, when = 'before') => void hooks[when].set(number, hook),
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

interface Serving {
  readonly handler: HostHandler;
  readonly log: LoggedRequest[];
  readonly faults: Faults;
  readonly hooks: Hooks;
  readonly origin: string;
}

async function serve(incoming: IncomingMessage, response: ServerResponse, serving: Serving): Promise<void> {
  const request = await receive(incoming, serving.origin);
  const logged: LoggedRequest = {
    number: serving.log.length + 1,
    method: request.method,
    path: request.path,
    query: Object.fromEntries(request.query),
    headers: request.headers,
    body: request.body,
    isWrite: isWrite(request.method, request.path, request.body),
    status: null,
    carriedOut: false,
  };
  serving.log.push(logged);
  const drop = (): void => void incoming.socket.resetAndDestroy();
  if ((await serving.hooks.before.get(logged.number)?.(logged)) === 'drop') return drop();
  const fault = serving.faults.take(request);
  if (fault?.kind === 'drop') return drop();
  let answer: HostAnswer | null = null;
  if (fault?.kind !== 'status') {
    logged.carriedOut = true;
    answer = await carryOut(serving.handler, request);
  }
  if (
    (await serving.hooks.after.get(logged.number)?.(logged)) === 'drop' ||
    fault?.kind === 'store_then_drop'
  ) {
    return drop();
  }
  if (fault?.kind === 'delay') await wait(fault.milliseconds);
  const sent = fault?.kind === 'status' || fault?.kind === 'store_then_status' ? fault : answer;
  if (sent === null) return drop();
  logged.status = sent.status;
  send(response, sent, request.method);
}

async function carryOut(handler: HostHandler, request: HostRequest): Promise<HostAnswer> {
  try {
    return await handler(request);
  } catch (error) {
    return {
      status: 500,
      body: { message: `emulator: ${error instanceof Error ? error.stack : String(error)}` },
    };
  }
}

async function receive(incoming: IncomingMessage, origin: string): Promise<HostRequest> {
  const chunks: Buffer[] = [];
  for await (const chunk of incoming) chunks.push(chunk as Buffer);
  const bytes = Buffer.concat(chunks);
  const address = new URL(incoming.url ?? '/', origin);
  return {
    method: incoming.method ?? 'GET',
    path: address.pathname,
    query: address.searchParams,
    headers: incoming.headers,
    text: bytes.toString('utf8'),
    body: await readBody(incoming.headers['content-type'], bytes),
    origin,
  };
}

function send(response: ServerResponse, answer: HostAnswer, method: string): void {
  const { body } = answer;
  const raw = typeof body === 'string' || body instanceof Uint8Array;
  const bytes = body === undefined ? '' : raw ? body : JSON.stringify(body);
  const type = raw ? 'text/plain; charset=utf-8' : 'application/json; charset=utf-8';
  const headers = Object.entries({ 'content-type': type, ...lowerCased(answer.headers ?? {}) });
  response.writeHead(answer.status, Object.fromEntries(body === undefined ? headers.slice(1) : headers));
  response.end(method === 'HEAD' ? undefined : bytes);
}

function lowerCased(headers: Readonly<Record<string, string>>): Record<string, string> {
  return Object.fromEntries(Object.entries(headers).map(([name, value]) => [name.toLowerCase(), value]));
}
