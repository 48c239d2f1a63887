import { stat } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { readWorker } from '../../build-info.ts';
import { CodedError } from '../../lib/errors.ts';
import { evidenceFiles } from '../../publish/files/evidence-folder.ts';
import { toInertLine } from '../../render/inert.ts';
import { sealLostRun } from '../../seal-lost-run.ts';
import { type AttestMode, attestRun, chooseAttestMode, writeSigning } from '../attest.ts';
import { CliError } from '../cli-error.ts';
import { exitCodes } from '../exit-codes.ts';
import { chooseForgePlan } from '../forge-flags.ts';
import type { Io } from '../io.ts';
import { readSigner } from '../key-files.ts';
import { formatEvidence, formatStatus } from '../run-report.ts';

export type SealFlags = { key?: string; attest?: AttestMode; embedded?: true };

/**
 * `quoderat seal`: seals what a killed run left. That the run is aborted is no failure of this command.
 * @throws CliError; the errors of the key's and the journal's readers
 */
export async function seal(named: string, flags: SealFlags, io: Io): Promise<number> {
  const dir = resolve(io.cwd, named);
  const signer = await readSigner(flags.key, io);
  const attestMode = chooseAttestMode(flags.attest, io.env);
  const forge = chooseForgePlan({}, io.env);
  const wasSealed = await stat(join(dir, evidenceFiles.envelope)).then(
    () => true,
    () => false,
  );
  const outcome = await sealLostRun({
    dir,
    worker: await readWorker(),
    now: io.now,
    embedded: flags.embedded === true,
    ...(signer && { signer }),
  }).catch((error: unknown) => {
    if (!wasSealed || error instanceof CodedError) throw error;
    const message = `${named} holds an ${evidenceFiles.envelope} that is not of Quoderat's making; \`verify\` tells more`;
    throw new CliError('unreadable', message, { cause: error });
  });
  if (outcome.kind === 'refused') {
    io.stderr.write(`quoderat: ${toInertLine(outcome.message)}\n`);
    return exitCodes.usage;
  }
  for (const problem of outcome.problems) io.stderr.write(`quoderat: ${toInertLine(problem)}\n`);
  if (outcome.evidence === null) return exitCodes.usage;
  if (wasSealed) io.stdout.write('This run is sealed already; nothing was changed.\n');
  io.stdout.write(`${formatStatus(outcome.evidence)}${formatEvidence(outcome.evidence, io)}`);
  const { signal } = new AbortController();
  const signing = await attestRun(outcome.evidence, attestMode, { io, signal });
  writeSigning(signing, outcome.evidence.dir, io);
  if (forge.isWanted) {
    const { publishToGitlab } = await import('../gitlab-job.ts');
    await publishToGitlab({ evidence: outcome.evidence, signing }, forge, { io, signal });
  }
  return exitCodes.success;
}
