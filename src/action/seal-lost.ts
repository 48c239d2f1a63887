import { randomBytes } from 'node:crypto';
import * as core from '@actions/core';
import { readWorker } from '../build-info.ts';
import { sealLostRun } from '../seal-lost-run.ts';
import { makeSigner } from '../seal/keys.ts';
import { watchCancellation } from './cancellation.ts';
import { copyEnvironment, scrubEnvironment } from './environment.ts';
import { readMaskedInputs } from './inputs.ts';
import { publishEvidence } from './publish-evidence.ts';
import { keepUnsealed } from './keep-unsealed.ts';
import { toServerOptions } from './server.ts';
import type { RunState } from './state.ts';

/**
 * Does what the main step was kept from doing: seals a run whose process was killed, uploads what a cancellation left no
 * time for.
 * @param dir the run's evidence folder
 * @throws a coded error when there is nothing that could be sealed
 */
export async function sealLost(host: NodeJS.Process, dir: string, state: RunState): Promise<void> {
  const env = copyEnvironment(host.env);
  const cancellation = watchCancellation(host, Date.now);
  const inputs = readMaskedInputs(env);
  scrubEnvironment(host.env);
  const signer = inputs.signingKey === undefined ? undefined : makeSigner(inputs.signingKey);
  const server = toServerOptions(inputs.server, env);
  const outcome = await sealLostRun({
    dir,
    worker: await readWorker(),
    now: Date.now,
    ...(signer && { signer }),
    ...(server && { server: { options: server, env, signal: cancellation.signal } }),
  });
  if (outcome.kind === 'refused') {
    core.warning(outcome.message);
    return;
  }
  for (const problem of outcome.problems) core.warning(problem);
  const stem = state.stem ?? `quoderat-${randomBytes(4).toString('hex')}`;
  const { unsealed } = outcome;
  if (unsealed !== undefined) await keepUnsealed({ ...outcome, unsealed }, { inputs, env, cancellation, stem, state });
  if (outcome.evidence === null) return;
  const { termination } = outcome.evidence.envelope.execution;
  if (termination === 'process_lost') {
    core.warning('The step was killed before it could finish; what is known of its run is sealed as aborted.');
  }
  await publishEvidence({ evidence: outcome.evidence, inputs, env, cancellation, stem, state, isPost: true });
}
