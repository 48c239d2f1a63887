import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { createServer as createTlsServer } from 'node:https';
import { resolve } from 'node:path';
import { type Document, OpenAPIBackend } from 'openapi-backend';
import { z } from 'zod';

const file = resolve(import.meta.dirname, '../../fixtures/gitlab/openapi-subset.json');

export type Note = { id: number; body: string; system: boolean; author: { id: number; username: string } };
export type Asked = { operation: string; path: string; body: unknown };

/** What happens to a request instead of its being served; undefined: it is served. */
export type Fault = (
  asked: Asked,
) =>
  | { status: number; body?: unknown; headers?: Record<string, string> }
  | 'reset'
  | 'reset_after'
  | 'hang'
  | undefined;

export type GitlabServer = {
  /** CI_API_V4_URL: below a sub-path, as self-managed instances have it. */
  apiUrl: string;
  token: string;
  user: { id: number; username: string };
  notes: Note[];
  statuses: { sha: string; body: Record<string, unknown> }[];
  asked: Asked[];
  /** Requests that GitLab's description does not know, with what it says. */
  refused: string[];
  fault: Fault;
} & AsyncDisposable;

const noteBody = z.object({ body: z.string() });
const statusBody = z.record(z.string(), z.unknown());

/**
 * As much of a GitLab as a job asks for, stateful, each request validated against GitLab's description of its API. It is
 * the tests' own: no GitLab runs here.
 */
export async function startGitlab(
  options: { tls?: { key: string; cert: string }; pageSize?: number } = {},
): Promise<GitlabServer> {
  const definition: Document = JSON.parse(readFileSync(file, 'utf8'));
  const api = new OpenAPIBackend({ definition, strict: true, ajvOpts: { strict: false } });
  await api.init();
  let lastId = 1000;
  const state: Omit<GitlabServer, 'apiUrl' | typeof Symbol.asyncDispose> = {
    token: 'glpat-project-token-0123456789',
    user: { id: 77, username: 'project_7_bot' },
    notes: [],
    statuses: [],
    asked: [],
    refused: [],
    fault: () => undefined,
  };

  const serve = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    const chunks: Buffer[] = [];
    for await (const chunk of request) if (chunk instanceof Buffer) chunks.push(chunk);
    const text = Buffer.concat(chunks).toString();
    const url = new URL(request.url ?? '/', 'http://gitlab');
    const path = url.pathname.replace(/^\/gitlab\/api\/v4/, '');
    const reply = (status: number, value?: unknown, headers: Record<string, string> = {}): void => {
      response.writeHead(status, { 'content-type': 'application/json', ...headers });
      response.end(value === undefined ? '' : JSON.stringify(value));
    };
    const described = {
      method: request.method ?? 'GET',
      path,
      query: Object.fromEntries(url.searchParams),
      body: text === '' ? undefined : (JSON.parse(text) as unknown),
      headers: { 'content-type': request.headers['content-type'] ?? '' },
    };
    const operation = api.matchOperation(described);
    const problems = operation === undefined ? 'no such operation' : api.validateRequest(described, operation).errors;
    if (operation === undefined || (problems !== undefined && problems !== null)) {
      state.refused.push(`${described.method} ${path}: ${JSON.stringify(problems)}`);
      return reply(400, { error: 'not as GitLab describes it' });
    }
    const asked = { operation: String(operation.operationId), path, body: described.body };
    state.asked.push(asked);
    const fault = state.fault(asked);
    if (fault === 'hang') return;
    if (fault === 'reset') return void request.socket.destroy();
    if (typeof fault === 'object') return reply(fault.status, fault.body ?? {}, fault.headers);
    if (request.headers['private-token'] !== state.token) return reply(401, { message: '401 Unauthorized' });
    const send = fault === 'reset_after' ? () => void request.socket.destroy() : reply;
    const noteId = Number(path.split('/').at(-1));
    const found = state.notes.find(({ id }) => id === noteId);
    switch (asked.operation) {
      case 'getUser':
        return send(200, state.user);
      case 'listNotes': {
        const page = Number(url.searchParams.get('page') ?? '1');
        const size = options.pageSize ?? Number(url.searchParams.get('per_page') ?? '20');
        const part = state.notes.slice((page - 1) * size, page * size);
        const next = page * size < state.notes.length ? String(page + 1) : '';
        return send(200, part, { 'x-next-page': next });
      }
      case 'createNote': {
        lastId += 1;
        const note = { id: lastId, body: noteBody.parse(asked.body).body, system: false, author: state.user };
        state.notes.push(note);
        return send(201, note);
      }
      case 'getNote':
        return found === undefined ? send(404, { message: '404 Not found' }) : send(200, found);
      case 'updateNote':
        if (found === undefined) return send(404, { message: '404 Not found' });
        if (found.author.id !== state.user.id) return send(403, { message: '403 Forbidden' });
        found.body = noteBody.parse(asked.body).body;
        return send(200, found);
      case 'deleteNote':
        if (found === undefined) return send(404, { message: '404 Not found' });
        state.notes.splice(state.notes.indexOf(found), 1);
        return send(204);
      default: {
        const sha = path.split('/').at(-1) ?? '';
        state.statuses.push({ sha, body: statusBody.parse(asked.body) });
        return send(201, { id: 1 });
      }
    }
  };

  const listener = (request: IncomingMessage, response: ServerResponse): void => {
    serve(request, response).catch(() => response.destroy());
  };
  const server = options.tls === undefined ? createServer(listener) : createTlsServer(options.tls, listener);
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  const port = typeof address === 'object' && address !== null ? address.port : 0;
  const scheme = options.tls === undefined ? 'http' : 'https';
  return Object.assign(state, {
    apiUrl: `${scheme}://127.0.0.1:${port}/gitlab/api/v4`,
    async [Symbol.asyncDispose]() {
      server.closeAllConnections();
      server.close();
      await once(server, 'close');
    },
  });
}
