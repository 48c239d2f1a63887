import { resolve } from 'node:path';
import { limits } from '../lib/limits.ts';
import { KeyError } from '../seal/errors.ts';
import { makeSigner, parseTrustedKey, type TrustedKey } from '../seal/keys.ts';
import type { Signer } from '../seal/signer.ts';
import { CliError } from './cli-error.ts';
import type { Io } from './io.ts';
import { readFileBounded } from './read-bounded.ts';

/**
 * The key that signs: of the file that was named, else the PEM text in QUODERAT_SIGNING_KEY, else none. An empty
 * variable is none: forges hand secrets to pull requests from forks that way.
 * @throws CliError; no part of a key is in it
 */
export async function readSigner(file: string | undefined, io: Pick<Io, 'cwd' | 'env'>): Promise<Signer | undefined> {
  if (file !== undefined) return named(`--key ${file}`, makeSigner, await readKeyFile(file, io.cwd));
  const pem = io.env['QUODERAT_SIGNING_KEY'] ?? '';
  return pem.trim() === '' ? undefined : named('QUODERAT_SIGNING_KEY', makeSigner, pem);
}

/** The public keys that were named as trusted. @throws CliError */
export async function readTrustedKeys(files: readonly string[], io: Pick<Io, 'cwd'>): Promise<TrustedKey[]> {
  return Promise.all(
    files.map(async (file) => named(`--key ${file}`, parseTrustedKey, await readKeyFile(file, io.cwd))),
  );
}

async function readKeyFile(file: string, cwd: string): Promise<string> {
  // Not repeated: it would then be in the log as well as in the list of processes.
  if (/[\r\n]|-----BEGIN/.test(file)) {
    throw new CliError(
      'usage',
      '--key takes the path of a file, never the key itself, which other processes could read',
    );
  }
  return (await readFileBounded(resolve(cwd, file), limits.keyBytes, `--key ${file}`)).toString('utf8');
}

function named<Key>(source: string, parse: (pem: string) => Key, pem: string): Key {
  try {
    return parse(pem);
  } catch (error) {
    if (!(error instanceof KeyError)) throw error;
    throw new CliError('unreadable', `${source}: ${error.message}`, { cause: error });
  }
}
