import { generateKeyPairSync } from 'node:crypto';
import { readFile, readdir, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { keygen } from '../../src/cli/commands/keygen.ts';
import { readSigner, readTrustedKeys } from '../../src/cli/key-files.ts';
import { makeTempDir } from '../support/temp-dir.ts';
import { makeFakeIo } from './fake-io.ts';

describe('keygen', () => {
  it('writes a pair that signs and verifies, and never prints the private half', async () => {
    await using dir = await makeTempDir();
    const io = makeFakeIo({ cwd: dir.path });
    expect(await keygen({ out: 'ci' }, io)).toBe(0);
    const pem = await readFile(join(dir.path, 'ci.key'), 'utf8');
    expect(io.out()).not.toContain(pem.split('\n')[1]);

    const signer = await readSigner('ci.key', io);
    const [trusted] = await readTrustedKeys(['ci.pub'], io);
    expect(io.out()).toContain(signer?.keyid);
    const message = Buffer.from('what was sealed');
    const signature = (await signer?.sign(message)) ?? Buffer.alloc(0);
    expect(trusted?.keyid).toBe(signer?.keyid);
    expect(trusted?.verify(message, signature)).toBe(true);
  });

  it.skipIf(process.platform === 'win32')('lets nobody but its owner read the private key', async () => {
    await using dir = await makeTempDir();
    await keygen({ out: 'ci' }, makeFakeIo({ cwd: dir.path }));
    expect((await stat(join(dir.path, 'ci.key'))).mode & 0o777).toBe(0o600);
  });

  it.each(['ci.key', 'ci.pub'])('leaves everything as it is when %s is there', async (name) => {
    await using dir = await makeTempDir();
    await writeFile(join(dir.path, name), 'precious');
    await expect(keygen({ out: 'ci' }, makeFakeIo({ cwd: dir.path }))).rejects.toMatchObject({ code: 'exists' });
    expect(await readdir(dir.path)).toEqual([name]);
    expect(await readFile(join(dir.path, name), 'utf8')).toBe('precious');
  });
});

describe('readSigner', () => {
  const pem = generateKeyPairSync('ed25519').privateKey.export({ type: 'pkcs8', format: 'pem' }).toString();

  it('takes the file before the variable, and the variable where no file is named', async () => {
    await using dir = await makeTempDir();
    await keygen({ out: 'ci' }, makeFakeIo({ cwd: dir.path }));
    const io = makeFakeIo({ cwd: dir.path, env: { QUODERAT_SIGNING_KEY: pem } });
    const [fromFile, fromEnv] = [await readSigner('ci.key', io), await readSigner(undefined, io)];
    const [trusted] = await readTrustedKeys(['ci.pub'], io);
    expect(fromFile?.keyid).toBe(trusted?.keyid);
    expect(fromEnv?.keyid).not.toBe(trusted?.keyid);
  });

  it.each([{}, { QUODERAT_SIGNING_KEY: '' }, { QUODERAT_SIGNING_KEY: ' \n' }])('has no signer for %j', async (env) => {
    expect(await readSigner(undefined, makeFakeIo({ env }))).toBeUndefined();
  });

  it('refuses a key in place of a path, and does not repeat it', async () => {
    const refused = await readSigner(pem, makeFakeIo()).catch((error: unknown) => error);
    expect(refused).toMatchObject({ name: 'CliError', code: 'usage' });
    expect(String(refused)).not.toContain(pem.split('\n')[1]);
  });

  it.each([
    ['that is not there', 'nowhere.key', '--key nowhere.key'],
    ['that is a folder', '.', '--key .'],
    ['that is no key', 'text.key', '--key text.key'],
    ['that is the public half', 'ci.pub', '--key ci.pub'],
  ])('says which file %s', async (_case, file, said) => {
    await using dir = await makeTempDir();
    const io = makeFakeIo({ cwd: dir.path });
    await keygen({ out: 'ci' }, io);
    await writeFile(join(dir.path, 'text.key'), 'no key at all');
    await expect(readSigner(file, io)).rejects.toMatchObject({
      code: 'unreadable',
      message: expect.stringContaining(said),
    });
  });

  it('says which variable holds no key', async () => {
    const io = makeFakeIo({ env: { QUODERAT_SIGNING_KEY: 'hunter2' } });
    const refused = await readSigner(undefined, io).catch((error: unknown) => error);
    expect(refused).toMatchObject({ message: expect.stringContaining('QUODERAT_SIGNING_KEY') });
    expect(String(refused)).not.toContain('hunter2');
  });
});
