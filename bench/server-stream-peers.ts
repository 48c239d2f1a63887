/** The other processes of server-stream.ts, which starts them: 1,000 readers, and the server of raw sockets. */
import { once } from 'node:events';
import { connect, createServer, type Socket } from 'node:net';
import { setImmediate as turn } from 'node:timers/promises';
import { token } from './server-support.ts';

/** What the server reads and writes at a time when it is behind; and so the raw writer, in its quicker measure. */
export const PAGE_BYTES = 256 * 1024;
/** A heartbeat event with its number, and the ends of a chunk. */
const TAIL = 400;

export type Open = { open: number; port: number; path: string };
export type Watch = { mark: string };
/** Chunks of bytes, base64, that the raw server is to write: to be kept, and then to be written. */
export type Load = { chunks: string[] };
export type Told =
  | { opened: true }
  | { seen: string; at: number; bytes: number; events: number }
  | { loaded: true }
  | { watching: string };

if (process.argv[2] === 'readers') read();
// Imported for its types otherwise.
else if (process.argv[2] === 'raw') await serveRaw();

/** The client process: `count` connections, each of which looks at the last bytes of what it gets. */
function read(): void {
  let watch: { mark: string; left: number } | undefined;
  let bytes = 0;
  let count = 0;
  /** What the first of them has had, to be looked into. */
  let first: Buffer[] = [];
  const tell = (told: Told): void => void process.send?.(told);
  const onSeen = (): void => {
    if (watch === undefined) return;
    watch.left -= 1;
    if (watch.left > 0) return;
    const events = Buffer.concat(first).toString('latin1').split('id: ').length - 1;
    tell({ seen: watch.mark, at: performance.timeOrigin + performance.now(), bytes, events });
    watch = undefined;
  };
  process.on('message', (order: Open | Watch) => {
    if ('mark' in order) {
      watch = { mark: order.mark, left: count };
      bytes = 0;
      first = [];
      tell({ watching: order.mark });
      return;
    }
    count = order.open;
    void openAll(order, (index, chunk, tail) => {
      bytes += chunk.length;
      if (index === 0) first.push(chunk);
      if (watch !== undefined && tail.includes(watch.mark)) {
        onSeen();
        return true;
      }
      return false;
    }).then(() => tell({ opened: true }));
  });
  process.on('disconnect', () => process.exit(0));
}

async function openAll(
  { open, port, path }: Open,
  onData: (index: number, chunk: Buffer, tail: string) => boolean,
): Promise<void> {
  for (let from = 0; from < open; from += 50)
    await Promise.all(
      Array.from({ length: Math.min(50, open - from) }, async (_, offset) => {
        const socket = connect(port, '127.0.0.1');
        await once(socket, 'connect');
        socket.write(
          `GET ${path} HTTP/1.1\r\nhost: localhost\r\nauthorization: Bearer ${token}\r\naccept: text/event-stream\r\n\r\n`,
        );
        const [head]: Buffer[] = await once(socket, 'data');
        if (head?.toString('latin1').startsWith('HTTP/1.1 200') !== true) throw new Error(head?.toString());
        let tail = '';
        socket.on('data', (chunk: Buffer) => {
          tail = (tail + chunk.toString('latin1', Math.max(0, chunk.length - TAIL))).slice(-TAIL);
          if (onData(from + offset, chunk, tail)) tail = '';
        });
      }),
    );
}

/** The peer: one shared Buffer to every socket, without looking at it twice; only a socket that is far behind is waited for. */
async function serveRaw(): Promise<void> {
  const sockets = new Set<Socket>();
  const server = createServer((socket) => {
    socket.on('error', () => {});
    socket.on('close', () => sockets.delete(socket));
    socket.once('data', () => {
      sockets.add(socket);
      socket.write('HTTP/1.1 200 OK\r\ncontent-type: text/event-stream\r\n\r\n');
      socket.resume();
    });
  });
  let chunks: Buffer[] = [];
  process.on('message', (order: Load | 'write') => {
    if (order === 'write') return void writeAll();
    chunks = order.chunks.map((chunk) => Buffer.from(chunk, 'base64'));
    const told: Told = { loaded: true };
    return void process.send?.(told);
  });
  const writeAll = async (): Promise<void> => {
    for (const chunk of chunks) {
      for (const socket of sockets) socket.write(chunk);
      do await turn();
      while ([...sockets].some((socket) => socket.writableLength > 2 * PAGE_BYTES));
    }
  };
  process.on('disconnect', () => process.exit(0));
  server.listen(0, '127.0.0.1', 2048);
  await once(server, 'listening');
  const address = server.address();
  console.log(`http://127.0.0.1:${typeof address === 'object' ? address?.port : ''}`);
}
