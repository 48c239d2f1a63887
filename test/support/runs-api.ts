import { createHash, randomBytes } from 'node:crypto';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';

// oxlint-disable-next-line typescript/no-explicit-any -- a document that tests look into at will
type Loose = any;

/** The parts of GitHub's REST API that are about another workflow run, which `emulate` has not. */
export type RunsApi = {
  url: string;
  /** `METHOD path?query` of every request to the API, in that order. */
  requests: string[];
  /** Bodies of what was written, by path. */
  written: { path: string; body: Loose }[];
  /** Signed addresses' secrets that were given out. */
  signatures: string[];
  /** Puts an artifact into the run. */
  put(name: string, bytes: Buffer, more?: { digest?: string | null; expired?: boolean }): void;
  /** Answers of GET requests beside the artifacts, by path without query. */
  answers: Map<string, { status?: number; body: unknown }>;
  [Symbol.asyncDispose](): Promise<void>;
};

export const apiToken = 'ghs_0123456789abcdefghij';

export async function startRunsApi(repository: string, runId: string): Promise<RunsApi> {
  const artifacts: { id: number; name: string; bytes: Buffer; digest: string | null; expired: boolean }[] = [];
  const requests: string[] = [];
  const written: RunsApi['written'] = [];
  const signatures: string[] = [];
  const answers: RunsApi['answers'] = new Map();
  const root = `/repos/${repository}`;
  let url = '';

  const list = (query: URLSearchParams): { body: object; link?: string } => {
    const size = Math.min(100, Number(query.get('per_page') ?? 30));
    const page = Number(query.get('page') ?? 1);
    const shown = artifacts.slice((page - 1) * size, page * size).map(({ id, name, bytes, digest, expired }) => ({
      id,
      name,
      size_in_bytes: bytes.length,
      expired,
      digest,
    }));
    const body = { total_count: artifacts.length, artifacts: shown };
    return artifacts.length > page * size
      ? { body, link: `<${url}${root}/next?page=${page + 1}>; rel="next"` }
      : { body };
  };

  const answer = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    const { pathname, searchParams } = new URL(request.url ?? '/', url);
    const send = (status: number, body: unknown, headers: Record<string, string> = {}): void => {
      response.writeHead(status, { 'content-type': 'application/json', ...headers });
      response.end(body === undefined ? '' : JSON.stringify(body));
    };
    if (pathname.startsWith('/blob/')) {
      // The store of the bytes is another host: it must never see the token.
      if (request.headers.authorization !== undefined) return send(400, { message: 'a token came along' });
      if (!signatures.includes(searchParams.get('sig') ?? '')) return send(403, {});
      response.writeHead(200, { 'content-type': 'application/zip' });
      response.end(artifacts.find(({ id }) => String(id) === pathname.slice(6))?.bytes);
      return undefined;
    }
    requests.push(`${request.method ?? ''} ${request.url ?? ''}`);
    if (request.headers.authorization !== `Bearer ${apiToken}`) return send(401, { message: 'Bad credentials' });
    const text = await readText(request);
    if (request.method !== 'GET') {
      const body: unknown = text === '' ? undefined : JSON.parse(text);
      if (pathname === '/graphql')
        return send(200, { data: { viewer: { login: 'github-actions[bot]', databaseId: 41 } } });
      written.push({ path: pathname, body });
      return send(201, { id: written.length, html_url: `https://github.com/x/${written.length}`, ...Object(body) });
    }
    const known = answers.get(pathname);
    if (known !== undefined) return send(known.status ?? 200, known.body);
    if (pathname === `${root}/actions/runs/${runId}/artifacts`) {
      const { body, link } = list(searchParams);
      return send(200, body, link === undefined ? {} : { link });
    }
    const zip = /\/actions\/artifacts\/(\d+)\/zip$/.exec(pathname)?.[1];
    if (zip !== undefined) {
      const sig = randomBytes(24).toString('base64url');
      signatures.push(sig);
      return send(302, undefined, { location: `${url}/blob/${zip}?se=2026&sig=${sig}` });
    }
    // Comments that were written are there to be read again.
    if (pathname.endsWith('/comments')) {
      const bot = { login: 'github-actions[bot]', id: 41, type: 'Bot' };
      const found = written.flatMap(({ path, body }, index) =>
        path === pathname ? [{ id: index + 1, user: bot, ...Object(body) }] : [],
      );
      return send(200, found);
    }
    return send(404, { message: 'Not Found' });
  };

  const server = createServer((request, response) => {
    answer(request, response).catch((error: unknown) => {
      response.writeHead(500);
      response.end(String(error));
    });
  });
  await new Promise<void>((resolve) => {
    server.listen(0, '127.0.0.1', resolve);
  });
  const address = server.address();
  url = `http://127.0.0.1:${typeof address === 'object' && address !== null ? address.port : 0}`;
  return {
    url,
    requests,
    written,
    signatures,
    answers,
    put(name, bytes, { digest, expired = false } = {}) {
      const sha = `sha256:${createHash('sha256').update(bytes).digest('hex')}`;
      artifacts.push({
        id: 7000 + artifacts.length,
        name,
        bytes,
        digest: digest === undefined ? sha : digest,
        expired,
      });
    },
    async [Symbol.asyncDispose]() {
      server.closeAllConnections();
      await new Promise((resolve) => {
        server.close(resolve);
      });
    },
  };
}

async function readText(request: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) if (chunk instanceof Buffer) chunks.push(chunk);
  return Buffer.concat(chunks).toString();
}
