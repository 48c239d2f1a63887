import { type FileHandle, open, stat } from 'node:fs/promises';
import { basename, dirname, join, resolve } from 'node:path';
import { limits } from '../lib/limits.ts';
import { evidenceFiles, toSigstorePath } from '../publish/files/evidence-folder.ts';
import { relayedFiles } from '../relayed-folder.ts';
import { EnvelopeError } from '../seal/errors.ts';
import { extractBundle, isGzip } from './bundle-input.ts';
import { CliError } from './cli-error.ts';
import type { Io } from './io.ts';
import { readBounded, readFileBounded, toUnreadable } from './read-bounded.ts';

/** An envelope as the caller named it, and the artifacts that came with it. Dispose it: a bundle is unpacked somewhere. */
export type EnvelopeInput = {
  bytes: Buffer;
  /** undefined: none came with it. */
  artifactsDir: string | undefined;
  /** The envelope's file; undefined: it has none that stays (stdin, a bundle). */
  path: string | undefined;
  /** Where a Sigstore bundle that came with it would be; undefined: nowhere. */
  sigstorePath: string | undefined;
  [Symbol.asyncDispose]: () => Promise<void>;
};

/**
 * Reads an envelope from a file, an evidence folder, a bundle (.tar.gz, told by its first bytes) or stdin (`-`).
 * @throws CliError unreadable
 */
export async function readEnvelopeInput(named: string, io: Pick<Io, 'cwd' | 'stdin'>): Promise<EnvelopeInput> {
  if (named === '-') return toInput(await readBounded(io.stdin, limits.envelopeBytes, 'stdin'), undefined, undefined);
  const path = resolve(io.cwd, named);
  const found = await stat(path).catch((error: unknown) => {
    throw toUnreadable(named, error);
  });
  if (found.isDirectory()) return readFolder(path, named);
  await using file = await openToRead(path, named);
  const head = found.isFile() ? await file.read(Buffer.alloc(2), 0, 2, 0) : undefined;
  if (head?.bytesRead === 2 && isGzip(head.buffer)) return await readBundle(path, named);
  const stream = file.createReadStream(found.isFile() ? { start: 0, autoClose: false } : { autoClose: false });
  return toInput(
    await readBounded(stream, limits.envelopeBytes, named),
    await findFolder(join(dirname(path), evidenceFiles.artifacts)),
    found.isFile() ? path : undefined,
  );
}

async function readFolder(dir: string, named: string): Promise<EnvelopeInput> {
  const path = join(dir, evidenceFiles.envelope);
  if (!(await isFile(path))) {
    const advice = (await isFile(join(dir, relayedFiles.server)))
      ? 'its run was to be sealed by a server: `quoderat push` lets it'
      : 'a run that was lost is sealed by `quoderat seal`';
    throw new CliError('unreadable', `${named} holds no ${basename(path)}; ${advice}`);
  }
  const bytes = await readFileBounded(path, limits.envelopeBytes, path);
  return toInput(bytes, await findFolder(join(dir, evidenceFiles.artifacts)), path);
}

async function readBundle(path: string, named: string): Promise<EnvelopeInput> {
  const folder = await extractBundle(path, named);
  try {
    const input = await readFolder(folder.dir, named);
    return { ...input, path: undefined, [Symbol.asyncDispose]: () => folder.remove() };
  } catch (error) {
    await folder.remove();
    throw error;
  }
}

/**
 * What `work` finds wrong with the bytes of an envelope, told of the envelope: it was perhaps one of two.
 * @throws CliError unreadable, in place of EnvelopeError; the other errors of `work`
 */
export async function tellOf<T>(named: string, work: () => T | Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    if (!(error instanceof EnvelopeError)) throw error;
    throw new CliError('unreadable', `${named === '-' ? 'stdin' : named}: ${error.message}`, { cause: error });
  }
}

function toInput(bytes: Buffer, artifactsDir: string | undefined, path: string | undefined): EnvelopeInput {
  const sigstorePath = path === undefined ? undefined : toSigstorePath(path);
  return { bytes, artifactsDir, path, sigstorePath, [Symbol.asyncDispose]: () => Promise.resolve() };
}

async function openToRead(path: string, named: string): Promise<FileHandle> {
  try {
    return await open(path, 'r');
  } catch (error) {
    throw toUnreadable(named, error);
  }
}

async function isFile(path: string): Promise<boolean> {
  return (await stat(path).catch(() => undefined))?.isFile() === true;
}

async function findFolder(dir: string): Promise<string | undefined> {
  const found = await stat(dir).catch(() => undefined);
  return found?.isDirectory() === true ? dir : undefined;
}
