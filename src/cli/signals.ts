import { exitCodes } from './exit-codes.ts';
import type { Io } from './io.ts';

/** The signals that end a run, and the exit code that each leaves. */
const endings = [
  { name: 'SIGINT', exitCode: exitCodes.interrupted, isKeyPress: true },
  // Ctrl-Break on Windows.
  { name: 'SIGBREAK', exitCode: exitCodes.interrupted, isKeyPress: true },
  { name: 'SIGTERM', exitCode: exitCodes.terminated, isKeyPress: false },
  { name: 'SIGHUP', exitCode: exitCodes.hangup, isKeyPress: false },
] as const;
type Ending = (typeof endings)[number];

/** npm hands a Ctrl-C on to the child that the terminal has sent it to already: one key press comes twice. */
const samePressMs = 100;

export type SignalWatch = {
  /** Aborted with the reason `cancelled` by the first signal. */
  signal: AbortSignal;
  /** The exit code of the first signal; undefined while there was none. */
  exitCode: () => number | undefined;
  [Symbol.dispose]: () => void;
};

/**
 * Lets signals end a run in order: the first aborts it, so that it is sealed; a second Ctrl-C says that this is under
 * way, and a third quits without evidence. SIGTERM and SIGHUP never do more than abort: forges repeat them.
 */
export function watchSignals(io: Pick<Io, 'signals' | 'stdout' | 'stderr' | 'now' | 'quit'>): SignalWatch {
  const controller = new AbortController();
  let first: Ending | undefined;
  let presses = 0;
  let lastPress = -Infinity;

  const hear = (ending: Ending): void => {
    if (first === undefined) {
      first = ending;
      io.stderr.write(`quoderat: ${ending.name}: ending the steps and sealing what is known\n`);
      controller.abort('cancelled');
    }
    if (!ending.isKeyPress || io.now() - lastPress < samePressMs) return;
    lastPress = io.now();
    presses += 1;
    if (presses === 2) io.stderr.write('quoderat: still sealing; once more quits without evidence\n');
    if (presses <= 2) return;
    // The live list has hidden the cursor, and won't come to give it back.
    if (io.stdout.isTTY === true) io.stdout.write('\u001B[?25h');
    io.quit(ending.exitCode);
  };

  const listeners = endings.map((ending) => [ending.name, () => hear(ending)] as const);
  for (const [name, listener] of listeners) io.signals.on(name, listener);
  return {
    signal: controller.signal,
    exitCode: () => first?.exitCode,
    [Symbol.dispose]() {
      for (const [name, listener] of listeners) io.signals.off(name, listener);
    },
  };
}
