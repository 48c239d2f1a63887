import { type ChildProcess, spawn } from 'node:child_process';
import { closeSync } from 'node:fs';
import { toErrorCode } from '../lib/errors.ts';
import type { Program } from './program.ts';
import type { MarkFile, PipeEnds, Scratch } from './scratch.ts';
import { readPipe, readStream, type Sink, type Source } from './source.ts';
import { SpawnError } from './spawn-error.ts';

/** What the operating system said of a process that ended: a code or a signal's name, the other is null. */
export type Exit = { code: number | null; signal: string | null };

/** A running child, the leader of its own process group and session (POSIX). */
export type Child = {
  pid: number;
  /** Resolves when the leader has ended, whatever still holds its pipes. */
  exited: Promise<Exit>;
  sources: Source[];
  /** Names of open files that its processes inherit, by which they are known (Linux). */
  openFiles: string[];
};

/**
 * Where children find the mark file. High, so that it meets neither a script's own descriptors nor bash's (10 and up,
 * 63 and down), and outlives programs that close the low ones.
 */
export const MARK_FD = 31;

/**
 * Starts a program with /dev/null as stdin and a pipe each for stdout and stderr.
 * @throws SpawnError when the system does not start it
 */
export async function spawnChild(options: {
  program: Program;
  cwd: string;
  env: Record<string, string>;
  scratch: Scratch;
  stdout: Sink;
  stderr: Sink;
  platform: NodeJS.Platform;
}): Promise<Child> {
  const { program, scratch } = options;
  const stdout = await scratch.openPipe();
  const stderr = await scratch.openPipe();
  const mark = scratch.openMark();
  let child: ChildProcess;
  let pid: number;
  try {
    ({ child, pid } = await spawnOrThrow(options, [stdout?.write ?? 'pipe', stderr?.write ?? 'pipe'], mark));
  } catch (error) {
    for (const pipe of [stdout, stderr]) if (pipe) closeSync(pipe.read);
    throw toSpawnError(error, program);
  } finally {
    // Only the child may hold these now, or its pipes would never end.
    for (const fd of [stdout?.write, stderr?.write, mark?.fd]) if (fd !== undefined) closeSync(fd);
  }
  return {
    pid,
    exited: new Promise((resolve) => child.once('exit', (code, signal) => resolve({ code, signal }))),
    sources: [toSource(stdout, child.stdout, options.stdout), toSource(stderr, child.stderr, options.stderr)],
    openFiles: [stdout?.path, stderr?.path, mark?.path].filter((path) => path !== undefined),
  };
}

async function spawnOrThrow(
  options: { program: Program; cwd: string; env: Record<string, string>; platform: NodeJS.Platform },
  output: [number | 'pipe', number | 'pipe'],
  mark: MarkFile | null,
): Promise<{ child: ChildProcess; pid: number }> {
  const { program, cwd, env, platform } = options;
  const between = Array.from({ length: MARK_FD - 3 }, () => 'ignore' as const);
  const child = spawn(program.file, program.args, {
    cwd,
    env,
    stdio: ['ignore', ...output, ...(mark ? [...between, mark.fd] : [])],
    // A group of its own, so that signals reach the whole of it. On Windows this would open a console window instead.
    detached: platform !== 'win32',
    windowsHide: true,
    windowsVerbatimArguments: program.verbatim,
  });
  const { pid } = child;
  if (pid === undefined) return await new Promise<never>((_, reject) => child.once('error', reject));
  // A signal that can't be delivered is told here as well; nobody waits for it.
  child.on('error', () => {});
  return { child, pid };
}

function toSource(pipe: PipeEnds | null, stream: ChildProcess['stdout'], sink: Sink): Source {
  if (pipe) return readPipe(pipe.read, sink);
  if (!stream) throw new Error('a child without an output stream');
  return readStream(stream, sink);
}

function toSpawnError(error: unknown, program: Program): SpawnError {
  const code = toErrorCode(error) ?? 'unknown';
  // Only the name of the program: Node's own messages hold the arguments.
  const name = `"${program.file}"`;
  if (code === 'ENOENT' || code === 'ENOTDIR') {
    const advice = /[\\/]/.test(program.file) ? 'no such file' : 'it is not on PATH';
    return new SpawnError('program_not_found', `program ${name} was not found: ${advice}`, { cause: error });
  }
  if (code === 'EACCES' || code === 'EPERM') {
    return new SpawnError('not_permitted', `program ${name} may not be executed (${code}): is it an executable file?`, {
      cause: error,
    });
  }
  return new SpawnError('refused_by_system', `the system refused to start ${name} (${code})`, { cause: error });
}
