import type { GitReading, GitState } from '../../src/ci/git.ts';
import type { Surroundings } from '../../src/ci/surroundings.ts';

/** A git object name made of one hex digit. */
export const sha = (digit: string): string => digit.repeat(40);

export const noGit: GitReading = { state: null, fault: 'git_not_found' };

export function checkedOut(state: Partial<GitState> = {}): GitReading {
  const clean = {
    commit: sha('a'),
    tree: sha('7'),
    parents: [],
    branch: null,
    tags: [],
    remoteUrl: null,
    dirty: false,
  };
  return { state: { ...clean, ...state } };
}

export function surroundings(env: Record<string, string>, git: GitReading): Surroundings {
  const host = {
    os: 'linux',
    arch: 'x64',
    osRelease: 'Debian GNU/Linux 12 (bookworm)',
    cpuCount: 4,
    memoryBytes: 16_000_000_000,
    hostName: 'box',
    userName: 'mira',
  };
  return { env, git, host, now: Date.UTC(2026, 10, 21, 9, 0, 0) };
}
