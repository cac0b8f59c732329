import { afterEach, describe, expect, it } from 'vitest';
import { createBoundedFetch } from '#adapters/http/bounded-fetch.ts';
import { refuseAddress } from '#adapters/http/refuse-address.ts';
import { type LoopbackServer, startLoopbackServer } from './loopback-server.ts';

const never = new AbortController().signal;
const servers: LoopbackServer[] = [];
const serve = async (...args: Parameters<typeof startLoopbackServer>): Promise<LoopbackServer> => {
  const server = await startLoopbackServer(...args);
  servers.push(server);
  return server;
};
afterEach(async () => {
  for (const server of servers.splice(0)) await server.close();
});

describe('the addresses that a request may go to', () => {
  it.each([
    'http://169.254.169.254/latest',
    'https://169.254.169.254/',
    'https://169.254.170.2/',
    'https://2852039166/',
    'https://0xa9fea9fe/',
    'https://0xa9.0xfe.0xa9.0xfe/',
    'https://169.254.43518/',
    'https://①⑥⑨.②⑤④.①⑥⑨.②⑤④/',
    'https://169.254.169.254./',
    'https://[::ffff:169.254.169.254]/',
    'https://[::ffff:a9fe:a9fe]/',
    'https://[64:ff9b::169.254.169.254]/',
    'https://[2002:a9fe:a9fe::]/',
    'https://[::169.254.169.254]/',
    'https://[fd00:ec2::254]/',
    'https://[fd00:0ec2:0:0:0:0:0:0254]/',
    'https://[fd20:ce::254]/',
    'https://[fe80::1]/',
    'https://100.100.100.200/',
    'https://METADATA.google.internal/',
    'https://metadata.google.internal./',
    'https://metadata.google.internal../',
    'https://metadata/',
  ])('never %s, whatever is allowed', (address) => {
    expect(refuseAddress(new URL(address), true)).toContain('metadata service');
  });

  it.each([
    'http://127.0.0.1/',
    'http://localhost:8080/',
    'http://127.1/',
    'http://[::1]/',
    'http://[::ffff:7f00:1]/',
    'http://app.localhost/',
    'http://localhost./',
  ])('http to this machine: %s', (address) => {
    expect(refuseAddress(new URL(address), false)).toBeNull();
  });

  it('http to another host only when the operator allowed it, private or not', () => {
    for (const address of ['http://ghes.example/', 'http://10.0.0.8/', 'http://localhost.example/']) {
      expect(refuseAddress(new URL(address), false)).toBe('is http, not https');
      expect(refuseAddress(new URL(address), true)).toBeNull();
    }
    expect(refuseAddress(new URL('https://10.0.0.8/'), false)).toBeNull();
  });

  it('no other scheme, and no address that holds a password', () => {
    expect(refuseAddress(new URL('ftp://ghes.example/'), true)).toBe('is neither https nor http');
    expect(refuseAddress(new URL('data:text/plain,x'), true)).toBe('is neither https nor http');
    expect(refuseAddress(new URL('https://me:secret@ghes.example/'), true)).toContain('password');
  });
});

describe('a bounded fetch', () => {
  it('gives the answer with its address, status and headers, and names itself', async () => {
    const server = await serve((request, response) => {
      response.writeHead(201, { 'x-agent': request.headers['user-agent'] }).end('ok');
    });
    const response = await createBoundedFetch({ signal: never })(`${server.origin}/a?b=1`);
    expect([response.status, response.url, response.headers.get('x-agent'), await response.text()]).toEqual([
      201,
      `${server.origin}/a?b=1`,
      'assay',
      'ok',
    ]);
  });

  it('keeps the name that a client gives itself, its method and its body', async () => {
    const server = await serve((request, response) => {
      request.pipe(response.writeHead(200, { 'x-agent': request.headers['user-agent'] }));
    });
    const response = await createBoundedFetch({ signal: never })(server.origin, {
      method: 'POST',
      body: 'text',
      headers: { 'User-Agent': 'own' },
    });
    expect([response.headers.get('x-agent'), await response.text()]).toEqual(['own', 'text']);
  });

  it('sends nothing to an address that is refused, and does not show the address whole', async () => {
    const attempt = createBoundedFetch({ signal: never })('http://169.254.169.254/latest/token?canary=1');
    await expect(attempt).rejects.toMatchObject({ name: 'AssayError', code: 'configuration' });
    await expect(attempt).rejects.not.toThrow(/canary|latest/);
  });

  it('looks up what a name stands for each time, so that no name leads to a metadata service', async () => {
    const server = await serve((_, response) => response.end('ok'));
    const answers = [
      ['127.0.0.1'],
      ['93.184.216.34', '169.254.169.254'],
      ['::ffff:169.254.169.254'],
      ['fd00:ec2::254'],
    ];
    const asked: string[] = [];
    const bounded = createBoundedFetch({
      signal: never,
      resolve: async (host) => {
        asked.push(host);
        return answers.shift() ?? [];
      },
    });
    const address = `http://localhost:${server.port}/`;
    expect(await (await bounded(address)).text()).toBe('ok');
    for (let count = 0; count < 3; count += 1) {
      await expect(bounded(address)).rejects.toThrow('metadata service');
    }
    expect(asked).toEqual(['localhost', 'localhost', 'localhost', 'localhost']);
    expect(server.seen).toHaveLength(1);
  });

  it('connects to the address that was checked, whatever the name stands for a moment later', async () => {
    const server = await serve((_, response) => response.end('ok'));
    const answers = [['127.0.0.1'], ['169.254.169.254'], ['::1', '127.0.0.1']];
    let asked = 0;
    const bounded = createBoundedFetch({
      signal: never,
      allowHttp: true,
      resolve: async () => answers[asked++] ?? [],
    });
    // No resolver of this machine knows the name, so nobody asked it again.
    const address = `http://rebound.test:${server.port}/`;
    expect(await (await bounded(address)).text()).toBe('ok');
    await expect(bounded(address)).rejects.toThrow('metadata service');
    expect(await (await bounded(address)).text()).toBe('ok');
    expect([asked, server.seen.length]).toEqual([3, 2]);
  });

  it('asks once for a name that only a proxy knows, and waits for no resolver longer than for the host', async () => {
    const server = await serve((_, response) => response.end('ok'));
    let asked = 0;
    const resolve = async () => {
      asked += 1;
      throw new Error('ENOTFOUND');
    };
    const bounded = createBoundedFetch({ signal: never, resolve });
    for (let count = 0; count < 2; count += 1) await bounded(`http://localhost:${server.port}/`);
    expect(asked).toBe(1);
    const stuck = createBoundedFetch({ signal: never, timeoutMs: 30, resolve: () => new Promise(() => {}) });
    await expect(stuck(`http://localhost:${server.port}/`)).rejects.toMatchObject({ name: 'TimeoutError' });
  });

  it.each([301, 302, 303, 307, 308])(
    'follows no redirect (%i), so that no token goes to another host',
    async (status) => {
      const other = await serve((_, response) => response.end('stolen'));
      const server = await serve((_, response) =>
        response.writeHead(status, { location: other.origin }).end(),
      );
      const attempt = createBoundedFetch({ signal: never })(server.origin, {
        method: 'POST',
        body: 'x',
        headers: { authorization: 'token canary' },
      });
      await expect(attempt).rejects.toMatchObject({
        code: 'configuration',
        message: expect.stringContaining('redirect'),
      });
      expect(other.seen).toEqual([]);
    },
  );

  it('ends a request that takes too long, also when the body is what never ends', async () => {
    const server = await serve((request, response) => {
      if (request.url === '/body') response.writeHead(200).write('a');
    });
    const bounded = createBoundedFetch({ signal: never, timeoutMs: 60 });
    await expect(bounded(`${server.origin}/head`)).rejects.toMatchObject({ name: 'TimeoutError' });
    const response = await bounded(`${server.origin}/body`);
    await expect(response.text()).rejects.toMatchObject({ name: 'TimeoutError' });
  });

  it('ends with the run, and with the request itself', async () => {
    const server = await serve(() => {});
    const run = new AbortController();
    const own = new AbortController();
    const bounded = createBoundedFetch({ signal: run.signal });
    const first = bounded(server.origin, { signal: own.signal });
    own.abort();
    await expect(first).rejects.toMatchObject({ name: 'AbortError' });
    const second = bounded(server.origin);
    run.abort(new Error('the run was interrupted'));
    await expect(second).rejects.toThrow('the run was interrupted');
    await expect(bounded(server.origin)).rejects.toThrow('the run was interrupted');
  });

  it('reads no more than the limit, also when the host does not say how long the answer is', async () => {
    const server = await serve((_, response) => {
      response.write('x'.repeat(600));
      response.end('x'.repeat(600));
    });
    const response = await createBoundedFetch({ signal: never, maxBodyBytes: 1000 })(server.origin);
    await expect(response.text()).rejects.toMatchObject({
      code: 'input',
      message: expect.stringContaining('1000 bytes'),
    });
    const enough = await createBoundedFetch({ signal: never, maxBodyBytes: 1200 })(server.origin);
    expect(await enough.text()).toHaveLength(1200);
  });

  it('gives answers without a body', async () => {
    const server = await serve((_, response) => response.writeHead(204).end());
    expect((await createBoundedFetch({ signal: never })(server.origin)).status).toBe(204);
  });
});
