/** What a run can be on a server (docs/protocol.md). Apart from the schemas, which are too much to load for a list of words. */
export const runStates = [
  'pending',
  'running',
  'needs_input',
  'finalizing',
  'finalized',
  'failed',
  'aborted',
  'stale',
] as const;
