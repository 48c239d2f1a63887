import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { createServer as createHttp, type RequestListener } from 'node:http';
import { createServer as createHttps } from 'node:https';
import { createServer as createTcp, type Server as TcpServer, type Socket } from 'node:net';
import { join } from 'node:path';
import { portOf } from './free-port.ts';

/** A server of a test's own on the loopback address. */
export type TestServer = AsyncDisposable & { port: number; url: string };

export function serveHttp(listener: RequestListener): Promise<TestServer> {
  return listen(createHttp(listener), 'http');
}

/** With a certificate for `localhost` that openssl signs by itself; its PEM is written to `dir`/cert.pem. */
export function serveHttps(dir: string, listener: RequestListener): Promise<TestServer> {
  const [key, cert] = [join(dir, 'key.pem'), join(dir, 'cert.pem')];
  const subject = ['-subj', '/CN=localhost/O=Quoderat test', '-addext', 'subjectAltName=DNS:localhost'];
  execFileSync(
    'openssl',
    ['req', '-x509', '-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:P-256', '-nodes', '-days', '2'].concat(subject, [
      '-keyout',
      key,
      '-out',
      cert,
    ]),
    { stdio: 'ignore' },
  );
  return listen(createHttps({ key: readFileSync(key), cert: readFileSync(cert) }, listener), 'https');
}

/** Answers every connection with these bytes as they are. */
export function serveBytes(answer: (socket: Socket) => void): Promise<TestServer> {
  return listen(
    createTcp((socket) => {
      socket.on('error', () => {});
      socket.once('data', () => answer(socket));
    }),
    'http',
  );
}

async function listen(server: TcpServer, scheme: 'http' | 'https'): Promise<TestServer> {
  const sockets = new Set<Socket>();
  server.on('connection', (socket: Socket) => {
    sockets.add(socket);
    socket.once('close', () => sockets.delete(socket));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const port = portOf(server);
  return {
    port,
    url: `${scheme}://127.0.0.1:${port}`,
    async [Symbol.asyncDispose]() {
      for (const socket of sockets) socket.destroy();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}
