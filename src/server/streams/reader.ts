import { makeDeferred } from '../../lib/deferred.ts';
import type { StreamRow } from '../store/read-events.ts';
import type { Channel, Chunk, LiveReader } from './channel.ts';
import { farewell, isEnding, renderRows, type StreamFormat } from './render.ts';
import type { Sink } from './sink.ts';

export type ReaderOptions = {
  channel: Channel;
  sink: Sink;
  format: StreamFormat;
  /** The server number after which the reader begins. */
  after: number;
  /** false: ends where the run is now. */
  follow: boolean;
  read: (after: number) => Promise<StreamRow[]>;
  /** What may be pending for this reader; over it it is fed no more until it has read. */
  pendingBytes: number;
  patienceMs: number;
  /** Hears how far the reader has come. */
  onCursor: (cursor: number) => void;
  /** The server stops: the reader is sent away in order. */
  stopping: AbortSignal;
};

/** ended: it has the run's last event. gone: it left. slow: it did not read, and was cut. stopped: by the server. */
export type ReaderEnd = 'ended' | 'gone' | 'slow' | 'stopped';

/**
 * Feeds one reader of a run's stream, without a gap and without a repetition: from the table until it has caught up, then
 * from what is read once for all. A reader that falls behind goes back to the table, at its own pace; so what is kept for
 * it is bounded, and it is cut only when it does not read at all.
 */
export async function feedReader(options: ReaderOptions): Promise<ReaderEnd> {
  const { channel, sink, format, follow, read, pendingBytes, patienceMs, onCursor, stopping } = options;
  let cursor = options.after;
  let stopLive = (): void => {};
  const onEnd = (): void => stopLive();
  const isOver = (): boolean => sink.gone.aborted || stopping.aborted;
  sink.gone.addEventListener('abort', onEnd);
  stopping.addEventListener('abort', onEnd);
  try {
    while (!isOver()) {
      const rows = await read(cursor);
      const last = rows.at(-1);
      if (last !== undefined) {
        sink.write(renderRows(rows, cursor, format));
        cursor = last.last_server_seq;
        onCursor(cursor);
        if (isEnding(last)) return finish(sink, format);
      } else if (!follow) {
        return finish(sink, format);
      } else if (!isOver()) {
        const live = joinLive({ channel, sink, format, cursor, pendingBytes });
        stopLive = live.stop;
        const hasAll = await live.over;
        cursor = live.cursor();
        onCursor(cursor);
        if (hasAll) return finish(sink, format);
      }
      if (!isOver() && !(await sink.ready(patienceMs))) return sink.gone.aborted ? 'gone' : cutOff(sink);
    }
    return sink.gone.aborted ? 'gone' : 'stopped';
  } finally {
    sink.gone.removeEventListener('abort', onEnd);
    stopping.removeEventListener('abort', onEnd);
  }
}

type LiveOptions = Pick<ReaderOptions, 'channel' | 'sink' | 'format' | 'pendingBytes'> & { cursor: number };

/** `over` resolves when the reader is to look at the table again (false), or has it all (true). */
function joinLive({ channel, sink, format, cursor, pendingBytes }: LiveOptions) {
  const over = makeDeferred<boolean>();
  const leave = (isOver: boolean): void => {
    channel.leave(reader);
    over.resolve(isOver);
  };
  const reader: LiveReader = {
    cursor,
    feed(chunk: Chunk) {
      if (chunk.to <= reader.cursor) return;
      if (chunk.from > reader.cursor || sink.pending() > pendingBytes) {
        leave(false);
        return;
      }
      sink.write(chunk.render(format, reader.cursor));
      reader.cursor = chunk.to;
      if (chunk.isLast) leave(true);
    },
  };
  if (!channel.join(reader)) over.resolve(false);
  return { over: over.promise, stop: () => leave(false), cursor: () => reader.cursor };
}

function finish(sink: Sink, format: StreamFormat): ReaderEnd {
  sink.write(farewell[format]);
  sink.end();
  return 'ended';
}

function cutOff(sink: Sink): ReaderEnd {
  sink.cut();
  return 'slow';
}
