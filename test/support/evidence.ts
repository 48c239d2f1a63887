import { execFile } from 'node:child_process';
import { createHash } from 'node:crypto';
import { writeFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { promisify } from 'node:util';
import { gunzipSync } from 'node:zlib';
import { extract } from 'tar-stream';
import { envelope, type Envelope } from '../../src/schema/envelope.ts';
import { makeTempDir } from './temp-dir.ts';

const cli = resolve(import.meta.dirname, '../../dist/cli.js');

export function toDigest(bytes: Uint8Array): string {
  return createHash('sha256').update(bytes).digest('hex');
}

export function parseEnvelope(bytes: Uint8Array): Envelope {
  return envelope.parse(JSON.parse(Buffer.from(bytes).toString()));
}

/** Verifies an envelope with the built CLI, as a stranger would. @throws when `quoderat verify` refuses it */
export async function verify(bytes: Uint8Array, ...args: string[]): Promise<void> {
  await using dir = await makeTempDir();
  const path = join(dir.path, 'envelope.json');
  await writeFile(path, bytes);
  await promisify(execFile)(process.execPath, [cli, 'verify', path, ...args], { cwd: dir.path });
}

/** The files in a bundle, by name. */
export async function unpackBundle(bytes: Uint8Array): Promise<Map<string, Buffer>> {
  const archive = extract();
  archive.end(gunzipSync(bytes));
  const files = new Map<string, Buffer>();
  for await (const entry of archive) {
    const chunks: Buffer[] = [];
    for await (const chunk of entry) if (chunk instanceof Buffer) chunks.push(chunk);
    files.set(entry.header.name, Buffer.concat(chunks));
  }
  return files;
}
