import { readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { toErrorCode } from '../lib/errors.ts';

const ownerFileName = '.owner';

/** Notes in the evidence folder which process is writing it, so that nobody seals it as lost meanwhile. */
export function claimFolder(dir: string): void {
  writeFileSync(join(dir, ownerFileName), `${process.pid} ${readStartTime(process.pid)}\n`, { mode: 0o600 });
}

export function releaseFolder(dir: string): void {
  rmSync(join(dir, ownerFileName), { force: true });
}

/** The process that is still writing this folder, or undefined when there is none any more. */
export function readLivingOwner(dir: string): number | undefined {
  let note: string;
  try {
    note = readFileSync(join(dir, ownerFileName), 'utf8');
  } catch {
    return undefined;
  }
  const [pid, startTime] = note.trim().split(' ');
  const owner = Number(pid);
  // The start time tells a process apart from a later one that was given the same number.
  return Number.isSafeInteger(owner) && owner > 0 && isAlive(owner) && readStartTime(owner) === startTime
    ? owner
    : undefined;
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return toErrorCode(error) === 'EPERM';
  }
}

/** Field 22 of /proc/PID/stat (proc(5)); "-" where there is no /proc: then the number alone decides. */
function readStartTime(pid: number): string {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
    return stat.slice(stat.lastIndexOf(')') + 2).split(' ')[19] ?? '-';
  } catch {
    return '-';
  }
}
