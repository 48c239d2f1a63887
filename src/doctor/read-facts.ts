import { access, constants, mkdtemp, readFile, rm, stat, statfs, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import type { Facts, FolderFacts, GitFacts } from './facts.ts';

export type ReadOptions = {
  workspace: string;
  env: Record<string, string>;
  now: () => number;
  platform: NodeJS.Platform;
  /** Names to look for; those with a "/" are files, relative to the workspace. */
  programs: readonly string[];
  files: readonly string[];
  findProgram: (name: string) => Promise<string | null>;
  /** What git says of the workspace, but for the depth of its history. */
  git:
    | { state: 'ok'; commit: string; branch: string | null; dirty: boolean | null }
    | { state: 'fault'; fault: string };
  ci: Facts['ci'];
};

/** Looks at the machine. Runs nothing, and leaves nothing behind. Never rejects. */
export async function readFacts(options: ReadOptions): Promise<Facts> {
  const { workspace, programs, platform, env, now } = options;
  const names = programs.filter((name) => !name.includes('/'));
  const files = [...options.files, ...programs.filter((name) => name.includes('/'))];
  const temporary = tmpdir();
  const [probe, free, git, proc] = await Promise.all([
    probeTemporary(temporary, now),
    readFree(temporary),
    readGit(options),
    readProc(platform),
  ]);
  return {
    platform,
    nodeVersion: process.version,
    workspace: await readFolder(workspace),
    temporary: { path: temporary, writable: probe !== null, freeBytes: free },
    git,
    clock: { now: now(), fileAheadMs: probe?.aheadMs ?? null, ...readTimeZone(env) },
    procIsReadable: proc,
    programs: await toMap([...names, 'mkfifo'], options.findProgram),
    files: await toMap(files, (file) => isThere(resolve(workspace, file))),
    variables: new Set(Object.keys(env)),
    ci: options.ci,
  };
}

async function toMap<Value>(
  names: readonly string[],
  find: (name: string) => Promise<Value>,
): Promise<Map<string, Value>> {
  return new Map(await Promise.all(names.map(async (name): Promise<[string, Value]> => [name, await find(name)])));
}

/** A file of our own says whether the folder can be written, and what time it is for the file system. */
async function probeTemporary(parent: string, now: () => number): Promise<{ aheadMs: number } | null> {
  let dir: string | undefined;
  try {
    dir = await mkdtemp(join(parent, 'quoderat-doctor-'));
    const file = join(dir, 'probe');
    const before = now();
    await writeFile(file, 'x');
    const { mtimeMs } = await stat(file);
    const after = now();
    return { aheadMs: mtimeMs > after ? mtimeMs - after : Math.min(0, mtimeMs - before) };
  } catch {
    return null;
  } finally {
    if (dir !== undefined) await rm(dir, { recursive: true, force: true }).catch(() => {});
  }
}

async function readFolder(path: string): Promise<FolderFacts> {
  const writable = await isAllowed(path, constants.W_OK);
  const evidence = join(path, '.quoderat');
  const below = (await isThere(evidence)) ? await isAllowed(evidence, constants.W_OK) : true;
  return { path, writable: writable && below, freeBytes: await readFree(path) };
}

async function readFree(path: string): Promise<number | null> {
  return statfs(path).then(
    ({ bavail, bsize }) => bavail * bsize,
    () => null,
  );
}

async function readGit({ git, workspace }: ReadOptions): Promise<GitFacts> {
  return git.state === 'fault' ? git : { ...git, shallow: await isShallow(workspace) };
}

/** git notes the depth of a clone in its folder; a worktree's own folder is elsewhere and says nothing. */
async function isShallow(workspace: string): Promise<boolean> {
  for (let dir = workspace; ; dir = dirname(dir)) {
    if (await isThere(join(dir, '.git'))) return isThere(join(dir, '.git', 'shallow'));
    if (dirname(dir) === dir) return false;
  }
}

async function readProc(platform: NodeJS.Platform): Promise<boolean | null> {
  if (platform !== 'linux') return null;
  return readFile('/proc/self/stat', 'utf8').then(
    (text) => text.startsWith(`${process.pid} `),
    () => false,
  );
}

function readTimeZone(env: Record<string, string>): Pick<Facts['clock'], 'timeZone' | 'timeZoneIsKnown'> {
  const { timeZone } = Intl.DateTimeFormat().resolvedOptions();
  const named = env['TZ'] ?? '';
  // POSIX rules (`CET-1CEST`) and files (`:/etc/localtime`) are no names, and nothing here can judge them.
  const isName = /^[A-Za-z_]+(?:\/[A-Za-z_+-]+)+$/.test(named);
  return { timeZone, timeZoneIsKnown: !isName || isKnownTimeZone(named) };
}

function isKnownTimeZone(name: string): boolean {
  try {
    return Intl.DateTimeFormat('en', { timeZone: name }) !== undefined;
  } catch {
    return false;
  }
}

async function isThere(path: string): Promise<boolean> {
  return isAllowed(path, constants.F_OK);
}

async function isAllowed(path: string, mode: number): Promise<boolean> {
  return access(path, mode).then(
    () => true,
    () => false,
  );
}
