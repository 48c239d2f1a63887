import { chmodSync, chownSync, existsSync, mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { type GitState, readGitState } from '../../src/ci/git.ts';
import { findGit } from '../../src/ci/git-program.ts';
import { gitEnv, makeFolder, makeRepository } from './repository.ts';

async function readState(dir: string, env: Record<string, string> = gitEnv): Promise<GitState> {
  const reading = await readGitState(dir, findGit(env));
  if (reading.state === null) throw new Error(`unreadable: ${reading.fault}`);
  return reading.state;
}

describe('readGitState on a checkout', () => {
  it('reads commit, tree, branch and a clean work tree', async () => {
    using repo = makeRepository();
    expect(await readState(repo.dir)).toEqual({
      commit: repo.git('rev-parse', 'HEAD'),
      tree: repo.git('rev-parse', 'HEAD^{tree}'),
      parents: [],
      branch: 'main',
      tags: [],
      remoteUrl: null,
      dirty: false,
    });
  });

  it('reads both parents of a merge commit, even in a shallow clone that hides them', async () => {
    using repo = makeRepository();
    repo.git('checkout', '-q', '-b', 'topic');
    const head = repo.commit('topic');
    repo.git('checkout', '-q', 'main');
    const base = repo.commit('main moved');
    repo.git('merge', '-q', '--no-ff', '-m', 'merge', 'topic');
    using clone = makeFolder();
    repo.git('clone', '-q', '--depth=1', `file://${repo.dir}`, path.join(clone.dir, 'c'));
    expect((await readState(path.join(clone.dir, 'c'))).parents).toEqual([base, head]);
  });

  it('gives no branch for a detached HEAD', async () => {
    using repo = makeRepository();
    repo.git('checkout', '-q', '--detach');
    const state = await readState(repo.dir);
    expect(state.branch).toBeNull();
    expect(state.commit).toBe(repo.git('rev-parse', 'HEAD'));
  });

  it('lists lightweight and annotated tags that point at HEAD, and no other', async () => {
    using repo = makeRepository();
    repo.git('tag', 'old');
    repo.commit('second');
    repo.git('tag', 'v1.0.0');
    repo.git('tag', '-a', '-m', 'x', 'release/ü');
    expect((await readState(repo.dir)).tags).toEqual(['release/ü', 'v1.0.0']);
  });

  it('bounds the tags', async () => {
    using repo = makeRepository();
    for (let n = 0; n < 40; n++) repo.write(`.git/refs/tags/t${n}`, `${repo.git('rev-parse', 'HEAD')}\n`);
    expect((await readState(repo.dir)).tags).toHaveLength(32);
  });

  it('reads a linked worktree as a checkout of its own', async () => {
    using repo = makeRepository();
    using folder = makeFolder();
    repo.git('worktree', 'add', '-q', '-b', 'other', path.join(folder.dir, 'w'));
    expect((await readState(path.join(folder.dir, 'w'))).branch).toBe('other');
    expect((await readState(repo.dir)).branch).toBe('main');
  });

  it('reads a repository with SHA-256 object names', async () => {
    using repo = makeRepository('--object-format=sha256');
    expect((await readState(repo.dir)).commit).toMatch(/^[0-9a-f]{64}$/);
  });

  it('prefers origin among the remotes', async () => {
    using repo = makeRepository();
    repo.git('remote', 'add', 'a', 'https://example.com/a.git');
    expect((await readState(repo.dir)).remoteUrl).toBe('https://example.com/a.git');
    repo.git('remote', 'add', 'origin', 'git@example.com:o/r.git');
    expect((await readState(repo.dir)).remoteUrl).toBe('git@example.com:o/r.git');
  });

  it('reads the commit under a message that is larger than what is read of git', async () => {
    using repo = makeRepository();
    repo.write('.git/message', 'long line of a message\n'.repeat(5000));
    repo.git('commit', '-q', '--allow-empty', '-F', '.git/message');
    const state = await readState(repo.dir);
    expect(state).toMatchObject({ commit: repo.git('rev-parse', 'HEAD'), tree: repo.git('rev-parse', 'HEAD^{tree}') });
  });

  it('is not led astray by GIT_DIR, as it is set inside a git hook', async () => {
    using repo = makeRepository();
    using other = makeRepository();
    other.commit('other');
    const state = await readState(repo.dir, { ...gitEnv, GIT_DIR: path.join(other.dir, '.git') });
    expect(state.commit).toBe(repo.git('rev-parse', 'HEAD'));
  });
});

describe('dirty', () => {
  it.each([
    ['a changed file', (dir: string) => writeFileSync(path.join(dir, 'file.txt'), 'two\n')],
    ['an untracked file', (dir: string) => writeFileSync(path.join(dir, 'new.txt'), 'new\n')],
  ])('is true for %s, also when asked in a subfolder', async (_what, change) => {
    using repo = makeRepository();
    mkdirSync(path.join(repo.dir, 'sub'));
    change(repo.dir);
    expect((await readState(repo.dir)).dirty).toBe(true);
    expect((await readState(path.join(repo.dir, 'sub'))).dirty).toBe(true);
  });

  it('is true for an untracked file although the repository hides those from status', async () => {
    using repo = makeRepository();
    repo.git('config', 'status.showUntrackedFiles', 'no');
    repo.write('new.txt', 'new\n');
    expect((await readState(repo.dir)).dirty).toBe(true);
  });

  it('is false for ignored files and for the evidence of an earlier run', async () => {
    using repo = makeRepository();
    repo.write('.gitignore', 'build\n');
    repo.commit('ignore');
    repo.write('build', 'x');
    mkdirSync(path.join(repo.dir, '.quoderat'));
    repo.write('.quoderat/envelope.json', '{}');
    expect((await readState(repo.dir)).dirty).toBe(false);
  });

  it('is null when git does not tell, while the rest is known', async () => {
    using repo = makeRepository();
    repo.write(
      '.git/git',
      '#!/bin/sh\ncase "$*" in *--porcelain*) exit 1;; *) PATH="${PATH#*:}" exec git "$@";; esac\n',
    );
    chmodSync(path.join(repo.dir, '.git/git'), 0o755);
    const state = await readState(repo.dir, { ...gitEnv, PATH: `${repo.dir}/.git:${gitEnv.PATH}` });
    expect(state).toMatchObject({ commit: repo.git('rev-parse', 'HEAD'), branch: 'main', dirty: null });
  });

  it('runs no program that the repository names as its file system monitor', async () => {
    using repo = makeRepository();
    const witness = path.join(repo.dir, '.git', 'ran');
    repo.write('.git/monitor', `#!/bin/sh\ntouch '${witness}'\n`);
    chmodSync(path.join(repo.dir, '.git/monitor'), 0o755);
    repo.git('config', 'core.fsmonitor', path.join(repo.dir, '.git/monitor'));
    expect((await readState(repo.dir)).dirty).toBe(false);
    expect(existsSync(witness)).toBe(false);
  });
});

describe('readGitState without a checkout', () => {
  it('says that a folder is no repository', async () => {
    using folder = makeFolder();
    expect(await readGitState(folder.dir, findGit(gitEnv))).toEqual({ state: null, fault: 'not_a_repository' });
  });

  it('says that there is no commit yet', async () => {
    using folder = makeFolder();
    using repo = makeRepository();
    repo.git('init', '-q', folder.dir);
    expect(await readGitState(folder.dir, findGit(gitEnv))).toEqual({ state: null, fault: 'no_commit' });
  });

  it('says that git is not on PATH, and finds no git in the work tree', async () => {
    using repo = makeRepository();
    repo.write('git', '#!/bin/sh\n');
    chmodSync(path.join(repo.dir, 'git'), 0o755);
    expect(await readGitState(repo.dir, findGit({ ...gitEnv, PATH: ':.' }))).toEqual({
      state: null,
      fault: 'git_not_found',
    });
  });

  it('says that the folder is gone or git failed', async () => {
    using folder = makeFolder();
    const reading = await readGitState(path.join(folder.dir, 'missing'), findGit(gitEnv));
    expect(reading).toEqual({ state: null, fault: 'unreadable' });
  });
});

// Only root can give files away, which is what makes git refuse a folder.
describe.runIf(process.getuid?.() === 0)('a checkout that belongs to another user', () => {
  it('is refused with the reason, and read when safe.directory allows it', async () => {
    using repo = makeRepository();
    for (const file of ['', '.git']) chownSync(path.join(repo.dir, file), 12_345, 12_345);
    expect(await readGitState(repo.dir, findGit(gitEnv))).toEqual({ state: null, fault: 'dubious_ownership' });
    const allowed = { GIT_CONFIG_COUNT: '1', GIT_CONFIG_KEY_0: 'safe.directory', GIT_CONFIG_VALUE_0: '*' };
    expect((await readState(repo.dir, { ...gitEnv, ...allowed })).dirty).toBe(false);
  });
});
