import type { ServerApi } from './api.ts';

/** Says every few seconds that the run lives, and hears whether it is to end. A beat that is lost is no problem: the next comes. */
export function makeHeartbeat(options: {
  runId: string;
  api: Pick<ServerApi, 'heartbeat'>;
  everyMs: number;
  onCancel: (asked: boolean) => void;
}): { start(): void; stop(): void } {
  let timer: NodeJS.Timeout | undefined;
  let isStopped = false;
  const beat = async (): Promise<void> => {
    try {
      options.onCancel((await options.api.heartbeat(options.runId)).cancel_requested);
    } catch {
      // The pump tells of a server that is away for good.
    }
    start();
  };
  const start = (): void => {
    if (!isStopped) timer = setTimeout(() => void beat(), options.everyMs).unref();
  };
  return {
    start,
    stop() {
      isStopped = true;
      clearTimeout(timer);
    },
  };
}
