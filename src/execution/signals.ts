import { execFile } from 'node:child_process';

/** Sends a signal to every member of a process group (POSIX). A group that is gone is no fault. */
export function killGroup(leader: number, signal: 'SIGTERM' | 'SIGKILL'): void {
  // On Windows a negative id would be refused, and 0 or 1 would reach the runner itself or everything.
  if (process.platform !== 'win32' && leader > 1) send(-leader, signal);
}

export function killProcess(pid: number): void {
  send(pid, 'SIGKILL');
}

/** Ends a process and those it started, by force: Windows knows no gentler way for a program without a window. */
export function killTreeOnWindows(pid: number): Promise<void> {
  return new Promise((resolve) => {
    execFile('taskkill', ['/T', '/F', '/PID', String(pid)], { timeout: 5000, windowsHide: true }, () => resolve());
  });
}

function send(pid: number, signal: 'SIGTERM' | 'SIGKILL'): void {
  try {
    process.kill(pid, signal);
  } catch {
    // ESRCH: it has ended; EPERM: it is another user's, and the sweep will find it still there.
  }
}
