import { setTimeout as sleep } from 'node:timers/promises';
import { limits } from '../lib/limits.ts';
import { killGroup, killProcess } from './signals.ts';
import type { ProcessFinder, Survivor } from './survivors.ts';

/** What was found alive of a step whose leader had ended. `left`: could not be killed. */
export type Swept = { killed: number; left: number };

/** Processes that are ending by themselves get this long (a `tee` that has just read its end of file). */
const SETTLE_MS = [1, 3, 6, 10, 20];

/**
 * Kills what a step has left behind, and returns when it is dead. Those that leave the group, the session and their
 * parents are known by their marks; what they start meanwhile is found in the next round.
 */
export async function sweep(finder: ProcessFinder, leader: number): Promise<Swept> {
  let found = await finder.find();
  for (const pause of SETTLE_MS) {
    if (found.length === 0) break;
    await sleep(pause);
    found = await finder.find();
  }
  killGroup(leader, 'SIGKILL');
  const seen = new Map<string, Survivor>();
  const deadline = performance.now() + limits.reapMs;
  for (let pause = 1; found.length > 0 && performance.now() < deadline; pause = Math.min(pause * 2, 50)) {
    for (const survivor of found) {
      seen.set(`${survivor.pid}@${survivor.startTime}`, survivor);
      if (finder.isAlive(survivor)) killProcess(survivor.pid);
    }
    await sleep(pause);
    found = await finder.find();
  }
  return { killed: seen.size - found.length, left: found.length };
}
