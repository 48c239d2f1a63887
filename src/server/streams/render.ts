import type { StreamRow } from '../store/read-events.ts';

/** How a stream is written: server-sent events (WHATWG HTML, section 9.2), or a JSON text a line. */
export type StreamFormat = 'sse' | 'ndjson';

/**
 * Rows as bytes, from the line after server number `after` on: each line a StreamedEvent (src/schema/api.ts). Lines are
 * copied as the bytes they are: to make text of them and bytes of that again takes eight times as long.
 */
export function renderRows(rows: readonly StreamRow[], after: number, format: StreamFormat): Buffer {
  const wanted = rows.filter(({ last_server_seq }) => last_server_seq > after);
  const bytes = Buffer.allocUnsafe(wanted.reduce((sum, row) => sum + toMostBytes(row), 0));
  let at = 0;
  for (const { first_server_seq, last_server_seq, kind, payload, received_at } of wanted) {
    const rest = `,"received_at":"${received_at.toISOString()}","${names[kind]}":`;
    let begin = 0;
    for (let seq = first_server_seq; seq <= last_server_seq; seq += 1) {
      const feed = payload.indexOf(LINE_FEED, begin);
      const end = feed === -1 ? payload.length : feed;
      if (seq > after) {
        const head = `{"server_seq":${seq}${rest}`;
        at += bytes.write(format === 'sse' ? `id: ${seq}\ndata: ${head}` : head, at, 'latin1');
        at += payload.copy(bytes, at, begin, end);
        at += bytes.write(format === 'sse' ? '}\n\n' : '}\n', at, 'latin1');
      }
      begin = end + 1;
    }
  }
  return bytes.subarray(0, at);
}

const LINE_FEED = 0x0a;

/** Around a line: twice its number (16 digits), the moment, and under 90 characters that are always the same. */
function toMostBytes({ first_server_seq, last_server_seq, payload }: StreamRow): number {
  return payload.length + 160 * (last_server_seq - first_server_seq + 1);
}

const names = { events: 'event', gap: 'gap', server: 'server' } as const;

const endings = new Set(['run_finalized', 'run_aborted']);

/** Whether a row is the last of its run: the server's own word that it is over (a worker's event never is). */
export function isEnding({ kind, payload }: Pick<StreamRow, 'kind' | 'payload'>): boolean {
  if (kind !== 'server') return false;
  const words: { type?: string } = JSON.parse(payload.toString());
  return endings.has(words.type ?? '');
}

/** For a stream on which nothing happens: a comment, and for NDJSON an empty line. */
export const keepalive: Record<StreamFormat, Buffer> = { sse: Buffer.from(': \n\n'), ndjson: Buffer.from('\n') };

/** Said after the last event, so that a client need not find out by coming again. */
export const farewell: Record<StreamFormat, Buffer> = {
  sse: Buffer.from('event: end\ndata: {}\n\n'),
  ndjson: Buffer.alloc(0),
};

/** Said by a server that stops: come again (to another), not all at once. */
export function renderRetry(format: StreamFormat, ms: number): Buffer {
  return Buffer.from(format === 'sse' ? `retry: ${Math.round(ms)}\n\n` : '');
}

export const streamHeaders: Record<StreamFormat, Record<string, string>> = {
  sse: {
    'content-type': 'text/event-stream; charset=utf-8',
    'cache-control': 'no-store, no-transform',
    // nginx and what imitates it would keep events back.
    'x-accel-buffering': 'no',
  },
  ndjson: {
    'content-type': 'application/x-ndjson; charset=utf-8',
    'cache-control': 'no-store, no-transform',
    'x-accel-buffering': 'no',
  },
};
