import { createHash } from 'node:crypto';
import { readFileSync, readdirSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import packageJson from '../package.json' with { type: 'json' };
import type { Worker } from './schema/record.ts';

export const version = packageJson.version;

/**
 * Which Quoderat this is. dist_sha256 is the SHA-256 of the text that `sha256sum` would print for the JavaScript files
 * of dist/, sorted by path: `cd dist && find . -name '*.js' | sed 's|^./||' | LC_ALL=C sort | xargs sha256sum | sha256sum`.
 * null when it runs from source.
 */
export function readWorker(): Worker {
  const here = fileURLToPath(import.meta.url);
  return { name: packageJson.name, version, dist_sha256: here.endsWith('.ts') ? null : hashDist(toDistFolder(here)) };
}

/** The file that this code was bundled into is an entry in dist/ or a chunk in dist/chunks/. */
function toDistFolder(file: string): string {
  const folder = dirname(file);
  return folder.endsWith('chunks') ? dirname(folder) : folder;
}

function hashDist(dist: string): string {
  const sums = createHash('sha256');
  const files = readdirSync(dist, { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.js'))
    .map((name) => name.replaceAll('\\', '/'))
    .toSorted();
  for (const name of files) {
    sums.update(
      `${createHash('sha256')
        .update(readFileSync(join(dist, name)))
        .digest('hex')}  ${name}\n`,
    );
  }
  return sums.digest('hex');
}
