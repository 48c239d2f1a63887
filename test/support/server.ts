import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { pino } from 'pino';
import { sha256 } from '../../src/lib/hash.ts';
import type { ServerLimits } from '../../src/server/config.ts';
import { openServer, type RunningServer } from '../../src/server/server.ts';
import { parseSettings, type ServerSettings } from '../../src/server/settings.ts';
import { cleanEnv } from './run-cli.ts';

/** Tokens of every test server; each made by `Bearer ${tokens.worker}`. */
export const tokens = {
  admin: 'test-admin-token',
  /** read, write and decide, for acme/widgets. */
  worker: 'test-worker-token',
  /** read, for acme/widgets. */
  reader: 'test-reader-token',
  /** read and write, for another repository. */
  stranger: 'test-stranger-token',
  /** read and write, for no repository: sees what it made. */
  loner: 'test-loner-token',
} as const;

const tokenList = `admin ${sha256(tokens.admin)} admin
worker ${sha256(tokens.worker)} read,write,decide acme/widgets
reader ${sha256(tokens.reader)} read acme/widgets
stranger ${sha256(tokens.stranger)} read,write acme/gadgets
loner ${sha256(tokens.loner)} read,write
`;

export type TestServer = AsyncDisposable & RunningServer & { dataDir: string };

/**
 * A server in this process, on a free port, on a database that test/support/database.ts has made:
 *
 *   await using server = await startServer(await cluster.makeDatabase());
 *   await fetch(`${server.url}/v1/runs`, { headers: { authorization: `Bearer ${tokens.worker}` } });
 *
 * Two of them may share a database and, by `settings.artifactStore`, a store.
 */
export async function startServer(
  databaseUrl: string,
  { limits = {}, ...settings }: Partial<Omit<ServerSettings, 'limits'>> & { limits?: Partial<ServerLimits> } = {},
): Promise<TestServer> {
  const dataDir = await makeDataDir();
  const parsed = parseSettings(
    { port: '0', data: dataDir },
    { DATABASE_URL: databaseUrl, QUODERAT_TOKENS_FILE: join(dataDir, 'tokens') },
    dataDir,
  );
  const all = { ...parsed, ...settings, limits: { ...parsed.limits, drainMs: 2000, ...limits } };
  const server = await openServer(all, { log: pino({ level: 'silent' }), now: Date.now, version: '0.0.0-test' });
  let stopping: Promise<void> | undefined;
  const stop = (): Promise<void> => {
    stopping ??= server.stop().then(() => rm(dataDir, { recursive: true, force: true }));
    return stopping;
  };
  return { ...server, dataDir, stop, [Symbol.asyncDispose]: stop };
}

export type ServerProcess = AsyncDisposable & {
  url: string;
  pid: number;
  /** What it said on stderr, JSON lines, and on stdout. */
  said: () => string;
  /** Sends a signal, and resolves with the exit code (null: of the signal) when the process is gone. */
  end(signal: NodeJS.Signals): Promise<number | null>;
};

/** `quoderat serve` as a process of its own, from the sources. Its tokens are those above unless it uses an own folder. */
export async function startServerProcess(options: {
  /** Absent: the embedded one. */
  databaseUrl?: string;
  dataDir?: string;
  env?: Record<string, string>;
}): Promise<ServerProcess> {
  const dataDir = options.dataDir ?? (await makeDataDir());
  const program = join(import.meta.dirname, '../../src/cli/main.ts');
  const child = spawn(process.execPath, [program, 'serve', '--port', '0', '--data', dataDir], {
    cwd: tmpdir(),
    env: cleanEnv({
      ...(options.databaseUrl !== undefined && { DATABASE_URL: options.databaseUrl }),
      ...(options.dataDir === undefined && { QUODERAT_TOKENS_FILE: join(dataDir, 'tokens') }),
      ARTIFACT_STORE_URI: pathToFileURL(join(dataDir, 'artifacts')).href,
      // Types are stripped once for all.
      NODE_COMPILE_CACHE: join(tmpdir(), 'node-compile-cache'),
      ...options.env,
    }),
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let said = '';
  const closed = once(child, 'close');
  const url = await new Promise<string>((resolve, reject) => {
    const look = (chunk: string): void => {
      said += chunk;
      const match = /listens on (http:\S+)/.exec(said);
      if (match?.[1] !== undefined) resolve(match[1]);
    };
    child.stdout.setEncoding('utf8').on('data', look);
    child.stderr.setEncoding('utf8').on('data', look);
    void closed.then(() => reject(new Error(`the server ended:\n${said}`)));
  }).catch(async (error: unknown) => {
    if (options.dataDir === undefined) await rm(dataDir, { recursive: true, force: true });
    throw error;
  });
  const end = async (signal: NodeJS.Signals): Promise<number | null> => {
    if (child.exitCode === null && child.signalCode === null) child.kill(signal);
    await closed;
    return child.exitCode;
  };
  return {
    url,
    pid: child.pid ?? 0,
    said: () => said,
    end,
    async [Symbol.asyncDispose]() {
      await end('SIGKILL');
      if (options.dataDir === undefined) await rm(dataDir, { recursive: true, force: true });
    },
  };
}

async function makeDataDir(): Promise<string> {
  const dataDir = await mkdtemp(join(tmpdir(), 'quoderat-server-'));
  await writeFile(join(dataDir, 'tokens'), tokenList, { mode: 0o600 });
  return dataDir;
}
