import * as core from '@actions/core';
import { limits } from '../../lib/limits.ts';
import { PublishError, toReason } from './failure.ts';

/**
 * Adds Markdown to the page of the step (GITHUB_STEP_SUMMARY). The runner drops a page of more than 1 MiB whole, with
 * an error, so a text over the budget is refused here.
 * @throws PublishError too_large or not_writable
 */
export async function appendJobSummary(markdown: string): Promise<void> {
  const bytes = Buffer.byteLength(markdown);
  if (bytes > limits.jobSummaryBytes) {
    throw new PublishError('too_large', `the job summary has ${bytes} bytes; GitHub shows at most 1 MiB`);
  }
  try {
    await core.summary.addRaw(markdown, true).write();
  } catch (error) {
    core.summary.emptyBuffer();
    const reason = toReason(error, 'GITHUB_STEP_SUMMARY is not set or not writable');
    throw new PublishError('not_writable', `the job summary can't be written: ${reason}`, { cause: error });
  }
}
