import { isMarked, readProcess, readProcessIds } from './proc.ts';
import { readProcessTable } from './process-table.ts';
import type { ProcessFinder, Survivor } from './survivors.ts';
import { sweep, type Swept } from './sweep.ts';

/**
 * Ends what the steps of a lost run left running: nobody was there to end it when its runner was killed. Found by the
 * run's mark in the environment that the steps' processes were started with. On Windows nothing tells whose they were.
 * @param mark the run's mark: its id as 32 hex digits
 */
export function endLostProcesses(mark: string, platform: NodeJS.Platform): Promise<Swept> {
  const find =
    platform === 'linux' ? findInProc : platform === 'win32' ? async (): Promise<Survivor[]> => [] : findInTable;
  const finder: ProcessFinder = { remember: async () => {}, find: () => find(mark), isAlive };
  // There is no leader to spare: the sweep's group kill does nothing for 0.
  return sweep(finder, 0);
}

async function findInProc(mark: string): Promise<Survivor[]> {
  return readProcessIds()
    .filter((pid) => pid !== process.pid && isMarked(pid, mark, []))
    .flatMap((pid) => readProcess(pid) ?? [])
    .filter(({ zombie }) => !zombie)
    .map(({ pid, startTime }) => ({ pid, startTime: String(startTime) }));
}

async function findInTable(mark: string): Promise<Survivor[]> {
  const entries = await readProcessTable();
  return entries.filter(({ pid, text }) => pid !== process.pid && text.includes(mark));
}

/** find() has looked a moment ago. */
function isAlive(): boolean {
  return true;
}
