import process from 'node:process';
import * as core from '@actions/core';
import { toMessage } from '../lib/errors.ts';
import { copyEnvironment } from './environment.ts';
import { isSettled, readState } from './state.ts';
import { flush } from './stdout.ts';

// The main step has decided about the job; whatever happens here does not change it.
await completeRun(process).catch((error: unknown) => core.warning(toMessage(error)));
await flush(process.stdout);
process.exit(0);

/** As a rule there is nothing left to do, and nothing is loaded. */
async function completeRun(host: NodeJS.Process): Promise<void> {
  const state = readState(copyEnvironment(host.env));
  if (state.dir === undefined || isSettled(state)) return;
  const { sealLost } = await import('./seal-lost.ts');
  await sealLost(host, state.dir, state);
}
