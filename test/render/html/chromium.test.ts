import { existsSync } from 'node:fs';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { type Browser, chromium, type Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { sha256 } from '../../../src/lib/hash.ts';
import { renderReport, type ReportOptions } from '../../../src/render/html/report.ts';
import type { Envelope } from '../../../src/schema/envelope.ts';
import { generateKeys, makeSigner } from '../../../src/seal/keys.ts';
import { makeArtifact, makeEnvelope, makeStep } from '../sample-envelope.ts';
import { makeAttempt, makeRichEnvelope } from './rich-envelope.ts';
import { sealSample } from './sealed-sample.ts';

const executablePath = '/usr/bin/chromium';
const hasChromium = existsSync(executablePath);
if (!hasChromium) console.log(`skipped: the report in a browser needs ${executablePath} (apt-get install chromium)`);

const longLog = Array.from(
  { length: 5000 },
  (_, line) => `${line + 1} of 5000${line === 2500 ? ' needle' : ''}\n`,
).join('');
const hostileLog = '</script><img src=x onerror="window.owned=1">\u001B[31mred\u001B[0m needle\n';
const logs = { 'build/1/stdout': longLog, 'unit/1/stderr': hostileLog };

/** The rich envelope, with the digests of these logs. */
function makeSample(): Envelope {
  const envelope = makeRichEnvelope();
  const texts = new Map(Object.entries(logs));
  const artifacts = envelope.artifacts.map((artifact) => {
    const text = texts.get(artifact.id);
    if (text === undefined) return artifact;
    const digest = sha256(text);
    return { ...artifact, sha256: digest, content_uri: `urn:sha256:${digest}`, size_bytes: Buffer.byteLength(text) };
  });
  return { ...envelope, artifacts };
}

describe.skipIf(!hasChromium)('the report in Chromium, opened from a file', () => {
  let browser: Browser;
  let dir: string;
  let page: Page;
  let sample: ReportOptions;
  let html: string;
  const complaints: string[] = [];
  beforeAll(async () => {
    dir = await mkdtemp(join(tmpdir(), 'quoderat-report-'));
    browser = await chromium.launch({ executablePath, args: ['--no-sandbox'] });
    sample = await sealSample(makeSample(), logs);
    html = renderReport(sample);
    page = await newPage({});
  });
  afterAll(async () => {
    await browser.close();
    await rm(dir, { recursive: true });
  });
  afterEach(() => {
    expect(complaints.splice(0)).toEqual([]);
  });

  async function newPage(options: Parameters<Browser['newPage']>[0]): Promise<Page> {
    const made = await browser.newPage(options);
    made.on('pageerror', (error) => complaints.push(error.message));
    made.on('console', (message) => complaints.push(message.text()));
    made.on('request', (request) => {
      if (!request.url().startsWith('file:')) complaints.push(`asked for ${request.url()}`);
    });
    return made;
  }

  async function open(text: string, on: Page = page): Promise<void> {
    const path = join(dir, 'report.html');
    await writeFile(path, text);
    await on.goto(pathToFileURL(path).href);
  }

  const check = async (): Promise<string> => {
    await page.click('#check-run');
    await page.waitForSelector('#check-result .answer');
    return page.innerText('#check-result');
  };

  it('recomputes the chain and says what it checked, and what not', async () => {
    await open(html);
    const said = await check();
    const { entry_count: count, head_entry_hash: head } = sample.envelope.integrity;
    expect(said).toContain('The chain is intact: the envelope inside this page, recomputed with WebCrypto SHA-256.');
    expect(said).toContain(`${count} entries; the recomputed head ${head} is the one declared.`);
    expect(said).toContain('Signature: none.');
    expect(said).toContain('Logs on this page: 2 of 2 are whole and have their artifacts’ digests.');
    expect(said).toContain('Artifacts: 0 of 3 different files compared.');
    expect(said).not.toMatch(/verified/i);
  });

  it.each([
    ['a step', '"name":"unit tests"', '"name":"unit testS"', '/execution/steps/1 changed'],
    ['the header', '"actor":"mira"', '"actor":"nora"', '(header) the header is not what was sealed'],
    ['a redaction', '"match_count":3', '"match_count":2', '/redactions/0 changed'],
  ])('names the pointer when %s was changed inside the page', async (_what, from, to, named) => {
    const [head = '', data = ''] = html.split('id="envelope">');
    expect(data).toContain(from);
    await open(`${head}id="envelope">${data.replace(from, to)}`);
    const said = await check();
    expect(said).toContain('The chain does not hold');
    expect(said).toContain(named);
    expect(said).toMatch(/File: its SHA-256 is [0-9a-f]{64}, not/);
  });

  it('notices a log on the page that is not the artifact', async () => {
    await open(html.replace('2500 of 5000\\n', '2500 of 5001\\n'));
    const said = await check();
    expect(said).toContain('The chain is intact, but something beside it differs');
    expect(said).toContain('stdout of build');
  });

  it('compares files that the reader picks, and a signature with the key that the reader picks', async () => {
    const { privatePem, publicPem } = generateKeys();
    const options = await sealSample(makeSample(), logs, makeSigner(privatePem));
    await open(renderReport(options));
    expect(await check()).toContain('not checked. Choose the signer’s public key');
    const file = (name: string, data: string | Uint8Array) => ({
      name,
      mimeType: 'application/octet-stream',
      buffer: Buffer.from(data),
    });
    await page.setInputFiles('#check-files', [
      file('out', longLog),
      file('other', 'x'),
      file('key.pem', publicPem),
      file('envelope.json', options.envelopeBytes),
    ]);
    await page.locator('#check-result', { hasText: 'key.pem' }).waitFor();
    const said = await page.innerText('#check-result');
    expect(said).toContain('out: has the digest of build/1/stdout.');
    expect(said).toMatch(/other: no artifact of this envelope has its digest \(sha256 [0-9a-f]{64}\)/);
    expect(said).toContain('it holds for the key that you chose. Whether that key is to be trusted is yours to know.');
    expect(said).toContain('envelope.json: byte for byte the envelope.json that this page names.');
  });

  it('checks an envelope too large for the page from the file', async () => {
    const artifacts = Array.from({ length: 1500 }, (_, index) =>
      makeArtifact(`s/1/output/${index}`, { kind: 'output', step_id: 's' }),
    );
    const options = await sealSample(makeEnvelope([makeStep('s', { stdout_artifact_id: null })], { artifacts }));
    await open(renderReport({ ...options, budgetBytes: 500_000 }));
    await page.setInputFiles('#check-files', {
      name: 'envelope.json',
      mimeType: 'application/json',
      buffer: Buffer.from(options.envelopeBytes),
    });
    await page.waitForSelector('#check-result .answer');
    expect(await page.innerText('#check-result')).toContain('The chain is intact: the file you chose');
  });

  it('treats a log as text, colours it by classes, and folds a long one', async () => {
    await open(html);
    const shown = page.locator('.log[data-label="stderr of unit"] .line');
    expect(await shown.first().innerText()).toBe('</script><img src=x onerror="window.owned=1">red needle');
    expect(await shown.first().locator('.fg1').innerText()).toBe('red');
    expect(await page.evaluate('window.owned')).toBeUndefined();
    await page.click('#step-0 summary');
    const build = page.locator('.log[data-label="stdout of build"]');
    expect(await build.locator('.line').count()).toBe(200);
    await build.getByRole('button', { name: 'Show 2,000 of 4,800 folded lines' }).click();
    expect(await build.locator('.line').count()).toBe(2200);
    expect(await build.locator('.line[data-n="5000"]').textContent()).toBe('5000 of 5000');
  });

  it('finds text in all logs from the keyboard, opening what hides it, and can show matching lines only', async () => {
    await open(html);
    await page.keyboard.press('/');
    await page.keyboard.type('needle');
    await page.keyboard.press('Enter');
    expect(await page.innerText('#log-count')).toBe('1 of 2');
    expect(await page.locator('#step-0 details').getAttribute('open')).not.toBeNull();
    expect(await page.locator('mark.current').locator('xpath=..').innerText()).toBe('2501 of 5000 needle');
    await page.keyboard.press('Shift+Enter');
    expect(await page.innerText('#log-count')).toBe('2 of 2');
    await page.check('#log-only');
    expect(await page.locator('.log[data-label="stdout of build"] .line').allTextContents()).toEqual([
      '2501 of 5000 needle',
    ]);
    await page.fill('#log-search', 'nowhere to be found');
    await page.locator('#log-count', { hasText: /^no match$/ }).waitFor();
  });

  it('shows the steps that are asked for, and opens the one that a link names', async () => {
    await open(html);
    await page.getByRole('button', { name: 'not run 1' }).click();
    expect(await page.locator('li.step:visible h3').allInnerTexts()).toEqual(['ship']);
    await page.getByRole('button', { name: 'all 3' }).click();
    await page.locator('section[aria-labelledby=tests]').getByRole('link', { name: 'unit', exact: true }).click();
    expect(await page.locator('#step-1 > details').getAttribute('open')).not.toBeNull();
  });

  it('needs no script for the answer, the steps, the last lines of failures and the tables', async () => {
    const plain = await newPage({ javaScriptEnabled: false });
    await open(html, plain);
    expect(await plain.innerText('h1')).toContain('Failed: 1 of 3 steps failed');
    expect(await plain.innerText('#step-1 .excerpt')).toContain('red needle');
    expect(await plain.locator('#check').isVisible()).toBe(false);
    expect(await plain.locator('.copy').first().isVisible()).toBe(false);
  });

  it('does not scroll sideways on a phone', async () => {
    const phone = await newPage({ viewport: { width: 360, height: 740 }, isMobile: true });
    await open(html, phone);
    await phone.click('#check-run');
    await phone.waitForSelector('#check-result .answer');
    expect(await phone.evaluate('document.documentElement.scrollWidth')).toBe(360);
  });

  it('opens with a thousand steps and ten thousand artifacts, and finds one of them', async () => {
    const steps = Array.from({ length: 1000 }, (_, index) =>
      makeStep(`s${index}`, { index, stdout_artifact_id: null, attempts: [makeAttempt(1, index, index + 900)] }),
    );
    const artifacts = Array.from({ length: 10_000 }, (_, index) =>
      makeArtifact(`s0/1/output/${index}`, { kind: 'output', name: `dist/${index}.js`, sha256: sha256(String(index)) }),
    );
    const envelope = makeEnvelope(steps, { artifacts });
    const envelopeBytes = Buffer.from(JSON.stringify(envelope));
    await open(renderReport({ ...sample, envelope, envelopeBytes, logs: {}, budgetBytes: 20_000_000 }));
    expect(await page.locator('#artifact-table tbody tr').count()).toBe(100);
    await page.getByRole('button', { name: 'Show 500 more of 9,900' }).click();
    expect(await page.locator('#artifact-table tbody tr').count()).toBe(600);
    await page.locator('#artifact-filter').fill(sha256('9876').slice(0, 20));
    const found = await page.locator('#artifact-table tbody tr').allTextContents();
    expect(found).toEqual([expect.stringContaining('dist/9876.js')]);
  });
});
