import { createHash } from 'node:crypto';
import { readFile, readdir } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import packageJson from '../package.json' with { type: 'json' };
import type { Worker } from './schema/record.ts';

export const version = packageJson.version;

/**
 * Which Quoderat this is. dist_sha256 is the SHA-256 of the text that `sha256sum` would print for the JavaScript files
 * of dist/, sorted by path: `cd dist && find . -name '*.js' | sed 's|^./||' | LC_ALL=C sort | xargs sha256sum | sha256sum`.
 * null when it runs from source. Reading and hashing are left to Node's threads: a run has git to wait for meanwhile.
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

async function hashDist(dist: string): Promise<string> {
  const found = await readdir(dist, { recursive: true, encoding: 'utf8' });
  const files = found
    .filter((name) => name.endsWith('.js'))
    .map((name) => name.replaceAll('\\', '/'))
    .toSorted();
  const lines = await Promise.all(
    files.map(async (name) => {
      const digest = await crypto.subtle.digest('SHA-256', await readFile(join(dist, name)));
      return `${Buffer.from(digest).toString('hex')}  ${name}\n`;
    }),
  );
  return createHash('sha256').update(lines.join('')).digest('hex');
}
