import { createHash } from 'node:crypto';
import { createReadStream, createWriteStream } from 'node:fs';
import { readdir, rename, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { Transform } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { createGzip } from 'node:zlib';
import { type Header, pack, type Pack } from 'tar-stream';
import { CodedError } from '../../lib/errors.ts';
import { evidenceFiles } from './evidence-folder.ts';

export class BundleError extends CodedError<'no_envelope' | 'not_writable'> {}

/**
 * Writes the evidence folder as one .tar.gz whose bytes depend on its content alone: names sorted, no times, owners or
 * modes of the machine. (The compressed bytes also depend on the version of zlib; the tar inside does not.)
 * @returns the path and SHA-256 of the archive
 * @throws BundleError no_envelope when the folder holds no sealed envelope; not_writable
 */
export async function writeBundle(dir: string, target: string): Promise<{ path: string; sha256: string }> {
  return writeArchive(dir, await listEvidence(dir), target);
}

/**
 * The same of a folder whose run nobody has sealed yet: what is needed to let somebody.
 * @param names of the files beside the artifacts; those that are not there are left out
 */
export async function writeUnsealedBundle(
  dir: string,
  names: readonly string[],
  target: string,
): Promise<{ path: string; sha256: string }> {
  return writeArchive(dir, await listMembers(dir, names), target);
}

async function writeArchive(dir: string, names: string[], target: string): Promise<{ path: string; sha256: string }> {
  const archive = pack();
  const hash = createHash('sha256');
  const draft = `${target}.tmp`;
  try {
    await Promise.all([
      addAll(archive, dir, names),
      pipeline(archive, createGzip({ level: 6 }), makeHeaderNeutral(), hashing(hash), createWriteStream(draft)),
    ]);
    await rename(draft, target);
  } catch (error) {
    await rm(draft, { force: true }).catch(() => {});
    const reason = error instanceof Error ? error.message : String(error);
    throw new BundleError('not_writable', `${target} can't be written: ${reason}`, { cause: error });
  }
  return { path: target, sha256: hash.digest('hex') };
}

async function listEvidence(dir: string): Promise<string[]> {
  const top = await readdir(dir).catch((): string[] => []);
  if (!top.includes(evidenceFiles.envelope)) {
    throw new BundleError(
      'no_envelope',
      `${join(dir, evidenceFiles.envelope)} is not there; name the evidence folder of a sealed run, or seal it first`,
    );
  }
  return listMembers(
    dir,
    Object.values(evidenceFiles).filter((name) => name !== evidenceFiles.artifacts),
  );
}

async function listMembers(dir: string, members: readonly string[]): Promise<string[]> {
  const top = await readdir(dir).catch((): string[] => []);
  const artifacts = await readdir(join(dir, evidenceFiles.artifacts)).catch((): string[] => []);
  return [
    ...members.filter((name) => top.includes(name)),
    ...artifacts.filter((name) => /^[0-9a-f]{64}$/.test(name)).map((name) => `${evidenceFiles.artifacts}/${name}`),
  ].toSorted();
}

async function addAll(archive: Pack, dir: string, names: string[]): Promise<void> {
  try {
    for (const name of names) {
      const path = join(dir, name);
      const { size } = await stat(path);
      const header = toMemberHeader(name, size);
      // A file that grows meanwhile must not spill into the next header.
      if (size === 0) archive.entry(header, '');
      else await pipeline(createReadStream(path, { end: size - 1 }), archive.entry(header));
    }
    archive.finalize();
  } catch (error) {
    archive.destroy(error instanceof Error ? error : new Error(String(error)));
    throw error;
  }
}

/** A member's header that tells nothing of the machine: what makes two bundles of the same evidence the same. */
export function toMemberHeader(name: string, size: number): Partial<Header> & Pick<Header, 'name'> {
  return { name, size, mode: 0o644, uid: 0, gid: 0, uname: '', gname: '', mtime: new Date(0) };
}

/** RFC 1952, 2.3: byte 9 of a gzip header names the operating system; zlib writes the one it was built for. */
export function makeHeaderNeutral(): Transform {
  let seen = 0;
  return new Transform({
    transform(chunk: Buffer, _encoding, done) {
      if (seen <= 9 && seen + chunk.length > 9) chunk[9 - seen] = 255;
      seen += chunk.length;
      done(null, chunk);
    },
  });
}

function hashing(hash: ReturnType<typeof createHash>): Transform {
  return new Transform({
    transform(chunk: Buffer, _encoding, done) {
      hash.update(chunk);
      done(null, chunk);
    },
  });
}
