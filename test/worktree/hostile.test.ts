import { chmodSync, existsSync, mkdirSync, readdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { limits } from '../../src/lib/limits.ts';
import { gitEnv, makeFolder, makeRepository } from '../ci/repository.ts';
import { startWatch, watchChange } from './support.ts';

describe('a repository that wants programs to be run', () => {
  it('gets none of them run: no monitor, hook, filter, external diff or textconv, before or after', async () => {
    using repo = makeRepository();
    const witness = path.join(repo.dir, '.git', 'ran');
    const program = path.join(repo.dir, '.git', 'program');
    repo.write('.git/program', `#!/bin/sh\necho "$0 $@" >> '${witness}'\ncat\n`);
    chmodSync(program, 0o755);
    repo.write('.gitattributes', '*.f filter=evil\n*.p filter=proc\n*.txt diff=evil\n');
    for (const name of ['a.f', 'b.p', 'c.txt']) repo.write(name, 'one\n');
    repo.commit('attributes');
    for (const [key, value] of [
      ['core.fsmonitor', program],
      ['core.hooksPath', path.join(repo.dir, '.git')],
      ['filter.evil.clean', program],
      ['filter.evil.smudge', program],
      ['filter.evil.required', 'true'],
      ['filter.proc.process', program],
      ['filter.proc.required', 'true'],
      ['diff.evil.command', program],
      ['diff.evil.textconv', program],
      ['diff.external', program],
    ] as const)
      repo.git('config', key, value);
    for (const hook of ['post-index-change', 'pre-commit', 'fsmonitor-watchman'])
      writeFileSync(path.join(repo.dir, '.git', hook), `#!/bin/sh\necho hook >> '${witness}'\n`, { mode: 0o755 });
    for (const name of ['a.f', 'b.p', 'c.txt']) repo.write(name, 'two, before\n');
    const { value } = await watchChange(
      repo,
      () => {
        for (const name of ['a.f', 'b.p', 'c.txt', 'd.f']) repo.write(name, 'three, after the run\n');
      },
      { dirty: true },
    );
    expect(existsSync(witness)).toBe(false);
    expect(value.changes.map(({ path: name }) => name)).toEqual(['c.txt']);
    expect(value.not_compared).toEqual([
      { path: 'd.f', reason: 'filter' },
      { path: 'a.f', reason: 'before_not_kept' },
      { path: 'b.p', reason: 'before_not_kept' },
    ]);
  });

  it('is not asked at all under a filter whose name cannot be switched off', async () => {
    using repo = makeRepository();
    repo.git('config', 'filter.a=b.clean', 'touch ran');
    await using watch = await startWatch(repo);
    expect(await watch.changes()).toEqual({ ok: false, reason: 'odd_filter' });
  });

  it('is not followed when a step sets up a filter during the run', async () => {
    using repo = makeRepository();
    const witness = path.join(repo.dir, '.git', 'ran');
    const { value } = await watchChange(repo, () => {
      repo.git('config', 'filter.late.clean', `tee -a '${witness}'`);
      repo.write('.gitattributes', '* filter=late\n');
      repo.write('file.txt', 'changed\n');
    });
    expect(existsSync(witness)).toBe(false);
    expect(value.not_compared.map(({ path: name }) => name)).toEqual(['file.txt', '.gitattributes']);
  });
});

describe('changes that cannot be told', () => {
  it.each([
    ['not_a_checkout', () => makeFolder()],
    [
      'no_commit',
      () => {
        const repo = makeRepository();
        repo.git('update-ref', '-d', 'HEAD');
        return repo;
      },
    ],
  ] as const)('say why: %s', async (reason, make) => {
    using folder = make();
    await using watch = await startWatch({ dir: folder.dir, git: () => '' });
    expect(await watch.changes()).toEqual({ ok: false, reason });
    expect(await watch.materials()).toEqual({ ok: false, reason });
  });

  it('say that git is not on PATH', async () => {
    using repo = makeRepository();
    await using watch = await startWatch(repo, { env: { ...gitEnv, PATH: '/nowhere' } });
    expect(await watch.changes()).toEqual({ ok: false, reason: 'git_not_found' });
  });

  it('say that a step took the repository away', async () => {
    using repo = makeRepository();
    await using watch = await startWatch(repo);
    repo.git('config', 'core.bare', 'true');
    const answer = await watch.changes();
    expect(answer.ok).toBe(false);
  });

  it('say that the run was cancelled, without asking git', async () => {
    using repo = makeRepository();
    const control = new AbortController();
    await using watch = await startWatch(repo, { signal: control.signal });
    control.abort();
    expect(await watch.changes()).toEqual({ ok: false, reason: 'cancelled' });
    expect(await watch.materials()).toEqual({ ok: false, reason: 'cancelled' });
  });

  it('end at once when the run is cancelled while git works', async () => {
    using repo = makeRepository();
    const control = new AbortController();
    const bin = path.join(repo.dir, '.git', 'bin');
    mkdirSync(bin);
    const reached = path.join(bin, 'reached');
    writeFileSync(
      path.join(bin, 'git'),
      `#!/bin/sh\ncase "$*" in *--untracked-files=all*) : > '${reached}'; exec sleep 300;; esac\nPATH="\${PATH#*:}" exec git "$@"\n`,
      { mode: 0o755 },
    );
    await using watch = await startWatch(repo, {
      signal: control.signal,
      env: { ...gitEnv, PATH: `${bin}:${gitEnv.PATH}` },
    });
    const answer = watch.changes();
    await expect.poll(() => existsSync(reached)).toBe(true);
    control.abort();
    expect(await answer).toEqual({ ok: false, reason: 'cancelled' });
  });
});

describe('a diff that is larger than what is kept', () => {
  it('is cut after a line, and what is left out is counted', async () => {
    using repo = makeRepository();
    const line = `${'x'.repeat(99)}\n`;
    const lines = Math.ceil(limits.diffBytes / 100);
    const { value, comparison } = await watchChange(repo, () => {
      repo.write('long.txt', line.repeat(lines));
      repo.write('z.txt', 'last\n');
    });
    const { bytes } = comparison.diff;
    expect(bytes.length).toBeLessThanOrEqual(limits.diffBytes);
    expect(bytes.subarray(-101).toString()).toBe(`+${line}`);
    expect(value.diff_bytes_left_out).toBeGreaterThan(0);
    expect(value).toMatchObject({ lines_added: lines + 1, complete: false });
  });
});

describe('the temporary folder', () => {
  it('is gone when the watch ends', async () => {
    using repo = makeRepository();
    using folder = makeFolder();
    const before = process.env['TMPDIR'];
    process.env['TMPDIR'] = folder.dir;
    try {
      repo.write('dirt.txt', 'x');
      const watch = await startWatch(repo);
      expect(readdirSync(folder.dir)).toHaveLength(1);
      await watch[Symbol.asyncDispose]();
      expect(readdirSync(folder.dir)).toEqual([]);
    } finally {
      if (before === undefined) delete process.env['TMPDIR'];
      else process.env['TMPDIR'] = before;
    }
  });
});
