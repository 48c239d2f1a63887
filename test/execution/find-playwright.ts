import { existsSync } from 'node:fs';
import { join, resolve } from 'node:path';

const chromium = '/usr/bin/chromium';

export type Playwright = { cli: string; nodeModules: string; chromium: string };

/** The repository's own Playwright on Debian's Chromium; a text says why there is none. */
export function findPlaywright(): Playwright | string {
  if (!existsSync(chromium)) return `it needs ${chromium} (apt-get install chromium)`;
  const nodeModules = resolve(import.meta.dirname, '../../node_modules');
  return { cli: join(nodeModules, '@playwright', 'test', 'cli.js'), nodeModules, chromium };
}
