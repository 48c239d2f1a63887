import { readdirSync, readFileSync, readlinkSync } from 'node:fs';
import { MARK_FD } from './child.ts';

/** A process as /proc/<pid>/stat (proc(5)) has it. pid and startTime together name it for good: pids come again. */
export type ProcessStat = {
  pid: number;
  startTime: number;
  parent: number;
  group: number;
  session: number;
  /** Dead, though its parent has not asked for it yet. */
  zombie: boolean;
};

/** Reads one process. undefined: there is none (any more). */
export function readProcess(pid: number): ProcessStat | undefined {
  const text = readProc(`${pid}/stat`);
  // The name in brackets may hold anything, brackets too.
  const fields = text?.slice(text.lastIndexOf(')') + 2).split(' ');
  if (fields === undefined || fields.length < 20) return undefined;
  const [state = '', parent, group, session] = fields;
  return {
    pid,
    startTime: Number(fields[19]),
    parent: Number(parent),
    group: Number(group),
    session: Number(session),
    zombie: state === 'Z' || state === 'X',
  };
}

/** The ids of all processes, ascending. Empty where there is no /proc. */
export function readProcessIds(): number[] {
  try {
    return readdirSync('/proc')
      .map(Number)
      .filter((pid) => Number.isInteger(pid) && pid > 0)
      .toSorted((a, b) => a - b);
  } catch {
    return [];
  }
}

/** The id given to the newest process or thread, or NaN: the last field of /proc/loadavg. */
export function readNewestId(): number {
  return Number(readProc('loadavg')?.trimEnd().split(' ').at(-1) ?? Number.NaN);
}

/** After how many ids the system begins again with the lowest. */
export function readIdLimit(): number {
  return Number(readProc('sys/kernel/pid_max') ?? 32_768);
}

/**
 * Whether a process carries the step's mark: in the environment it was started with, or by an open file that only
 * the step's processes inherit. The second outlives `env -i` and programs that write their title over their environment
 * (nginx, redis); the first outlives programs that close all descriptors.
 */
export function isMarked(pid: number, mark: string, openFiles: string[]): boolean {
  if (readProc(`${pid}/environ`)?.includes(mark)) return true;
  return [MARK_FD, 1, 2].some((fd) => {
    try {
      const target = readlinkSync(`/proc/${pid}/fd/${fd}`);
      return openFiles.some((path) => target === path || target === `${path} (deleted)`);
    } catch {
      return false;
    }
  });
}

function readProc(name: string): string | undefined {
  try {
    // utf8 and nothing else: for other encodings Node reads files of unknown size into a fresh 64 KiB each time.
    return readFileSync(`/proc/${name}`, 'utf8');
  } catch {
    return undefined;
  }
}
