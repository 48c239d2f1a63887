import { EventEmitter } from 'node:events';
import { Readable, Writable } from 'node:stream';
import type { Io, Output } from '../../src/cli/io.ts';

export type FakeIo = Io & {
  out: () => string;
  err: () => string;
  emitter: EventEmitter;
  quits: number[];
  clock: { now: number };
};

/** An Io whose streams are kept in memory and whose clock stands until it is moved. */
export function makeFakeIo(
  given: { cwd?: string; env?: Record<string, string>; stdin?: Uint8Array[]; isTTY?: boolean } = {},
): FakeIo {
  const stdout = makeOutput(given.isTTY ?? false);
  const stderr = makeOutput(given.isTTY ?? false);
  const emitter = new EventEmitter();
  const quits: number[] = [];
  const clock = { now: Date.UTC(2026, 10, 21, 9, 27, 19, 123) };
  return {
    stdin: Readable.from(given.stdin ?? []),
    stdout: stdout.stream,
    stderr: stderr.stream,
    env: given.env ?? {},
    cwd: given.cwd ?? process.cwd(),
    now: () => clock.now,
    self: 'quoderat',
    signals: emitter,
    quit: (exitCode) => void quits.push(exitCode),
    out: stdout.text,
    err: stderr.text,
    emitter,
    quits,
    clock,
  };
}

function makeOutput(isTTY: boolean): { stream: Output; text: () => string } {
  const chunks: string[] = [];
  const stream = new Writable({
    decodeStrings: false,
    write(chunk: string | Buffer, _encoding, done) {
      chunks.push(String(chunk));
      done();
    },
  });
  return { stream: Object.assign(stream, { isTTY }), text: () => chunks.join('') };
}
