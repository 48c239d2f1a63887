import type { Recipe } from './recipe.ts';

const SHOP = `export const total = (prices) => prices.reduce((sum, price) => sum + price, 0);
export const label = (count) => {
  if (count === 0) return 'empty';
  return count === 1 ? 'one' : 'many';
};
export const never = () => 'called';
`;

/** The same for CommonJS. */
const COMMON_SHOP = SHOP.replaceAll('export const ', 'exports.');

const NODE_TEST = `import { describe, it, test } from 'node:test';
import assert from 'node:assert';
import { label, total } from './shop.mjs';
describe('cart', () => {
  it('adds', () => assert.equal(total([1, 2]), 3));
  it('rounds <half> & "up"', () => assert.equal(total([1, 2]), 4));
  it.skip('is not tried', () => {});
  it.todo('is to come');
  describe('label', () => {
    it('knows one', () => assert.equal(label(1), 'one'));
    it('throws', () => { throw new TypeError('no \\u001b[31mred\\u001b[39m label'); });
  });
});
test('top level', () => {});
`;

const GLOBALS_TEST = `describe('cart', () => {
  it('adds', () => { if (1 + 2 !== 3) throw new Error('wrong'); });
  it('rounds <half> & "up"', () => { throw new Error('expected 4, got \\u001b[31m3\\u001b[39m'); });
  it.skip('is not tried', () => {});
  describe('label', () => { it('knows one', () => {}); });
});
`;

const VITEST = `import { describe, expect, it } from 'vitest';
describe('cart', () => {
  it('adds', () => expect(1 + 2).toBe(3));
  it('rounds <half> & "up"', () => expect(1 + 2).toBe(4));
  it.skip('is not tried', () => {});
  it.todo('is to come');
  let tries = 0;
  it('is flaky', { retry: 2 }, () => { tries += 1; expect(tries).toBe(2); });
  describe('label', () => { it('prints', () => { console.log('[[ATTACHMENT|/tmp/screen.png]] \\u0007'); }); });
});
`;

const PLAYWRIGHT = `import { test, expect } from '@playwright/test';
test.describe('shop', () => {
  test('shows the title', async ({ page }) => { await page.setContent('<h1>Shop</h1>'); await expect(page.locator('h1')).toHaveText('Shop'); });
  test('shows the price', async ({ page }) => { await page.setContent('<b>3</b>'); await expect(page.locator('b')).toHaveText('4', { timeout: 200 }); });
  test('is flaky', async ({}, info) => { expect(info.retry).toBe(1); });
  test.skip('is not tried', async () => {});
  test('is expected to fail', async () => { test.fail(); expect(1).toBe(2); });
});
`;
const PLAYWRIGHT_CONFIG = `export default {
  retries: 1,
  outputDir: 'results',
  reporter: [['json', { outputFile: 'playwright.json' }], ['junit', { outputFile: 'junit.xml' }]],
  projects: [{ name: 'chromium', use: { browserName: 'chromium', launchOptions: { executablePath: '/usr/bin/chromium', args: ['--no-sandbox'] } } }, { name: 'second', grep: /title/, use: { browserName: 'chromium', launchOptions: { executablePath: '/usr/bin/chromium', args: ['--no-sandbox'] } } }],
};
`;
const LINTED = `var unused = 1;
export function f(a) {
  // eslint-disable-next-line no-debugger -- kept on purpose
  debugger;
  if (a == 1) return 2;
}
`;
const ESLINT_CONFIG = `export default [{ rules: { 'no-unused-vars': 'error', eqeqeq: 'warn', 'no-debugger': 'error' } }];
`;

export const nodeRecipes: Recipe[] = [
  {
    name: 'node:test',
    needs: ['node'],
    files: { 'shop.mjs': SHOP, 'shop.test.mjs': NODE_TEST },
    run: [
      'node --test --test-reporter=junit --test-reporter-destination=junit.xml --test-reporter=tap --test-reporter-destination=out.tap shop.test.mjs',
      'node --test --experimental-test-coverage --test-reporter=lcov --test-reporter-destination=lcov.info shop.test.mjs',
    ],
    keep: { 'node-test.junit.xml': 'junit.xml', 'node-test.tap': 'out.tap', 'node-test.lcov.info': 'lcov.info' },
  },
  {
    name: 'vitest',
    needs: ['vitest'],
    files: { 'cart.test.mjs': VITEST },
    run: [
      'ln -s "$PROJECT/node_modules" node_modules',
      'vitest run --root . --reporter=junit --outputFile=junit.xml',
      'vitest run --root . --reporter=tap > out.tap',
    ],
    keep: { 'vitest.junit.xml': 'junit.xml', 'vitest.tap': 'out.tap' },
  },
  {
    name: 'jest',
    needs: ['npm'],
    packages: ['jest', 'jest-junit', 'jest-ctrf-json-reporter'],
    files: {
      'package.json': '{"private":true}',
      'shop.js': COMMON_SHOP,
      'cart.test.js': `require('./shop.js').total([1, 2]);\n${GLOBALS_TEST}`,
    },
    run: [
      'jest --ci --reporters=jest-junit --reporters=jest-ctrf-json-reporter --coverage --collectCoverageFrom="*.js" --coverageReporters=cobertura --coverageReporters=lcovonly',
    ],
    keep: {
      'jest.junit.xml': 'junit.xml',
      'jest.ctrf.json': 'ctrf/ctrf-report.json',
      'jest.cobertura.xml': 'coverage/cobertura-coverage.xml',
    },
  },
  {
    name: 'mocha',
    needs: ['npm'],
    packages: ['mocha'],
    files: { 'cart.test.cjs': GLOBALS_TEST },
    run: ['mocha --reporter xunit cart.test.cjs > xunit.xml', 'mocha --reporter tap cart.test.cjs > out.tap'],
    keep: { 'mocha.xunit.junit.xml': 'xunit.xml', 'mocha.tap': 'out.tap' },
  },
  {
    name: 'c8',
    needs: ['npm'],
    packages: ['c8'],
    files: { 'shop.mjs': SHOP, 'shop.test.mjs': NODE_TEST },
    run: ['c8 --reporter=lcov --reporter=cobertura node shop.test.mjs'],
    keep: { 'c8.lcov.info': 'coverage/lcov.info', 'c8.cobertura.xml': 'coverage/cobertura-coverage.xml' },
  },
  {
    name: 'Playwright',
    needs: ['npm', 'chromium'],
    packages: ['@playwright/test'],
    files: {
      'package.json': '{"type":"module"}',
      'shop.spec.js': PLAYWRIGHT,
      'playwright.config.js': PLAYWRIGHT_CONFIG,
    },
    run: ['playwright test'],
    keep: { 'playwright.json': 'playwright.json', 'playwright.junit.xml': 'junit.xml' },
  },
  {
    name: 'ESLint',
    needs: ['npm'],
    packages: ['eslint', '@microsoft/eslint-formatter-sarif', 'eslint-formatter-checkstyle'],
    files: { 'eslint.config.mjs': ESLINT_CONFIG, 'shop.mjs': LINTED, 'broken.mjs': 'export const = 1;\n' },
    run: [
      'eslint -f json -o eslint.json .',
      'eslint -f @microsoft/eslint-formatter-sarif -o eslint.sarif .',
      'eslint -f checkstyle -o checkstyle.xml .',
    ],
    keep: { 'eslint.json': 'eslint.json', 'eslint.sarif': 'eslint.sarif', 'eslint.checkstyle.xml': 'checkstyle.xml' },
  },
  {
    name: 'oxlint',
    needs: ['oxlint'],
    files: { 'shop.mjs': LINTED },
    run: [
      'oxlint --format=sarif shop.mjs > oxlint.sarif',
      'oxlint --format=checkstyle shop.mjs > checkstyle.xml',
      'oxlint --format=junit shop.mjs > junit.xml',
    ],
    keep: {
      'oxlint.sarif': 'oxlint.sarif',
      'oxlint.checkstyle.xml': 'checkstyle.xml',
      'oxlint.junit.xml': 'junit.xml',
    },
  },
];
