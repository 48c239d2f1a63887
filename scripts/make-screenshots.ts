/**
 * Makes the pictures in docs/images: runs docs/images/demo with the built dist, then photographs its report.html
 * and summary.md with Debian's chromium. Run by Node itself: `node scripts/make-screenshots.ts [EVIDENCE-FOLDER]`; with
 * a folder that one is photographed and nothing is run.
 */
import { spawnSync } from 'node:child_process';
import { cp, mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { toHtml } from 'hast-util-to-html';
import { fromMarkdown } from 'mdast-util-from-markdown';
import { gfmFromMarkdown } from 'mdast-util-gfm';
import { toHast } from 'mdast-util-to-hast';
import { gfm } from 'micromark-extension-gfm';
import { type Browser, chromium, type Page } from 'playwright-core';
import { shrinkPng } from './shrink-png.ts';

const root = join(import.meta.dirname, '..');
const images = join(root, 'docs/images');
const scratch = await mkdtemp(join(tmpdir(), 'quoderat-screenshots-'));
const folder = process.argv[2] === undefined ? await runDemo() : resolve(process.argv[2]);
const browser = await chromium.launch({ executablePath: '/usr/bin/chromium', args: ['--no-sandbox'] });
try {
  await mkdir(images, { recursive: true });
  await photographReport(browser, join(folder, 'report.html'));
  await photographSummary(browser, join(folder, 'summary.md'));
} finally {
  await browser.close();
  await rm(scratch, { recursive: true });
}

/** The demo in a repository of its own. Its unit tests fail: that is what there is to see. */
async function runDemo(): Promise<string> {
  const demo = join(scratch, 'shop');
  const out = join(scratch, 'evidence');
  await cp(join(root, 'docs/images/demo'), demo, { recursive: true });
  const identity = ['-c', 'user.name=Mira', '-c', 'user.email=mira@example.org', '-c', 'commit.gpgsign=false'];
  const git = (...args: string[]): void => run('git', [...identity, ...args], demo);
  git('init', '--quiet', '--initial-branch=main');
  git('add', '.');
  git('commit', '--quiet', '--message=Add the shop');
  git('remote', 'add', 'origin', 'https://github.com/acme/shop.git');
  const cli = join(root, 'dist/cli.js');
  run(process.execPath, [cli, 'run', 'quoderat.yml', '--out', out], demo, 1);
  return out;
}

function run(program: string, args: string[], cwd: string, expected = 0): void {
  // Not a secret: it is there to be redacted.
  const env = { ...process.env, SHOP_API_TOKEN: 'tok-3f9a8c7b6d5e4f3a2b1c', USER: 'mira', LOGNAME: 'mira' };
  const { status, stderr } = spawnSync(program, args, { cwd, env, encoding: 'utf8' });
  if (status !== expected) throw new Error(`${program} ${args.join(' ')} ended with ${status}:\n${stderr}`);
}

async function photographReport(browser: Browser, path: string): Promise<void> {
  const open = async (options: Parameters<Browser['newPage']>[0]): Promise<Page> => {
    const page = await browser.newPage(options);
    await page.goto(pathToFileURL(path).href);
    return page;
  };
  const light = await open({ viewport: { width: 1120, height: 1280 }, deviceScaleFactor: 1.5, colorScheme: 'light' });
  await photograph(light, 'report-light.png');
  const dark = await open({ viewport: { width: 1120, height: 1080 }, deviceScaleFactor: 1.5, colorScheme: 'dark' });
  await dark.click('#check-run');
  await dark.waitForSelector('#check-result .answer');
  await dark.locator('#findings').evaluate((heading) => heading.scrollIntoView());
  await photograph(dark, 'report-dark.png');
  const phone = await open({ viewport: { width: 390, height: 844 }, deviceScaleFactor: 2, isMobile: true });
  await photograph(phone, 'report-phone.png');
}

/** As GitHub shows a job summary: GitHub Flavored Markdown in GitHub's own style. */
async function photographSummary(browser: Browser, path: string): Promise<void> {
  const tree = fromMarkdown(await readFile(path, 'utf8'), {
    extensions: [gfm()],
    mdastExtensions: [gfmFromMarkdown()],
  });
  const body = toHtml(toHast(tree, { allowDangerousHtml: true }), { allowDangerousHtml: true });
  const style = await readFile(new URL(import.meta.resolve('github-markdown-css/github-markdown-light.css')), 'utf8');
  const page = await browser.newPage({ viewport: { width: 900, height: 400 }, deviceScaleFactor: 2 });
  await page.setContent(
    `<!doctype html><meta charset="utf-8"><style>${style} body { margin: 0; padding: 24px 32px; }</style><body class="markdown-body">${body}`,
  );
  const height = await page.locator('body').evaluate((element) => element.scrollHeight);
  await page.setViewportSize({ width: 900, height });
  await photograph(page, 'summary.png');
}

async function photograph(page: Page, name: string): Promise<void> {
  await writeFile(join(images, name), shrinkPng(await page.screenshot()));
}
