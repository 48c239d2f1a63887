import { type Kysely, sql } from 'kysely';
import type { Database } from '../database.ts';
import type { ServerLimits } from '../config.ts';
import { makeUnavailable } from '../errors.ts';
import { limits } from '../../lib/limits.ts';
import { readRowsAfter, readWorkerRowsAfter } from '../store/read-events.ts';
import { readRun } from '../store/runs.ts';
import { type Channel, makeChannel } from './channel.ts';
import { feedLogReader, type LogFormat } from './log-reader.ts';
import { listenForNotices } from './notices.ts';
import { feedReader, type ReaderEnd } from './reader.ts';
import { keepalive, renderRetry, type StreamFormat } from './render.ts';
import type { Sink } from './sink.ts';

/** All who read runs in this process, and what wakes them. */
export type RunStreams = {
  /** To be called after the commit. Cheap, never fails: readers look at the table, this only tells them when. */
  wake(runId: string): void;
  /** Feeds a reader of a run's events until one of the two ends it. @throws ApiFault unavailable: too many readers */
  feed(runId: string, reader: EventReader): void;
  feedLog(runId: string, reader: LogReader): void;
  /** @throws ApiFault unavailable: as many readers as may be */
  assertRoom(): void;
  /** Sends all readers away, with a word when to come again. */
  stop(): Promise<void>;
};

export type EventReader = { sink: Sink; format: StreamFormat; after: number; follow: boolean };
export type LogReader = { sink: Sink; format: LogFormat; after: number; follow: boolean; step: string | undefined };

export type RunStreamsOptions = {
  db: Kysely<Database>;
  url: string;
  limits: ServerLimits;
  onReader: (change: 1 | -1) => void;
  onCut: () => void;
  onFault: (error: unknown, what: string) => void;
};

export function openRunStreams(options: RunStreamsOptions): RunStreams {
  const { db, url, onReader, onCut, onFault } = options;
  const { readerBytes, readerPatienceMs, readers: mostReaders, keepaliveMs, pollMs } = options.limits;
  const channels = new Map<string, Channel>();
  const sinks = new Map<Sink, LogFormat>();
  const stopping = new AbortController();
  const feeds = new Set<Promise<void>>();

  const wakeAll = (): void => {
    for (const channel of channels.values()) channel.wake();
  };
  const notices = listenForNotices({
    url,
    onRun: (runId) => channels.get(runId)?.wake(),
    onReconnect: wakeAll,
    onError: (error) => onFault(error, 'the connection for notices'),
  });

  const toChannel = (runId: string): Channel => {
    const known = channels.get(runId);
    if (known !== undefined) return known;
    const channel = makeChannel(
      (after) => readRowsAfter(db, runId, after),
      (error) => onFault(error, 'reading events for the readers of a run'),
    );
    channels.set(runId, channel);
    return channel;
  };

  const serve = (runId: string, { sink, format }: { sink: Sink; format: LogFormat }, feed: Feed): void => {
    sinks.set(sink, format);
    onReader(1);
    const channel = toChannel(runId);
    // In the map while anyone reads: a reader that looks at the table is in no channel for a moment.
    const release = channel.watch(() => {});
    const run = async (): Promise<void> => {
      const end = await retryWhileDown(() => feed(channel), sink, stopping.signal, onFault);
      if (end === 'slow') onCut();
      if (end === 'stopped') sendAway(sink, format);
      release();
      sinks.delete(sink);
      onReader(-1);
      if (channel.isIdle()) channels.delete(runId);
    };
    const done = run().finally(() => feeds.delete(done));
    feeds.add(done);
  };

  const keep = setInterval(() => {
    for (const [sink, format] of sinks) if (format !== 'text' && sink.pending() === 0) sink.write(keepalive[format]);
  }, keepaliveMs);
  const poll = setInterval(() => {
    void wakeBehind(db, channels).catch((error: unknown) => onFault(error, 'looking for new events'));
  }, pollMs);

  return {
    wake(runId) {
      channels.get(runId)?.wake();
      notices.tell(runId);
    },
    assertRoom() {
      if (stopping.signal.aborted) throw makeUnavailable('the server is stopping');
      if (sinks.size >= mostReaders) throw makeUnavailable('there are as many readers as this server takes');
    },
    feed(runId, reader) {
      let { after } = reader;
      serve(runId, reader, (channel) =>
        feedReader({
          ...reader,
          channel,
          after,
          // A feed that broke off with the database goes on where it was.
          onCursor: (cursor) => (after = cursor),
          read: (from) => readRowsAfter(db, runId, from),
          pendingBytes: readerBytes,
          patienceMs: readerPatienceMs,
          stopping: stopping.signal,
        }),
      );
    },
    feedLog(runId, reader) {
      let { after } = reader;
      serve(runId, reader, (channel) =>
        feedLogReader({
          ...reader,
          channel,
          after,
          onCursor: (cursor) => (after = cursor),
          read: (from) => readWorkerRowsAfter(db, runId, from),
          isOver: async () => (await readRun(db, runId))?.terminal ?? true,
          patienceMs: readerPatienceMs,
          stopping: stopping.signal,
        }),
      );
    },
    async stop() {
      stopping.abort();
      clearInterval(keep);
      clearInterval(poll);
      await Promise.all(feeds);
      await notices.stop();
    },
  };
}

type Feed = (channel: Channel) => Promise<ReaderEnd>;

/** A database that is away for a moment ends no stream: the reader waits, and misses nothing. */
async function retryWhileDown(
  feed: () => Promise<ReaderEnd>,
  sink: Sink,
  stopping: AbortSignal,
  onFault: RunStreamsOptions['onFault'],
): Promise<ReaderEnd> {
  for (let tries = 0; ; tries += 1) {
    try {
      return await feed();
    } catch (error) {
      onFault(error, 'reading events for a reader');
      if (tries === limits.readerRetries || stopping.aborted) {
        sink.cut();
        return stopping.aborted ? 'stopped' : 'gone';
      }
      await new Promise((resolve) => {
        setTimeout(resolve, limits.databaseRetryMs);
      });
    }
  }
}

/** Spread over some seconds, so that not all come at once. Text has no word for it: its end would be taken for the log's. */
function sendAway(sink: Sink, format: LogFormat): void {
  if (format === 'text') {
    sink.cut();
    return;
  }
  sink.write(renderRetry(format, 500 + Math.random() * 2500));
  sink.end();
}

/** The net under the notices: runs that are read here and have more in the table than their readers were given, or less. */
async function wakeBehind(db: Kysely<Database>, channels: ReadonlyMap<string, Channel>): Promise<void> {
  if (channels.size === 0) return;
  // As of before the table is looked at: whoever is ahead of it then is ahead of what was ever there.
  const told = new Map([...channels].map(([runId, channel]) => [runId, channel.cursor()]));
  const runs = await db
    .selectFrom('runs')
    .select(['run_id', 'last_server_seq'])
    .where('run_id', '=', sql<string>`ANY(${[...channels.keys()]}::uuid[])`)
    .execute();
  const lastOf = new Map(runs.map(({ run_id, last_server_seq }) => [run_id, last_server_seq]));
  for (const [runId, before] of told) {
    const channel = channels.get(runId);
    const last = lastOf.get(runId) ?? 0;
    if (before !== undefined && before > last) channel?.rewind(last);
    const cursor = channel?.cursor();
    if (cursor === undefined || cursor < last) channel?.wake();
  }
}
