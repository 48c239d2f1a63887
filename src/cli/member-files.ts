import { type Dirent } from 'node:fs';
import { readdir, stat } from 'node:fs/promises';
import { join, relative, resolve } from 'node:path';
import type { Candidate } from '../collect/judge.ts';
import { limits } from '../lib/limits.ts';
import { evidenceFiles } from '../publish/files/evidence-folder.ts';
import { CliError } from './cli-error.ts';
import { readEnvelopeInput } from './envelope-input.ts';
import type { Io } from './io.ts';
import { readFileBounded, toUnreadable } from './read-bounded.ts';

/** Folders that are looked into below a named one, and entries that are looked at. */
const DEPTH = 8;
const ENTRIES = 20_000;
const SKIPPED = new Set([evidenceFiles.artifacts, 'node_modules', '.git']);

/** @throws CliError when something that was named is not there */
export async function assertThere(named: readonly string[], io: Pick<Io, 'cwd'>): Promise<void> {
  for (const name of named) {
    await stat(resolve(io.cwd, name)).catch((error: unknown) => {
      throw toUnreadable(name, error);
    });
  }
}

/**
 * The envelopes that the caller named: files and bundles as they are; in folders whatever is called `envelope.json` or
 * `*.quoderat.json`, at any depth. Links in folders are not followed. A file that can't be read is a candidate too.
 * @throws CliError when something that was named is not there, or a folder is too large to search
 */
export async function* readMemberFiles(named: readonly string[], io: Io): AsyncGenerator<Candidate> {
  for (const name of named) {
    const path = resolve(io.cwd, name);
    const found = await stat(path).catch((error: unknown) => {
      throw toUnreadable(name, error);
    });
    if (!found.isDirectory()) {
      yield await toCandidate(name, async () => {
        await using input = await readEnvelopeInput(name, io);
        return input.bytes;
      });
      continue;
    }
    for (const file of await findEnvelopes(path, name)) {
      const shown = relative(io.cwd, file);
      yield await toCandidate(shown, () => readFileBounded(file, limits.memberBytes, shown));
    }
  }
}

async function toCandidate(name: string, read: () => Promise<Uint8Array>): Promise<Candidate> {
  try {
    return { name, bytes: await read() };
  } catch (error) {
    if (error instanceof CliError) return { name, problem: error.message };
    throw error;
  }
}

async function findEnvelopes(root: string, named: string): Promise<string[]> {
  const found: string[] = [];
  let seen = 0;
  const look = async (dir: string, depth: number): Promise<void> => {
    for (const entry of await listFolder(dir, named)) {
      seen += 1;
      if (seen > ENTRIES) throw new CliError('usage', `${named} has more than ${ENTRIES} entries; name the envelopes`);
      const path = join(dir, entry.name);
      if (entry.isFile() && isEnvelopeName(entry.name)) found.push(path);
      else if (entry.isDirectory() && depth < DEPTH && !SKIPPED.has(entry.name)) await look(path, depth + 1);
    }
  };
  await look(root, 0);
  return found.toSorted();
}

async function listFolder(dir: string, named: string): Promise<Dirent[]> {
  return readdir(dir, { withFileTypes: true }).catch((error: unknown) => {
    throw toUnreadable(named, error);
  });
}

function isEnvelopeName(name: string): boolean {
  return name === evidenceFiles.envelope || name.endsWith('.quoderat.json');
}
