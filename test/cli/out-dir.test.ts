import { mkdtemp, readFile, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { chooseOutDir, dropEmptyDir } from '../../src/cli/out-dir.ts';
import { makeFakeIo } from './fake-io.ts';

let cwd: string;
beforeEach(async () => {
  cwd = await mkdtemp(join(tmpdir(), 'quoderat-out-'));
});
afterEach(() => rm(cwd, { recursive: true }));

describe('chooseOutDir', () => {
  it('makes a new folder for each run, named by the time, and tells git to leave it alone', async () => {
    const io = makeFakeIo({ cwd });
    const dirs = await Promise.all([1, 2, 3].map(() => chooseOutDir(undefined, cwd, io)));
    expect(dirs.toSorted()).toEqual(['', '-2', '-3'].map((end) => join(cwd, '.quoderat', `20261121T092719Z${end}`)));
    expect(await readFile(join(cwd, '.quoderat', '.gitignore'), 'utf8')).toBe('*\n');
  });

  it('keeps a .gitignore that somebody changed', async () => {
    const io = makeFakeIo({ cwd });
    await chooseOutDir(undefined, cwd, io);
    await writeFile(join(cwd, '.quoderat', '.gitignore'), '');
    await chooseOutDir(undefined, cwd, io);
    expect(await readFile(join(cwd, '.quoderat', '.gitignore'), 'utf8')).toBe('');
  });

  it('gives exactly the folder that was named, whether it is there or not', async () => {
    const io = makeFakeIo({ cwd });
    expect(await chooseOutDir('a/b', '/elsewhere', io)).toBe(join(cwd, 'a', 'b'));
    expect(await chooseOutDir('.', '/elsewhere', io)).toBe(cwd);
    expect(await readdir(cwd)).toEqual([]);
  });

  it('refuses a named folder in which something lies, and leaves that alone', async () => {
    await writeFile(join(cwd, 'envelope.json'), '{}');
    await expect(chooseOutDir('.', cwd, makeFakeIo({ cwd }))).rejects.toMatchObject({
      name: 'CliError',
      code: 'exists',
    });
    expect(await readFile(join(cwd, 'envelope.json'), 'utf8')).toBe('{}');
  });

  it('refuses a file', async () => {
    await writeFile(join(cwd, 'file'), '');
    await expect(chooseOutDir('file', cwd, makeFakeIo({ cwd }))).rejects.toMatchObject({ code: 'usage' });
  });

  it('gives a folder even where none can be made: the run has its own answer to that', async () => {
    await writeFile(join(cwd, '.quoderat'), 'a file');
    expect(await chooseOutDir(undefined, cwd, makeFakeIo({ cwd }))).toBe(join(cwd, '.quoderat', '20261121T092719Z'));
  });
});

describe('dropEmptyDir', () => {
  it('takes an empty folder away and spares any other', async () => {
    const io = makeFakeIo({ cwd });
    const [empty, full] = [await chooseOutDir(undefined, cwd, io), await chooseOutDir(undefined, cwd, io)];
    await writeFile(join(full, 'journal.ndjson'), '');
    await Promise.all([dropEmptyDir(empty), dropEmptyDir(full)]);
    expect(await readdir(join(cwd, '.quoderat'))).toEqual(['.gitignore', '20261121T092719Z-2']);
  });
});
