import * as core from '@actions/core';
import { toMessage } from '../lib/errors.ts';

/**
 * Does what comes after the outcome is known: telling of it. Whatever goes wrong in that is a warning, also in a stream
 * of an SDK's that nobody listens to, or because a step has taken away the program's own files.
 * @returns the exit code as it was
 */
export async function reportOnly(
  host: NodeJS.Process,
  exitCode: number,
  report: () => Promise<unknown>,
): Promise<number> {
  const warn = (error: unknown): void => core.warning(`Reporting failed: ${toMessage(error)}`);
  host.on('uncaughtException', (error) => {
    warn(error);
    host.exit(exitCode);
  });
  await report().catch(warn);
  return exitCode;
}
