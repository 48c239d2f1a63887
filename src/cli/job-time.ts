import { parseCount, parseInstant } from '../ci/parse-values.ts';
import { limits } from '../lib/limits.ts';
import type { Io } from './io.ts';

/**
 * How long a run may go on before GitLab ends its job, with time left to seal, to tell and to upload; undefined where no
 * job's time is told. GitLab gives a job that has used up its time neither its after_script nor its artifacts.
 * Source: docs.gitlab.com, "Predefined CI/CD variables reference"; "Ensuring after_script execution".
 */
export function toJobTimeLeft(env: Record<string, string>, now: number): number | undefined {
  const seconds = parseCount(env['CI_JOB_TIMEOUT']);
  if (seconds === null || seconds === 0) return undefined;
  const limit = seconds * 1000;
  const elapsed = now - Date.parse(parseInstant(env['CI_JOB_STARTED_AT']) ?? '');
  // The server's clock and this one may differ; a start that can't have been is none.
  const used = elapsed >= 0 && elapsed < limit ? elapsed : 0;
  const reserve = Math.min(limits.jobReserveMs, limit / 10);
  return Math.min(Math.max(0, limit - used - reserve), limits.durationMs);
}

/** Aborted when the job's time is nearly up, after saying so. */
export function watchJobTime({ env, now, stderr }: Pick<Io, 'env' | 'now' | 'stderr'>): Disposable & {
  signal: AbortSignal;
} {
  const controller = new AbortController();
  const left = toJobTimeLeft(env, now());
  const end = (): void => {
    stderr.write("quoderat: this job's time limit is near: ending the steps and sealing what is known\n");
    controller.abort('cancelled');
  };
  const timer = left === undefined ? undefined : setTimeout(end, left);
  return { signal: controller.signal, [Symbol.dispose]: () => clearTimeout(timer) };
}
