import { setImmediate } from 'node:timers/promises';
import { limits } from '../lib/limits.ts';
import { makeDeferred } from '../lib/deferred.ts';
import { type Exit, spawnChild } from './child.ts';
import type { Output } from './output.ts';
import type { Program } from './program.ts';
import type { Scratch } from './scratch.ts';
import type { Source } from './source.ts';
import type { Stop } from './stop.ts';
import { makeProcessFinder } from './survivors.ts';
import { sweep, type Swept } from './sweep.ts';
import { terminate } from './terminate.ts';
import { type EndReason, type Warn, watch } from './watchdog.ts';

/** How a process ran and ended. Times in ms, fractions kept. */
export type ProcessResult = {
  /** What the system said; null: even KILL did not end it. */
  exit: Exit | null;
  /** Why we ended it; null: it ended by itself. The first reason wins. */
  endedBy: EndReason | null;
  swept: Swept;
  /** false: output may be missing, since a process held a pipe that could not be ended, or was cut off in the middle. */
  outputComplete: boolean;
  spawnMs: number;
  runMs: number;
  terminateMs: number;
  drainMs: number;
};

/**
 * Runs a program until its leader ends or must end, reads what is left in its pipes, and kills what it leaves behind.
 * When this resolves nothing of it is alive, or `swept.left` counts what is.
 * @throws SpawnError when it can't be started
 */
export async function runProcess(options: {
  program: Program;
  cwd: string;
  env: Record<string, string>;
  mark: string;
  scratch: Scratch;
  stdout: Output;
  stderr: Output;
  timeoutMs: number | null;
  idleTimeoutMs: number | null;
  /** Resolves when it is to be ended for a reason of the kind's own; null: there is none. */
  ending: Promise<EndReason> | null;
  onStarted: () => void;
  /** Told once, as soon as the leader has ended or is about to be ended. */
  onOver: () => void;
  stop: Stop;
  warn: Warn;
  platform: NodeJS.Platform;
}): Promise<ProcessResult> {
  const { stdout, stderr, mark, stop, platform } = options;
  const time = makeStopwatch();
  const child = await spawnChild({ ...options, stdout: stdout.sink, stderr: stderr.sink });
  const finder = makeProcessFinder({ leader: child.pid, mark, openFiles: child.openFiles }, platform);
  const spawnMs = time.lap();
  options.onStarted();

  const activity = {
    lastAt: () => Math.max(stdout.lastAt(), stderr.lastAt()),
    isBlocked: () => stdout.isBlocked() || stderr.isBlocked(),
  };
  const mustEnd = makeDeferred<EndReason>();
  const watchdog = watch({ ...options, activity, end: mustEnd.resolve });
  void options.ending?.then(mustEnd.resolve);
  const first = await Promise.race([child.exited.then((exit) => ({ exit })), mustEnd.promise]);
  watchdog[Symbol.dispose]();
  options.onOver();
  const runMs = time.lap();

  const endedBy = typeof first === 'string' ? first : null;
  const isRunEnd = endedBy === 'cancelled' || endedBy === 'run_timeout' || stop.reason() !== null;
  const graceMs = isRunEnd ? limits.cancelGraceMs : limits.killGraceMs;
  const exit = typeof first === 'string' ? await terminate(child, finder, { graceMs, platform }) : first.exit;
  let terminateMs = time.lap();

  // A helper that outlives the leader by a moment (`exec > >(tee log)`) still has its last lines to write.
  // On a busy machine its time may be up before what has come meanwhile was looked at.
  if (!(await allEnded(child.sources, limits.drainMs))) await setImmediate();
  const endedAt = performance.now();
  const wereOpen = !child.sources.every((source) => source.isEnded());
  const wasWriting = wereOpen && activity.lastAt() > endedAt - limits.drainMs / 2;
  let drainMs = time.lap();

  const swept = await sweep(finder, child.pid);
  terminateMs += time.lap();
  // All writers are dead: what is left fits into the pipes, and comes as fast as it is taken.
  const patience = stop.reason() === null ? Number.POSITIVE_INFINITY : limits.reapMs / limits.drainMs;
  for (let wait = 1; !(await allEnded(child.sources, limits.drainMs)) && activity.isBlocked() && wait < patience;)
    wait += 1;
  const wasCutOff = wasWriting && swept.killed > 0;
  const outputComplete = !wasCutOff && child.sources.every((source) => source.isEnded());
  for (const source of child.sources) source.close();
  drainMs += time.lap();
  return { exit, endedBy, swept, outputComplete, spawnMs, runMs, terminateMs, drainMs };
}

/** Waits until all sources have ended, or `ms` have gone by. @returns whether they have ended */
async function allEnded(sources: Source[], ms: number): Promise<boolean> {
  let timer: NodeJS.Timeout | undefined;
  const timeout = new Promise<false>((resolve) => {
    timer = setTimeout(() => resolve(false), ms);
  });
  try {
    return await Promise.race([Promise.all(sources.map(({ ended }) => ended)).then(() => true), timeout]);
  } finally {
    clearTimeout(timer);
  }
}

/** lap(): the ms since the last one. */
function makeStopwatch(): { lap(): number } {
  let last = performance.now();
  return {
    lap() {
      const now = performance.now();
      const ms = now - last;
      last = now;
      return ms;
    },
  };
}
