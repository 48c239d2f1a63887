import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { readInputs } from '../../src/action/inputs.ts';
import { readManifestSource } from '../../src/action/manifest-source.ts';
import { makeTempDir } from '../support/temp-dir.ts';

describe('readManifestSource', () => {
  it.each([
    ['- { id: a }', 'steps'],
    ['\n# first\n\n  - id: a\n', 'steps'],
    ['---\n-\n  id: a\n', 'steps'],
    ['[{ id: a }]', 'steps'],
    ['version: 1\nsteps: []\n', 'manifest'],
    ['# - no\nversion: 1\n', 'manifest'],
    ['{ version: 1 }', 'manifest'],
    ['-x: 1', 'manifest'],
  ])('takes %j for %s', async (steps, form) => {
    await using dir = await makeTempDir();
    const source = await read(dir.path, { steps });
    expect(source).toEqual({ path: 'steps', bytes: Buffer.from(steps), form });
  });

  it('calls inline steps by the name that they were given', async () => {
    await using dir = await makeTempDir();
    expect(await read(dir.path, { steps: '- {}', name: 'smoke' })).toMatchObject({ path: 'smoke' });
  });

  it('knows a file by its path from where the steps run, however it was written', async () => {
    await using dir = await makeTempDir();
    await writeFile(join(dir.path, 'q.yml'), 'version: 1\n');
    const sources = await Promise.all([
      read(dir.path, { manifest: './q.yml' }),
      read(dir.path, { manifest: join(dir.path, 'q.yml') }),
    ]);
    expect(sources.map(({ path }) => path)).toEqual(['q.yml', 'q.yml']);
  });

  it('names a working directory that is not there', async () => {
    await using dir = await makeTempDir();
    await expect(read(dir.path, { 'working-directory': 'nowhere' })).rejects.toThrow(
      '`working-directory` nowhere is no folder',
    );
  });

  it('says which manifest is missing', async () => {
    await using dir = await makeTempDir();
    await expect(read(dir.path, {})).rejects.toThrow('there is no quoderat.yml');
  });
});

function read(workspace: string, given: Record<string, string>) {
  return readManifestSource(readInputs((name) => given[name] ?? '', { GITHUB_WORKSPACE: workspace }));
}
