import { execFileSync } from 'node:child_process';
import { readdirSync, statSync } from 'node:fs';
import { join, resolve } from 'node:path';

const root = resolve(import.meta.dirname, '../..');

/**
 * vitest's global set-up: builds dist/ once, before any test, when it is older than what it is built from. Scenario
 * tests run what users run.
 */
export function setup(): void {
  const sources = ['src', 'package.json', 'package-lock.json', 'rolldown.config.ts', 'scripts/build.ts'];
  const newest = Math.max(...sources.map((path) => toNewest(join(root, path))));
  const built = Math.min(...['action.js', 'post.js', 'cli.js'].map((name) => toTime(join(root, 'dist', name))));
  if (built >= newest) return;
  execFileSync(process.execPath, [join(root, 'scripts/build.ts')], {
    cwd: root,
    stdio: ['ignore', 'inherit', 'inherit'],
  });
}

function toNewest(path: string): number {
  if (!statSync(path).isDirectory()) return toTime(path);
  const inside = readdirSync(path, { recursive: true, encoding: 'utf8' });
  return Math.max(...inside.map((name) => toTime(join(path, name))));
}

/** 0: there is no such file. */
function toTime(path: string): number {
  return statSync(path, { throwIfNoEntry: false })?.mtimeMs ?? 0;
}
