import os from 'node:os';
import { parseCount, parseText } from './parse-values.ts';
import { readBoundedText } from './read-bounded.ts';

/** The machine, as this process sees it: inside a container that is the container. */
export type Host = {
  os: string;
  arch: string;
  osRelease: string | null;
  cpuCount: number | null;
  memoryBytes: number | null;
  hostName: string;
  userName: string;
};

const SYSTEMS: Record<string, string> = { darwin: 'macos', win32: 'windows' };

/** Reads what the machine says of itself, with the limits of its cgroup applied. */
export async function readHost(env: Record<string, string>): Promise<Host> {
  const [osRelease, cpuMax] = await Promise.all([
    readBoundedText('/etc/os-release', 16 * 1024),
    readBoundedText('/sys/fs/cgroup/cpu.max', 1024),
  ]);
  return {
    os: SYSTEMS[process.platform] ?? process.platform,
    arch: process.arch,
    osRelease: parseOsRelease(osRelease ?? '') ?? parseText(`${os.type()} ${os.release()}`),
    cpuCount: Math.min(os.availableParallelism(), parseCpuQuota(cpuMax ?? '') ?? Infinity),
    memoryBytes: readMemory(),
    hostName: parseText(os.hostname()) ?? 'unknown',
    userName: readUserName(env),
  };
}

/** PRETTY_NAME of os-release(5). */
export function parseOsRelease(text: string): string | null {
  const value = /^PRETTY_NAME=(.*)$/m.exec(text)?.[1]?.trim();
  return parseText(value?.replace(/^(["'])(.*)\1$/, '$2'));
}

/** Processors that cgroup v2's `cpu.max` ("<quota> <period>" in microseconds) allows, rounded up; null: no limit. */
export function parseCpuQuota(text: string): number | null {
  const [quota, period] = text.trim().split(' ').map(parseCount);
  return quota && period ? Math.ceil(quota / period) : null;
}

/** Without a limit, libuv answers 0 or (cgroup v1) a number larger than any machine. */
function readMemory(): number {
  const limit = process.constrainedMemory();
  return limit > 0 ? Math.min(os.totalmem(), limit) : os.totalmem();
}

/** os.userInfo throws for a uid without an entry in passwd, which containers often have. */
function readUserName(env: Record<string, string>): string {
  try {
    return parseText(os.userInfo().username) ?? 'unknown';
  } catch {
    return parseText(env['USER']) ?? parseText(env['LOGNAME']) ?? parseText(env['USERNAME']) ?? 'unknown';
  }
}
