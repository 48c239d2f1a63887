import type { ChildProcess } from 'node:child_process';
import { mkdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Client } from 'pg';
import { limits } from '../../lib/limits.ts';
import { isAlive } from './claim-folder.ts';
import { type Cluster, canConnect, prepareCluster, startPostgres, stopPostgres, toUrl } from './cluster.ts';

export type EmbeddedDatabase = {
  /** With the password in it: never logged. */
  url: string;
  /** Ends it in order. */
  stop(): Promise<void>;
};

const name = 'quoderat';

/**
 * A PostgreSQL of the server's own, in its data folder, which it must have claimed. What a killed server left running is
 * ended first; a database that dies is started again, and recovers what it had acknowledged.
 * @throws DatabaseError
 */
export async function openEmbeddedDatabase({
  dataDir,
  onProblem,
}: {
  dataDir: string;
  onProblem: (problem: string, error?: unknown) => void;
}): Promise<EmbeddedDatabase> {
  await mkdir(dataDir, { recursive: true });
  const cluster = await prepareCluster({ dataDir });
  await endOrphan(cluster, onProblem);
  const stopping = new AbortController();
  let restarting: Promise<void> = Promise.resolve();

  const watch = (child: ChildProcess): void => {
    child.once('exit', (code, signal) => {
      if (stopping.signal.aborted) return;
      onProblem(`the embedded PostgreSQL ended (${signal ?? code}); it is started again`);
      restarting = restart();
    });
    if (child.exitCode !== null || child.signalCode !== null) child.emit('exit', child.exitCode, child.signalCode);
  };
  const restart = async (): Promise<void> => {
    while (!stopping.signal.aborted) {
      try {
        watch(await startPostgres(cluster));
        return;
      } catch (error) {
        onProblem('the embedded PostgreSQL does not start yet', error);
        await new Promise((resolve) => {
          setTimeout(resolve, limits.databaseRetryMs);
        });
      }
    }
  };

  watch(await startPostgres(cluster));
  await ensureDatabase(cluster);
  return {
    url: toUrl(cluster, name),
    async stop() {
      stopping.abort();
      await restarting;
      await stopPostgres(cluster);
      await dropPlace(cluster.host);
    },
  };
}

/**
 * The database of a server that was killed runs on: it holds the data folder. Only what takes our password at the place
 * that its own file names is ended; a number in a file may be anybody's by now.
 */
async function endOrphan(cluster: Cluster, onProblem: (problem: string) => void): Promise<void> {
  const lines = (await readFile(join(cluster.pgData, 'postmaster.pid'), 'utf8').catch(() => '')).split('\n');
  const [pid = '', , , port = '', host = ''] = lines;
  if (!isAlive(Number(pid))) return;
  const left: Cluster = { ...cluster, host: host.trim() === '' ? cluster.host : host.trim(), port: Number(port) };
  const deadline = Date.now() + limits.databaseOrphanMs;
  while (isAlive(Number(pid)) && Date.now() < deadline) {
    if (await canConnect(left)) {
      onProblem('a server that was killed has left its PostgreSQL running; it is ended first');
      await stopPostgres(cluster);
      await dropPlace(left.host);
      return;
    }
    await new Promise((resolve) => {
      setTimeout(resolve, limits.databaseLookMs);
    });
  }
}

/** The socket's folder, where the data folder's path was too long for one. */
async function dropPlace(host: string): Promise<void> {
  if (host.startsWith(join(tmpdir(), 'quoderat-pg-'))) await rm(host, { recursive: true, force: true });
}

async function ensureDatabase(cluster: Cluster): Promise<void> {
  const client = new Client({ connectionString: toUrl(cluster, 'postgres') });
  await client.connect();
  try {
    const { rowCount } = await client.query('SELECT 1 FROM pg_database WHERE datname = $1', [name]);
    if (rowCount === 0) await client.query(`CREATE DATABASE ${name} TEMPLATE template0`);
  } finally {
    await client.end();
  }
}
