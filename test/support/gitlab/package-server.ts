import { once } from 'node:events';
import { type RequestListener, type Server, createServer } from 'node:http';
import { createServer as createTlsServer } from 'node:https';

export type PackageServer = AsyncDisposable & {
  url: string;
  /** What was asked for, in order: the path, and the credential that came with it. */
  requests: { path: string; authorization: string | undefined }[];
};

export type PackageServerOptions = {
  /** By name, whatever the folder. */
  files: Map<string, Buffer>;
  /** Whoever does not say this is answered 404, as GitLab does for what is private. */
  basic?: string;
  /** A stranger is answered with a page to log in at instead, and 200. */
  hasLoginPage?: boolean;
  tls?: { key: string; cert: string };
  /** Answered with a redirect to the same path there, as registries on object storage do. */
  redirectTo?: string;
};

/** Gives out files over HTTP on loopback, as a package registry or a mirror would. */
export async function startPackageServer(options: PackageServerOptions): Promise<PackageServer> {
  const { files, basic, hasLoginPage, redirectTo, tls } = options;
  const requests: PackageServer['requests'] = [];
  const listener: RequestListener = (request, response) => {
    const path = request.url ?? '';
    const { authorization } = request.headers;
    requests.push({ path, authorization });
    const file = files.get(path.slice(path.lastIndexOf('/') + 1));
    const wanted = basic === undefined ? undefined : `Basic ${Buffer.from(basic).toString('base64')}`;
    const isStranger = authorization !== (wanted ?? authorization);
    if (isStranger && hasLoginPage === true) response.end('<html>Sign in');
    else if (file === undefined || isStranger) response.writeHead(404).end('no');
    else if (redirectTo !== undefined) response.writeHead(302, { location: `${redirectTo}${path}` }).end();
    else response.end(file);
  };
  const server = tls === undefined ? createServer(listener) : createTlsServer(tls, listener);
  const port = await listenOnLoopback(server);
  return {
    url: `${tls === undefined ? 'http' : 'https'}://127.0.0.1:${port}`,
    requests,
    async [Symbol.asyncDispose]() {
      server.closeAllConnections();
      server.close();
      await once(server, 'close');
    },
  };
}

/** @returns the port, one that was free */
export async function listenOnLoopback(server: Server): Promise<number> {
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('the server has no port');
  return address.port;
}
