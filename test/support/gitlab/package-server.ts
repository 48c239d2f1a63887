import { once } from 'node:events';
import { type Server, createServer } from 'node:http';

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
  /** Answered with a redirect to the same path there, as registries on object storage do. */
  redirectTo?: string;
};

/** Gives out files over HTTP on loopback, as a package registry or a mirror would. */
export async function startPackageServer({ files, basic, redirectTo }: PackageServerOptions): Promise<PackageServer> {
  const requests: PackageServer['requests'] = [];
  const server: Server = createServer((request, response) => {
    const path = request.url ?? '';
    const { authorization } = request.headers;
    requests.push({ path, authorization });
    const file = files.get(path.slice(path.lastIndexOf('/') + 1));
    const wanted = basic === undefined ? undefined : `Basic ${Buffer.from(basic).toString('base64')}`;
    if (file === undefined || authorization !== (wanted ?? authorization)) response.writeHead(404).end('no');
    else if (redirectTo !== undefined) response.writeHead(302, { location: `${redirectTo}${path}` }).end();
    else response.end(file);
  });
  const port = await listenOnLoopback(server);
  return {
    url: `http://127.0.0.1:${port}`,
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
