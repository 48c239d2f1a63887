import type { HttpBindings } from '@hono/node-server';
import type { Kysely } from 'kysely';
import type { Logger } from 'pino';
import type { Redactor } from '../redaction/types.ts';
import type { ArtifactStore } from './artifacts/store.ts';
import type { ServerConfig } from './config.ts';
import type { Database } from './database.ts';
import type { KeyRing } from './keys/key-ring.ts';
import type { ServerMetrics } from './observe/metrics.ts';
import type { RunTraces } from './observe/traces.ts';
import type { Principal } from './principal.ts';
import type { RunStreams } from './streams/run-streams.ts';

/**
 * What every part of the server is given. Queries are plain functions in src/server/store, which take `db` or a
 * transaction in it first.
 */
export type ServerDeps = {
  db: Kysely<Database>;
  artifacts: ArtifactStore;
  keys: KeyRing;
  log: Logger;
  metrics: ServerMetrics;
  /** Runs and steps as OpenTelemetry spans, when they are sealed; `noTraces` when no collector is configured. */
  traces: RunTraces;
  /** The server's own redaction rules (src/server/finalize/read-rules.ts), applied to a record before it is sealed. */
  redactor: Redactor;
  /** To be told of every run that has new rows in event_batches, after the commit: `streams.wake(runId)`. */
  streams: RunStreams;
  /** Milliseconds since the epoch. */
  now: () => number;
  /** This process among those that share the database. */
  instance: string;
  config: ServerConfig;
};

/** Hono's type of the app and of every router that is mounted in it. `incoming` and `outgoing`: only over node:http. */
export type AppEnv = {
  Bindings: Partial<HttpBindings>;
  Variables: {
    /** Set by the authentication middleware on every path under /v1 but /v1/info. */
    principal: Principal;
    /** Of this request, in logs and in the X-Request-Id header. */
    requestId: string;
  };
};
