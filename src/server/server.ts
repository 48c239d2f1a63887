import { randomUUID } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { hostname } from 'node:os';
import type { Kysely } from 'kysely';
import type { Logger } from 'pino';
import { toErrorCode, toMessage } from '../lib/errors.ts';
import { ensureTokenList } from './admin-token.ts';
import { makeApp } from './app.ts';
import { openArtifactStore } from './artifacts/open-store.ts';
import { defaultRetention, startArtifactSweeper } from './artifacts/sweep.ts';
import { makeAuth } from './auth/auth.ts';
import { parseIssuers } from './auth/issuers.ts';
import { makeOidc } from './auth/oidc.ts';
import { openTokenFile } from './auth/token-file.ts';
import { connect } from './connect.ts';
import { makeDataFolder } from './data-folder.ts';
import { DatabaseError } from './database-error.ts';
import type { Database } from './database.ts';
import type { ServerDeps } from './deps.ts';
import { claimDataFolder } from './embedded/claim-folder.ts';
import { openEmbeddedDatabase } from './embedded/embedded-database.ts';
import { makeBuiltInRedactor, readRules } from './finalize/read-rules.ts';
import { openKeyRing } from './keys/key-ring.ts';
import { listen } from './listen.ts';
import { migrate } from './migrate.ts';
import { makeServerMetrics } from './observe/metrics.ts';
import { makeObservation } from './observe/observation.ts';
import { makeOtlpTraces } from './observe/otlp-traces.ts';
import { defaultRateLimits, makeRateLimit } from './observe/rate-limit.ts';
import { noTraces } from './observe/traces.ts';
import { parseProxies } from './observe/address.ts';
import { type ServerSettings, SettingsError } from './settings.ts';
import { openRunStreams } from './streams/run-streams.ts';
import { startSweeper } from './sweeper.ts';

export type RunningServer = {
  url: string;
  /** Where the first start has written a token; null: it made none. */
  adminTokenFile: string | null;
  /** What a test asks of a server that runs in its own process. */
  deps: ServerDeps;
  app: ReturnType<typeof makeApp>;
  /** Looks for lost runs now. */
  sweep(): Promise<void>;
  /** Reads the list of tokens again. @throws AuthConfigError; the earlier list then stays */
  reload(): Promise<void>;
  /** Takes no more requests, ends those that are under way and every stream, and closes what it has opened. */
  stop(): Promise<void>;
};

export type ServerPorts = { log: Logger; now: () => number; version: string };

/**
 * Opens all that a server needs, in an order in which each part finds those that it needs, and listens.
 * @throws DatabaseError, ListenError and the errors of the parts, with everything closed again
 */
export async function openServer(settings: ServerSettings, ports: ServerPorts): Promise<RunningServer> {
  const closers: (() => Promise<void>)[] = [];
  const closeAll = async (): Promise<void> => {
    for (const close of closers.splice(0).toReversed())
      await close().catch((error: unknown) =>
        ports.log.error({ err: error }, 'something could not be closed in order'),
      );
  };
  try {
    return await open(settings, ports, closers, closeAll);
  } catch (error) {
    await closeAll();
    throw error;
  }
}

async function open(
  settings: ServerSettings,
  { log, now, version }: ServerPorts,
  closers: (() => Promise<void>)[],
  closeAll: () => Promise<void>,
): Promise<RunningServer> {
  const { limits } = settings;
  await makeDataFolder(settings);
  const databaseUrl = settings.databaseUrl ?? (await openOwnDatabase(settings.dataDir, log, closers));
  const metrics = makeServerMetrics();
  const db = connect({
    url: databaseUrl,
    connections: settings.databaseConnections,
    onError: (error) => log.warn({ reason: error.message }, 'a connection to the database broke'),
    onPool: (read) => metrics.watchPool(read),
  });
  closers.push(() => db.destroy());
  await migrateOrExplain(db, log);

  const onProblem = (problem: string): void => log.warn(problem);
  const tokens =
    settings.tokensFile === null ? await ensureTokenList(settings.dataDir) : { list: settings.tokensFile, made: null };
  const redactor = settings.redactionFile === null ? makeBuiltInRedactor() : await readRules(settings.redactionFile);
  const issuers =
    settings.oidcFile === null ? [] : parseIssuers(await readSetting('QUODERAT_OIDC_FILE', settings.oidcFile));
  const [tokenFile, artifacts, keys] = await Promise.all([
    openTokenFile(tokens.list, { now, onProblem }),
    openArtifactStore(settings.artifactStore, now),
    openKeyRing({ source: settings.sealingKeys, db, now, onProblem }),
  ]);
  const instance = `${hostname()}-${randomUUID().slice(0, 8)}`;
  const traces =
    settings.tracesUrl === null
      ? noTraces
      : await makeOtlpTraces({ url: settings.tracesUrl, version, instance, onProblem });
  closers.push(() => traces.stop());
  const streams = openRunStreams({
    db,
    url: databaseUrl,
    limits,
    onReader: (change) => metrics.readers(change),
    onCut: () => metrics.readerCut(),
    onFault: (error, what) => log.warn({ reason: toMessage(error) }, `${what} failed; it is tried again`),
  });
  const deps: ServerDeps = {
    db,
    artifacts,
    keys,
    log,
    metrics,
    traces,
    redactor,
    streams,
    now,
    instance,
    config: { publicUrl: settings.publicUrl ?? '', version, limits },
  };
  const oidc = makeOidc(issuers);
  const rates = makeRateLimit(
    { ...defaultRateLimits, ...settings.rates, isTrusted: parseProxies(settings.trustedProxies) },
    { metrics, now: () => performance.now() },
  );
  let isStopping = false;
  const app = makeApp(deps, {
    auth: makeAuth({
      findToken: (token) => tokenFile.find(token),
      ...(issuers.length > 0 && { verifyOidc: (token: string) => oidc.verify(token) }),
    }),
    around: [makeObservation(deps), rates.around],
    behindAuth: [rates.behindAuth],
    isStopping: () => isStopping,
  });
  const listening = await listen(app, settings).catch(async (error: unknown) => {
    await streams.stop();
    throw error;
  });
  deps.config.publicUrl = settings.publicUrl ?? listening.url;
  const sweeper = startSweeper(deps);
  const retention = startArtifactSweeper(deps, { ...defaultRetention, sealedMs: settings.keepArtifactsMs });
  return {
    url: listening.url,
    adminTokenFile: tokens.made,
    deps,
    app,
    sweep: () => sweeper.sweep(),
    reload: () => tokenFile.reload(),
    async stop() {
      isStopping = true;
      // Streams are sent away while the last requests end; what is stuck in either is broken off together.
      await Promise.all([listening.close(limits.drainMs), streams.stop(), sweeper.stop(), retention.stop()]);
      await closeAll();
    },
  };
}

async function readSetting(name: string, file: string): Promise<string> {
  return readFile(file, 'utf8').catch((error: unknown) => {
    throw new SettingsError('setting', `${name}: ${file} can't be read: ${toErrorCode(error) ?? toMessage(error)}`, {
      cause: error,
    });
  });
}

async function openOwnDatabase(dataDir: string, log: Logger, closers: (() => Promise<void>)[]): Promise<string> {
  closers.push(await claimDataFolder(dataDir));
  const embedded = await openEmbeddedDatabase({
    dataDir,
    onProblem: (problem, error) => log.warn({ ...(error !== undefined && { reason: toMessage(error) }) }, problem),
  });
  closers.push(() => embedded.stop());
  return embedded.url;
}

async function migrateOrExplain(db: Kysely<Database>, log: Logger): Promise<void> {
  try {
    const applied = await migrate(db);
    if (applied > 0) log.info({ migrations: applied }, 'the database was brought to this version');
  } catch (error) {
    if (error instanceof DatabaseError) throw error;
    throw new DatabaseError(
      'unreachable',
      `the database can't be used: ${toMessage(error) || 'no connection'}; look at DATABASE_URL and whether it runs`,
      { cause: error },
    );
  }
}
