import { execFile } from 'node:child_process';
import { closeSync, constants, openSync, rmSync, unlinkSync, writeFileSync } from 'node:fs';
import { mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { toScratchPrefix } from '../lib/scratch-prefix.ts';
import { SpawnError } from './spawn-error.ts';

/** Both ends of one pipe: `read` does not block, `write` does (it becomes a child's stdout or stderr). */
export type PipeEnds = { path: string; read: number; write: number };

/** An open file without a name, by which the processes that inherited it are known. */
export type MarkFile = { path: string; fd: number };

/** What steps need on disk beside the workspace, in a folder that only this user can enter. */
export type Scratch = AsyncDisposable & {
  /** A pipe for a child's output; null where named pipes can't be had, and Node's own must do. */
  openPipe(): Promise<PipeEnds | null>;
  openMark(): MarkFile | null;
  /** @throws SpawnError when the disk does not take it */
  writeScript(extension: string, text: string): { path: string; remove: () => void };
};

/** How many named pipes one run of mkfifo makes: the program costs more than the pipes. */
const BATCH = 32;

/**
 * Makes the folder. Where that fails (a full or read-only temporary folder) pipes and marks are done without, and
 * scripts are refused one by one.
 * @param path the PATH on which mkfifo is found
 * @param runMark by which dropScratch finds the folder, should this process be killed
 */
export async function openScratch(
  path: string | undefined,
  platform: NodeJS.Platform,
  runMark: string,
): Promise<Scratch> {
  const dir = await makeFolder(toParents(platform), runMark);
  let count = 0;
  const nextPath = (suffix: string): string => join(dir ?? '', `${(count += 1)}${suffix}`);
  const fifos = makeFifoSupply(() => nextPath('.pipe'), path);
  let pipesWork = dir !== null && platform !== 'win32';
  if (pipesWork) fifos.prepare();

  return {
    async openPipe() {
      if (!pipesWork) return null;
      try {
        return openFifo(await fifos.take());
      } catch {
        pipesWork = false;
        return null;
      }
    },
    openMark() {
      if (dir === null || platform !== 'linux') return null;
      const markPath = nextPath('.mark');
      try {
        const fd = openSync(markPath, constants.O_RDONLY | constants.O_CREAT | constants.O_EXCL, 0o400);
        unlinkSync(markPath);
        return { path: markPath, fd };
      } catch {
        return null;
      }
    },
    writeScript(extension, text) {
      const scriptPath = nextPath(extension);
      try {
        if (dir === null) throw new Error('there is no temporary folder');
        writeFileSync(scriptPath, text, { mode: 0o600, flag: 'wx' });
      } catch (error) {
        throw new SpawnError('script_not_written', `its script can't be written to a temporary folder`, {
          cause: error,
        });
      }
      return { path: scriptPath, remove: () => rmSync(scriptPath, { force: true }) };
    },
    async [Symbol.asyncDispose]() {
      // Pipes that come while the folder is emptied would keep it.
      await fifos.settle();
      if (dir !== null) await rm(dir, { recursive: true, force: true }).catch(() => {});
    },
  };
}

/** Removes what a killed process left in temporary folders: scripts, and the work tree's files as they were. */
export async function dropScratch(runMark: string, platform: NodeJS.Platform): Promise<void> {
  for (const parent of toParents(platform)) {
    const names = await readdir(parent).catch((): string[] => []);
    const left = names.filter((name) => name.startsWith(toScratchPrefix(runMark)));
    for (const name of left) await rm(join(parent, name), { recursive: true, force: true }).catch(() => {});
  }
}

/** In memory where there is such a place: a named pipe is made there in 2 us, on a disk in 250, and no full disk matters. */
function toParents(platform: NodeJS.Platform): string[] {
  return platform === 'linux' ? ['/dev/shm', tmpdir()] : [tmpdir()];
}

async function makeFolder(parents: string[], runMark: string): Promise<string | null> {
  for (const parent of parents) {
    const dir = await mkdtemp(join(parent, toScratchPrefix(runMark))).catch(() => null);
    if (dir !== null) return dir;
  }
  return null;
}

/**
 * Names of fresh named pipes, made in batches. Each is used once: a process that survived its step may still hold the
 * old one, and must not write into the next step's output.
 */
function makeFifoSupply(
  nextPath: () => string,
  path: string | undefined,
): { prepare: () => void; take: () => Promise<string>; settle: () => Promise<void> } {
  const ready: string[] = [];
  let making: Promise<void> | undefined;
  const make = (): Promise<void> => {
    making ??= runMkfifo(Array.from({ length: BATCH }, nextPath), path)
      .then((made) => void ready.push(...made))
      .finally(() => (making = undefined));
    return making;
  };
  return {
    // Whoever takes one is told of a failure: it is tried again then.
    prepare: () => void make().catch(() => {}),
    async take() {
      for (;;) {
        const fifo = ready.shift();
        if (fifo !== undefined) return fifo;
        await make();
      }
    },
    settle: () => making?.catch(() => {}) ?? Promise.resolve(),
  };
}

function runMkfifo(paths: string[], path: string | undefined): Promise<string[]> {
  return new Promise((resolve, reject) => {
    const env = path === undefined ? {} : { PATH: path };
    execFile('mkfifo', ['-m', '600', ...paths], { env, timeout: 10_000 }, (error) =>
      error ? reject(error) : resolve(paths),
    );
  });
}

/**
 * Why not stdio: 'pipe'. That is a socket pair in Node (nodejs/node#21941): a child that opens /dev/stderr by name gets
 * ENXIO, and line-by-line writers run at half the speed. The reading end comes first, without blocking, since opening
 * the writing end waits for a reader (fifo(7)).
 */
function openFifo(path: string): PipeEnds {
  const read = openSync(path, constants.O_RDONLY | constants.O_NONBLOCK);
  try {
    const write = openSync(path, constants.O_WRONLY);
    unlinkSync(path);
    return { path, read, write };
  } catch (error) {
    closeSync(read);
    throw error;
  }
}
