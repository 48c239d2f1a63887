import { Counter, Gauge, Histogram, Registry, collectDefaultMetrics } from 'prom-client';

/**
 * What is counted, for Prometheus. Labels are from closed sets (a route's template, a code, a direction): nothing that a
 * client chooses becomes a label, or each new value would be kept for ever.
 */
export type ServerMetrics = {
  /** A request that was answered, or whose client went away (status 499). @param route the template, `/v1/runs/:id` */
  requested(request: { method: string; route: string; status: number; seconds: number }): void;
  eventsIngested(count: number): void;
  /** +1 when a reader of a stream comes, -1 when it goes. */
  readers(change: 1 | -1): void;
  /** A reader that did not read and was cut. */
  readerCut(): void;
  /** `sealed`, or the code of the refusal. */
  finalized(outcome: string): void;
  artifactBytes(direction: 'in' | 'out', bytes: number): void;
  /** What the sweeper did: runs turned stale or abandoned, artifacts removed. */
  swept(what: 'stale' | 'abandoned' | 'artifact', count: number): void;
  rateLimited(by: 'principal' | 'address'): void;
  /** Told at each scrape. */
  watchPool(read: () => { total: number; idle: number; waiting: number }): void;
  /** The exposition, and its content type. */
  expose(): Promise<{ text: string; contentType: string }>;
};

const METHODS = new Set(['GET', 'HEAD', 'POST', 'PUT', 'DELETE', 'OPTIONS']);

/** Counters in a registry of their own: several servers in one process do not share them. */
export function makeServerMetrics(options: { processMetrics: boolean } = { processMetrics: true }): ServerMetrics {
  const registers = [new Registry()];
  const [registry] = registers;
  if (options.processMetrics && registry !== undefined) collectDefaultMetrics({ register: registry });
  const durations = new Histogram({
    name: 'quoderat_http_request_duration_seconds',
    help: 'Time from the head of a request to the beginning of its answer.',
    labelNames: ['method', 'route', 'status'],
    buckets: [0.002, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 10, 60],
    registers,
  });
  const counter = <Label extends string>(name: string, help: string, labelNames: Label[] = []): Counter<Label> =>
    new Counter({ name: `quoderat_${name}`, help, labelNames, registers });
  const events = counter('events_ingested_total', 'Events of runs that were stored.');
  const readers = new Gauge({ name: 'quoderat_stream_readers', help: 'Readers of streams now.', registers });
  const cut = counter('stream_readers_cut_total', 'Readers that were cut because they did not read.');
  const finalizations = counter('finalizations_total', 'Runs sealed, and refusals by code.', ['outcome']);
  const bytes = counter('artifact_bytes_total', 'Bytes of artifacts that came in and went out.', ['direction']);
  const swept = counter('swept_total', 'Runs turned stale or abandoned, artifacts removed.', ['what']);
  const limited = counter('rate_limited_total', 'Requests refused by a rate limit.', ['by']);
  const pool = new Gauge({
    name: 'quoderat_database_connections',
    help: 'Connections to PostgreSQL, and requests that wait for one.',
    labelNames: ['state'],
    registers,
  });
  let readPool: (() => { total: number; idle: number; waiting: number }) | undefined;

  return {
    requested({ method, route, status, seconds }) {
      durations.observe({ method: METHODS.has(method) ? method : 'other', route, status: String(status) }, seconds);
    },
    eventsIngested: (count) => events.inc(count),
    readers: (change) => readers.inc(change),
    readerCut: () => cut.inc(),
    finalized: (outcome) => finalizations.inc({ outcome }),
    artifactBytes: (direction, count) => bytes.inc({ direction }, count),
    swept: (what, count) => swept.inc({ what }, count),
    rateLimited: (by) => limited.inc({ by }),
    watchPool: (read) => void (readPool = read),
    async expose() {
      for (const [state, count] of Object.entries(readPool?.() ?? {})) pool.set({ state }, count);
      return { text: (await registry?.metrics()) ?? '', contentType: Registry.PROMETHEUS_CONTENT_TYPE };
    },
  };
}
