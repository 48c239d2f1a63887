import { type ChildProcess, execFile, spawn } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { chown, mkdir, mkdtemp, open, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import { platform, tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { Client } from 'pg';
import { toErrorCode, toMessage } from '../../lib/errors.ts';
import { limits } from '../../lib/limits.ts';
import { DatabaseError } from '../database-error.ts';
import { type Binaries, copyBinaries, readBinaries } from './binaries.ts';
import { assertPassable, findClosedFolder, readSystemUser, type SystemUser } from './system-user.ts';

export type ClusterOptions = {
  /** A folder of our own: postgres/, socket/, database-password and postgres.log are made in it. */
  dataDir: string;
  /** `-c` settings of the server. */
  settings?: Record<string, string>;
};

/** A data folder with its password and its place to listen, whether a server runs on it or not. */
export type Cluster = {
  pgData: string;
  logFile: string;
  binaries: Binaries;
  user: SystemUser;
  settings: Record<string, string>;
  /** A socket's folder, or 127.0.0.1 where there are no sockets (Windows). */
  host: string;
  port: number;
  password: string;
};

const execute = promisify(execFile);
const role = 'quoderat';

/** Makes the cluster on the first call (initdb), and finds it on every other. */
export async function prepareCluster({ dataDir, settings = {} }: ClusterOptions): Promise<Cluster> {
  const [installed, user] = await Promise.all([readBinaries(), readSystemUser()]);
  // Others may pass through when PostgreSQL is another user; what is in it has modes of its own.
  await mkdir(dataDir, { recursive: true, mode: user.uid === undefined ? 0o700 : 0o711 });
  const pgData = join(dataDir, 'postgres');
  await assertPassable(pgData, user);
  const isClosed = (await findClosedFolder(installed.initdb, user)) !== undefined;
  const binaries = isClosed ? await copyBinaries(installed, dataDir) : installed;
  const passwordFile = join(dataDir, 'database-password');
  const password = await readOrMakePassword(passwordFile);
  const { host, port } = await choosePlace(dataDir, user);
  const cluster = { pgData, logFile: join(dataDir, 'postgres.log'), binaries, user, settings, host, port, password };
  if (!(await isInitialised(pgData))) await initialise(cluster);
  return cluster;
}

/** Its address, with the password in it: for a client or a child's environment, never for a log. */
export function toUrl({ host, port, password }: Cluster, database: string): string {
  const url = new URL(`postgres://localhost:${port}/${database}`);
  url.username = role;
  url.password = password;
  url.searchParams.set('host', host);
  return url.href;
}

/** Starts the server on a cluster and waits until it takes connections. @throws DatabaseError not_started */
export async function startPostgres(cluster: Cluster): Promise<ChildProcess> {
  const { binaries, pgData, user, host, port, settings } = cluster;
  const place: Record<string, string> =
    platform() === 'win32'
      ? { listen_addresses: host, port: `${port}` }
      : { listen_addresses: '', unix_socket_directories: host, unix_socket_permissions: '0700', port: `${port}` };
  const flags = Object.entries({ ...place, ...settings }).flatMap(([name, value]) => ['-c', `${name}=${value}`]);
  const log = await open(cluster.logFile, (await toSize(cluster.logFile)) > limits.databaseLogBytes ? 'w' : 'a', 0o600);
  const before = await toSize(cluster.logFile);
  const child = spawn(binaries.postgres, ['-D', pgData, ...flags], {
    ...user,
    // No secret of ours goes into it. A group of its own: Ctrl-C in a terminal must not end it before the requests.
    env: { LC_ALL: 'C' },
    cwd: pgData,
    detached: true,
    stdio: ['ignore', log.fd, log.fd],
  });
  await log.close();
  const failed = new AbortController();
  child.once('error', () => failed.abort());
  child.once('exit', () => failed.abort());
  if (await waitUntilReady(cluster, failed.signal)) return child;
  child.kill('SIGKILL');
  const said = (await readFile(cluster.logFile, 'utf8').catch(() => '')).slice(before).trim().split('\n').slice(-3);
  throw new DatabaseError(
    'not_started',
    `the embedded PostgreSQL did not start: ${said.join(' ')} (${cluster.logFile})`,
  );
}

/** Ends the server that runs on the cluster, whoever started it: connections are closed, nothing is lost. */
export async function stopPostgres({ binaries, pgData, user }: Cluster): Promise<void> {
  const seconds = `${limits.databaseStopMs / 1000}`;
  await execute(binaries.pgCtl, ['stop', '-D', pgData, '-m', 'fast', '-w', '-t', seconds], {
    ...user,
    env: { LC_ALL: 'C' },
    timeout: limits.databaseStopMs + limits.databaseToolMs,
  }).catch((error: unknown) => {
    throw new DatabaseError('not_started', `the embedded PostgreSQL could not be stopped: ${toMessage(error)}`);
  });
}

async function readOrMakePassword(file: string): Promise<string> {
  try {
    // Exclusive: of two that start at once, both use what the first wrote.
    const made = randomBytes(24).toString('base64url');
    await writeFile(file, `${made}\n`, { flag: 'wx', mode: 0o600 });
    return made;
  } catch (error) {
    if (toErrorCode(error) !== 'EEXIST') throw error;
    return (await readFile(file, 'utf8')).trim();
  }
}

/** sockaddr_un holds 107 bytes, of which the file's own name takes up to 20. */
const longestSocketFolder = 85;

async function choosePlace(dataDir: string, user: SystemUser): Promise<{ host: string; port: number }> {
  if (platform() === 'win32') return { host: '127.0.0.1', port: await findFreePort() };
  let host = join(dataDir, 'socket');
  if (Buffer.byteLength(host) > longestSocketFolder) host = await mkdtemp(join(tmpdir(), 'quoderat-pg-'));
  else await mkdir(host, { recursive: true, mode: 0o700 });
  if (user.uid !== undefined && user.gid !== undefined) await chown(host, user.uid, user.gid);
  return { host, port: 5432 };
}

async function findFreePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  server.close();
  return typeof address === 'object' && address !== null ? address.port : 5432;
}

/** initdb writes PG_VERSION early: a mark that is written last tells a whole cluster from one that was cut off. */
async function isInitialised(pgData: string): Promise<boolean> {
  return (await toSize(`${pgData}.made`)) > 0;
}

async function initialise({ binaries, pgData, user, password }: Cluster): Promise<void> {
  // Left by an initdb that was killed: nothing was ever stored in it, our mark would be there.
  await rm(pgData, { recursive: true, force: true });
  await mkdir(pgData, { mode: 0o700 });
  if (user.uid !== undefined && user.gid !== undefined) await chown(pgData, user.uid, user.gid);
  const passwordFile = `${pgData}.password`;
  await rm(passwordFile, { force: true });
  await writeFile(passwordFile, `${password}\n`, { flag: 'wx', mode: 0o600 });
  if (user.uid !== undefined && user.gid !== undefined) await chown(passwordFile, user.uid, user.gid);
  const options = ['--encoding=UTF8', '--locale=C', '--auth=scram-sha-256', `--pwfile=${passwordFile}`];
  try {
    await execute(binaries.initdb, ['-D', pgData, '-U', role, ...options], {
      ...user,
      env: { LC_ALL: 'C' },
      timeout: limits.databaseStartMs,
    });
  } catch (error) {
    throw new DatabaseError('not_started', `the embedded PostgreSQL could not be set up: ${toMessage(error)}`);
  } finally {
    await rm(passwordFile, { force: true });
  }
  await writeFile(`${pgData}.made`, 'by initdb, to its end\n');
}

async function waitUntilReady(cluster: Cluster, failed: AbortSignal): Promise<boolean> {
  const deadline = Date.now() + limits.databaseStartMs;
  while (!failed.aborted && Date.now() < deadline) {
    if (await canConnect(cluster)) return true;
    await new Promise((resolve) => {
      setTimeout(resolve, limits.databaseLookMs);
    });
  }
  return false;
}

/** Whether a server answers there that takes our password. */
export async function canConnect(cluster: Cluster): Promise<boolean> {
  const client = new Client({ connectionString: toUrl(cluster, 'postgres'), connectionTimeoutMillis: 5000 });
  client.on('error', () => {});
  try {
    await client.connect();
    await client.query('SELECT 1');
    return true;
  } catch {
    return false;
  } finally {
    await client.end().catch(() => {});
  }
}

async function toSize(file: string): Promise<number> {
  return (await stat(file).catch(() => null))?.size ?? 0;
}
