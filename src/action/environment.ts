const PRIVATE = /^(?:ACTIONS_|INPUT_|STATE_)|^QUODERAT_SIGNING_KEY$/;

/** The environment as it is now. */
export function copyEnvironment(environment: NodeJS.ProcessEnv): Record<string, string> {
  return Object.fromEntries(
    Object.entries(environment).filter((entry): entry is [string, string] => entry[1] !== undefined),
  );
}

/**
 * Removes what only the action itself is given: the runner's tokens, inputs and state. Nothing that inherits this
 * process's environment by mistake gets them then. It is no boundary: on Linux a child of the same user can still read
 * what this process was started with (/proc/PID/environ).
 */
export function scrubEnvironment(environment: NodeJS.ProcessEnv): void {
  for (const name of Object.keys(environment)) if (PRIVATE.test(name)) delete environment[name];
}

/** Gives back what the artifact SDK reads, once no child is alive. */
export function restoreEnvironment(environment: NodeJS.ProcessEnv, copy: Record<string, string>): void {
  for (const [name, value] of Object.entries(copy)) if (name.startsWith('ACTIONS_')) environment[name] = value;
}

/** Adds what the runner tells through inputs only, under the names that ci/ reads. */
export function addRunnerFacts(
  copy: Record<string, string>,
  facts: { checkRunId: string | undefined; matrix: string; jobTotal?: number; signingKey: string | undefined },
): Record<string, string> {
  return {
    ...copy,
    QUODERAT_MATRIX: facts.matrix,
    ...(facts.jobTotal !== undefined && { QUODERAT_JOB_TOTAL: String(facts.jobTotal) }),
    ...(facts.checkRunId !== undefined && { QUODERAT_CHECK_RUN_ID: facts.checkRunId }),
    // Under this name it is known as a secret, whichever way it came.
    ...(facts.signingKey !== undefined && { QUODERAT_SIGNING_KEY: facts.signingKey }),
  };
}
