import { open, readdir, stat } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { CodedError, toMessage } from '../lib/errors.ts';
import { markers, type Project, type Repository, tellingFiles, tellingFolders } from './repository.ts';

export class InitError extends CodedError<'unreadable'> {}

/** More of a file, of a folder, or of projects than this tells nothing more. */
const maxTextBytes = 512 * 1024;
const maxNames = 5000;
const maxProjects = 12;
/** Folders that hold other people's projects, or made ones. */
const passedOver = new Set([
  'node_modules',
  'vendor',
  'target',
  'dist',
  'build',
  'out',
  'examples',
  'fixtures',
  'venv',
]);

/**
 * Reads what a starter manifest is made from: a few files of the folder and of the folders directly in it. Runs nothing.
 * @throws InitError unreadable, when the folder itself cannot be listed
 */
export async function readRepository(dir: string, platform: NodeJS.Platform): Promise<Repository> {
  const names = await readdir(dir).catch((error: unknown) => {
    throw new InitError('unreadable', `${dir} can't be listed: ${toMessage(error)}`, { cause: error });
  });
  const projects = [await readProject(dir, '.', names)];
  for (const name of names.toSorted().slice(0, maxNames)) {
    if (projects.length > maxProjects) break;
    if (name.startsWith('.') || passedOver.has(name)) continue;
    const below: string[] = await readdir(join(dir, name)).catch(() => []);
    if (markers.some((marker) => below.includes(marker)))
      projects.push(await readProject(join(dir, name), name, below));
  }
  return { name: basename(dir), platform, projects };
}

async function readProject(dir: string, cwd: string, names: readonly string[]): Promise<Project> {
  const all = new Set(names.slice(0, maxNames));
  for (const folder of tellingFolders.filter((name) => all.has(name))) {
    const inside: string[] = await readdir(join(dir, folder)).catch(() => []);
    for (const name of inside.slice(0, maxNames)) all.add(`${folder}/${name}`);
  }
  const texts = new Map<string, string>();
  for (const file of tellingFiles.filter((name) => all.has(name))) {
    const text = await readText(join(dir, file));
    if (text !== undefined) texts.set(file, text);
  }
  return { cwd, names: all, texts };
}

/** undefined: no regular file, too long, no UTF-8, or not readable. A FIFO would wait without end, so it is asked first. */
async function readText(path: string): Promise<string | undefined> {
  try {
    const found = await stat(path);
    if (!found.isFile() || found.size > maxTextBytes) return undefined;
    await using file = await open(path, 'r');
    const { bytesRead, buffer } = await file.read(Buffer.alloc(maxTextBytes), 0, maxTextBytes, 0);
    return new TextDecoder('utf-8', { fatal: true }).decode(buffer.subarray(0, bytesRead));
  } catch {
    return undefined;
  }
}
