import { randomBytes } from 'node:crypto';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { DestinationStream } from 'pino';
import { toCanonicalJson } from '../../src/lib/canonical.ts';
import { sha256 } from '../../src/lib/hash.ts';
import { makeUuidV7 } from '../../src/lib/uuid.ts';
import { foldEvents } from '../../src/record/fold.ts';
import type { CreateRun, FinalizeRun } from '../../src/schema/api.ts';
import type { EventDraft, RunEvent } from '../../src/schema/event.ts';
import { makeLogger } from '../../src/server/observe/log.ts';
import { type RunningServer, openServer } from '../../src/server/server.ts';
import { parseSettings } from '../../src/server/settings.ts';
import { finalizeStarted, hex, makePlan, makeStep, planReady, ranStep, runStarted } from '../record/sample-run.ts';
import type { TestCluster } from '../support/database.ts';
import { makeTempDir } from '../support/temp-dir.ts';

/** Bearer tokens of the servers under test, by what they may do. */
export const tokens = {
  worker: 'worker-token-of-acme-shop',
  stranger: 'worker-token-of-acme-other',
  reader: 'reader-token-of-acme-shop',
  admin: 'admin-token',
  prometheus: 'metrics-token',
} as const;

const tokenFile = [
  `worker ${hex(tokens.worker)} write,read acme/shop`,
  `stranger ${hex(tokens.stranger)} write,read acme/other`,
  `reader ${hex(tokens.reader)} read acme/shop`,
  `admin ${hex(tokens.admin)} admin`,
  `prometheus ${hex(tokens.prometheus)} metrics`,
].join('\n');

export type Ask = Omit<RequestInit, 'headers'> & { headers?: Record<string, string>; duplex?: 'half' };

export type TestServer = AsyncDisposable & {
  url: string;
  server: RunningServer;
  dir: string;
  /** Lines of the server's log. */
  logged: string[];
  /** A request with the token of `who`. */
  ask(who: keyof typeof tokens, path: string, init?: Ask): Promise<Response>;
};

/** The real server, in this process, on a port and a data folder of its own. */
export async function startServer(
  databaseUrl: string,
  { env = {}, now = Date.now }: { env?: Record<string, string>; now?: () => number } = {},
): Promise<TestServer> {
  const dir = await makeTempDir();
  const list = join(dir.path, 'tokens.txt');
  await writeFile(list, tokenFile);
  const settings = parseSettings(
    { port: '0', data: join(dir.path, 'data') },
    { DATABASE_URL: databaseUrl, QUODERAT_TOKENS_FILE: list, QUODERAT_LOG_LEVEL: 'debug', ...env },
    dir.path,
  );
  const logged: string[] = [];
  const destination: DestinationStream = { write: (line) => void logged.push(line) };
  const log = makeLogger({ level: settings.logLevel, version: '0.0.0-test', destination });
  const server = await openServer(settings, { log, now, version: '0.0.0-test' });
  return {
    url: server.url,
    server,
    dir: dir.path,
    logged,
    ask: (who, path, init = {}) =>
      fetch(`${server.url}${path}`, {
        redirect: 'manual',
        ...init,
        headers: { authorization: `Bearer ${tokens[who]}`, ...init.headers },
      }),
    async [Symbol.asyncDispose]() {
      await server.stop();
      await dir[Symbol.asyncDispose]();
    },
  };
}

/** A database of the cluster and a server on it. */
export async function startFreshServer(
  cluster: TestCluster,
  options: Parameters<typeof startServer>[1] = {},
): Promise<TestServer> {
  return startServer(await cluster.makeDatabase(), options);
}

export type SampleRun = {
  runId: string;
  request: CreateRun;
  events: RunEvent[];
  /** The bytes of its artifacts. */
  files: Buffer[];
  finalize: FinalizeRun;
};

/** A whole run of two steps, as its worker would send it; each with an id of its own. */
export function makeSampleRun(change: { drafts?: (drafts: EventDraft[]) => EventDraft[] } = {}): SampleRun {
  const runId = makeUuidV7(Date.now(), randomBytes(10));
  const plan = makePlan([makeStep('unit', 0), makeStep('lint', 1, { needs: ['unit'] })]);
  const [planned, started] = [planReady(plan), runStarted()];
  if (planned.type !== 'plan_ready' || started.type !== 'run_started') throw new Error('sample-run.ts has changed');
  const drafts: EventDraft[] = [started, planned, ...ranStep('unit', 1), ...ranStep('lint', 1)];
  const ended = finalizeStarted('success', 'finished', drafts.length + 1);
  const events = stampFor(runId, (change.drafts ?? ((all) => all))([...drafts, ended]));
  const { type: _type, timestamp: _timestamp, ...context } = started;
  return {
    runId,
    request: { run_id: runId, plan, plan_hash: planned.plan_hash, ...context },
    events,
    files: events.flatMap((event) => (event.type === 'artifact_captured' ? [toFile(event.artifact.id)] : [])),
    finalize: {
      plan_hash: planned.plan_hash,
      record_sha256: sha256(toCanonicalJson(foldEvents(events))),
      last_seq: events.at(-1)?.seq ?? 0,
    },
  };
}

export function stampFor(runId: string, drafts: readonly EventDraft[]): RunEvent[] {
  return drafts.map((draft, index) => ({
    ...draft,
    event_id: makeUuidV7(Date.now(), randomBytes(10)),
    run_id: runId,
    seq: index + 1,
  }));
}

/** What ranStep() of sample-run.ts says that it captured. */
function toFile(id: string): Buffer {
  const [step, attempt, stream] = id.split('/');
  return Buffer.from(stream === 'stdout' ? `${step} ${attempt} said so\n` : '');
}

/** Creates the run and sends its events, all of them unless told otherwise. */
export async function sendRun(
  server: TestServer,
  run: SampleRun,
  { who = 'worker', events = run.events }: { who?: keyof typeof tokens; events?: RunEvent[] } = {},
): Promise<void> {
  const json = { 'content-type': 'application/json' };
  const made = await server.ask(who, '/v1/runs', { method: 'POST', headers: json, body: JSON.stringify(run.request) });
  if (!made.ok) throw new Error(await made.text());
  await made.arrayBuffer();
  if (events.length === 0) return;
  const sent = await server.ask(who, `/v1/runs/${run.runId}/events`, {
    method: 'POST',
    headers: json,
    body: JSON.stringify({ events, dropped: [] }),
  });
  if (!sent.ok) throw new Error(await sent.text());
  await sent.arrayBuffer();
}

export async function sendFiles(
  server: TestServer,
  run: SampleRun,
  who: keyof typeof tokens = 'worker',
): Promise<void> {
  for (const bytes of run.files) {
    const answer = await server.ask(who, `/v1/artifacts/sha256/${sha256(bytes)}`, {
      method: 'PUT',
      body: new Uint8Array(bytes),
    });
    if (!answer.ok) throw new Error(await answer.text());
    await answer.arrayBuffer();
  }
}

export async function finalize(
  server: TestServer,
  run: SampleRun,
  { who = 'worker', request = run.finalize }: { who?: keyof typeof tokens; request?: FinalizeRun } = {},
): Promise<Response> {
  return server.ask(who, `/v1/runs/${run.runId}/finalize`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(request),
  });
}
