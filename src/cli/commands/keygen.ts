import { rm, stat, writeFile } from 'node:fs/promises';
import { resolve } from 'node:path';
import { toMessage } from '../../lib/errors.ts';
import { generateKeys } from '../../seal/keys.ts';
import { CliError } from '../cli-error.ts';
import { exitCodes } from '../exit-codes.ts';
import type { Io } from '../io.ts';

export type KeygenFlags = { out: string };

/**
 * `quoderat keygen`: writes a key pair to two new files and prints its keyid; the private half is never printed.
 * @throws CliError exists when either file is there, not_writable
 */
export async function keygen(flags: KeygenFlags, io: Io): Promise<number> {
  const { keyid, privatePem, publicPem } = generateKeys();
  const [privateFile, publicFile] = [`${flags.out}.key`, `${flags.out}.pub`];
  // Both are asked for before either is written, so that no half of a pair is left.
  for (const file of [privateFile, publicFile]) await assertFree(file, io.cwd);
  await writeNew(privateFile, privatePem, 0o600, io.cwd);
  try {
    await writeNew(publicFile, publicPem, 0o644, io.cwd);
  } catch (error) {
    await rm(resolve(io.cwd, privateFile), { force: true });
    throw error;
  }
  io.stdout.write(`private key  ${privateFile} (keep it secret; sign with --key ${privateFile})\n`);
  io.stdout.write(`public key   ${publicFile} (give it to whoever verifies)\n`);
  io.stdout.write(`keyid        ${keyid}\n`);
  return exitCodes.success;
}

async function assertFree(file: string, cwd: string): Promise<void> {
  const there = await stat(resolve(cwd, file)).catch(() => undefined);
  if (there !== undefined) throw new CliError('exists', `${file} exists and is left alone; name another with --out`);
}

async function writeNew(file: string, text: string, mode: number, cwd: string): Promise<void> {
  await writeFile(resolve(cwd, file), text, { flag: 'wx', mode }).catch((error: unknown) => {
    throw new CliError('not_writable', `${file} can't be written: ${toMessage(error)}`, { cause: error });
  });
}
