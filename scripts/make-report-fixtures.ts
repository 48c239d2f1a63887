/**
 * Makes test/fixtures/reports/ by running the real tools over small projects: `node scripts/make-report-fixtures.ts
 * [tool...]`. It tells which tools are not here and leaves their fixtures as they are. On Debian 12:
 * `apt-get install --no-install-recommends python3-pytest python3-pytest-cov python3-coverage golang-go gotestsum phpunit
 * bats cmake checkstyle maven libsurefire-java junit4 libjacoco-java default-jdk-headless chromium`.
 * .NET, cargo-nextest and Bazel are not in Debian; what they write is in the tests themselves, from their documentation.
 */
import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { hostname, tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { nodeRecipes } from './report-fixtures/node-recipes.ts';
import { otherRecipes } from './report-fixtures/other-recipes.ts';
import type { Recipe } from './report-fixtures/recipe.ts';

const PROJECT = resolve(import.meta.dirname, '..');
const FIXTURES = join(PROJECT, 'test/fixtures/reports');
const STEP_MS = 300_000;
/** Where the fixtures say that the project lay. */
const SHOWN_ROOT = '/work/shop';

const wanted = process.argv.slice(2);
const work = mkdtempSync(join(tmpdir(), 'quoderat-fixtures-'));
try {
  for (const recipe of [...nodeRecipes, ...otherRecipes]) {
    if (wanted.length === 0 || wanted.includes(recipe.name)) console.log(`${recipe.name}: ${make(recipe)}`);
  }
} finally {
  rmSync(work, { recursive: true, force: true });
}

function make(recipe: Recipe): string {
  const missing = recipe.needs.filter((program) => run(`command -v ${program}`, work) !== 0);
  if (missing.length > 0) return `NOT MADE, not on this machine: ${missing.join(', ')}`;
  const dir = join(work, recipe.name.replaceAll(/[^A-Za-z]+/g, '-'));
  for (const [path, text] of Object.entries(recipe.files)) write(join(dir, path), text);
  if (
    recipe.packages &&
    run(`npm install --no-save --no-audit --no-fund --prefix . ${recipe.packages.join(' ')}`, dir) !== 0
  ) {
    return 'NOT MADE, its packages can not be installed';
  }
  for (const command of recipe.run) run(command, dir);
  const made = Object.entries(recipe.keep).filter(([, path]) => existsSync(join(dir, path)));
  for (const [name, path] of made) write(join(FIXTURES, name), toShown(readFileSync(join(dir, path), 'utf8'), dir));
  const lost = Object.keys(recipe.keep).length - made.length;
  return `${made.map(([name]) => name).join(', ')}${lost > 0 ? ` (${lost} NOT MADE: the tool did not write them)` : ''}`;
}

function run(command: string, cwd: string): number | null {
  const path = `${join(cwd, 'node_modules/.bin')}:${join(PROJECT, 'node_modules/.bin')}:${process.env['PATH'] ?? ''}`;
  const env = { ...process.env, PATH: path, PROJECT, CI: '1', NO_COLOR: '1', PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD: '1' };
  return spawnSync('bash', ['-c', command], { cwd, env, timeout: STEP_MS, stdio: 'ignore' }).status;
}

function write(path: string, text: string): void {
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(path, text);
}

/** The bytes that the tool wrote, but for where on this machine it ran. */
function toShown(text: string, dir: string): string {
  return text.replaceAll(dir, SHOWN_ROOT).replaceAll(PROJECT, '/work/quoderat').replaceAll(hostname(), 'runner');
}
