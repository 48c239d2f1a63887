import { existsSync } from 'node:fs';
import path from 'node:path';
import { limits } from '../lib/limits.ts';
import { lookUp, toBareEnv } from './bare-env.ts';
import { type ChildOptions, type ChildResult, runBounded } from './bounded-child.ts';
import { findOnPath } from './find-on-path.ts';
import { type Tool, quietEnv, toolHomes, tools } from './tools.ts';

export type ProbeOptions = {
  /** The runner's environment as the entry read it; of it the tools get PATH, HOME and where they are installed. */
  env: Record<string, string>;
  /** The workspace: version managers answer for the folder that they are asked in. */
  cwd: string;
  /** Aborted: what is known by then is the answer. */
  signal: AbortSignal;
};

/** A tool that is on PATH and was not heard in time. */
const UNKNOWN = 'unknown';

/** A probe that takes longer than this waits for something: another may start, so that hung tools hold up nobody. */
const PATIENCE_MS = 250;
const MAX_LINE = 200;

/**
 * The versions of the tools on PATH, `<tool>_version` to what the tool says; tools that are absent or fail are left out,
 * those that did not answer before the signal or within limits.probeMs are `unknown`. Runs beside the first step and
 * gives way to it: a few at once, at a low priority. Never rejects.
 */
export async function probeToolchain(options: ProbeOptions): Promise<Record<string, string>> {
  const env = { ...toBareEnv(options.env, toolHomes), ...quietEnv };
  const probes: Promise<[string, string | null]>[] = [];
  const queue = [...tools];
  const work = async (): Promise<void> => {
    for (let tool = queue.shift(); tool !== undefined; tool = queue.shift()) {
      const { key } = tool;
      const probe = probeTool(tool, { env, cwd: options.cwd, signal: options.signal });
      probes.push(probe.then((version) => [`${key}_version`, version]));
      await Promise.race([probe, patience()]);
    }
  };
  await Promise.all(Array.from({ length: limits.probesAtOnce }, work));
  const found = await Promise.all(probes);
  return Object.fromEntries(found.filter((entry): entry is [string, string] => entry[1] !== null).toSorted(byName));
}

async function probeTool(tool: Tool, options: ProbeOptions): Promise<string | null> {
  for (const name of tool.names) {
    const file = await findOnPath(name, options.env);
    if (file === null || isStub(file)) continue;
    const version = (await readVersion(tool, file)) ?? (await askVersion(tool, file, options));
    if (version !== null) return version;
  }
  return null;
}

async function readVersion(tool: Tool, file: string): Promise<string | null> {
  try {
    return toLine((await tool.read?.(file)) ?? '');
  } catch {
    return null;
  }
}

async function askVersion(tool: Tool, file: string, { env, cwd, signal }: ProbeOptions): Promise<string | null> {
  if (signal.aborted) return UNKNOWN;
  const result = await runBounded({
    ...toCommand(file, [...tool.args], env),
    cwd,
    env,
    timeoutMs: limits.probeMs,
    maxBytes: limits.probeBytes,
    background: true,
    signal,
  });
  if (result.kind === 'timed_out') return UNKNOWN;
  const line = toFirstLine(result);
  return line === null ? null : (tool.pattern.exec(line)?.[1] ?? line);
}

function toFirstLine({ kind, code, stdout, stderr }: ChildResult): string | null {
  // java -version writes to stderr.
  const lines = kind === 'exited' && code === 0 ? [...stdout.split('\n'), ...stderr.split('\n')] : [];
  return lines.map(toLine).find((line) => line !== null) ?? null;
}

/** A line as it may be shown: no escape sequences (Maven prints some even to a pipe), no control characters. */
function toLine(text: string): string | null {
  const plain = text
    .replaceAll(/\u001B\[[0-9;]*[A-Za-z]/g, '')
    .replaceAll(/\p{Cc}/gu, '')
    .trim();
  return plain === '' ? null : plain.slice(0, MAX_LINE).toWellFormed();
}

/** Windows starts .cmd and .bat files only through cmd.exe, whose quoting knows no way to say `%` or `"`. */
function toCommand(
  file: string,
  args: string[],
  env: Record<string, string>,
): Pick<ChildOptions, 'file' | 'args' | 'verbatim'> {
  if (process.platform !== 'win32' || !/\.(?:cmd|bat)$/i.test(file) || /[%"]/.test(file)) return { file, args };
  const shell = lookUp(env, 'ComSpec') ?? 'C:\\Windows\\System32\\cmd.exe';
  return { file: shell, args: ['/d', '/s', '/c', `""${file}" ${args.join(' ')}"`], verbatim: true };
}

/**
 * Programs that stand for one that may not be there. Without the command line tools macOS offers, in a window, to
 * install them; the bash in Windows' own folder starts a Linux machine.
 */
function isStub(file: string): boolean {
  if (process.platform === 'win32') return /\\system32\\bash\.exe$/i.test(file);
  if (process.platform !== 'darwin' || path.dirname(file) !== '/usr/bin') return false;
  const isOfTools = ['git', 'make', 'gcc', 'clang', 'python3', 'java'].includes(path.basename(file));
  return isOfTools && !existsSync('/Library/Developer/CommandLineTools') && !existsSync('/Applications/Xcode.app');
}

/** Resolves after PATIENCE_MS. The probe that it races holds the process open, not this. */
function patience(): Promise<void> {
  return new Promise((resolve) => {
    setTimeout(resolve, PATIENCE_MS).unref();
  });
}

function byName([left]: [string, string], [right]: [string, string]): number {
  return left < right ? -1 : 1;
}
