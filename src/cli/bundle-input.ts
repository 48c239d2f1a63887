import { createReadStream, createWriteStream } from 'node:fs';
import { mkdir, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { createGunzip } from 'node:zlib';
import { extract, type Header } from 'tar-stream';
import { toMessage } from '../lib/errors.ts';
import { limits } from '../lib/limits.ts';
import { evidenceFiles } from '../publish/files/evidence-folder.ts';
import { CliError } from './cli-error.ts';

export type ExtractedBundle = { dir: string; remove: () => Promise<void> };

const { artifacts: artifactsName, ...topLevel } = evidenceFiles;
const topLevelNames = new Set<string>(Object.values(topLevel));
const artifactName = new RegExp(`^${artifactsName}/[0-9a-f]{64}$`);

/** By the first two bytes (RFC 1952, 2.3.1); no JSON text begins so. */
export function isGzip(head: Buffer): boolean {
  return head.readUInt16BE() === 0x1f8b;
}

/**
 * Unpacks a bundle that may come from anyone into a new temporary folder: only plain files with the names of an
 * evidence folder, each once, within the limits for their number and bytes.
 * @throws CliError unreadable
 */
export async function extractBundle(path: string, named: string): Promise<ExtractedBundle> {
  const dir = await mkdtemp(join(tmpdir(), 'quoderat-bundle-'));
  const remove = (): Promise<void> => rm(dir, { recursive: true, force: true });
  try {
    await mkdir(join(dir, artifactsName));
    await extractTo(dir, path);
    return { dir, remove };
  } catch (error) {
    await remove();
    throw new CliError('unreadable', `${named} is no evidence bundle that can be read: ${toMessage(error)}`, {
      cause: error,
    });
  }
}

async function extractTo(dir: string, path: string): Promise<void> {
  const entries = extract();
  // Its failure also ends the loop below, which then throws first.
  const unpacking = pipeline(createReadStream(path), createGunzip(), entries);
  unpacking.catch(() => {});
  const seen = new Set<string>();
  let total = 0;
  for await (const entry of entries) {
    const { name, size } = entry.header;
    assertMember(entry.header, seen);
    seen.add(name);
    total += size;
    if (total > limits.bundleBytes) throw new Error(`it holds more than ${limits.bundleBytes} bytes`);
    await pipeline(entry, createWriteStream(join(dir, ...name.split('/')), { flags: 'wx' }));
  }
  await unpacking;
}

function assertMember({ name, type, size }: Header, seen: Set<string>): void {
  if (type !== 'file') throw new Error(`${name} in it is no plain file`);
  if (!topLevelNames.has(name) && !artifactName.test(name)) throw new Error(`${name} in it is no part of evidence`);
  if (seen.has(name)) throw new Error(`${name} is in it twice`);
  if (seen.size >= limits.bundleEntries) throw new Error(`it holds more than ${limits.bundleEntries} files`);
  if (size > limits.artifactBytes) throw new Error(`${name} in it has more than ${limits.artifactBytes} bytes`);
}
