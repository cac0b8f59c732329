// OSV's service on 127.0.0.1 (https://google.github.io/osv.dev/api/): checks every request strictly, answers from given records, plays faults.
import { createHash } from 'node:crypto';
import { once } from 'node:events';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { z } from 'zod';

export interface ServedRecord {
  readonly id: string;
  readonly modified: string;
  readonly affected?: readonly {
    readonly package: { readonly ecosystem: string; readonly name: string };
    readonly [member: string]: unknown;
  }[];
  readonly [member: string]: unknown;
}

export type OsvFault =
  | { readonly kind: 'status'; readonly status: number; readonly headers?: Readonly<Record<string, string>> }
  | { readonly kind: 'body'; readonly body: string; readonly type?: string }
  /** Never answered; reset before an answer; cut in the middle of it; without an end. */
  | { readonly kind: 'hang' | 'reset' | 'cut' | 'endless' };

export interface OsvRequest {
  readonly method: string;
  readonly path: string;
  readonly ifNoneMatch: string | null;
  readonly body: unknown;
}

export interface OsvServer {
  readonly url: string;
  readonly log: OsvRequest[];
  /** Requests that the service would not know: each of them is a fault of the client. */
  readonly violations: string[];
  /** What the next requests whose path fits meet; `times` of them, by default one. */
  fault(path: RegExp, fault: OsvFault, times?: number): void;
  put(...records: readonly ServedRecord[]): void;
  /** Names in listings, besides those of records. */
  list(...ids: readonly string[]): void;
  close(): Promise<void>;
}

/** The service's own limit. */
const MOST_QUERIES = 1000;
const KNOWN = /^(?:npm|PyPI|Maven|Go|crates\.io|RubyGems|NuGet|Packagist|Debian|Alpine)(?::[\w.]+)?$/;
const QUERIES = z.strictObject({
  queries: z
    .array(
      z.strictObject({
        package: z.strictObject({ ecosystem: z.string().min(1), name: z.string().min(1) }),
        page_token: z.string().min(1).optional(),
      }),
    )
    .min(1)
    .max(MOST_QUERIES),
});

interface Answer {
  readonly status: number;
  readonly body: string;
  readonly headers?: Readonly<Record<string, string>>;
}

export async function startOsvServer({ pageSize = 1000 } = {}): Promise<OsvServer> {
  const records = new Map<string, ServedRecord>();
  const extra: string[] = [];
  const faults: { path: RegExp; fault: OsvFault; times: number }[] = [];
  const log: OsvRequest[] = [];
  const violations: string[] = [];

  const query = (body: unknown): Answer => {
    const { data, error } = QUERIES.safeParse(body);
    if (data === undefined) {
      violations.push(`POST /v1/querybatch: ${error.message}`);
      return json(400, { code: 3, message: 'Invalid query.' });
    }
    if (data.queries.some(({ package: { ecosystem } }) => !KNOWN.test(ecosystem)))
      return json(400, { code: 3, message: 'Invalid ecosystem.' });
    const results = data.queries.map(({ package: { ecosystem, name }, page_token: token }) => {
      const found = [...records.values()].filter(({ affected }) =>
        affected?.some(({ package: one }) => one.ecosystem === ecosystem && one.name === name),
      );
      const all = [...found, ...extra.map((id) => ({ id, modified: '2026-01-01T00:00:00Z' }))];
      const start = Number(token ?? 0);
      const vulns = all.slice(start, start + pageSize).map(({ id, modified }) => ({ id, modified }));
      const more = start + pageSize < all.length ? { next_page_token: String(start + pageSize) } : {};
      return vulns.length === 0 ? {} : { vulns, ...more };
    });
    return json(200, { results });
  };

  const answer = ({ method, path, ifNoneMatch, body }: OsvRequest): Answer => {
    if (method === 'POST' && path === '/v1/querybatch') return query(body);
    const id = /^\/v1\/vulns\/([A-Za-z0-9._:%-]+)$/.exec(path)?.[1];
    if (method !== 'GET' || id === undefined) {
      violations.push(`${method} ${path}`);
      return json(404, { code: 5, message: 'Not found' });
    }
    const record = records.get(decodeURIComponent(id));
    if (record === undefined) return json(404, { code: 5, message: 'Bug not found.' });
    const text = JSON.stringify(record);
    const etag = `"${createHash('sha256').update(text).digest('hex').slice(0, 16)}"`;
    return ifNoneMatch === etag
      ? { status: 304, body: '', headers: { etag } }
      : { ...json(200, record), headers: { 'content-type': 'application/json', etag } };
  };

  const serve = async (incoming: IncomingMessage, response: ServerResponse): Promise<void> => {
    const request = await receive(incoming, violations);
    log.push(request);
    const planned = faults.find(({ path, times }) => times > 0 && path.test(request.path));
    if (planned === undefined) return send(response, answer(request));
    planned.times -= 1;
    return play(response, planned.fault, answer(request));
  };

  const server = createServer((incoming, response) => {
    serve(incoming, response).catch(() => incoming.socket.destroy());
  });
  await new Promise<void>((settle) => server.listen(0, '127.0.0.1', settle));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    log,
    violations,
    fault: (path, fault, times = 1) => void faults.push({ path, fault, times }),
    put: (...more) => {
      for (const one of more) records.set(one.id, one);
    },
    list: (...ids) => void extra.push(...ids),
    close: () =>
      new Promise((settle) => {
        server.close(() => settle());
        server.closeAllConnections();
      }),
  };
}

function json(status: number, body: unknown): Answer {
  return { status, body: JSON.stringify(body), headers: { 'content-type': 'application/json' } };
}

async function receive(incoming: IncomingMessage, violations: string[]): Promise<OsvRequest> {
  const chunks: Buffer[] = [];
  for await (const chunk of incoming) chunks.push(chunk as Buffer);
  const { method = 'GET', url: path = '/', headers } = incoming;
  const text = Buffer.concat(chunks).toString('utf8');
  const isJson = headers['content-type'] === 'application/json';
  if (method === 'POST' && !isJson)
    violations.push(`${method} ${path}: ${headers['content-type']} is no JSON`);
  if (headers.authorization !== undefined || headers.cookie !== undefined)
    violations.push(`${method} ${path}: a secret was sent`);
  return {
    ...{ method, path, ifNoneMatch: headers['if-none-match'] ?? null },
    body: text === '' ? null : JSON.parse(text),
  };
}

async function play(response: ServerResponse, fault: OsvFault, answer: Answer): Promise<void> {
  switch (fault.kind) {
    case 'status':
      return send(response, {
        ...json(fault.status, { message: `scripted ${fault.status}` }),
        ...(fault.headers === undefined ? {} : { headers: fault.headers }),
      });
    case 'body':
      return send(response, {
        ...{ status: 200, body: fault.body },
        headers: { 'content-type': fault.type ?? 'application/json' },
      });
    case 'hang':
      return;
    case 'reset':
      response.socket?.resetAndDestroy();
      return;
    case 'cut':
      response.writeHead(200, { 'content-length': answer.body.length });
      response.write(answer.body.slice(0, answer.body.length / 2), () => response.socket?.resetAndDestroy());
      return;
    case 'endless':
      return drip(response);
  }
}

async function drip(response: ServerResponse): Promise<void> {
  response.writeHead(200, { 'content-type': 'application/json' });
  const closed = once(response, 'close');
  while (!response.destroyed) {
    if (!response.write(' '.repeat(64 * 1024))) await Promise.race([once(response, 'drain'), closed]);
  }
}

function send(response: ServerResponse, { status, body, headers }: Answer): void {
  response.writeHead(status, headers);
  response.end(body);
}
