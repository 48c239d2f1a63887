import { createHash } from 'node:crypto';
import { closeSync, openSync, readSync } from 'node:fs';
import { readdir } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import packageJson from '../package.json' with { type: 'json' };
import type { Worker } from './schema/record.ts';

export const version = packageJson.version;

/**
 * Which Quoderat this is. dist_sha256 is the SHA-256 of the text that `sha256sum` would print for the JavaScript files
 * of dist/, sorted by path: `cd dist && find . -name '*.js' | sed 's|^./||' | LC_ALL=C sort | xargs sha256sum | sha256sum`.
 * null when it runs from source. Done in turns: git and its answers have their turn in between.
 */
export async function readWorker(): Promise<Worker> {
  const here = fileURLToPath(import.meta.url);
  return {
    name: packageJson.name,
    version,
    dist_sha256: here.endsWith('.ts') ? null : await hashDist(toDistFolder(here)),
  };
}

/** The file that this code was bundled into is an entry in dist/ or a chunk in dist/chunks/. */
function toDistFolder(file: string): string {
  const folder = dirname(file);
  return folder.endsWith('chunks') ? dirname(folder) : folder;
}

const FILES_A_TURN = 16;

async function hashDist(dist: string): Promise<string> {
  const found = await readdir(dist, { recursive: true, encoding: 'utf8' });
  const files = found
    .filter((name) => name.endsWith('.js'))
    .map((name) => name.replaceAll('\\', '/'))
    .toSorted();
  const listing = createHash('sha256');
  const buffer = Buffer.allocUnsafe(1 << 18);
  for (const [index, name] of files.entries()) {
    listing.update(`${hashFile(join(dist, name), buffer)}  ${name}\n`);
    if (index % FILES_A_TURN === 0) await new Promise((resolve) => void setImmediate(resolve));
  }
  return listing.digest('hex');
}

/** Without a promise for every file and every digest, which takes three times as long, and into memory that is there. */
function hashFile(path: string, buffer: Buffer): string {
  const digest = createHash('sha256');
  const file = openSync(path, 'r');
  try {
    for (;;) {
      const read = readSync(file, buffer, 0, buffer.length, null);
      if (read === 0) break;
      digest.update(buffer.subarray(0, read));
    }
  } finally {
    closeSync(file);
  }
  return digest.digest('hex');
}
