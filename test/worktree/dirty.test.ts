import { chmodSync, mkdirSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { limits } from '../../src/lib/limits.ts';
import { makeRepository, type Repository } from '../ci/repository.ts';
import { watchChange } from './support.ts';

/** A checkout in which something of each sort was changed before the run. */
function makeDirty(): Repository {
  const repo = makeRepository();
  repo.write('.gitignore', '*.log\n');
  for (const name of ['staged', 'edited', 'removed', 'both']) repo.write(`${name}.txt`, `${name}\n`);
  repo.commit('files');
  repo.write('staged.txt', 'staged\nbefore\n');
  repo.git('add', 'staged.txt');
  repo.write('both.txt', 'in the index\n');
  repo.git('add', 'both.txt');
  repo.write('both.txt', 'in the work tree\n');
  repo.write('edited.txt', 'edited\nbefore\n');
  rmSync(path.join(repo.dir, 'removed.txt'));
  repo.write('untracked.txt', 'untracked\n');
  mkdirSync(path.join(repo.dir, 'folder/deep'), { recursive: true });
  repo.write('folder/deep/a.txt', 'a\n');
  repo.write('folder/deep/noise.log', 'noise\n');
  return repo;
}

describe('what a run changed in a checkout that was dirty before', () => {
  it('is nothing when only what was dirty before is dirty now', async () => {
    using repo = makeDirty();
    const { value, diff } = await watchChange(repo, () => {});
    expect(value).toMatchObject({ base: 'work_tree', changes: [], complete: true });
    expect(value.before.differing_paths).toBe(6);
    expect(value.after).toEqual(value.before);
    expect(diff).toBe('');
  });

  it('is the difference to what lay there before, and not to the commit', async () => {
    using repo = makeDirty();
    const { value, diff } = await watchChange(repo, () => {
      for (const name of ['staged', 'edited', 'both', 'untracked'])
        writeFileSync(path.join(repo.dir, `${name}.txt`), 'by the run\n', { flag: 'a' });
      repo.write('folder/deep/a.txt', 'b\n');
      repo.write('removed.txt', 'back\n');
      repo.write('new.txt', 'new\n');
    });
    expect(value.changes.map(({ status, path: name }) => `${status} ${name}`)).toEqual([
      'modified both.txt',
      'modified edited.txt',
      'modified folder/deep/a.txt',
      'added new.txt',
      'added removed.txt',
      'modified staged.txt',
      'modified untracked.txt',
    ]);
    expect(value).toMatchObject({ lines_added: 7, lines_removed: 1, complete: true });
    expect(diff.match(/^[+-].*before/gm)).toBeNull();
  });

  it('is also the deletion of an untracked file, and an edit that was taken back', async () => {
    using repo = makeDirty();
    const { value } = await watchChange(repo, () => {
      rmSync(path.join(repo.dir, 'untracked.txt'));
      repo.git('checkout', 'HEAD', '--', 'edited.txt');
    });
    expect(value.changes.map(({ status, path: name }) => `${status} ${name}`)).toEqual([
      'modified edited.txt',
      'deleted untracked.txt',
    ]);
    expect(value.after.differing_paths).toBe(4);
  });

  it('is told in the middle of a merge with conflicts', async () => {
    using repo = makeRepository();
    repo.git('checkout', '-q', '-b', 'topic');
    repo.write('file.txt', 'theirs\n');
    repo.commit('theirs');
    repo.git('checkout', '-q', 'main');
    repo.write('file.txt', 'ours\n');
    repo.commit('ours');
    expect(() => repo.git('merge', '-q', 'topic')).toThrow(/./);
    const { value, diff } = await watchChange(repo, () => repo.write('file.txt', 'solved\n'));
    expect(value.changes).toMatchObject([{ path: 'file.txt', status: 'modified' }]);
    expect(diff).toContain('-<<<<<<< HEAD\n');
  });

  it('compares a file that is too large to keep by its outside', async () => {
    using repo = makeRepository();
    for (const name of ['touched.bin', 'same.bin', 'gone.bin'])
      writeFileSync(path.join(repo.dir, name), Buffer.alloc(limits.worktreeBeforeBytes + 1));
    const { value } = await watchChange(repo, () => {
      writeFileSync(path.join(repo.dir, 'touched.bin'), 'small now\n');
      rmSync(path.join(repo.dir, 'gone.bin'));
    });
    expect(value).toMatchObject({ changes: [], complete: false });
    expect(value.not_compared).toEqual([
      { path: 'gone.bin', reason: 'before_not_kept' },
      { path: 'touched.bin', reason: 'before_not_kept' },
    ]);
  });

  it('does not look into an untracked folder with more files than it looks at', async () => {
    using repo = makeRepository();
    const folder = path.join(repo.dir, 'node_modules');
    mkdirSync(folder);
    for (let n = 0; n <= limits.worktreeBeforePaths; n++) writeFileSync(path.join(folder, `${n}.js`), '');
    const { value } = await watchChange(repo, () => {
      writeFileSync(path.join(folder, 'new.js'), 'x\n');
      repo.write('seen.txt', 'x\n');
    });
    expect(value.changes.map(({ path: name }) => name)).toEqual(['seen.txt']);
    expect(value.not_compared).toEqual([{ path: 'node_modules/', reason: 'not_looked_into' }]);
    expect(value.complete).toBe(false);
  });

  it('starts from the commit, and says so, when nobody could tell whether it was dirty', async () => {
    using repo = makeRepository();
    repo.write('file.txt', 'before\n');
    const { value } = await watchChange(repo, () => repo.write('new.txt', 'x\n'), { dirty: null });
    expect(value).toMatchObject({ base: 'commit', complete: false, before: { differing_paths: null } });
    expect(value.changes.map(({ path: name }) => name)).toEqual(['file.txt', 'new.txt']);
  });
});

describe('a file that cannot be taken', () => {
  it('because it may not be read is named, and the rest is compared', async ({ skip }) => {
    if (process.platform === 'win32' || process.getuid?.() === 0) skip('this user may read every file');
    using repo = makeRepository();
    const { value } = await watchChange(repo, () => {
      repo.write('closed.txt', 'x\n');
      chmodSync(path.join(repo.dir, 'closed.txt'), 0);
      repo.write('open.txt', 'x\n');
    });
    expect(value.not_compared).toEqual([{ path: 'closed.txt', reason: 'unreadable' }]);
    expect(value.changes.map(({ path: name }) => name)).toEqual(['open.txt']);
  });

  it('because it is larger than what is compared is named', async () => {
    using repo = makeRepository();
    const { value } = await watchChange(repo, () => {
      writeFileSync(path.join(repo.dir, 'huge.bin'), Buffer.alloc(limits.worktreeFileBytes + 1));
      repo.write('small.txt', 'x\n');
    });
    expect(value).toMatchObject({ not_compared: [{ path: 'huge.bin', reason: 'too_large' }], complete: false });
    expect(value.changes.map(({ path: name }) => name)).toEqual(['small.txt']);
  });

  it('because it is a repository of its own is named when it is new', async () => {
    using repo = makeRepository();
    repo.git('init', '-q', path.join(repo.dir, 'old'));
    repo.write('old/x', 'x');
    const { value } = await watchChange(repo, () => {
      repo.git('init', '-q', path.join(repo.dir, 'nested'));
      repo.write('nested/x', 'x');
    });
    expect(value.not_compared).toEqual([{ path: 'nested/', reason: 'nested_repository' }]);
  });

  it('because it is a submodule is compared by its commit', async () => {
    using repo = makeRepository();
    using other = makeRepository();
    repo.git('-c', 'protocol.file.allow=always', 'submodule', '--quiet', 'add', other.dir, 'sub');
    repo.commit('submodule');
    const sub = path.join(repo.dir, 'sub');
    const { value, diff } = await watchChange(repo, () => {
      repo.git('-C', sub, 'commit', '-q', '--allow-empty', '-m', 'moved');
    });
    expect(value.changes).toMatchObject([{ path: 'sub', status: 'modified', lines_added: 1, lines_removed: 1 }]);
    expect(diff).toContain(`+Subproject commit ${repo.git('-C', sub, 'rev-parse', 'HEAD')}`);
  });
});
