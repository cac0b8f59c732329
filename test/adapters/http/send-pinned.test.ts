// What goes over the wire, and what comes back, when node's own client takes the place of the global fetch.
import { brotliCompressSync, deflateSync, gzipSync } from 'node:zlib';
import { afterEach, describe, expect, it } from 'vitest';
import { type PinnedPlace, RedirectAnswer, sendPinned } from '#adapters/http/send-pinned.ts';
import { AssayError } from '#domain/errors.ts';
import { type LoopbackServer, startLoopbackServer } from './loopback-server.ts';

const servers: LoopbackServer[] = [];
const serve = async (...args: Parameters<typeof startLoopbackServer>): Promise<LoopbackServer> => {
  const server = await startLoopbackServer(...args);
  servers.push(server);
  return server;
};
afterEach(async () => {
  for (const server of servers.splice(0)) await server.close();
});

const place: PinnedPlace = { addresses: [], check: () => {}, signal: new AbortController().signal };
const send = (address: string, init?: RequestInit, at: Partial<PinnedPlace> = {}) =>
  sendPinned(new Request(address, init), { ...place, ...at });

describe('an answer', () => {
  it.each([
    ['gzip', gzipSync],
    ['x-gzip', gzipSync],
    ['deflate', deflateSync],
    ['br', brotliCompressSync],
    ['identity', (text: string) => Buffer.from(text)],
  ] as const)('packed as %s is unpacked', async (coding, pack) => {
    const text = 'täxt '.repeat(5000);
    const server = await serve((_, response) =>
      response.writeHead(200, { 'content-encoding': coding }).end(pack(text)),
    );
    expect(await (await send(server.origin)).text()).toBe(text);
  });

  it('packed twice is unpacked twice, and one that is none of what it says is an error', async () => {
    const server = await serve((request, response) =>
      response
        .writeHead(200, { 'content-encoding': 'br, gzip' })
        .end(request.url === '/' ? gzipSync(brotliCompressSync('twice')) : 'plain'),
    );
    expect(await (await send(server.origin)).text()).toBe('twice');
    await expect(send(`${server.origin}/x`).then((answer) => answer.text())).rejects.toThrow();
  });

  it('keeps its status, its words and every header', async () => {
    const server = await serve((_, response) =>
      response.writeHead(422, 'Too much', ['X-A', '1', 'X-A', '2', 'Link', '<a>; rel="next"']).end('{}'),
    );
    const answer = await send(server.origin);
    expect([answer.status, answer.statusText, answer.headers.get('x-a'), answer.headers.get('link')]).toEqual(
      [422, 'Too much', '1, 2', '<a>; rel="next"'],
    );
  });

  it('may be empty', async () => {
    const server = await serve((request, response) =>
      response.writeHead(Number(request.url?.slice(1)), { 'content-encoding': 'gzip' }).end(),
    );
    for (const status of [204, 304, 200]) {
      const answer = await send(`${server.origin}/${status}`);
      expect([answer.status, await answer.text()]).toEqual([status, '']);
    }
  });

  it('that leads elsewhere is thrown', async () => {
    const server = await serve((_, response) => response.writeHead(307, { location: '/x' }).end());
    await expect(send(server.origin, { method: 'POST', body: 'x' })).rejects.toBeInstanceOf(RedirectAnswer);
    expect(server.seen).toEqual(['POST /']);
  });

  it('that ends early is an error, before its head and after it', async () => {
    const server = await serve((request, response) => {
      if (request.url === '/body') response.writeHead(200, { 'content-length': 100 }).write('a');
      setImmediate(() => response.destroy());
    });
    await expect(send(`${server.origin}/head`)).rejects.toMatchObject({
      message: 'fetch failed',
      cause: expect.objectContaining({ code: 'ECONNRESET' }),
    });
    await expect(send(`${server.origin}/body`).then((answer) => answer.text())).rejects.toThrow();
  });
});

describe('a request', () => {
  it.each([
    ['POST', '{"a":1}', '7'],
    ['PATCH', 'ä', '2'],
    ['DELETE', 'gone', '4'],
    ['PUT', '', '0'],
  ])('%s brings its body and says how long it is', async (method, body, length) => {
    const server = await serve((request, response) => {
      response.setHeader('x-length', request.headers['content-length'] ?? 'none');
      request.pipe(response);
    });
    const answer = await send(server.origin, { method, body });
    expect([answer.headers.get('x-length'), await answer.text()]).toEqual([length, body]);
  });

  it('with a form brings its boundary', async () => {
    const server = await serve((request, response) => {
      response.setHeader('x-type', request.headers['content-type'] ?? '');
      request.pipe(response);
    });
    const body = new FormData();
    body.append('position[new_line]', '7');
    const answer = await send(server.origin, { method: 'POST', body });
    expect(answer.headers.get('x-type')).toMatch(/^multipart\/form-data; boundary=/);
    expect(await answer.text()).toContain('name="position[new_line]"\r\n\r\n7');
  });
});

describe('a name', () => {
  it('is not asked for again once its addresses were checked', async () => {
    const server = await serve((_, response) => response.end('here'));
    const answer = await send(`http://pinned.test:${server.port}/`, {}, { addresses: ['127.0.0.1'] });
    expect(await answer.text()).toBe('here');
  });

  it('that is asked for only now is checked before anything is sent', async () => {
    const server = await serve((_, response) => response.end('here'));
    const seen: (readonly string[])[] = [];
    const check = (addresses: readonly string[]) => {
      seen.push(addresses);
      throw new AssayError('configuration', 'never asked');
    };
    await expect(send(`http://localhost:${server.port}/`, {}, { check })).rejects.toMatchObject({
      code: 'configuration',
    });
    expect(seen[0]?.every((address) => ['127.0.0.1', '::1'].includes(address))).toBe(true);
    expect(server.seen).toEqual([]);
  });
});
