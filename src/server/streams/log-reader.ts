import { type LogEntry, sequenceRange } from '../../schema/api.ts';
import { makeDeferred } from '../../lib/deferred.ts';
import { stepOutput } from '../../schema/event.ts';
import type { WorkerRow } from '../store/read-events.ts';
import type { Channel } from './channel.ts';
import type { ReaderEnd } from './reader.ts';
import { farewell, type StreamFormat } from './render.ts';
import type { Sink } from './sink.ts';

/** text: what the steps printed and nothing else. */
export type LogFormat = StreamFormat | 'text';

export type LogReaderOptions = {
  channel: Channel;
  sink: Sink;
  format: LogFormat;
  /** The worker's number after which the reader begins. */
  after: number;
  /** Only of this step. */
  step: string | undefined;
  follow: boolean;
  read: (after: number) => Promise<WorkerRow[]>;
  /** Whether the run takes no more events: then holes in the sequence are passed over. */
  isOver: () => Promise<boolean>;
  patienceMs: number;
  /** Hears how far the reader has come. */
  onCursor: (cursor: number) => void;
  stopping: AbortSignal;
};

/**
 * Feeds one reader the output of a run's steps in the order in which the worker read it, whatever the order in which it
 * came: the log waits at a hole in the sequence until it is filled, declared dropped, or the run is over.
 */
export async function feedLogReader(options: LogReaderOptions): Promise<ReaderEnd> {
  const { channel, sink, format, follow, read, isOver, patienceMs, onCursor, stopping } = options;
  const bell = makeBell();
  let cursor = options.after;
  const isEnded = (): boolean => sink.gone.aborted || stopping.aborted;
  sink.gone.addEventListener('abort', bell.ring);
  stopping.addEventListener('abort', bell.ring);
  const unwatch = channel.watch(bell.ring);
  try {
    while (!isEnded()) {
      // Asked before the rows are read: what is there then is all there will be.
      const over = await isOver();
      const rows = toReadable(await read(cursor), cursor, over || !follow);
      const last = rows.at(-1);
      if (last !== undefined) {
        const bytes = renderLog(rows, cursor, options);
        cursor = last.last_seq;
        onCursor(cursor);
        if (bytes.length > 0) sink.write(bytes);
        if (await sink.ready(patienceMs)) continue;
        if (sink.gone.aborted) return 'gone';
        sink.cut();
        return 'slow';
      }
      if (over || !follow) {
        if (format !== 'text') sink.write(farewell[format]);
        sink.end();
        return 'ended';
      }
      await bell.wait();
    }
    return sink.gone.aborted ? 'gone' : 'stopped';
  } finally {
    unwatch();
    sink.gone.removeEventListener('abort', bell.ring);
    stopping.removeEventListener('abort', bell.ring);
  }
}

/** Rung while nobody waits, it ends the next wait at once. */
function makeBell(): { ring: () => void; wait: () => Promise<void> } {
  let rung = makeDeferred();
  return {
    ring: () => rung.resolve(),
    async wait() {
      await rung.promise;
      rung = makeDeferred();
    },
  };
}

/** Up to the first hole. */
function toReadable(rows: readonly WorkerRow[], cursor: number, skipsHoles: boolean): readonly WorkerRow[] {
  if (skipsHoles) return rows;
  let next = cursor + 1;
  const hole = rows.findIndex(({ first_seq, last_seq }) => {
    if (first_seq > next) return true;
    next = last_seq + 1;
    return false;
  });
  return hole === -1 ? rows : rows.slice(0, hole);
}

function renderLog(
  rows: readonly WorkerRow[],
  cursor: number,
  { step, format }: Pick<LogReaderOptions, 'step' | 'format'>,
): Buffer {
  const parts: string[] = [];
  for (const entry of rows.flatMap((row) => toEntries(row, cursor))) {
    if ('gap' in entry) {
      if (format === 'text') parts.push(`[${entry.gap.to - entry.gap.from + 1} pieces of output were dropped]\n`);
      else parts.push(renderEntry(entry, format));
    } else if (step === undefined || entry.step_id === step)
      parts.push(format === 'text' ? entry.text : renderEntry(entry, format));
  }
  return Buffer.from(parts.join(''));
}

function renderEntry(entry: LogEntry, format: StreamFormat): string {
  const text = JSON.stringify(entry);
  return format === 'sse' ? `id: ${entry.seq}\ndata: ${text}\n\n` : `${text}\n`;
}

function toEntries({ kind, first_seq, payload }: WorkerRow, cursor: number): LogEntry[] {
  if (kind === 'gap') {
    const gap = sequenceRange.parse(JSON.parse(payload.toString()));
    return [{ seq: gap.to, gap }];
  }
  return payload
    .toString()
    .split('\n')
    .flatMap((line, index): LogEntry[] => {
      if (first_seq + index <= cursor || !line.includes('"step_output"')) return [];
      const { success, data } = stepOutput.safeParse(JSON.parse(line));
      if (!success) return [];
      const { seq, timestamp, step_id, attempt, stream, offset, bytes, text } = data;
      return [{ seq, timestamp, step_id, attempt, stream, offset, bytes, text }];
    });
}
