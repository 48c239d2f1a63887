import { execFileSync } from 'node:child_process';
import { mkdir, symlink, writeFile } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { readRepository } from '../../src/init/read-repository.ts';
import { makeTempDir } from '../support/temp-dir.ts';

describe('readRepository', () => {
  it('reads the telling files of the root and of the projects in its folders, and of no others', async () => {
    await using dir = await makeTempDir();
    for (const folder of ['web', 'docs', 'node_modules', '.hidden', 'tests']) await mkdir(join(dir.path, folder));
    for (const file of ['package.json', 'web/package.json', 'node_modules/package.json', '.hidden/package.json']) {
      await writeFile(join(dir.path, file), '{}');
    }
    await writeFile(join(dir.path, 'secret.txt'), 'x');
    await writeFile(join(dir.path, 'tests', 'test_a.py'), 'x');
    const repository = await readRepository(dir.path, 'linux');
    expect(repository.name).toBe(basename(dir.path));
    expect(repository.projects.map(({ cwd, texts }) => [cwd, [...texts.keys()]])).toEqual([
      ['.', ['package.json']],
      ['web', ['package.json']],
    ]);
    expect(repository.projects[0]?.names).toContain('tests/test_a.py');
  });

  it('does without what is no text, too long, a pipe, a folder, or a link into nowhere', async () => {
    await using dir = await makeTempDir();
    await writeFile(join(dir.path, 'package.json'), Buffer.from([0xff, 0xfe, 0x00]));
    await writeFile(join(dir.path, 'pom.xml'), 'x'.repeat(600_000));
    execFileSync('mkfifo', [join(dir.path, 'go.mod')]);
    await mkdir(join(dir.path, 'Cargo.toml'));
    await symlink('nowhere', join(dir.path, 'Makefile'));
    await symlink('.', join(dir.path, 'self'));
    const [root] = (await readRepository(dir.path, 'linux')).projects;
    expect([...(root?.texts.keys() ?? [])]).toEqual([]);
    expect(root?.names).toContain('go.mod');
  });

  it('says which folder cannot be listed', async () => {
    await using dir = await makeTempDir();
    const nowhere = join(dir.path, 'nowhere');
    await expect(readRepository(nowhere, 'linux')).rejects.toMatchObject({
      code: 'unreadable',
      message: expect.stringContaining(nowhere),
    });
  });
});
