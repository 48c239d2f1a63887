import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { promisify } from 'node:util';
import { z } from 'zod';

const chromium = '/usr/bin/chromium';

export type Playwright = { cli: string; nodeModules: string; chromium: string };

/**
 * Playwright's test runner: the repository's, where it is installed, else one of the same version as playwright-core that
 * npm puts into a folder of the machine's temporary one. A text says why there is none.
 */
export async function findPlaywright(): Promise<Playwright | string> {
  if (!existsSync(chromium)) return `it needs ${chromium} (apt-get install chromium)`;
  const { resolve: find } = createRequire(import.meta.url);
  const own = resolve(import.meta.dirname, '../../node_modules');
  const core = dirname(find('playwright-core/package.json'));
  const { version } = z
    .object({ version: z.string() })
    .parse(JSON.parse(await readFile(join(core, 'package.json'), 'utf8')));
  const cache = join(tmpdir(), `quoderat-playwright-test-${version}`);
  for (const nodeModules of [own, join(cache, 'node_modules')]) {
    const found = toPlaywright(nodeModules);
    if (found !== null) return found;
  }
  await mkdir(cache, { recursive: true });
  await writeFile(join(cache, 'package.json'), '{"private": true}');
  const args = ['install', '--ignore-scripts', '--no-audit', '--no-fund', '--fetch-retries=0', '--fetch-timeout=20000'];
  const problem = await promisify(execFile)('npm', [...args, `@playwright/test@${version}`], {
    cwd: cache,
    timeout: 60_000,
  })
    .then(() => null)
    .catch((error: unknown) => `npm install @playwright/test@${version} failed (${String(error).split('\n')[0]})`);
  return problem ?? toPlaywright(join(cache, 'node_modules')) ?? 'npm installed something else';
}

function toPlaywright(nodeModules: string): Playwright | null {
  const cli = join(nodeModules, '@playwright', 'test', 'cli.js');
  return existsSync(cli) && existsSync(join(nodeModules, 'playwright')) ? { cli, nodeModules, chromium } : null;
}
