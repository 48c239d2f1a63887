import { toMessage } from '../lib/errors.ts';
import { limits } from '../lib/limits.ts';
import type { JobLog } from './job-log.ts';

/**
 * A log that can't harm the run: when it fails, or nobody reads it once the run is to stop, it is given up with one
 * problem told. Until then a slow reader is waited for: that is what keeps memory bounded.
 * @param options.stop aborted when the run is to end: from then on a write has limits.logPatienceMs
 */
export function makeForgivingLog(options: {
  log: JobLog;
  stop: AbortSignal;
  onProblem: (problem: string) => void;
}): JobLog {
  const { log, stop, onProblem } = options;
  let given = true;
  const attempt = async (act: () => void | Promise<void>): Promise<void> => {
    if (!given) return;
    try {
      await withPatience(act(), stop);
    } catch (error) {
      given = false;
      onProblem(`the job log can't be written any more (${toMessage(error)}); the run goes on`);
    }
  };
  return { write: (event) => attempt(() => log.write(event)), end: () => attempt(() => log.end()) };
}

async function withPatience(work: void | Promise<void>, stop: AbortSignal): Promise<void> {
  let timer: NodeJS.Timeout | undefined;
  let arm = (): void => {};
  const lost = new Promise<never>((_resolve, reject) => {
    arm = () => {
      timer = setTimeout(() => reject(new Error('nobody reads it')), limits.logPatienceMs);
    };
    if (stop.aborted) arm();
    else stop.addEventListener('abort', arm, { once: true });
  });
  try {
    await Promise.race([work, lost]);
  } finally {
    clearTimeout(timer);
    stop.removeEventListener('abort', arm);
  }
}
