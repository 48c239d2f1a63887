import { open } from 'node:fs/promises';
import { limits } from '../lib/limits.ts';
import { parseUpstreamRun, type UpstreamRun } from '../publish/github/upstream-run.ts';
import { InputError } from './inputs.ts';

/**
 * The workflow run that the event of this job is about.
 * @throws InputError when this is another event
 */
export async function readUpstreamRun(env: Record<string, string>): Promise<UpstreamRun> {
  const run = env['GITHUB_EVENT_NAME'] === 'workflow_run' ? parseUpstreamRun(await readEvent(env)) : null;
  if (run === null)
    throw new InputError('bad_input', '`mode: report` works in a workflow that is triggered by `workflow_run`');
  // The token is good for this repository alone.
  if (run.repository !== env['GITHUB_REPOSITORY'])
    throw new InputError('bad_input', 'the event is about a run of another repository');
  return run;
}

async function readEvent(env: Record<string, string>): Promise<unknown> {
  try {
    await using file = await open(env['GITHUB_EVENT_PATH'] ?? '');
    const { size } = await file.stat();
    if (size > limits.eventFileBytes) return null;
    return JSON.parse(await file.readFile('utf8'));
  } catch {
    return null;
  }
}
