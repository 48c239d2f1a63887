import { once } from 'node:events';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { setTimeout as delay } from 'node:timers/promises';
import { type CheckMemory, makeCheckMemory, type StoredCheck } from './check-memory.ts';
import { type Emulator, startEmulator, type StoredComment } from './emulator.ts';
import { type Faults, type FaultKind, makeFaults } from './faults.ts';
import { type ForgeRequest, makeRules, type Rules } from './rules.ts';

type Answer = { status: number; body: unknown; headers?: Record<string, string> };

export type ForgeOptions = {
  /** Pull requests of acme/widgets, numbered from 1. */
  pulls?: number;
  /** Where the API begins, as on GitHub Enterprise Server: `/api/v3`. */
  prefix?: string;
  /** How long a request is on its way, there and back; for races. */
  travelMs?: () => number;
};

export type Forge = {
  /** GITHUB_API_URL and GITHUB_GRAPHQL_URL. */
  url: string;
  graphqlUrl: string;
  /** Of `github-actions[bot]`, of a person, and of a bot that may only read. */
  token: string;
  personToken: string;
  readOnlyToken: string;
  /** `POST /repos/…  201`, in the order of arrival; `lost` where no answer went back. */
  requests: string[];
  /** What GitHub would not have understood: a client that is right makes none. */
  violations: string[];
  faults: Faults;
  comments: (pullRequest: number) => Promise<StoredComment[]>;
  checks: () => StoredCheck[];
  /** Writes a comment as somebody else (`mallory`, a person) or, with the token, as one of the accounts. */
  comment: (pullRequest: number, body: string, token?: string) => Promise<number>;
  deleteComment: (id: number) => Promise<void>;
  setTravel: (travelMs: (() => number) | undefined) => void;
  /** Resolves when no request is on its way and none has come for a moment. */
  untilQuiet: () => Promise<void>;
  [Symbol.asyncDispose](): Promise<void>;
};

const token = 'ghs_jobtokenjobtokenjobtoken';
const personToken = 'ghp_persontokenpersontoken';
const readOnlyToken = 'ghs_readonlyreadonlyreadonly';
const accounts = {
  [token]: 'github-actions[bot]',
  [personToken]: 'mona',
  [readOnlyToken]: 'github-actions[bot]',
  'mallory-token': 'mallory',
};

/**
 * GitHub's REST API on loopback: the emulator behind a proxy that refuses what GitHub refuses (its OpenAPI description,
 * lengths, read-only tokens) and makes trouble by script. The proxy also does what the emulator can't: GraphQL's
 * `viewer`, bots, annotations that add up, check runs by commit.
 */
export async function startForge(options: ForgeOptions = {}): Promise<Forge> {
  const emulator = await startEmulator(accounts, options.pulls ?? 1);
  const rules = await makeRules();
  const faults = makeFaults();
  const checks = makeCheckMemory();
  const requests: string[] = [];
  const violations: string[] = [];
  const prefix = options.prefix ?? '';
  const graphqlPath = prefix === '' ? '/graphql' : prefix.replace(/\/v3$/, '/graphql');
  let travelMs = options.travelMs;

  const work = (request: ForgeRequest): Promise<Answer> => answer(request, { emulator, rules, checks, violations });
  const traffic = { onTheWay: 0, arrived: 0 };
  const server = createServer((incoming, response) => {
    traffic.onTheWay += 1;
    traffic.arrived += 1;
    response.once('close', () => void (traffic.onTheWay -= 1));
    serve(incoming, response).catch(() => response.destroy());
  });
  const serve = async (incoming: IncomingMessage, response: ServerResponse): Promise<void> => {
    const { method = '', url = '' } = incoming;
    const path = url === graphqlPath ? '/graphql' : url.slice(prefix.length);
    const body = await readBody(incoming);
    if (travelMs) await delay(travelMs());
    const fault = faults.take(method, path);
    const note = (status: number | 'lost'): void => void requests.push(`${method} ${path} ${status}`);
    if (fault?.kind === 'meanwhile') await fault.run();
    if (fault?.kind === 'hang') return note('lost');
    if (fault?.kind === 'reset' && fault.after !== true) {
      note('lost');
      response.destroy();
      return undefined;
    }
    const found =
      fault?.kind === 'status' ? toFaulty(fault) : await work({ method, path, headers: toHeaders(incoming), body });
    const given = fault?.kind === 'lost' ? { status: fault.status, body: 'gateway' } : found;
    note(fault?.kind === 'reset' ? 'lost' : given.status);
    if (fault?.kind === 'reset') {
      response.destroy();
      return undefined;
    }
    if (travelMs) await delay(travelMs());
    response.writeHead(given.status, { 'content-type': 'application/json', ...given.headers });
    response.end(given.status === 204 ? '' : typeof given.body === 'string' ? given.body : JSON.stringify(given.body));
    return undefined;
  };
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('the forge has no port');
  const origin = `http://127.0.0.1:${address.port}`;

  return {
    url: origin + prefix,
    graphqlUrl: origin + graphqlPath,
    token,
    personToken,
    readOnlyToken,
    requests,
    violations,
    faults,
    comments: emulator.comments,
    checks: checks.all,
    async comment(pullRequest, body, as = 'mallory-token') {
      const path = `/repos/acme/widgets/issues/${pullRequest}/comments`;
      const made = await emulator.ask('POST', path, { body }, as);
      return Number(Reflect.get(Object(made.body), 'id'));
    },
    async deleteComment(id) {
      await emulator.ask('DELETE', `/repos/acme/widgets/issues/comments/${id}`);
    },
    setTravel: (next) => {
      travelMs = next;
    },
    async untilQuiet() {
      for (let seen = -1; traffic.onTheWay > 0 || seen !== traffic.arrived;) {
        seen = traffic.arrived;
        await delay(15);
      }
    },
    async [Symbol.asyncDispose]() {
      server.closeAllConnections();
      await new Promise((resolve) => {
        server.close(resolve);
      });
      await emulator.close();
    },
  };
}

type Parts = { emulator: Emulator; rules: Rules; checks: CheckMemory; violations: string[] };

async function answer(request: ForgeRequest, parts: Parts): Promise<Answer> {
  const { emulator, rules, checks, violations } = parts;
  const { method, path, headers } = request;
  const given = /^Bearer (\S+)$/.exec(headers['authorization'] ?? '')?.[1] ?? '';
  const login = new Map(Object.entries(accounts)).get(given);
  if (login === undefined) return { status: 401, body: { message: 'Bad credentials' } };
  if (headers['user-agent'] === undefined) return { status: 403, body: { message: 'Request forbidden' } };
  if (path === '/graphql')
    return { status: 200, body: { data: { viewer: { login, databaseId: await readId(emulator, given) } } } };
  const refused = rules(request);
  if (refused !== undefined) {
    if (refused.status !== 404) violations.push(`${method} ${path} ${JSON.stringify(refused.body)}`);
    return refused;
  }
  if (path === '/user' && login.endsWith('[bot]')) return notAccessible;
  if (given === readOnlyToken && method !== 'GET') return notAccessible;
  if (given === personToken && path.includes('/check-runs') && method !== 'GET') {
    return { status: 403, body: { message: 'You must authenticate via a GitHub App.' } };
  }
  const list = /\/commits\/([0-9a-f]{40})\/check-runs/.exec(path);
  if (list !== null) return listChecks(list[1] ?? '', path, parts);
  return forward(request, given, emulator, checks);
}

const notAccessible: Answer = { status: 403, body: { message: 'Resource not accessible by integration' } };

async function forward(
  { method, path, body }: ForgeRequest,
  given: string,
  emulator: Emulator,
  checks: CheckMemory,
): Promise<Answer> {
  const known = typeof body === 'object' && body !== null ? body : undefined;
  const made = await emulator.ask(method, path, known, given);
  const id = Number(Reflect.get(Object(made.body), 'id'));
  if (made.status < 300 && /\/check-runs(?:\/\d+)?$/.test(path)) {
    if (method !== 'GET') checks.note(id, body);
    return { ...made, body: checks.correct(made.body) };
  }
  if (made.status < 300 && Array.isArray(made.body)) {
    const isFull = made.body.length === 100;
    const headers: Record<string, string> = isFull ? { link: '<https://elsewhere.invalid/?page=2>; rel="next"' } : {};
    return { status: made.status, body: made.body.map(asBot), headers };
  }
  return { status: made.status, body: asBot(made.body) };
}

async function listChecks(sha: string, path: string, { emulator, checks }: Parts): Promise<Answer> {
  const name = new URLSearchParams(path.split('?')[1]).get('check_name') ?? undefined;
  const runs = [];
  for (const id of checks.find(sha, name)) {
    const { body } = await emulator.ask('GET', `/repos/acme/widgets/check-runs/${id}`);
    runs.push(checks.correct(body));
  }
  return { status: 200, body: { total_count: runs.length, check_runs: runs } };
}

async function readId(emulator: Emulator, given: string): Promise<number> {
  const { body } = await emulator.ask('GET', '/user', undefined, given);
  return Number(Reflect.get(Object(body), 'id'));
}

/** The emulator knows people only. */
function asBot(value: unknown): unknown {
  const user: unknown = Reflect.get(Object(value), 'user');
  const login: unknown = Reflect.get(Object(user), 'login');
  if (typeof login !== 'string' || !login.endsWith('[bot]')) return value;
  return { ...Object(value), user: { ...Object(user), type: 'Bot' } };
}

function toFaulty({ status, body, headers }: Extract<FaultKind, { kind: 'status' }>): Answer {
  return { status, body: body ?? { message: `status ${status}` }, ...(headers && { headers }) };
}

function toHeaders(incoming: IncomingMessage): Record<string, string> {
  return Object.fromEntries(Object.entries(incoming.headers).map(([name, value]) => [name, String(value)]));
}

async function readBody(incoming: IncomingMessage): Promise<unknown> {
  const chunks: Buffer[] = [];
  for await (const chunk of incoming) if (chunk instanceof Buffer) chunks.push(chunk);
  const text = Buffer.concat(chunks).toString();
  return text === '' ? undefined : (JSON.parse(text) as unknown);
}
