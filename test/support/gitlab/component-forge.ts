import { execFileSync } from 'node:child_process';
import { readFile, writeFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { makeTempDir } from '../temp-dir.ts';
import { type GitServer, startGitServer } from './git-server.ts';
import { makeRepository } from './run-pipeline.ts';

const root = resolve(import.meta.dirname, '../../..');

export type ComponentForge = AsyncDisposable & {
  dir: string;
  server: GitServer;
  /** The work tree of the component project, at its newest commit. */
  project: string;
  /** Where a repository `name` of the same group lies, and the remote that it should name. */
  toRepository: (name: string) => { dir: string; remote: string };
};

/**
 * A forge with the component project as the scripts make it, released as 1.2.3, 1.10.0 (which keeps evidence for 91 days)
 * and 1.11.0-rc.1 (92 days), with the archive of the built dist in its package registry.
 */
export async function startComponentForge(): Promise<ComponentForge> {
  const temp = await makeTempDir();
  const packages = join(temp.path, 'packages');
  const project = join(temp.path, 'acme/quoderat.git');
  runScript('build-standalone.ts', '--out', packages, '--only', 'node');
  runScript('make-gitlab-project.ts', '--out', project, '--archives', packages, '--project', 'acme/quoderat');
  const server = await startGitServer({ root: temp.path, packages });
  const { commit, git } = await makeRepository(project, {}, `${server.url}/acme/quoderat.git`);
  git('config', 'uploadpack.allowFilter', 'true');
  git('config', 'uploadpack.allowAnySHA1InWant', 'true');
  git('tag', '1.2.3');
  for (const [tag, days] of [
    ['1.10.0', 91],
    ['1.11.0-rc.1', 92],
  ] as const) {
    const path = join(project, 'templates/quoderat/template.yml');
    const template = await readFile(path, 'utf8');
    await writeFile(path, template.replace(/default: 9\d days/, `default: ${days} days`));
    commit();
    git('tag', tag);
  }
  return {
    dir: temp.path,
    server,
    project,
    toRepository: (name) => ({ dir: join(temp.path, 'work', name), remote: `${server.url}/acme/${name}.git` }),
    async [Symbol.asyncDispose]() {
      await server[Symbol.asyncDispose]();
      await temp[Symbol.asyncDispose]();
    },
  };
}

/** Runs one of scripts/ by Node itself, as its user does. */
export function runScript(name: string, ...args: string[]): string {
  return execFileSync(process.execPath, [join(root, 'scripts', name), ...args], { encoding: 'utf8' });
}
