import { basename, relative } from 'node:path';
import { version } from '../build-info.ts';
import { CodedError, toMessage } from '../lib/errors.ts';
import { toInertLine } from '../render/inert.ts';
import { toShellWord } from '../render/shell-word.ts';
import { InternalError } from './cli-error.ts';
import { performCommandLine } from './command-line.ts';
import { exitCodes } from './exit-codes.ts';
import type { Io, Output } from './io.ts';

let hasTold = false;
const io: Io = {
  stdin: process.stdin,
  stdout: process.stdout,
  stderr: process.stderr,
  env: Object.fromEntries(
    Object.entries(process.env).filter((entry): entry is [string, string] => entry[1] !== undefined),
  ),
  cwd: process.cwd(),
  now: Date.now,
  self: toInvocation(process.argv[1]),
  signals: process,
  quit: (exitCode) => process.exit(exitCode),
};
// Nobody to read, or no room to write: that ends the printing, never the work.
for (const stream of [io.stdout, io.stderr]) stream.on('error', tellUnlessClosed);
process.once('uncaughtException', (error) => process.exit(toExitCode(error)));
const exitCode = await performCommandLine(process.argv.slice(2), version, io).catch(toExitCode);
await Promise.all([flush(io.stdout), flush(io.stderr)]);
process.exit(exitCode);

/** The one place where an error ends: said in one line, with its stack on request. */
function toExitCode(error: unknown): number {
  const expected = error instanceof CodedError && !(error instanceof InternalError);
  io.stderr.write(`quoderat: ${expected ? '' : 'internal error: '}${toInertLine(toMessage(error))}\n`);
  if (io.env['QUODERAT_DEBUG'] === '1' && error instanceof Error) io.stderr.write(`${error.stack}\n`);
  return expected ? exitCodes.usage : exitCodes.internal;
}

/** Resolves when all that was written has left the process, or has nowhere to go. */
function flush(output: Output): Promise<void> {
  return new Promise((resolve) => {
    output.write('', () => resolve());
  });
}

function tellUnlessClosed(error: NodeJS.ErrnoException): void {
  if (error.code === 'EPIPE' || error.code === 'ERR_STREAM_DESTROYED' || hasTold) return;
  hasTold = true;
  io.stderr.write(`quoderat: what is printed is lost from here on: ${toInertLine(error.message)}\n`);
}

/** Words that call this program again when they are pasted into a shell here. */
function toInvocation(script = 'quoderat'): string {
  if (/\.[jt]s$/.test(script)) return `node ${toShellWord(relative(process.cwd(), script))}`;
  return script.includes('node_modules') ? 'npx quoderat' : basename(script);
}
