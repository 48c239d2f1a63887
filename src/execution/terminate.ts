import { limits } from '../lib/limits.ts';
import type { Child, Exit } from './child.ts';
import { killGroup, killProcess, killTreeOnWindows } from './signals.ts';
import type { ProcessFinder } from './survivors.ts';

/**
 * Ends a running leader: TERM to its group, a grace period, KILL to its group. What is left of its tree is for the sweep,
 * which knows of it because it is remembered before the first signal.
 * @returns how the leader ended; null when even KILL did not end it in time (uninterruptible sleep)
 */
export async function terminate(
  child: Child,
  finder: ProcessFinder,
  options: { graceMs: number; platform: NodeJS.Platform },
): Promise<Exit | null> {
  if (options.platform === 'win32') {
    await killTreeOnWindows(child.pid);
    return waitForExit(child, limits.reapMs);
  }
  await finder.remember();
  killGroup(child.pid, 'SIGTERM');
  const exit = await waitForExit(child, options.graceMs);
  if (exit !== null) return exit;
  await finder.remember();
  killGroup(child.pid, 'SIGKILL');
  killProcess(child.pid);
  return waitForExit(child, limits.reapMs);
}

async function waitForExit(child: Child, ms: number): Promise<Exit | null> {
  let timer: NodeJS.Timeout | undefined;
  const timeout = new Promise<null>((resolve) => {
    timer = setTimeout(() => resolve(null), ms);
  });
  try {
    return await Promise.race([child.exited, timeout]);
  } finally {
    clearTimeout(timer);
  }
}
