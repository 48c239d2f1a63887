import { limits } from '../../lib/limits.ts';
import type { StreamRow } from '../store/read-events.ts';
import { isEnding, renderRows, type StreamFormat } from './render.ts';

/** Rows that were read once for all readers that have caught up, and are rendered once for each format. */
export type Chunk = {
  /** It holds the numbers after `from` up to `to`. */
  from: number;
  to: number;
  isLast: boolean;
  /** The bytes for a reader that has all up to `after`; one shared Buffer for all that are at `from`. */
  render(format: StreamFormat, after: number): Buffer;
};

/** A reader that has caught up and is fed. It looks after itself: a chunk that does not follow on sends it to the table. */
export type LiveReader = { cursor: number; feed(chunk: Chunk): void };

/** What is new in one run, for those who read it in this process. */
export type Channel = {
  /** false: there is more in the table than the reader has. */
  join(reader: LiveReader): boolean;
  leave(reader: LiveReader): void;
  /** There may be new rows. */
  wake(): void;
  /** For readers that look by themselves: called at each wake. @returns what ends that */
  watch(onWake: () => void): () => void;
  /** The table has nothing after `last`, though more was told (a backup was restored): readers go on behind it. */
  rewind(last: number): void;
  /** Nobody reads the run here. */
  isIdle(): boolean;
  /** Up to where live readers were fed; undefined while there are none. */
  cursor(): number | undefined;
};

/**
 * @param read the table's rows after a number: the only truth there is
 * @param onFault hears of a read that failed; the next wake tries again
 */
export function makeChannel(read: (after: number) => Promise<StreamRow[]>, onFault: (error: unknown) => void): Channel {
  const live = new Set<LiveReader>();
  let cursor = 0;
  let isPumping = false;
  let isDirty = false;
  const watchers = new Set<() => void>();

  const pump = async (): Promise<void> => {
    if (isPumping) return;
    isPumping = true;
    try {
      // What comes within a few milliseconds is read, rendered and written together.
      await pause(limits.fanOutMs);
      while (isDirty && live.size > 0) {
        isDirty = false;
        for (let rows = await read(cursor); rows.length > 0 && live.size > 0; rows = await read(cursor)) {
          const chunk = toChunk(rows, cursor);
          cursor = chunk.to;
          for (const reader of live) reader.feed(chunk);
        }
      }
    } catch (error) {
      isDirty = true;
      onFault(error);
    } finally {
      isPumping = false;
    }
  };
  const wake = (): void => {
    isDirty = true;
    for (const onWake of watchers) onWake();
    if (live.size > 0) void pump();
  };

  return {
    join(reader) {
      if (live.size > 0 && reader.cursor < cursor) return false;
      const isFirst = live.size === 0;
      live.add(reader);
      // What was stored between its last look and now was told to nobody.
      if (isFirst) {
        cursor = reader.cursor;
        isDirty = true;
        void pump();
      }
      return true;
    },
    leave: (reader) => void live.delete(reader),
    wake,
    watch(onWake) {
      watchers.add(onWake);
      return () => void watchers.delete(onWake);
    },
    rewind(last) {
      cursor = Math.min(cursor, last);
      for (const reader of live) reader.cursor = Math.min(reader.cursor, last);
    },
    isIdle: () => live.size === 0 && watchers.size === 0,
    cursor: () => (live.size > 0 ? cursor : undefined),
  };
}

function toChunk(rows: readonly StreamRow[], from: number): Chunk {
  const last = rows.at(-1);
  const shared = new Map<StreamFormat, Buffer>();
  return {
    from,
    to: last?.last_server_seq ?? from,
    isLast: last !== undefined && isEnding(last),
    render(format, after) {
      if (after !== from) return renderRows(rows, after, format);
      const bytes = shared.get(format) ?? renderRows(rows, from, format);
      shared.set(format, bytes);
      return bytes;
    },
  };
}

function pause(ms: number): Promise<void> {
  return new Promise((resolve) => {
    setTimeout(resolve, ms);
  });
}
