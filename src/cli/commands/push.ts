import { stat } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { evidenceFiles } from '../../publish/files/evidence-folder.ts';
import { pushRun } from '../../push-run.ts';
import { readServerNote } from '../../relayed-folder.ts';
import { toInertLine } from '../../render/inert.ts';
import { CliError } from '../cli-error.ts';
import { exitCodes } from '../exit-codes.ts';
import { chooseForgePlan } from '../forge-flags.ts';
import type { Io } from '../io.ts';
import { formatEvidence, formatStatus, formatUnsealed } from '../run-report.ts';
import { readServerOptions, type ServerFlags } from '../server-access.ts';
import { watchSignals } from '../signals.ts';

/**
 * `quoderat push`: lets a server seal a run that it could not seal when it ended. How the run itself ended is no failure of
 * this command.
 * @throws CliError; the errors of the journal's reader
 */
export async function push(named: string, flags: ServerFlags, io: Io): Promise<number> {
  const dir = resolve(io.cwd, named);
  const options = await readServerOptions(flags, io);
  if (options === undefined) {
    // The folder may come from a stranger: its word alone must not decide who is handed the token.
    const noted = readServerNote(dir);
    const says = noted === null ? '' : `; the folder says ${toInertLine(noted, 200)}`;
    throw new CliError('usage', `name the server with --server or QUODERAT_SERVER${says}`);
  }
  const forge = chooseForgePlan({}, io.env);
  const wasSealed = await stat(join(dir, evidenceFiles.envelope)).then(
    () => true,
    () => false,
  );
  using signals = watchSignals(io);
  const outcome = await pushRun({ dir, options, env: io.env, now: io.now, signal: signals.signal });
  if (outcome.kind === 'refused') {
    io.stderr.write(`quoderat: ${toInertLine(outcome.message)}\n`);
    return exitCodes.usage;
  }
  for (const problem of outcome.problems) io.stderr.write(`quoderat: ${toInertLine(problem)}\n`);
  if (forge.isWanted) {
    const { publishToGitlab } = await import('../gitlab-job.ts');
    await publishToGitlab({ evidence: outcome.evidence }, forge, { io, signal: signals.signal });
  }
  if (outcome.unsealed !== undefined) {
    io.stderr.write(formatUnsealed(outcome.unsealed, io));
    return signals.exitCode() ?? exitCodes.unsealed;
  }
  if (outcome.evidence === null) return exitCodes.usage;
  if (wasSealed) io.stdout.write('This run is sealed already; nothing was changed.\n');
  io.stdout.write(`${formatStatus(outcome.evidence)}${formatEvidence(outcome.evidence, io, options.url)}`);
  return exitCodes.success;
}
