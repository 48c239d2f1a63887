import { execFileSync, spawn } from 'node:child_process';
import { createReadStream, existsSync } from 'node:fs';
import { type IncomingMessage, type ServerResponse, createServer } from 'node:http';
import { join } from 'node:path';
import { once } from 'node:events';
import { listenOnLoopback } from './package-server.ts';

export type GitServer = AsyncDisposable & {
  /** `http://127.0.0.1:PORT`: what CI_SERVER_URL is. */
  url: string;
  /** Method and path of every request that was not git's. */
  requests: string[];
};

/**
 * A loopback stand-in for a GitLab instance: `git http-backend` for the repositories under `root` (`GROUP/NAME.git`), and
 * the generic package registry, which gives out the files of `packages` whatever project and version they are asked of.
 * Source: git-http-backend(1), RFC 3875 (CGI), docs.gitlab.com "Generic packages repository".
 */
export async function startGitServer({ root, packages }: { root: string; packages: string }): Promise<GitServer> {
  const backend = join(execFileSync('git', ['--exec-path'], { encoding: 'utf8' }).trim(), 'git-http-backend');
  const requests: string[] = [];
  const server = createServer((request, response) => {
    const { pathname } = new URL(request.url ?? '/', 'http://localhost');
    if (/^\/[\w./-]+\.git\//.test(pathname)) {
      answerGit(request, response, { backend, root });
      return;
    }
    requests.push(`${request.method} ${pathname}`);
    const [, name = ''] =
      /^\/api\/v4\/projects\/[^/]+\/packages\/generic\/[^/]+\/[^/]+\/([\w.-]+)$/.exec(pathname) ?? [];
    const path = join(packages, name);
    if (name === '' || !existsSync(path)) response.writeHead(404).end();
    else createReadStream(path).pipe(response.writeHead(200, { 'content-type': 'application/octet-stream' }));
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

function answerGit(
  request: IncomingMessage,
  response: ServerResponse,
  { backend, root }: { backend: string; root: string },
): void {
  const { pathname, search } = new URL(request.url ?? '/', 'http://localhost');
  const { headers } = request;
  const child = spawn(backend, {
    env: {
      PATH: process.env['PATH'] ?? '',
      GIT_PROJECT_ROOT: root,
      GIT_HTTP_EXPORT_ALL: '1',
      // The repositories may belong to another user than the one that the tests run as.
      GIT_CONFIG_COUNT: '1',
      GIT_CONFIG_KEY_0: 'safe.directory',
      GIT_CONFIG_VALUE_0: '*',
      REQUEST_METHOD: request.method ?? 'GET',
      PATH_INFO: pathname,
      QUERY_STRING: search.slice(1),
      CONTENT_TYPE: headers['content-type'] ?? '',
      CONTENT_LENGTH: headers['content-length'] ?? '',
      HTTP_CONTENT_ENCODING: headers['content-encoding'] ?? '',
      GIT_PROTOCOL: String(headers['git-protocol'] ?? ''),
      REMOTE_ADDR: '127.0.0.1',
    },
    stdio: ['pipe', 'pipe', 'inherit'],
  });
  child.stdin.on('error', () => {});
  request.pipe(child.stdin);
  let head = Buffer.alloc(0);
  const readHead = (chunk: Buffer): void => {
    head = Buffer.concat([head, chunk]);
    const end = head.indexOf('\r\n\r\n');
    if (end === -1) return;
    child.stdout.off('data', readHead);
    const lines = head.subarray(0, end).toString('latin1').split('\r\n');
    const fields = lines.map((line): [name: string, value: string] => {
      const [name = '', value = ''] = line.split(/: */, 2);
      return [name, value];
    });
    const status = Number.parseInt(fields.find(([name]) => name === 'Status')?.[1] ?? '200', 10);
    response.writeHead(status, Object.fromEntries(fields.filter(([name]) => name !== 'Status')));
    response.write(head.subarray(end + 4));
    child.stdout.pipe(response);
  };
  child.stdout.on('data', readHead);
}
