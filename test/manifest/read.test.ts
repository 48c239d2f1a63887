import { execFile } from 'node:child_process';
import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { describe, expect, it } from 'vitest';
import { limits } from '../../src/lib/limits.ts';
import { parseManifest } from '../../src/manifest/parse.ts';
import { ManifestError, readManifest } from '../../src/manifest/read.ts';
import { makeTempDir } from '../support/temp-dir.ts';

describe('reading a manifest', () => {
  it('gives the bytes as they are, under the name that people know', async () => {
    await using dir = await makeTempDir();
    await writeFile(join(dir.path, 'q.yml'), '\ufeffversion: 1\r\n');
    const source = await readManifest(join(dir.path, 'q.yml'), 'q.yml');
    expect(source).toMatchObject({ path: 'q.yml', form: 'manifest' });
    expect(Buffer.from(source.bytes).toString('hex')).toBe(Buffer.from('\ufeffversion: 1\r\n').toString('hex'));
  });

  it('accepts a byte order mark', async () => {
    await using dir = await makeTempDir();
    await writeFile(join(dir.path, 'q.yml'), '\ufeffversion: 1\nsteps: [{ id: a, kind: test, run: x }]\n');
    expect(parseManifest(await readManifest(join(dir.path, 'q.yml'), 'q.yml')).ok).toBe(true);
  });

  it('takes a file of just the largest size, and refuses one byte more', async () => {
    await using dir = await makeTempDir();
    await writeFile(join(dir.path, 'full.yml'), Buffer.alloc(limits.manifestBytes, '#'));
    await writeFile(join(dir.path, 'over.yml'), Buffer.alloc(limits.manifestBytes + 1, '#'));
    expect((await readManifest(join(dir.path, 'full.yml'), 'full.yml')).bytes).toHaveLength(limits.manifestBytes);
    await expect(readManifest(join(dir.path, 'over.yml'), 'over.yml')).rejects.toMatchObject({
      name: 'ManifestError',
      code: 'too_large',
      message: expect.stringContaining('over.yml is larger than 1048576 bytes'),
    });
  });

  it('says what is wrong with a file that cannot be read, and never where the machine keeps it', async () => {
    await using dir = await makeTempDir();
    await mkdir(join(dir.path, 'folder'));
    await writeFile(join(dir.path, 'file'), 'x');
    await writeFile(join(dir.path, 'latin1.yml'), Buffer.from([0x61, 0x0a, 0x62, 0xe9]));
    await writeFile(join(dir.path, 'utf16.yml'), Buffer.from('\ufeffversion: 1', 'utf16le'));
    // Windows has no FIFOs in folders.
    const fifo = process.platform === 'win32' ? [] : ([['fifo', 'not_a_file', 'fifo is no regular file']] as const);
    if (fifo.length > 0) await promisify(execFile)('mkfifo', [join(dir.path, 'fifo')]);
    const codes = [
      ['nothing.yml', 'not_found', 'there is no nothing.yml'],
      ['file/q.yml', 'not_found', 'there is no file/q.yml'],
      ['folder', 'not_a_file', 'folder is a folder'],
      ...fifo,
      ['latin1.yml', 'not_utf8', 'latin1.yml:2 is not UTF-8'],
      ['utf16.yml', 'not_utf8', 'it is UTF-16'],
    ] as const;
    for (const [name, code, message] of codes) {
      const failure: unknown = await readManifest(join(dir.path, name), name).catch((error: unknown) => error);
      expect(failure).toBeInstanceOf(ManifestError);
      expect(failure).toMatchObject({ code, message: expect.stringContaining(message) });
      expect(failure).toMatchObject({ message: expect.not.stringContaining(dir.path) });
    }
  });
});
