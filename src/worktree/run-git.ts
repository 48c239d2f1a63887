import { spawn } from 'node:child_process';
import { WorktreeError } from './worktree-error.ts';

/** How git is called: the program, the settings that come before every command, and all of its environment. */
export type GitProgram = { file: string; options: string[]; env: Record<string, string> };

export type GitCall = {
  args: string[];
  cwd: string;
  input?: Uint8Array;
  /** Ends the program at once. */
  signal: AbortSignal;
  /** Takes stdout piece by piece. */
  onOutput: (chunk: Buffer) => void;
  /** Exit codes other than 0 that are an answer, too. */
  allowed?: number[];
};

/**
 * Runs git to its end, whatever it prints. Paths may be any bytes, so nothing is decoded.
 * @throws WorktreeError git_failed, which names the command and its exit code, never what git said: that may hold paths;
 * the signal's reason when it is aborted
 */
export function runGit(program: GitProgram, call: GitCall): Promise<void> {
  const { args, cwd, input, signal } = call;
  return new Promise((resolve, reject) => {
    signal.throwIfAborted();
    const child = spawn(program.file, [...program.options, ...args], {
      cwd,
      env: program.env,
      stdio: [input === undefined ? 'ignore' : 'pipe', 'pipe', 'ignore'],
      windowsHide: true,
      signal,
      killSignal: 'SIGKILL',
    });
    child.stdout?.on('data', (chunk: Buffer) => {
      try {
        call.onOutput(chunk);
      } catch (error) {
        reject(error);
        child.kill('SIGKILL');
      }
    });
    child.on('error', (error) => {
      reject(
        signal.aborted ? signal.reason : new WorktreeError('git_failed', "git can't be started", { cause: error }),
      );
    });
    child.on('close', (code) => {
      if (code === 0 || (code !== null && call.allowed?.includes(code) === true)) return resolve();
      reject(
        signal.aborted ? signal.reason : new WorktreeError('git_failed', `git ${args[0]} failed (${code ?? 'killed'})`),
      );
    });
    // A program that ends without reading its input is judged by its exit.
    child.stdin?.on('error', () => {});
    child.stdin?.end(input);
  });
}

export type Kept = { bytes: Buffer; /** Bytes that came after those kept. */ leftOut: number };

/** A place for output of which only the beginning is kept, and the rest counted. */
export function makeKeeper(maxBytes: number): { push: (chunk: Buffer) => void; kept: () => Kept } {
  const chunks: Buffer[] = [];
  let size = 0;
  let leftOut = 0;
  return {
    push(chunk) {
      const part = chunk.subarray(0, maxBytes - size);
      if (part.length > 0) chunks.push(part);
      size += part.length;
      leftOut += chunk.length - part.length;
    },
    kept: () => ({ bytes: Buffer.concat(chunks), leftOut }),
  };
}
