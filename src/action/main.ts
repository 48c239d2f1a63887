import process from 'node:process';
import * as core from '@actions/core';
import { toMessage } from '../lib/errors.ts';
import { ManifestError } from '../manifest/read.ts';
import { setOutputs } from '../publish/github/outputs.ts';
import { KeyError } from '../seal/errors.ts';
import { copyEnvironment } from './environment.ts';
import { InputError } from './inputs.ts';
import { performRun } from './perform-run.ts';
import { flush } from './stdout.ts';

/** 0 success, 1 a step failed or the run was aborted, 2 nothing was run, 70 an error in Quoderat itself. */
const exitCode = await perform(process).catch(toExitCode);
await flush(process.stdout);
// Not by running out of work: an upload that was given up may still hold a connection.
process.exit(exitCode);

/** Only what the mode needs is loaded; readInputs says which modes there are. */
async function perform(host: NodeJS.Process): Promise<number> {
  const mode = core.getInput('mode');
  if (mode === 'collect') return (await import('./collect.ts')).performCollect(host);
  if (mode === 'report') return (await import('./report-run.ts')).performReport(host);
  return performRun(host);
}

/** The one place where an error ends. What the user can put right came before anything was run. */
function toExitCode(error: unknown): number {
  if (error instanceof InputError || error instanceof ManifestError || error instanceof KeyError) {
    core.error(error.message, { title: 'Quoderat ran nothing' });
    setOutputs({ status: 'refused' }, copyEnvironment(process.env));
    return 2;
  }
  core.error(`Internal error: ${toMessage(error)}`, { title: 'Quoderat failed' });
  if (process.env['RUNNER_DEBUG'] === '1' && error instanceof Error) core.debug(error.stack ?? '');
  return 70;
}
