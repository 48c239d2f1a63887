import { createHash } from 'node:crypto';
import { existsSync, readFileSync } from 'node:fs';
import { mkdtemp, realpath, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { PlanStep } from '../../src/schema/plan.ts';
import { quarantineValue } from '../../src/schema/step-observations.ts';
import { findAttachments } from '../../src/execution/playwright/attachments.ts';
import { isHeldBack } from '../../src/execution/playwright/recordings.ts';
import { findPlaywright } from './find-playwright.ts';
import { executePlan, type Execution, makePlan, type StepOptions } from './rig.ts';

const playwright = findPlaywright();
if (typeof playwright === 'string') console.log(`skipped: Playwright in a step: ${playwright}`);
const { cli, nodeModules, chromium } =
  typeof playwright === 'string' ? { cli: '', nodeModules: '', chromium: '' } : playwright;

const config = `export default {
  testDir: '.',
  use: {
    launchOptions: { executablePath: '${chromium}', args: ['--no-sandbox'] },
    screenshot: 'on',
    trace: 'retain-on-failure',
  },
};`;
const spec = `import { test, expect } from '@playwright/test';
import { writeFileSync } from 'node:fs';
test('passes', async ({ page }) => { await page.setContent('<p>fine</p>'); });
test('fails', async ({ page }, info) => {
  await page.setContent('<input type=password>');
  await page.locator('input').fill('hunter2-in-the-trace');
  writeFileSync('film.webm', 'a film');
  await info.attach('video', { path: 'film.webm', contentType: 'video/webm' });
  expect(1).toBe(2);
});`;

const step = (id: string, args: string[], options: Partial<PlanStep> = {}): StepOptions => ({
  id,
  kind: 'playwright',
  command: { argv: [process.execPath, cli, 'test', ...args] },
  reports: [{ path: `test-results/quoderat-0-${id}.json`, format: 'playwright' }],
  attach: [],
  timeout_ms: 60_000,
  ...options,
});

describe.runIf(cli !== '')('a playwright step', () => {
  let dir = '';
  let found: Execution;
  beforeAll(async () => {
    dir = await realpath(await mkdtemp(join(tmpdir(), 'quoderat-playwright-')));
    await symlink(nodeModules, join(dir, 'node_modules'));
    await writeFile(join(dir, 'package.json'), '{"type": "module"}');
    await writeFile(join(dir, 'playwright.config.js'), config);
    await writeFile(join(dir, 'a.spec.js'), spec);
    const e2e = step('e2e', ['--reporter=list,json'], { outputs: ['test-results/**'] });
    found = await executePlan(dir, makePlan([e2e]), { artifacts: `${dir}-artifacts` });
  }, 120_000);
  afterAll(async () => {
    await rm(dir, { recursive: true, force: true });
    await rm(`${dir}-artifacts`, { recursive: true, force: true });
  });

  it('has Playwright write its JSON report where it is looked for, and prints the list as ever', async () => {
    expect(found.result('e2e')).toMatchObject({ status: 'failed', exit_code: 1, cause: { code: 'exit_nonzero' } });
    expect(found.result('e2e').report_artifact_ids).toEqual(['e2e/1/report/1']);
    expect(found.artifact('e2e/1/report/1').name).toBe('test-results/quoderat-0-e2e.json');
    expect(JSON.parse(String(await found.content('e2e/1/report/1')))).toMatchObject({
      stats: { expected: 1, unexpected: 1 },
    });
    expect(found.text('e2e')).toContain('1 failed');
  });

  it('keeps the screenshot of the failure, and not that of the success', async () => {
    const shots = found.of('artifact_captured').filter(({ artifact }) => artifact.kind === 'screenshot');
    expect(shots.map(({ artifact }) => [artifact.id, artifact.media_type, artifact.redaction.class])).toEqual([
      ['e2e/1/screenshot/1', 'image/png', 'binary'],
    ]);
    expect(shots[0]?.artifact.name).toMatch(/^test-results\/a-fails\/test-failed-1\.png$/);
    expect((await found.content('e2e/1/screenshot/1')).subarray(1, 4).toString()).toBe('PNG');
    expect(found.result('e2e').output_artifact_ids).toContain('e2e/1/screenshot/1');
  });

  it('lists the trace and the video by digest, and keeps their bytes nowhere', async () => {
    const observation = found
      .of('observation_recorded')
      .map((draft) => draft.observation)
      .find(({ type }) => type === 'quarantine');
    expect(observation).toMatchObject({ id: 'e2e/1/quarantine', basis_artifact_ids: ['e2e/1/report/1'] });
    const { files } = quarantineValue.parse(observation?.value);
    expect(files.map(({ what }) => what).toSorted()).toEqual(['trace', 'video']);
    for (const { name, sha256, size_bytes } of files) {
      const bytes = readFileSync(join(dir, name));
      expect({ sha256, size_bytes }).toEqual({
        sha256: createHash('sha256').update(bytes).digest('hex'),
        size_bytes: bytes.length,
      });
      expect(existsSync(join(`${dir}-artifacts`, sha256))).toBe(false);
    }
    const outputs = found.of('artifact_captured').filter(({ artifact }) => artifact.kind === 'output');
    expect(outputs.map(({ artifact }) => artifact.name).filter((name) => /zip|webm/.test(name))).toEqual([]);
  });

  it('attaches them when the manifest says so', async () => {
    const kept = await executePlan(dir, makePlan([step('kept', ['--reporter=json'], { attach: ['trace', 'video'] })]), {
      artifacts: `${dir}-artifacts`,
    });
    const kinds = kept.of('artifact_captured').map(({ artifact }) => artifact.kind);
    expect(kinds.filter((kind) => ['screenshot', 'trace', 'video'].includes(kind)).toSorted()).toEqual([
      'screenshot',
      'trace',
      'video',
    ]);
    expect(String(await kept.content('kept/1/video/1'))).toBe('a film');
    expect(kept.of('observation_recorded').filter(({ observation }) => observation.type === 'quarantine')).toEqual([]);
  }, 60_000);

  it('says how to get the report when Playwright writes none', async () => {
    const quiet = await executePlan(dir, makePlan([step('quiet', ['--reporter=list', '-g', 'passes'])]), {
      artifacts: `${dir}-artifacts`,
    });
    expect(quiet.result('quiet')).toMatchObject({
      status: 'failed',
      exit_code: 0,
      cause: {
        code: 'report_missing',
        message:
          'its report test-results/quoderat-0-quiet.json does not exist; let Playwright write it with its json reporter, as in --reporter=list,json',
      },
    });
  }, 60_000);
});

describe('what a Playwright report names', () => {
  it('is found in nested suites, and pictures only where a result did not pass', () => {
    const result = (status: string, ...attachments: object[]): object => ({ status, attachments });
    const picture = (path: string): object => ({ name: 'screenshot', contentType: 'image/png', path });
    const specs = [
      {
        tests: [
          { results: [result('failed', picture('/w/1.png')), result('passed', picture('/w/2.png'))] },
          { results: [result('timedOut', picture('/w/3.png'), { name: 'x', contentType: 'image/png', body: 'AAAA' })] },
        ],
      },
    ];
    const trace = { name: 'trace', contentType: 'application/zip', path: '/w/trace.zip' };
    const report = {
      suites: [{ suites: [{ specs }], specs: [{ tests: [{ results: [result('passed', trace, trace)] }] }] }],
    };
    expect(findAttachments(report)).toEqual([
      { path: '/w/trace.zip', what: 'trace' },
      { path: '/w/1.png', what: 'screenshot' },
      { path: '/w/3.png', what: 'screenshot' },
    ]);
  });

  it.each([
    null,
    1,
    [],
    {},
    { suites: 1 },
    { suites: [null, { specs: [{ tests: [{ results: [{ attachments: [{ path: 1 }] }] }] }] }] },
  ])('is nothing when it is %j', (report) => {
    expect(findAttachments(report)).toEqual([]);
  });

  it.each([
    ['test-results/a/trace.zip', true],
    ['test-results/a/trace-1.zip', true],
    ['playwright-report/data/2fd4e1c67a2d28fced849ee1bb76e7391b93eb12.zip', true],
    ['test-results/a/video.webm', true],
    ['dist/app.zip', false],
    ['test-failed-1.png', false],
  ])('is held back, by its name, for %s: %s', (name, held) => {
    expect(isHeldBack(name, { attach: [] })).toBe(held);
    expect(isHeldBack(name, {})).toBe(held);
    expect(isHeldBack(name, { attach: ['trace', 'video'] })).toBe(false);
  });
});
