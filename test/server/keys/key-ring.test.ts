import { chmod, mkdir, readdir, rm, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Kysely } from 'kysely';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { keys } from '../../../src/cli/commands/keys.ts';
import { jwks as jwksSchema } from '../../../src/schema/api.ts';
import { parseJwks } from '../../../src/seal/jwks.ts';
import { generateKeys } from '../../../src/seal/keys.ts';
import { connect } from '../../../src/server/connect.ts';
import type { Database } from '../../../src/server/database.ts';
import { listKeyFiles, writeNewKey } from '../../../src/server/keys/key-files.ts';
import { OVERLAP_MS, openKeyRing, type KeyRing } from '../../../src/server/keys/key-ring.ts';
import { makeFakeIo } from '../../cli/fake-io.ts';
import { startTestCluster, type TestCluster } from '../../support/database.ts';
import { makeTempDir } from '../../support/temp-dir.ts';

let cluster: TestCluster;
let db: Kysely<Database>;
let clock = Date.now();
beforeAll(async () => void (cluster = await startTestCluster()));
beforeEach(async () => {
  await db?.destroy();
  db = connect({ url: await cluster.makeDatabase(), connections: 4, onError: () => {} });
  clock = Date.now();
});
afterAll(async () => {
  await db.destroy();
  await cluster[Symbol.asyncDispose]();
});

const open = (dir: string, onProblem: (problem: string) => void = () => {}): Promise<KeyRing> =>
  openKeyRing({ source: { dir }, db, now: () => clock, onProblem });
const keyidOf = async (ring: KeyRing): Promise<string> => (await ring.signer()).keyid;
const listed = async (ring: KeyRing): Promise<string[]> => (await ring.jwks()).keys.map(({ kid }) => kid);

describe('the sealing keys', () => {
  it('begin with one that is made on the first start, for its owner alone, and stays', async () => {
    await using dir = await makeTempDir();
    const folder = join(dir.path, 'keys');
    const first = await keyidOf(await open(folder));
    const [name = ''] = await readdir(folder);
    expect(name).toBe(`${first}.key`);
    expect((await stat(join(folder, name))).mode & 0o777).toBe(0o600);
    expect((await stat(folder)).mode & 0o777).toBe(0o700);
    expect(await keyidOf(await open(folder))).toBe(first);
  });

  it('are listed as a key set that a verifier takes, and whose keys check what the signer signs', async () => {
    await using dir = await makeTempDir();
    const ring = await open(dir.path);
    const signer = await ring.signer();
    const set = jwksSchema.parse(await ring.jwks());
    const { keys: trusted, ignored } = parseJwks(set);
    expect(ignored).toEqual([]);
    const message = Buffer.from('sealed');
    const signature = await signer.sign(message);
    expect(trusted.map((key) => [key.keyid, key.verify(message, signature)])).toEqual([[signer.keyid, true]]);
  });

  it('turn over with an overlap: the new one is listed at once and signs when every kept key set has run out', async () => {
    await using dir = await makeTempDir();
    const ring = await open(dir.path);
    const old = await keyidOf(ring);
    await writeNewKey(dir.path);
    const made = (await listKeyFiles(dir.path)).map(({ keyid }) => keyid).find((keyid) => keyid !== old);
    expect(await listed(ring)).toEqual([old]);
    clock += 31_000;
    expect(await listed(ring)).toEqual([old, made]);
    expect(await keyidOf(ring)).toBe(old);
    clock += OVERLAP_MS;
    expect(await keyidOf(ring)).toBe(made);
    const retired = await db.selectFrom('sealing_keys').select('keyid').where('retired_at', 'is not', null).execute();
    expect(retired).toEqual([{ keyid: old }]);
    await rm(join(dir.path, `${old}.key`));
    clock += 31_000;
    expect(await keyidOf(ring)).toBe(made);
    expect(await listed(ring)).toEqual([old, made]);
  });

  it('of processes with a key each are all listed by each of them', async () => {
    await using one = await makeTempDir();
    await using other = await makeTempDir();
    const [a, b] = [await open(one.path), await open(other.path)];
    const ids = [await keyidOf(a), await keyidOf(b)];
    expect(new Set(ids).size).toBe(2);
    expect((await listed(a)).toSorted()).toEqual(ids.toSorted());
    expect(await listed(b)).toEqual(await listed(a));
  });

  it('given as a file sign for many processes alike', async () => {
    await using dir = await makeTempDir();
    const { privatePem, keyid } = generateKeys();
    const file = join(dir.path, 'sealing.pem');
    await writeFile(file, privatePem, { mode: 0o600 });
    const openFile = () => openKeyRing({ source: { files: [file] }, db, now: () => clock, onProblem: () => {} });
    expect(await keyidOf(await openFile())).toBe(keyid);
    expect(await listed(await openFile())).toEqual([keyid]);
  });

  it.each([0o644, 0o660, 0o604])('are refused when others can get at them: mode %o', async (mode) => {
    await using dir = await makeTempDir();
    await keyidOf(await open(dir.path));
    const [name = ''] = await readdir(dir.path);
    await chmod(join(dir.path, name), mode);
    const error: unknown = await open(dir.path).catch((thrown: unknown) => thrown);
    expect(error).toMatchObject({ code: 'too_open' });
    expect(String(error)).toContain('chmod 600');
  });

  it('that are no keys, or another than their name says, are refused without a word of what they hold', async () => {
    await using dir = await makeTempDir();
    const { privatePem } = generateKeys();
    const wrong = `${'0'.repeat(64)}.key`;
    for (const text of ['no key, and yet a secret that nobody is to read in a log', privatePem]) {
      await rm(join(dir.path, wrong), { force: true });
      await writeFile(join(dir.path, wrong), text, { mode: 0o600 });
      const error: unknown = await open(dir.path).catch((thrown: unknown) => thrown);
      expect(error).toMatchObject({ code: 'malformed' });
      expect(String(error)).not.toContain(text.slice(-40, -30));
    }
  });

  it('stay as they were while the folder can not be read, and that is told', async () => {
    await using dir = await makeTempDir();
    const problems: string[] = [];
    const ring = await open(dir.path, (problem) => void problems.push(problem));
    const keyid = await keyidOf(ring);
    await mkdir(join(dir.path, `${'1'.repeat(64)}.key`), { mode: 0o700 });
    clock += 31_000;
    expect(await keyidOf(ring)).toBe(keyid);
    expect(problems).toHaveLength(1);
  });
});

describe('quoderat keys', () => {
  it('makes the next key in the data folder, and lists what is there without a private half', async () => {
    await using dir = await makeTempDir();
    const io = makeFakeIo({ cwd: dir.path });
    expect(await keys('list', { data: 'data' }, io)).toBe(0);
    expect(io.out()).toContain('no sealing keys');
    // As in the folder beside the server's: a key there would sign nothing, ever.
    await expect(keys('rotate', { data: 'data' }, io)).rejects.toThrow(/no sealing keys in .*--data/);
    await writeNewKey(join(dir.path, 'data/keys'));
    await keys('rotate', { data: 'data' }, io);
    const files = await listKeyFiles(join(dir.path, 'data/keys'));
    expect(files).toHaveLength(2);
    await keys('list', { data: 'data' }, io);
    for (const { keyid } of files) expect(io.out()).toContain(`${keyid}  2`);
    expect(io.out()).not.toContain('PRIVATE');
    expect(files.map(({ keyid }) => keyid)).toContain(await keyidOf(await open(join(dir.path, 'data/keys'))));
  });
});
