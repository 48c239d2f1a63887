import { setImmediate as nextTurn } from 'node:timers/promises';
import { isMarked, type ProcessStat, readIdLimit, readNewestId, readProcess, readProcessIds } from './proc.ts';
import { readProcessTable, type TableEntry } from './process-table.ts';

/** One process; startTime guards against a pid that was given away again. */
export type Survivor = { pid: number; startTime: string };

/** Knows which processes belong to a step. */
export type ProcessFinder = {
  /** Remembers who descends from the leader now: once it has ended, its children can't be told from others. */
  remember(): Promise<void>;
  /** The step's living processes, but for the leader. */
  find(): Promise<Survivor[]>;
  /** Whether this process, and no later one with its pid, is still there. */
  isAlive(survivor: Survivor): boolean;
};

export type StepProcesses = { leader: number; mark: string; openFiles: string[] };

/** The finder for a system. To be made right after the leader, before it can have ended unseen. */
export function makeProcessFinder(step: StepProcesses, platform: NodeJS.Platform): ProcessFinder {
  if (platform === 'linux') return makeProcFinder(step);
  if (platform !== 'win32') return makeTableFinder(step);
  // Windows keeps no process groups, and a parent that has ended can't be asked for its children: taskkill /T does all.
  return { remember: async () => {}, find: async () => [], isAlive: () => false };
}

/** More than this no machine starts: within a known time, ids can't have gone round. */
const STARTS_PER_MS = 500;
/** So many processes are looked at before others get their turn. */
const PROCESSES_PER_TURN = 100;

/**
 * Linux. Most steps are seen to have left nothing from one small read: when the newest id of the system is the leader's,
 * nobody has started anything since. Otherwise every process that is younger than the leader is looked at.
 */
function makeProcFinder({ leader, mark, openFiles }: StepProcesses): ProcessFinder {
  const startedAt = performance.now();
  const leaderStart = readProcess(leader)?.startTime ?? 0;
  // A /proc/loadavg that lags behind (lxcfs) or says nothing (gVisor) must not be believed later.
  const newestIsLive = readNewestId() >= leader;
  const known = new Set<string>();

  const readYounger = async (): Promise<ProcessStat[]> => {
    const newest = readNewestId();
    const idsAscend = newest >= leader && (performance.now() - startedAt) * STARTS_PER_MS < readIdLimit();
    const younger: ProcessStat[] = [];
    let looked = 0;
    for (const pid of readProcessIds()) {
      if (pid === leader || pid === process.pid || (idsAscend && pid < leader)) continue;
      if ((looked += 1) % PROCESSES_PER_TURN === 0) await nextTurn();
      const found = readProcess(pid);
      if (found && found.startTime >= leaderStart && !found.zombie) younger.push(found);
    }
    return younger;
  };
  const isOurs = (entry: ProcessStat): boolean =>
    entry.group === leader ||
    entry.session === leader ||
    known.has(toKey(entry)) ||
    isMarked(entry.pid, mark, openFiles);

  return {
    async remember() {
      const processes = await readYounger();
      for (const entry of withDescendants(new Set([leader]), processes)) known.add(toKey(entry));
    },
    async find() {
      if (newestIsLive && readNewestId() === leader) return [];
      const processes = await readYounger();
      const ours = new Set(processes.filter(isOurs).map(({ pid }) => pid));
      const found = withDescendants(ours, processes).map(toSurvivor);
      for (const survivor of found) known.add(toKey(survivor));
      return found;
    },
    isAlive({ pid, startTime }) {
      const found = readProcess(pid);
      return found !== undefined && !found.zombie && String(found.startTime) === startTime;
    },
  };
}

/** macOS and the BSDs, by ps. */
function makeTableFinder({ leader, mark }: StepProcesses): ProcessFinder {
  const known = new Set<string>();
  const read = async (): Promise<TableEntry[]> =>
    (await readProcessTable()).filter(({ pid }) => pid !== leader && pid !== process.pid);
  return {
    async remember() {
      for (const entry of withDescendants(new Set([leader]), await read())) known.add(toKey(entry));
    },
    async find() {
      const entries = await read();
      const isOurs = (entry: TableEntry): boolean =>
        entry.group === leader || known.has(toKey(entry)) || entry.text.includes(mark);
      const ours = new Set(entries.filter(isOurs).map(({ pid }) => pid));
      return withDescendants(ours, entries).map(toSurvivor);
    },
    // ps costs too much for one process: find() has looked a moment ago.
    isAlive: () => true,
  };
}

/** The entries in `roots`, and all that descend from them. */
function withDescendants<Entry extends { pid: number; parent: number }>(roots: Set<number>, entries: Entry[]): Entry[] {
  const found = new Set(roots);
  for (let size = -1; size !== found.size;) {
    size = found.size;
    for (const { pid, parent } of entries) if (found.has(parent)) found.add(pid);
  }
  return entries.filter(({ pid }) => found.has(pid));
}

function toSurvivor({ pid, startTime }: { pid: number; startTime: number | string }): Survivor {
  return { pid, startTime: String(startTime) };
}

function toKey({ pid, startTime }: { pid: number; startTime: number | string }): string {
  return `${pid}@${startTime}`;
}
