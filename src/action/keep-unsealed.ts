import * as core from '@actions/core';
import type { RunOutcome } from '../outcome.ts';
import { setOutputs } from '../publish/github/outputs.ts';
import { appendJobSummary } from '../publish/github/summary.ts';
import { renderUnsealed } from '../render/unsealed.ts';
import { saveState } from './state.ts';
import { type FolderUpload, uploadUnsealed } from './upload-evidence.ts';

type Finished = Extract<RunOutcome, { kind: 'finished' }>;

/**
 * What becomes of a run that a server was to seal and did not: its folder is kept as a build artifact from which
 * `quoderat push` finishes, and log and page say that nothing is sealed. No check and no comment: there is no evidence.
 */
export async function keepUnsealed(
  outcome: Finished & { unsealed: NonNullable<Finished['unsealed']> },
  options: FolderUpload,
): Promise<void> {
  const { status, runId, planHash, unsealed } = outcome;
  const { env, inputs, cancellation } = options;
  setOutputs({ status, 'run-id': runId, 'plan-hash': planHash }, env);
  const mayFail = inputs.server?.onError !== 'warn';
  const tell = mayFail ? core.error : core.warning;
  // Why is among the run's problems, which have been told.
  tell('The server has not sealed the run; what the run left is kept for `quoderat push`', { title: 'Quoderat' });
  // A cancelled job leaves the time to the post step, which asks the server once more.
  if (!cancellation.signal.aborted) {
    const artifact = await uploadUnsealed(unsealed.dir, options);
    try {
      await appendJobSummary(renderUnsealed({ ...unsealed, status, runId, artifactName: artifact?.name }));
    } catch (error) {
      core.warning(error instanceof Error ? error.message : String(error));
    }
    saveState(
      { envelope: 'settled', bundle: 'settled', summary: 'settled', attest: 'settled', report: 'settled' },
      env,
    );
  }
}
