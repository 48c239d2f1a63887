import { randomBytes } from 'node:crypto';
import { join } from 'node:path';
import * as core from '@actions/core';
import { readWorker } from '../build-info.ts';
import { makeGithubLog } from '../log/github.ts';
import type { JobLog } from '../log/job-log.ts';
import { setOutputs } from '../publish/github/outputs.ts';
import { run } from '../run.ts';
import { makeSigner } from '../seal/keys.ts';
import { watchCancellation } from './cancellation.ts';
import { addRunnerFacts, copyEnvironment, scrubEnvironment } from './environment.ts';
import { readMaskedInputs } from './inputs.ts';
import { readManifestSource } from './manifest-source.ts';
import { reportOnly } from './report-only.ts';
import { reportFolder, reportRefusal } from './report.ts';
import { toServerOptions } from './server.ts';
import { readState, saveState } from './state.ts';
import { makeWriter } from './stdout.ts';
import { toStem } from './stem.ts';

/**
 * The main step: runs the manifest, seals what happened and makes it public.
 * @returns the exit code, which is that of the steps whatever becomes of reporting
 * @throws a coded error for wrong inputs, before anything has run; anything else is a bug
 */
export async function performRun(host: NodeJS.Process): Promise<number> {
  const cancellation = watchCancellation(host, Date.now);
  const env = copyEnvironment(host.env);
  const inputs = readMaskedInputs(env);
  scrubEnvironment(host.env);
  const source = await readManifestSource(inputs);
  const signer = inputs.signingKey === undefined ? undefined : makeSigner(inputs.signingKey);
  const server = toServerOptions(inputs.server, env);

  let stem = toStem(inputs.name ?? 'quoderat', inputs, env);
  const log = makeGithubLog({ write: makeWriter(host.stdout), randomToken: () => randomBytes(24).toString('hex') });
  const outcome = await run({
    source,
    workspace: inputs.workspace,
    outDir: inputs.outDir,
    fallbackDir: join(inputs.tempDir, `quoderat-${randomBytes(6).toString('hex')}`),
    env: addRunnerFacts(env, inputs),
    readWorker,
    log: onPlanName(log, (name) => {
      stem = toStem(inputs.name ?? name, inputs, env);
      saveState({ stem }, env);
    }),
    signal: cancellation.signal,
    now: Date.now,
    onFolder: (dir) => saveState({ dir }, env),
    ...(signer && { signer }),
    ...(server && { server }),
    ...(inputs.expectedPlanHash !== undefined && { expectedPlanHash: inputs.expectedPlanHash }),
  });
  if (outcome.kind === 'refused') {
    reportRefusal(outcome, source, inputs, env);
    return 2;
  }

  const { evidence, unsealed } = outcome;
  // A server that was to seal and did not: the one thing after the steps that may count.
  const isSealed = unsealed === undefined || inputs.server?.onError === 'warn';
  return reportOnly(host, outcome.status === 'success' && isSealed ? 0 : 1, async () => {
    for (const problem of outcome.problems) core.warning(problem);
    const publication = { inputs, env, cancellation, stem, state: { ...readState({}), dir: evidence?.dir } };
    if (unsealed !== undefined) {
      const { keepUnsealed } = await import('./keep-unsealed.ts');
      await keepUnsealed({ ...outcome, unsealed }, publication);
    } else if (evidence === null) {
      setOutputs({ status: outcome.status, 'run-id': outcome.runId, 'plan-hash': outcome.planHash }, env);
      core.error('No evidence could be written; what the steps did stands.', { title: 'Quoderat' });
    } else {
      reportFolder(evidence.dir);
      // Loaded only now: the first step does not wait for what comes after the last.
      const { publishEvidence } = await import('./publish-evidence.ts');
      await publishEvidence({ ...publication, evidence });
    }
  });
}

/** Hears the name of the manifest, which the artifacts are named after, when the plan is known. */
function onPlanName(log: JobLog, hear: (name: string) => void): JobLog {
  return {
    write(event) {
      if (event.type === 'plan_ready') hear(event.plan.name);
      return log.write(event);
    },
    end: () => log.end(),
  };
}
