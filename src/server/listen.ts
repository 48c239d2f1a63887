import { once } from 'node:events';
import { createServer, type Server } from 'node:http';
import { getRequestListener } from '@hono/node-server';
import type { Hono } from 'hono';
import { toErrorCode } from '../lib/errors.ts';
import { limits } from '../lib/limits.ts';
import type { AppEnv } from './deps.ts';
import { ApiFault, toErrorResponse } from './errors.ts';
import { ListenError } from './listen-error.ts';

export type Listening = {
  /** http://host:port */
  url: string;
  /** Takes no new connections, lets requests end for so long, then breaks off what is left. */
  close(drainMs: number): Promise<void>;
};

/**
 * Serves an app over HTTP/1.1. TLS is not ours: a proxy in front ends it. Every wait has an end: for headers, for a body
 * (src/server/http/read-body.ts and the artifact routes), for a connection on which nothing moves.
 * @throws ListenError
 */
export async function listen(app: Hono<AppEnv>, { host, port }: { host: string; port: number }): Promise<Listening> {
  const listener = getRequestListener(app.fetch, {
    errorHandler: () => toErrorResponse(new ApiFault('bad_request', 'the request is not well formed')),
  });
  const server = createServer(
    {
      maxHeaderSize: limits.requestHeaderBytes,
      headersTimeout: limits.requestHeadersMs,
      // Of a whole request: an artifact takes its time, and is watched by its own route.
      requestTimeout: 0,
      keepAliveTimeout: limits.keepAliveMs,
      connectionsCheckingInterval: limits.requestHeadersMs / 3,
      noDelay: true,
      keepAlive: true,
      keepAliveInitialDelay: limits.keepAliveMs,
    },
    (incoming, outgoing) => void listener(incoming, outgoing),
  );
  server.maxHeadersCount = limits.requestHeaders;
  server.maxConnections = limits.connections;
  server.timeout = limits.requestIdleMs;
  server.on('clientError', (error: NodeJS.ErrnoException, socket) => {
    if (!socket.writable || error.code === 'ECONNRESET') return void socket.destroy();
    const status = statusLines[error.code ?? ''] ?? '400 Bad Request';
    return void socket.end(`HTTP/1.1 ${status}\r\nconnection: close\r\ncontent-length: 0\r\n\r\n`);
  });
  server.listen({ host, port });
  try {
    await once(server, 'listening');
  } catch (error) {
    throw toListenError(error, host, port);
  }
  return {
    url: toUrl(server, host),
    async close(drainMs) {
      const closed = once(server, 'close');
      server.close();
      server.closeIdleConnections();
      // A connection that is busy now goes idle later, and would be kept for its keep-alive time.
      const idle = setInterval(() => server.closeIdleConnections(), 50);
      const late = setTimeout(() => server.closeAllConnections(), drainMs);
      await closed;
      clearInterval(idle);
      clearTimeout(late);
    },
  };
}

const statusLines: Record<string, string> = {
  HPE_HEADER_OVERFLOW: '431 Request Header Fields Too Large',
  ERR_HTTP_REQUEST_TIMEOUT: '408 Request Timeout',
};

function toListenError(error: unknown, host: string, port: number): ListenError {
  const code = toErrorCode(error);
  if (code === 'EADDRINUSE')
    return new ListenError('in_use', `port ${port} on ${host} is in use: choose another with --port`, { cause: error });
  return new ListenError('refused', `can't listen on ${host} port ${port}: ${code ?? 'unknown error'}`, {
    cause: error,
  });
}

function toUrl(server: Server, host: string): string {
  const address = server.address();
  const port = typeof address === 'object' && address !== null ? address.port : 0;
  return `http://${host.includes(':') ? `[${host}]` : host}:${port}`;
}
