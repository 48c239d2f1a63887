import * as core from '@actions/core';
import { toReason } from './failure.ts';

/** The outputs of the step, as action.yml declares them. */
export type Outputs = {
  status: 'success' | 'failed' | 'aborted' | 'refused';
  'run-id': string;
  'evidence-id': string;
  'head-hash': string;
  'plan-hash': string;
  'envelope-path': string;
  'envelope-sha256': string;
  'artifact-id': string;
  'artifact-url': string;
  'bundle-artifact-id': string;
};

/** Hands outputs to the steps that follow. Gives back why that did not work, or undefined. */
export function setOutputs(outputs: Partial<Outputs>, env: Record<string, string>): string | undefined {
  // Without its file the toolkit falls back to a command on stdout that runners no longer take.
  if (!env['GITHUB_OUTPUT']) return 'this runner takes no outputs (GITHUB_OUTPUT is not set)';
  try {
    for (const [name, value] of Object.entries(outputs)) core.setOutput(name, value);
    return undefined;
  } catch (error) {
    return `the outputs can't be written: ${toReason(error, 'GITHUB_OUTPUT is not writable')}`;
  }
}
