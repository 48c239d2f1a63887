import { randomUUID } from 'node:crypto';
import { type FileHandle, open, readdir, rename, rm, stat } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { toErrorCode } from '../../lib/errors.ts';
import { limits } from '../../lib/limits.ts';
import { makeFolder } from '../../publish/files/make-folder.ts';
import { KeyError } from '../../seal/errors.ts';
import { generateKeys, makeSigner } from '../../seal/keys.ts';
import type { Signer } from '../../seal/signer.ts';
import { toPublicPem } from '../../seal/public-key.ts';
import { KeyRingError } from './errors.ts';

/** A private key that this process can sign with. */
export type HeldKey = { signer: Signer; publicPem: string };

/** Where the private keys are: a folder that the server fills itself, or files that somebody else provides. */
export type KeySource = { dir: string } | { files: readonly string[] };

/** Keys in one folder: one a month for a century. */
const MOST_FILES = 1200;

/**
 * Every private key of the source. A folder that is not there or holds none gets its first key.
 * @throws KeyRingError unreadable, too_open, malformed
 */
export async function readKeys(source: KeySource): Promise<HeldKey[]> {
  if ('files' in source) return Promise.all(source.files.map(readKey));
  const names = await listKeys(source.dir);
  if (names.length === 0) return [await readKey(await writeNewKey(source.dir))];
  return Promise.all(names.map((name) => readKey(join(source.dir, name))));
}

/**
 * Makes a key in the folder: its file is there whole, readable by its owner alone, or not at all.
 * @returns the path of the file, which is named by the keyid
 * @throws KeyRingError not_writable
 */
export async function writeNewKey(dir: string): Promise<string> {
  const { keyid, privatePem } = generateKeys();
  const path = join(dir, `${keyid}.key`);
  const draft = join(dir, `${randomUUID()}.tmp`);
  try {
    await makeFolder(dir, 0o700);
    await using file = await open(draft, 'wx', 0o600);
    await file.writeFile(privatePem);
    await file.sync();
    await rename(draft, path);
  } catch (error) {
    await rm(draft, { force: true }).catch(() => {});
    throw new KeyRingError('not_writable', `no sealing key can be written into ${dir} (${toReason(error)})`);
  }
  return path;
}

/** The keys in a folder, the oldest first; they are not read. @throws KeyRingError unreadable */
export async function listKeyFiles(dir: string): Promise<{ keyid: string; madeAt: Date }[]> {
  const files = await Promise.all(
    (await listKeys(dir)).map(async (name) => ({
      keyid: name.slice(0, 64),
      madeAt: (await stat(join(dir, name)).catch(() => null))?.mtime ?? new Date(0),
    })),
  );
  return files.toSorted((one, other) => one.madeAt.getTime() - other.madeAt.getTime());
}

async function listKeys(dir: string): Promise<string[]> {
  try {
    const names = (await readdir(dir)).filter((name) => /^[0-9a-f]{64}\.key$/.test(name)).toSorted();
    if (names.length > MOST_FILES)
      throw new KeyRingError('malformed', `${dir} holds ${names.length} keys; at most ${MOST_FILES} are read`);
    return names;
  } catch (error) {
    if (toErrorCode(error) === 'ENOENT') return [];
    if (error instanceof KeyRingError) throw error;
    throw new KeyRingError('unreadable', `the folder of sealing keys ${dir} can't be read (${toReason(error)})`);
  }
}

async function readKey(path: string): Promise<HeldKey> {
  const pem = await readPrivateFile(path);
  try {
    const signer = makeSigner(pem);
    const named = /^[0-9a-f]{64}(?=\.key$)/.exec(basename(path))?.[0];
    if (named !== undefined && named !== signer.keyid)
      throw new KeyRingError('malformed', `the sealing key in ${path} is another than its name says`);
    return { signer, publicPem: toPublicPem(pem) };
  } catch (error) {
    if (!(error instanceof KeyError)) throw error;
    // No cause: nothing of a key may reach a log.
    throw new KeyRingError('malformed', `the sealing key in ${path}: ${error.message}`);
  }
}

async function readPrivateFile(path: string): Promise<string> {
  try {
    await using file = await open(path, 'r');
    await assertClosed(file, path);
    const buffer = Buffer.alloc(limits.keyBytes);
    const { bytesRead } = await file.read(buffer, 0, buffer.length, 0);
    return buffer.toString('utf8', 0, bytesRead);
  } catch (error) {
    if (error instanceof KeyRingError) throw error;
    throw new KeyRingError('unreadable', `the sealing key ${path} can't be read (${toReason(error)})`);
  }
}

/** As PostgreSQL has it: nobody but the owner; the group may read what belongs to root, as mounted secrets do. */
async function assertClosed(file: FileHandle, path: string): Promise<void> {
  const { mode, uid } = await file.stat();
  const allowed = uid === 0 ? 0o640 : 0o600;
  if (process.platform === 'win32' || (mode & 0o777 & ~(allowed | 0o100)) === 0) return;
  const shown = (mode & 0o777).toString(8).padStart(4, '0');
  throw new KeyRingError(
    'too_open',
    `the sealing key ${path} can be read or changed by others (mode ${shown}); chmod 600 it, and if others had access make a new key (quoderat keys rotate)`,
  );
}

function toReason(error: unknown): string {
  return toErrorCode(error) ?? 'unknown';
}
