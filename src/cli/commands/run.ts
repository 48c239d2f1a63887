import { randomUUID } from 'node:crypto';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { readWorker } from '../../build-info.ts';
import { toMessage } from '../../lib/errors.ts';
import { formatDiagnostics } from '../../manifest/diagnostics.ts';
import type { Evidence, RunOutcome } from '../../outcome.ts';
import { toInertLine } from '../../render/inert.ts';
import { run } from '../../run.ts';
import type { Comparison } from '../../schema/comparison.ts';
import type { Signing } from '../../sign-evidence.ts';
import { type AttestMode, attestOutcome, chooseAttestMode, toSigningResult, writeSigning } from '../attest.ts';
import { CliError, InternalError } from '../cli-error.ts';
import { exitCodes } from '../exit-codes.ts';
import { chooseForgePlan, type ForgeFlags, type ForgePlan } from '../forge-flags.ts';
import type { Io } from '../io.ts';
import { chooseLog, type LogChoice, makeJobLog } from '../job-log.ts';
import { watchJobTime } from '../job-time.ts';
import { readSigner } from '../key-files.ts';
import { readManifestFile } from '../manifest-file.ts';
import { chooseOutDir, dropEmptyDir } from '../out-dir.ts';
import { formatEvidence, formatUnsealed, toRunResult } from '../run-report.ts';
import { readServerOptions, type ServerFlags } from '../server-access.ts';
import { watchSignals } from '../signals.ts';
import { wantsColor } from '../terminal.ts';

export type RunFlags = ServerFlags &
  ForgeFlags & {
    out?: string;
    workspace?: string;
    expectedPlanHash?: string;
    key?: string;
    attest?: AttestMode;
    base?: string;
    onServerError?: 'fail' | 'warn';
    log: LogChoice;
    json?: true;
    color: boolean;
  };

/**
 * `quoderat run`: runs a manifest, seals what happened, and says where the evidence is.
 * @returns the exit code: of the signal that ended the run, or of its steps; never of what went wrong beside them, but for a
 * server that was to seal the run and did not
 * @throws CliError and the errors of the manifest's and the key's readers, before anything has run
 */
export async function runManifest(named: string | undefined, flags: RunFlags, io: Io): Promise<number> {
  const { source, workspace } = await readManifestFile(named, flags, io);
  const signer = await readSigner(flags.key, io);
  const attestMode = chooseAttestMode(flags.attest, io.env);
  const forge = chooseForgePlan(flags, io.env);
  const server = await readServerOptions(flags, io);
  if (server !== undefined && flags.key !== undefined)
    throw new CliError('usage', '--key signs what this process seals; with --server the server seals and signs');
  const outDir = await chooseOutDir(flags.out, workspace, io);
  using signals = watchSignals(io);
  using jobTime = watchJobTime(io);
  const output = flags.json === true ? io.stderr : io.stdout;
  const logKind = chooseLog(flags.log, output, io.env);
  const outcome = await orInternal(
    run({
      source,
      workspace,
      outDir,
      fallbackDir: join(tmpdir(), `quoderat-${randomUUID()}`),
      env: io.env,
      readWorker,
      log: await makeJobLog(logKind, { output, color: wantsColor(output, io.env, flags.color), io }),
      signal: AbortSignal.any([signals.signal, jobTime.signal]),
      now: io.now,
      ...(signer && { signer }),
      ...(server && { server }),
      ...(flags.expectedPlanHash !== undefined && { expectedPlanHash: flags.expectedPlanHash }),
    }),
  );
  // No step is left to end.
  jobTime[Symbol.dispose]();
  const signing = await attestOutcome(outcome, attestMode, { io, signal: signals.signal });
  const evidence = outcome.kind === 'refused' ? null : outcome.evidence;
  const telling = { flags, forge, workspace, signing, io, signal: signals.signal };
  if (flags.json === true)
    io.stdout.write(`${JSON.stringify({ ...toRunResult(outcome), ...toSigningResult(signing) })}\n`);
  if (outcome.kind === 'refused') {
    if (flags.out === undefined) await dropEmptyDir(outDir);
    io.stderr.write(`quoderat: ${toInertLine(outcome.message)}\n${formatDiagnostics(source, outcome.diagnostics)}`);
    await tell(null, telling);
    return exitCodes.usage;
  }
  for (const problem of outcome.problems) io.stderr.write(`quoderat: ${toInertLine(problem)}\n`);
  const { unsealed } = outcome;
  if (unsealed !== undefined) io.stderr.write(formatUnsealed(unsealed, io));
  else if (outcome.evidence === null)
    io.stderr.write('quoderat: no evidence could be written; what the steps did stands\n');
  // The log has said how the run ended. With --json the object says where the evidence is; JSON lines stay such.
  else if (flags.json !== true)
    (logKind === 'json' ? io.stderr : io.stdout).write(formatEvidence(outcome.evidence, io, server?.url));
  if (evidence !== null) writeSigning(signing, evidence.dir, io);
  await tell(evidence, telling);
  if (signals.exitCode() !== undefined || outcome.status !== 'success') return signals.exitCode() ?? exitCodes.failed;
  return unsealed !== undefined && flags.onServerError !== 'warn' ? exitCodes.unsealed : exitCodes.success;
}

type Telling = {
  flags: RunFlags;
  forge: ForgePlan;
  workspace: string;
  signing: Signing;
  io: Io;
  signal: AbortSignal;
};

/** Shows what is different from the base, and tells GitLab. Neither has a say in how the run ended. */
async function tell(
  evidence: Evidence | null,
  { flags, forge, workspace, signing, io, signal }: Telling,
): Promise<void> {
  const comparison =
    evidence === null || flags.base === undefined ? undefined : await compareWithBase(flags.base, evidence, io);
  if (!forge.isWanted) return;
  const { publishToGitlab } = await import('../gitlab-job.ts');
  const subject = { evidence, workspace, signing, ...(comparison && { comparison }) };
  await publishToGitlab(subject, forge, { io, signal });
}

async function compareWithBase(base: string, evidence: Evidence, io: Io): Promise<Comparison | undefined> {
  try {
    const { showBase } = await import('../../show-base.ts');
    return await showBase(resolve(io.cwd, base), evidence);
  } catch (error) {
    io.stderr.write(`quoderat: the summary does not compare with the base: ${toInertLine(toMessage(error))}\n`);
    return undefined;
  }
}

/** run() rejects only for a bug, whatever class the error is of. */
async function orInternal(outcome: Promise<RunOutcome>): Promise<RunOutcome> {
  return outcome.catch((error: unknown) => {
    throw new InternalError('internal', toMessage(error), { cause: error });
  });
}
