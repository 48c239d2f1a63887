import { execFileSync } from 'node:child_process';
import { mkdtempSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';

export type Repository = {
  dir: string;
  git(...args: string[]): string;
  write(file: string, text: string): void;
  /** Commits everything and gives the commit's id. */
  commit(message: string): string;
  [Symbol.dispose](): void;
};

/** What git sees of the developer's machine in these tests: nothing. */
export const gitEnv = {
  PATH: process.env['PATH'] ?? '',
  HOME: os.tmpdir(),
  GIT_CONFIG_GLOBAL: os.devNull,
  GIT_CONFIG_SYSTEM: os.devNull,
};

const AUTHOR = {
  GIT_AUTHOR_NAME: 'A',
  GIT_AUTHOR_EMAIL: 'a@example.com',
  GIT_COMMITTER_NAME: 'A',
  GIT_COMMITTER_EMAIL: 'a@example.com',
};

export function makeFolder(): { dir: string; [Symbol.dispose](): void } {
  const dir = realpathSync(mkdtempSync(path.join(os.tmpdir(), 'quoderat-ci-')));
  return { dir, [Symbol.dispose]: () => rmSync(dir, { recursive: true, force: true }) };
}

/** A real repository on branch `main` with one commit, thrown away with the scope it is used in. */
export function makeRepository(...initArgs: string[]): Repository {
  const folder = makeFolder();
  const git = (...args: string[]): string =>
    execFileSync('git', args, {
      cwd: folder.dir,
      env: { ...gitEnv, ...AUTHOR },
      encoding: 'utf8',
      stdio: ['ignore', 'pipe', 'pipe'],
    }).trim();
  const write = (file: string, text: string): void => writeFileSync(path.join(folder.dir, file), text);
  const commit = (message: string): string => {
    git('add', '-A');
    git('commit', '--allow-empty', '-q', '-m', message);
    return git('rev-parse', 'HEAD');
  };
  git('init', '-q', '-b', 'main', ...initArgs);
  write('file.txt', 'one\n');
  commit('first');
  return { dir: folder.dir, git, write, commit, [Symbol.dispose]: () => folder[Symbol.dispose]() };
}
