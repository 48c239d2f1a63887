import { type ChildProcess, spawn } from 'node:child_process';
import os from 'node:os';
import path from 'node:path';

export type ChildOptions = {
  /** Absolute: nothing is looked up, and so nothing is found in the work tree. */
  file: string;
  args: string[];
  cwd: string;
  /** All that the child gets. */
  env: Record<string, string>;
  timeoutMs: number;
  /** For stdout and stderr each. */
  maxBytes: number;
  /** Aborted: nobody waits for the answer any more, and the child counts as timed out. */
  signal?: AbortSignal;
  input?: string;
  /** Yield the processor to whatever else runs. */
  background?: boolean;
  /** Windows only: the arguments are one command line for cmd.exe. */
  verbatim?: boolean;
};

export type ChildResult = {
  /** cut: it wrote more than maxBytes and was killed; stdout holds what came before. */
  kind: 'exited' | 'cut' | 'timed_out' | 'not_started';
  /** null unless it exited by itself. */
  code: number | null;
  stdout: string;
  stderr: string;
};

/** Pipes may stay open in a grandchild after the child has exited; and KILL takes a moment. */
const SETTLE_MS = 200;

/**
 * Runs a small program that answers a question. Bounded in time and bytes, and its process group is killed when it
 * exceeds either; always resolves. (@actions/exec has no time limit, cannot kill, and echoes the command to the job log.)
 */
export function runBounded(options: ChildOptions): Promise<ChildResult> {
  return new Promise((resolve) => {
    const child = start(options);
    const output = { stdout: collect(), stderr: collect() };
    let kind: ChildResult['kind'] = 'not_started';
    let settleTimer: NodeJS.Timeout | undefined;

    // Nobody waits for it, so neither is its end waited for.
    const onAbort = (): void => {
      end('timed_out');
      settle();
    };
    const settle = (): void => {
      options.signal?.removeEventListener('abort', onAbort);
      clearTimeout(deadline);
      clearTimeout(settleTimer);
      child?.stdout?.destroy();
      child?.stderr?.destroy();
      child?.unref();
      const code = kind === 'exited' ? (child?.exitCode ?? null) : null;
      resolve({ kind, code, stdout: output.stdout.text(), stderr: output.stderr.text() });
    };
    // 'close' tells that everything that held the pipes is gone; what escaped the group may hold them for ever.
    const kill = (): void => {
      killGroup(child, options.env);
      settleTimer = setTimeout(settle, SETTLE_MS);
    };
    const end = (reason: 'cut' | 'timed_out'): void => {
      if (kind !== 'not_started') return;
      kind = reason;
      kill();
    };
    const deadline = setTimeout(end, options.timeoutMs, 'timed_out');
    if (child === null) return settle();
    options.signal?.addEventListener('abort', onAbort);

    for (const name of ['stdout', 'stderr'] as const) {
      child[name]?.on('data', (chunk: Buffer) => {
        if (!output[name].push(chunk, options.maxBytes)) end('cut');
      });
    }
    child.on('error', settle);
    child.on('exit', () => {
      if (kind !== 'not_started') return;
      kind = 'exited';
      settleTimer = setTimeout(kill, SETTLE_MS);
    });
    child.on('close', settle);
    child.stdin?.on('error', () => {});
    child.stdin?.end(options.input);
  });
}

function start(options: ChildOptions): ChildProcess | null {
  try {
    const child = spawn(options.file, options.args, {
      cwd: options.cwd,
      env: options.env,
      stdio: [options.input === undefined ? 'ignore' : 'pipe', 'pipe', 'pipe'],
      detached: process.platform !== 'win32',
      windowsHide: true,
      windowsVerbatimArguments: options.verbatim === true,
    });
    if (options.background === true && child.pid !== undefined) yieldProcessor(child.pid);
    return child;
  } catch {
    return null;
  }
}

function yieldProcessor(pid: number): void {
  try {
    os.setPriority(pid, os.constants.priority.PRIORITY_BELOW_NORMAL);
  } catch {
    // It has exited already, or the system does not let us: it runs as it is.
  }
}

function collect(): { push(chunk: Buffer, maxBytes: number): boolean; text(): string } {
  const chunks: Buffer[] = [];
  let size = 0;
  return {
    push(chunk, maxBytes) {
      const room = maxBytes - size;
      chunks.push(chunk.subarray(0, room));
      size += Math.min(chunk.length, room);
      return chunk.length <= room;
    },
    text: () => Buffer.concat(chunks).toString('utf8'),
  };
}

function killGroup(child: ChildProcess | null, env: Record<string, string>): void {
  if (child?.pid === undefined) return;
  if (process.platform === 'win32') {
    const taskkill = path.join(env['SystemRoot'] ?? 'C:\\Windows', 'System32', 'taskkill.exe');
    spawn(taskkill, ['/pid', String(child.pid), '/t', '/f'], { stdio: 'ignore', windowsHide: true }).on(
      'error',
      () => {},
    );
    return;
  }
  try {
    process.kill(-child.pid, 'SIGKILL');
  } catch {
    // The group is gone.
  }
}
