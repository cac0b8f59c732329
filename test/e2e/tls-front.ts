// TLS with an authority of its own before an emulated host, and a proxy that is the only way to names that no resolver knows.
import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { createServer, type IncomingMessage } from 'node:http';
import { type AddressInfo, connect, type Server, type Socket } from 'node:net';
import path from 'node:path';
import { createServer as createSecureServer } from 'node:tls';
import { createTemporaryFolder } from '../doubles/git-repository.ts';

export interface TlsFront {
  readonly port: number;
  /** PEM file of the authority, for NODE_EXTRA_CA_CERTS. */
  readonly authority: string;
  /** `http://127.0.0.1:<port>`, for HTTPS_PROXY. */
  readonly proxy: string;
  /** What the proxy was asked for: `host.test:443`. */
  readonly tunnels: readonly string[];
  close(): Promise<void>;
}

/** Certificates are for `host.test` and `localhost`. */
export async function startTlsFront(behind: string): Promise<TlsFront> {
  const folder = createTemporaryFolder();
  const [key, authority] = [path.join(folder, 'key.pem'), path.join(folder, 'certificate.pem')];
  const subject = ['-subj', '/CN=host.test', '-addext', 'subjectAltName=DNS:host.test,DNS:localhost'];
  const curve = ['-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:prime256v1'];
  const files = ['-keyout', key, '-out', authority, '-days', '2', '-nodes'];
  execFileSync('openssl', ['req', '-x509', ...curve, ...files, ...subject], { stdio: 'ignore' });
  const sockets = new Set<Socket>();
  const join = (from: Socket, to: Socket) => {
    for (const socket of [from, to]) {
      sockets.add(socket);
      socket.on('error', () => [from, to].forEach((each) => void each.destroy()));
      socket.on('close', () => sockets.delete(socket));
    }
    from.pipe(to).pipe(from);
  };
  const secure = createSecureServer({ key: readFileSync(key), cert: readFileSync(authority) }, (socket) =>
    join(socket, connect(Number(new URL(behind).port), '127.0.0.1')),
  );
  const port = await listen(secure);
  const tunnels: string[] = [];
  const proxy = createServer((_, response) => response.writeHead(400).end());
  proxy.on('connect', (request: IncomingMessage, socket: Socket) => {
    tunnels.push(request.url ?? '');
    const onward = connect(port, '127.0.0.1', () => {
      socket.write('HTTP/1.1 200 Connection established\r\n\r\n');
      join(socket, onward);
    });
  });
  const proxyPort = await listen(proxy);
  return {
    ...{ port, authority, tunnels, proxy: `http://127.0.0.1:${proxyPort}` },
    close: async () => {
      for (const socket of sockets) socket.destroy();
      proxy.closeAllConnections();
      await Promise.all([secure, proxy].map((server) => new Promise((done) => server.close(done))));
    },
  };
}

async function listen(server: Server): Promise<number> {
  await new Promise<void>((ready) => server.listen(0, '127.0.0.1', ready));
  return (server.address() as AddressInfo).port;
}
