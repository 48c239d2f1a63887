/** Everything that can be set about a server, parsed once by `quoderat serve` (src/cli/commands/serve.ts). */
export type ServerConfig = {
  /** Where it can be reached from outside, without a trailing slash: what an OIDC token's audience is compared with. */
  publicUrl: string;
  version: string;
  limits: ServerLimits;
};

/** Milliseconds and bytes; the numbers that are not settable are in src/lib/limits.ts. */
export type ServerLimits = {
  batchEvents: number;
  batchBytes: number;
  artifactBytes: number;
  /** How long a body that is read at once may take; artifacts have a bound of their own. */
  bodyMs: number;
  /** How often a worker is asked to say that it lives. */
  heartbeatMs: number;
  /** A run of which nothing was heard for so long is stale, */
  leaseMs: number;
  /** and after so long it is finalized as aborted with what was received. */
  abandonMs: number;
  /** How often runs are looked over for that. */
  sweepMs: number;
  /** What may wait for one reader; over it the reader is fed no more until it has read. */
  readerBytes: number;
  /** How long a reader that does not read is kept. */
  readerPatienceMs: number;
  /** Readers of streams at once, in this process. */
  readers: number;
  /** A comment to readers of a quiet run, so that proxies keep the connection. */
  keepaliveMs: number;
  /** How often watched runs are looked at, should a notification have been lost. */
  pollMs: number;
  /** How long requests that are under way have when the server is to stop. */
  drainMs: number;
};

export const defaultServerLimits: ServerLimits = {
  batchEvents: 1000,
  batchBytes: 4 * 1024 * 1024,
  artifactBytes: 8 * 1024 * 1024 * 1024,
  bodyMs: 30_000,
  heartbeatMs: 5000,
  leaseMs: 120_000,
  abandonMs: 60 * 60_000,
  sweepMs: 10_000,
  readerBytes: 512 * 1024,
  readerPatienceMs: 30_000,
  readers: 10_000,
  keepaliveMs: 15_000,
  pollMs: 2000,
  drainMs: 20_000,
};
