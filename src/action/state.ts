import * as core from '@actions/core';

/** What the main step leaves for the post step, and how far it came with making it public. */
export type RunState = {
  /** The evidence folder; undefined when nothing was run. */
  dir: string | undefined;
  /** The first part of the artifacts' names. */
  stem: string | undefined;
  envelope: 'open' | 'settled';
  bundle: 'open' | 'settled';
  summary: 'open' | 'settled';
  /** The keyless signature; check and comment. */
  attest: 'open' | 'settled';
  report: 'open' | 'settled';
};

const prefix = 'quoderat-';

/** Notes a step forward. A runner that keeps no state loses only what the post step would have made good. */
export function saveState(state: Partial<RunState>, env: Record<string, string>): void {
  if (!env['GITHUB_STATE']) return;
  try {
    for (const [name, value] of Object.entries(state)) core.saveState(`${prefix}${name}`, value);
  } catch {
    // Not a reason to fail or to warn: see above.
  }
}

export function readState(env: Record<string, string>): RunState {
  const read = (name: keyof RunState): string | undefined => env[`STATE_${prefix}${name}`] || undefined;
  const toProgress = (value: string | undefined): 'open' | 'settled' => (value === 'settled' ? 'settled' : 'open');
  return {
    dir: read('dir'),
    stem: read('stem'),
    envelope: toProgress(read('envelope')),
    bundle: toProgress(read('bundle')),
    summary: toProgress(read('summary')),
    attest: toProgress(read('attest')),
    report: toProgress(read('report')),
  };
}

export function isSettled(state: RunState): boolean {
  return [state.envelope, state.bundle, state.summary, state.attest, state.report].every((part) => part === 'settled');
}
