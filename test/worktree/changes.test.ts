import { execFileSync } from 'node:child_process';
import { chmodSync, existsSync, mkdirSync, renameSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { diffValue } from '../../src/schema/worktree.ts';
import { makeRepository } from '../ci/repository.ts';
import { watchChange } from './support.ts';

const brief = ({
  path: name,
  status,
  lines_added: added,
  lines_removed: removed,
}: {
  path: string;
  status: string;
  lines_added: number | null;
  lines_removed: number | null;
}) => `${status} ${name} +${added} -${removed}`;

describe('what a run changed in a clean checkout', () => {
  it('is nothing when nothing changed, and the states before and after are the commit', async () => {
    using repo = makeRepository();
    const { value, diff } = await watchChange(repo, () => {});
    const state = {
      commit_sha: repo.git('rev-parse', 'HEAD'),
      tree_sha: repo.git('rev-parse', 'HEAD^{tree}'),
      differing_paths: 0,
      differing_paths_sha256: 'e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855',
    };
    expect(diff).toBe('');
    expect(value).toMatchObject({ base: 'work_tree', before: state, after: state, changes: [], complete: true });
  });

  it('is each file that was added, changed, deleted and renamed, with its lines and its language', async () => {
    using repo = makeRepository();
    repo.write('gone.py', 'a\nb\n');
    repo.write('old.go', Array.from({ length: 30 }, (_, n) => `line ${n}\n`).join(''));
    repo.commit('more');
    const { value, diff } = await watchChange(repo, () => {
      repo.write('file.txt', 'one\ntwo\n');
      rmSync(path.join(repo.dir, 'gone.py'));
      renameSync(path.join(repo.dir, 'old.go'), path.join(repo.dir, 'new.go'));
      mkdirSync(path.join(repo.dir, 'src/deep'), { recursive: true });
      repo.write('src/deep/made.ts', 'x\ny\nz\n');
    });
    expect(value.changes.map(brief)).toEqual([
      'modified file.txt +1 -0',
      'deleted gone.py +0 -2',
      'renamed new.go +0 -0',
      'added src/deep/made.ts +3 -0',
    ]);
    expect(value).toMatchObject({
      files: { added: 1, modified: 1, deleted: 1, renamed: 1, binary: 0 },
      lines_added: 4,
      lines_removed: 2,
      complete: true,
    });
    expect(value.languages.map(({ language }) => language)).toEqual(['TypeScript', 'Python', 'Text', 'Go']);
    expect(value.changes[2]).toMatchObject({ old_path: 'old.go' });
    expect(diffValue.parse(value)).toEqual(value);
    expect(diff).toContain('+two\n');
    expect(diff).not.toMatch(/^index /m);
  });

  it('is a patch that git applies to the commit to get the same work tree', async () => {
    using repo = makeRepository();
    repo.write('gone.txt', 'a\nb');
    repo.commit('more');
    const { diff } = await watchChange(repo, () => {
      repo.write('file.txt', 'ein\r\nzwei');
      rmSync(path.join(repo.dir, 'gone.txt'));
      mkdirSync(path.join(repo.dir, 'd'));
      repo.write('d/ü "q"\n.txt', 'index abc..def\n-- \n');
      chmodSync(path.join(repo.dir, 'file.txt'), 0o755);
    });
    repo.git('add', '-A');
    const wanted = repo.git('write-tree');
    repo.git('reset', '-q', '--hard');
    execFileSync('git', ['apply', '--index'], { cwd: repo.dir, input: diff, stdio: ['pipe', 'ignore', 'ignore'] });
    expect(repo.git('write-tree')).toBe(wanted);
  });

  it('leaves out what is ignored, and a file that was written again as it was', async () => {
    using repo = makeRepository();
    repo.write('.gitignore', 'build/\n*.log\n');
    repo.commit('ignore');
    const { value } = await watchChange(repo, () => {
      mkdirSync(path.join(repo.dir, 'build'));
      repo.write('build/out.js', 'x');
      repo.write('a.log', 'x');
      rmSync(path.join(repo.dir, 'file.txt'));
      repo.write('file.txt', 'one\n');
    });
    expect(value.changes).toEqual([]);
  });

  it('is the same whether the steps stage it, commit it or neither', async () => {
    using repo = makeRepository();
    const results = [];
    for (const after of [[], ['add'], ['add', 'commit']]) {
      repo.git('reset', '-q', '--hard', 'HEAD');
      repo.git('clean', '-fdq');
      const { value } = await watchChange(repo, () => {
        repo.write('new.txt', `${after.length}\n`);
        if (after.includes('add')) repo.git('add', '-A');
        if (after.includes('commit')) repo.commit('by a step');
      });
      results.push([value.changes.map(brief), value.after.differing_paths]);
      if (after.includes('commit')) expect(value.after.commit_sha).not.toBe(value.before.commit_sha);
    }
    expect(results).toEqual([
      [['added new.txt +1 -0'], 1],
      [['added new.txt +1 -0'], 1],
      [['added new.txt +1 -0'], 0],
    ]);
  });

  it('writes nothing into the repository, not even an object', async () => {
    using repo = makeRepository();
    const count = () => repo.git('count-objects', '-v');
    const before = [count(), repo.git('ls-files', '--stage', '--debug')];
    await watchChange(repo, () => repo.write('new.txt', 'x\n'));
    repo.write('dirt.txt', 'dirt\n');
    await watchChange(repo, () => repo.write('dirt.txt', 'more\n'));
    expect([count(), repo.git('ls-files', '--stage', '--debug')]).toEqual(before);
  });

  it('tells binary files, links and modes apart', async () => {
    using repo = makeRepository();
    const { value, diff } = await watchChange(repo, () => {
      writeFileSync(path.join(repo.dir, 'a.bin'), Buffer.from([0, 1, 2, 255]));
      symlinkSync('/etc/passwd', path.join(repo.dir, 'link'));
      chmodSync(path.join(repo.dir, 'file.txt'), 0o755);
    });
    expect(value.changes.map(brief)).toEqual([
      'added a.bin +null -null',
      'modified file.txt +0 -0',
      'added link +1 -0',
    ]);
    expect(value.changes[1]?.modes).toEqual(['100644', '100755']);
    expect(value.files.binary).toBe(1);
    expect(diff).toContain('Binary files /dev/null and b/a.bin differ');
    expect(diff).not.toContain('root:');
  });

  it.runIf(process.platform === 'linux')('reads names of any bytes', async () => {
    using repo = makeRepository();
    const names = ['tab\t.txt', 'line\nfeed', 'quote".txt', ' lead', ':(top)magic', '*.glob', '-dash', 'u\u{308}'];
    const { value } = await watchChange(repo, () => {
      for (const name of names) repo.write(name, 'x\n');
      writeFileSync(Buffer.concat([Buffer.from(`${repo.dir}/`), Buffer.from([0xff, 0xfe])]), 'x\n');
    });
    expect(value.changes.map(({ path: name }) => name).toSorted()).toEqual([...names, '\u{fffd}\u{fffd}'].toSorted());
    expect(value).toMatchObject({ lines_added: names.length + 1, complete: true });
  });

  it('tells a file that became a folder, and a folder that became a link', async () => {
    using repo = makeRepository();
    mkdirSync(path.join(repo.dir, 'folder'));
    repo.write('folder/in', 'x\n');
    repo.commit('folder');
    const { value } = await watchChange(repo, () => {
      rmSync(path.join(repo.dir, 'file.txt'));
      mkdirSync(path.join(repo.dir, 'file.txt'));
      repo.write('file.txt/inside', 'completely other\n');
      rmSync(path.join(repo.dir, 'folder'), { recursive: true });
      symlinkSync('elsewhere', path.join(repo.dir, 'folder'));
    });
    expect(value.changes.map(brief).toSorted()).toEqual([
      'added file.txt/inside +1 -0',
      'added folder +1 -0',
      'deleted file.txt +0 -1',
      'deleted folder/in +0 -1',
    ]);
  });

  it('covers the whole repository when the workspace is a folder of it, but for its evidence', async () => {
    using repo = makeRepository();
    mkdirSync(path.join(repo.dir, 'app/.quoderat'), { recursive: true });
    mkdirSync(path.join(repo.dir, 'proof'));
    const { value } = await watchChange(
      repo,
      () => {
        repo.write('app/.quoderat/envelope.json', '{}');
        repo.write('proof/envelope.json', '{}');
        repo.write('app/x.txt', 'x\n');
        repo.write('file.txt', 'two\n');
      },
      { workspace: path.join(repo.dir, 'app'), evidence: [path.join(repo.dir, 'proof'), path.join(repo.dir, 'none')] },
    );
    expect(value.changes.map(({ path: name }) => name)).toEqual(['app/x.txt', 'file.txt']);
  });

  it('does not see line ends that git itself would turn', async () => {
    using repo = makeRepository();
    repo.git('config', 'core.autocrlf', 'true');
    repo.write('crlf.txt', 'a\r\nb\r\n');
    repo.commit('crlf');
    const { value } = await watchChange(repo, () => repo.write('crlf.txt', 'a\r\nb\r\nc\r\n'));
    expect(value.changes.map(brief)).toEqual(['modified crlf.txt +1 -0']);
  });

  it('knows a linked worktree and a sparse checkout', async () => {
    using repo = makeRepository();
    mkdirSync(path.join(repo.dir, 'a'));
    mkdirSync(path.join(repo.dir, 'b'));
    repo.write('a/x', 'x\n');
    repo.write('b/y', 'y\n');
    repo.commit('folders');
    const linked = path.join(repo.dir, '.git', 'linked');
    repo.git('worktree', 'add', '-q', '--detach', linked);
    const inLinked = { dir: linked, git: (...args: string[]) => repo.git('-C', linked, ...args) };
    inLinked.git('sparse-checkout', 'set', 'a');
    expect(existsSync(path.join(linked, 'b'))).toBe(false);
    const { value } = await watchChange(inLinked, () => writeFileSync(path.join(linked, 'a/x'), 'z\n'));
    expect(value.changes.map(brief)).toEqual(['modified a/x +1 -1']);
  });
});
