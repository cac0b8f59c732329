import { execFile, execFileSync } from 'node:child_process';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { request as httpRequest, type IncomingMessage } from 'node:http';
import { createServer as createSecureServer } from 'node:https';
import { type AddressInfo, connect, type Socket } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterEach, describe, expect, it } from 'vitest';
import { createBoundedFetch } from '#adapters/http/bounded-fetch.ts';
import { useProxyOf } from '#adapters/http/use-proxy.ts';
import { startLoopbackServer } from './loopback-server.ts';

const undo: (() => unknown)[] = [];
afterEach(async () => {
  for (const step of undo.splice(0).reverse()) await step();
});

/** A proxy that opens tunnels to one port of this machine, whatever host it is asked for, and hands on what is asked without TLS. */
async function startTunnel(target: () => number): Promise<{ origin: string; tunnels: string[] }> {
  const tunnels: string[] = [];
  const proxy = await startLoopbackServer((request, response) => {
    tunnels.push(new URL(request.url ?? '').host);
    const onward = httpRequest({ port: target(), path: '/', agent: false }, (answer) =>
      answer.pipe(response),
    );
    onward.end();
  });
  proxy.server.on('connect', (request: IncomingMessage, socket: Socket) => {
    tunnels.push(request.url ?? '');
    const onward = connect(target(), '127.0.0.1', () => {
      socket.write('HTTP/1.1 200 Connection established\r\n\r\n');
      onward.pipe(socket).pipe(onward);
    });
    onward.on('error', () => socket.destroy());
    socket.on('error', () => onward.destroy());
    undo.push(() => socket.destroy());
  });
  undo.push(() => proxy.close());
  return { origin: proxy.origin, tunnels };
}

async function startHost() {
  const host = await startLoopbackServer((_, response) => response.end('hello'));
  undo.push(() => host.close());
  return host;
}

const bounded = createBoundedFetch({ signal: new AbortController().signal, allowHttp: true });

describe('a proxy that the environment names', () => {
  it.each(['HTTP_PROXY', 'http_proxy'])(
    'is gone through when %s says so, except for hosts that NO_PROXY names',
    async (name) => {
      const host = await startHost();
      const proxy = await startTunnel(() => host.port);
      undo.push(useProxyOf({ [name]: proxy.origin, NO_PROXY: '127.0.0.1' }));
      expect(await (await bounded(`http://ghes.test:${host.port}/`)).text()).toBe('hello');
      expect(await (await bounded(host.origin)).text()).toBe('hello');
      expect(proxy.tunnels).toEqual([`ghes.test:${host.port}`]);
    },
  );

  it('is not used when nothing is set', async () => {
    const host = await startHost();
    undo.push(useProxyOf({ NO_PROXY: 'x', HTTPS_PROXY: '' }));
    expect(await (await bounded(host.origin)).text()).toBe('hello');
  });

  it('is refused when its address is none, without showing what was set', () => {
    expect(() => useProxyOf({ HTTPS_PROXY: 'user:canary-password' })).toThrow('is no URL');
    expect(() => useProxyOf({ HTTPS_PROXY: 'user:canary-password' })).not.toThrow(/canary/);
  });
});

it('a name that stands for a metadata service is refused behind a proxy too, and one that is not known here is the proxy’s to know', async () => {
  const host = await startHost();
  const proxy = await startTunnel(() => host.port);
  undo.push(useProxyOf({ HTTP_PROXY: proxy.origin }));
  const known: Readonly<Record<string, readonly string[]>> = { 'evil.test': ['169.254.169.254'] };
  const fetched = createBoundedFetch({
    signal: new AbortController().signal,
    allowHttp: true,
    resolve: async (name) => known[name] ?? Promise.reject(new Error('ENOTFOUND')),
  });
  await expect(fetched('http://evil.test/')).rejects.toThrow('metadata service');
  expect(await (await fetched('http://inside.test/')).text()).toBe('hello');
  expect(proxy.tunnels).toEqual(['inside.test']);
});

describe('a host with a certificate of its own authority, behind a proxy', () => {
  it('is reached when NODE_EXTRA_CA_CERTS names the authority, and not otherwise', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'assay-ca-'));
    undo.push(() => rm(folder, { recursive: true, force: true }));
    const [key, certificate] = [join(folder, 'key.pem'), join(folder, 'cert.pem')];
    makeCertificate(key, certificate);
    const server = createSecureServer(
      { key: await readFile(key), cert: await readFile(certificate) },
      (_, response) => response.end('secure'),
    );
    await new Promise<void>((ready) => server.listen(0, '127.0.0.1', ready));
    undo.push(() => {
      server.closeAllConnections();
      server.close();
    });
    const port = (server.address() as AddressInfo).port;
    const proxy = await startTunnel(() => port);
    const script = join(folder, 'child.ts');
    await writeFile(script, childScript(`https://ghes.test:${port}/`, proxy.origin));
    const run = async (extra: Record<string, string>): Promise<string> => {
      const environment = { PATH: process.env.PATH ?? '', ...extra };
      return (await promisify(execFile)(process.execPath, [script], { env: environment })).stdout;
    };
    expect(await run({})).toMatch(/^refused: .*SELF_SIGNED/);
    expect(await run({ NODE_EXTRA_CA_CERTS: certificate })).toBe('secure');
    expect(proxy.tunnels).toEqual([`ghes.test:${port}`, `ghes.test:${port}`]);
  });
});

function makeCertificate(key: string, certificate: string): void {
  const subject = ['-subj', '/CN=ghes.test', '-addext', 'subjectAltName=DNS:ghes.test'];
  const files = ['-keyout', key, '-out', certificate, '-days', '2', '-nodes'];
  const curve = ['-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:prime256v1'];
  execFileSync('openssl', ['req', '-x509', ...curve, ...files, ...subject], { stdio: 'ignore' });
}

function childScript(address: string, proxy: string): string {
  const source = (name: string) =>
    JSON.stringify(join(import.meta.dirname, '../../../src/adapters/http', name));
  return `
import { createBoundedFetch } from ${source('bounded-fetch.ts')};
import { useProxyOf } from ${source('use-proxy.ts')};
useProxyOf({ https_proxy: ${JSON.stringify(proxy)} });
const bounded = createBoundedFetch({ signal: new AbortController().signal });
const answer = await bounded(${JSON.stringify(address)}).then((response) => response.text(), (error) => 'refused: ' + error.cause?.code);
process.stdout.write(answer);
`;
}
