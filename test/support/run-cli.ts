import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';

/** The bundle that users run. */
export const cliPath = join(import.meta.dirname, '..', '..', 'dist', 'cli.js');

export type CliResult = { code: number | null; stdout: string; stderr: string };

export type RunningCli = {
  child: ChildProcess;
  /** Resolves with the match as soon as stdout or stderr so far holds one. */
  waitFor: (pattern: RegExp) => Promise<RegExpExecArray>;
  done: Promise<CliResult>;
};

export type CliOptions = { cwd: string; env?: Record<string, string>; stdin?: Uint8Array; node?: string };

/** A bound against hanging, not a measure of speed. */
const patienceMs = 25_000;

/** Runs `quoderat ...args` to its end in an environment with nothing of this job in it. */
export async function runCli(args: string[], options: CliOptions): Promise<CliResult> {
  return startCli(args, options).done;
}

/** Starts `quoderat ...args` for a test that does something to it meanwhile. */
export function startCli(args: string[], options: CliOptions): RunningCli {
  const child = spawn(options.node ?? process.execPath, [cliPath, ...args], {
    cwd: options.cwd,
    env: cleanEnv(options.env),
    stdio: ['pipe', 'pipe', 'pipe'],
    timeout: patienceMs,
    killSignal: 'SIGKILL',
  });
  // A command that does not read its stdin closes it.
  child.stdin.on('error', () => {});
  child.stdin.end(options.stdin);
  const text = { stdout: '', stderr: '' };
  const waiting = new Set<() => void>();
  for (const name of ['stdout', 'stderr'] as const) {
    child[name].setEncoding('utf8').on('data', (chunk: string) => {
      text[name] += chunk;
      for (const look of waiting) look();
    });
  }
  const closed = once(child, 'close');
  return {
    child,
    done: closed.then(() => ({ code: child.exitCode, ...text })),
    waitFor: (pattern) =>
      new Promise((resolve, reject) => {
        const look = (): void => {
          const match = pattern.exec(text.stdout) ?? pattern.exec(text.stderr);
          if (match === null) return;
          waiting.delete(look);
          resolve(match);
        };
        waiting.add(look);
        look();
        void closed.then(() => reject(new Error(`ended without ${pattern}:\n${text.stdout}\n${text.stderr}`)));
      }),
  };
}

/** What a shell on a plain machine has. */
export function cleanEnv(env: Record<string, string> = {}): Record<string, string> {
  const { PATH = '', HOME = '' } = process.env;
  return { PATH, HOME, LANG: 'C.UTF-8', TERM: 'xterm', ...env };
}

/** Writes quoderat.yml into a folder: `version` and `name`, then what is given. */
export async function writeManifest(dir: string, text: string): Promise<void> {
  await writeFile(join(dir, 'quoderat.yml'), `version: 1\nname: story\n${text}`);
}
