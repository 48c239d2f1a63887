import type { RunEvent } from '../schema/event.ts';

/** Shows a run while it happens. `write` may return a promise: the run waits for it (a slow reader slows, never grows memory). */
export type JobLog = {
  write(event: RunEvent): void | Promise<void>;
  /** Closes whatever is open (groups, stop-commands, the live list). Called once, also after a signal. */
  end(): void | Promise<void>;
};
