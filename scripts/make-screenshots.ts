/**
 * Makes the pictures in docs/images: runs docs/images/demo with the built dist, then photographs its report.html, and
 * the Markdown pages of the runs as GitHub shows them, with Debian's chromium. Run by Node itself:
 * `node scripts/make-screenshots.ts [--only=summary] [--out=FOLDER]`.
 */
import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { parseArgs } from 'node:util';
import { toHtml } from 'hast-util-to-html';
import { fromMarkdown } from 'mdast-util-from-markdown';
import { gfmFromMarkdown } from 'mdast-util-gfm';
import { toHast } from 'mdast-util-to-hast';
import { gfm } from 'micromark-extension-gfm';
import { type Browser, chromium, type Page } from 'playwright-core';
import { renderMatrix, renderRun, runDemo } from './demo-pages.ts';
import { shrinkPng } from './shrink-png.ts';

const sheets = {
  light: import.meta.resolve('github-markdown-css/github-markdown-light.css'),
  dark: import.meta.resolve('github-markdown-css/github-markdown-dark.css'),
};
const { values } = parseArgs({ options: { only: { type: 'string' }, out: { type: 'string' } } });
const images = values.out ?? join(import.meta.dirname, '..', 'docs/images');
const scratch = await mkdtemp(join(tmpdir(), 'quoderat-screenshots-'));
const browser = await chromium.launch({ executablePath: '/usr/bin/chromium', args: ['--no-sandbox'] });
try {
  await mkdir(images, { recursive: true });
  const failing = await runDemo(scratch, 'failing');
  const passing = await runDemo(scratch, 'passing');
  if (values.only !== 'summary') await photographReport(browser, join(failing.dir, 'report.html'));
  await photographMarkdown(browser, await renderRun(failing, passing), 'summary', ['light', 'dark']);
  await photographMarkdown(browser, await renderRun(passing), 'summary-passed', ['light']);
  await photographMarkdown(browser, renderMatrix(failing, passing), 'summary-matrix', ['light']);
} finally {
  await browser.close();
  await rm(scratch, { recursive: true });
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

/** As GitHub shows a page: GitHub Flavored Markdown in GitHub's own style. */
async function photographMarkdown(
  browser: Browser,
  markdown: string,
  name: string,
  looks: ('light' | 'dark')[],
): Promise<void> {
  const tree = fromMarkdown(markdown, { extensions: [gfm()], mdastExtensions: [gfmFromMarkdown()] });
  const body = toHtml(toHast(tree, { allowDangerousHtml: true }), { allowDangerousHtml: true });
  for (const look of looks) {
    const page = await browser.newPage({
      viewport: { width: 900, height: 400 },
      deviceScaleFactor: 1.5,
      colorScheme: look,
    });
    await page.setContent(
      `<!doctype html><meta charset="utf-8"><style>${await readFile(new URL(sheets[look]), 'utf8')} body { margin: 0; padding: 24px 32px; }</style><body class="markdown-body">${body}`,
    );
    const height = await page.locator('body').evaluate((element) => element.scrollHeight);
    await page.setViewportSize({ width: 900, height });
    await photograph(page, look === 'light' ? `${name}.png` : `${name}-dark.png`);
    await page.close();
  }
}

async function photograph(page: Page, name: string): Promise<void> {
  await writeFile(join(images, name), shrinkPng(await page.screenshot()));
}
