import type { ProcessResult } from './process.ts';
import type { AttemptContext } from './step-context.ts';
import type { StreamName } from './step-output.ts';
import { toPlainVerdict, type Verdict } from './verdict.ts';
import type { EndReason } from './watchdog.ts';

/** What a kind makes of the process that an attempt runs, beside its rules for files. */
export type Conduct = {
  /** null: none. */
  limits: { timeoutMs: number | null; idleTimeoutMs: number | null };
  /** Resolves when the process is to be ended for a reason of the kind's own; null: there is none. */
  ending: Promise<EndReason> | null;
  /** Redacted output, as it comes. */
  onText: (stream: StreamName, text: string) => void;
  /**
   * Before the process is started.
   * @returns variables that it gets, unless the manifest sets them
   * @throws SpawnError when it must not be started
   */
  prepare(cwd: string): Promise<Record<string, string>>;
  onStarted: () => void;
  /** Its leader has ended, or is about to be ended. */
  onOver: () => void;
  toVerdict(result: ProcessResult): Verdict;
  /** After the reports and outputs were kept. @returns ids of what it has kept beside them */
  capture(cwd: string, reportIds: string[]): Promise<string[]>;
};

/** A program that is run to its end. */
export function makePlainConduct({ step }: AttemptContext): Conduct {
  return {
    limits: { timeoutMs: step.timeout_ms, idleTimeoutMs: step.idle_timeout_ms },
    ending: null,
    onText: () => {},
    prepare: async () => ({}),
    onStarted: () => {},
    onOver: () => {},
    toVerdict: (result) => toPlainVerdict(result, step),
    capture: async () => [],
  };
}
