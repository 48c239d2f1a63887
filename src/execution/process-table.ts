import { execFile } from 'node:child_process';

/** A line of ps: only what POSIX systems without /proc tell. */
export type TableEntry = { pid: number; parent: number; group: number; startTime: string; text: string };

/**
 * All processes as ps(1) of macOS and the BSDs lists them; `text` ends with the environment of those whose owner we are
 * (-E), which is where a step's mark is looked for. Empty when ps can't be had.
 */
export function readProcessTable(): Promise<TableEntry[]> {
  const args = ['-A', '-E', '-ww', '-o', 'pid=,ppid=,pgid=,lstart=,command='];
  return new Promise((resolve) => {
    execFile('/bin/ps', args, { env: { LC_ALL: 'C' }, timeout: 5000, maxBuffer: 64 * 1024 * 1024 }, (error, stdout) =>
      resolve(error ? [] : stdout.split('\n').flatMap(parseTableLine)),
    );
  });
}

/** lstart is five words: `Sat Nov 21 09:55:12 2026`. */
export function parseTableLine(line: string): TableEntry[] {
  const match = /^\s*(\d+)\s+(\d+)\s+(\d+)\s+(\S+\s+\S+\s+\S+\s+\S+\s+\S+)\s(.*)$/.exec(line);
  if (!match) return [];
  const [, pid, parent, group, startTime = '', text = ''] = match;
  return [{ pid: Number(pid), parent: Number(parent), group: Number(group), startTime, text }];
}
