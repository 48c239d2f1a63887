import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { toCanonicalJson } from '../../src/lib/canonical.ts';
import type { ReportFormat } from '../../src/schema/kinds.ts';
import { observationValues } from '../../src/schema/observation.ts';
import { assertRead, readFixture } from './read.ts';

/** Counted by hand in the small projects of scripts/report-fixtures/. */
const expected: Record<string, [format: ReportFormat, summary: string]> = {
  'bats.junit.xml': ['junit', '3 tests: 1 failed, 1 passed, 1 skipped'],
  'bats.tap': ['tap', '3 tests: 1 failed, 1 passed, 1 skipped'],
  'c8.cobertura.xml': ['cobertura', 'lines 100 %, branches 66.66 %, in 1 file'],
  'c8.lcov.info': ['lcov', 'lines 100 %, branches 66.66 %, functions 66.66 %, in 1 file'],
  'checkstyle.xml': ['checkstyle', '2 findings: 1 error, 1 note'],
  'coverage-py.cobertura.xml': ['cobertura', 'lines 83.33 %, branches 100 %, in 1 file'],
  'coverage-py.lcov.info': ['lcov', 'lines 83.33 %, branches 100 %, in 1 file'],
  'ctest.junit.xml': ['junit', '4 tests: 1 failed, 1 passed, 2 skipped'],
  'eslint.checkstyle.xml': ['checkstyle', '3 findings: 2 errors, 1 warning'],
  'eslint.json': ['eslint', '3 findings: 2 errors, 1 warning (1 suppressed)'],
  'eslint.sarif': ['sarif', '2 findings: 1 error, 1 warning (1 suppressed); 1 problem of the tool'],
  'go-cover.out': ['go-cover', 'statements 50 %, in 1 file'],
  'go-test-cached.json': ['go-test', '1 test: 1 passed'],
  'go-test.json': ['go-test', '9 tests: 4 failed, 4 passed, 1 skipped, 1 problem beside the tests'],
  'gotestsum.junit.xml': ['junit', '6 tests: 3 failed, 2 passed, 1 skipped'],
  'jacoco.xml': ['jacoco', 'lines 33.33 %, branches 50 %, functions 33.33 %, in 1 file'],
  'jest.cobertura.xml': ['cobertura', 'lines 60 %, branches 0 %, in 1 file'],
  'jest.ctrf.json': ['ctrf', '4 tests: 1 failed, 2 passed, 1 pending'],
  'jest.junit.xml': ['junit', '4 tests: 1 failed, 2 passed, 1 skipped'],
  'libtest.junit.xml': ['junit', '2 tests: 1 failed, 1 passed'],
  'mocha.tap': ['tap', '4 tests: 1 failed, 2 passed, 1 skipped'],
  'mocha.xunit.junit.xml': ['junit', '4 tests: 1 failed, 2 passed, 1 skipped'],
  'node-test.junit.xml': ['junit', '7 tests: 2 failed, 3 passed, 1 pending, 1 skipped'],
  'node-test.lcov.info': ['lcov', 'lines 100 %, branches 66.66 %, functions 75 %, in 1 file'],
  'node-test.tap': ['tap', '7 tests: 2 failed, 3 passed, 1 pending, 1 skipped'],
  'oxlint.checkstyle.xml': ['checkstyle', '1 finding: 1 warning'],
  'oxlint.junit.xml': ['junit', '1 test: 1 failed'],
  'oxlint.sarif': ['sarif', '1 finding: 1 warning'],
  'phpunit.junit.xml': ['junit', '6 tests: 3 failed, 2 passed, 1 skipped'],
  'playwright.json': ['playwright', '6 tests: 1 failed, 1 flaky, 4 passed, 1 skipped'],
  'playwright.junit.xml': ['junit', '6 tests: 1 failed, 4 passed, 1 skipped'],
  'pytest.junit.xml': ['junit', '8 tests: 3 failed, 3 passed, 2 skipped'],
  'surefire.junit.xml': ['junit', '5 tests: 2 failed, 1 flaky, 2 passed, 1 skipped'],
  'test-more.tap': ['tap', '6 tests: 2 failed, 2 passed, 1 pending, 1 skipped'],
  'vitest.junit.xml': ['junit', '6 tests: 1 failed, 3 passed, 2 skipped'],
  'vitest.tap': ['tap', '6 tests: 1 failed, 3 passed, 1 pending, 1 skipped'],
};

describe('what the real tools write', () => {
  it('is here for every tool that the script runs', () => {
    const found = readdirSync(join(import.meta.dirname, '../fixtures/reports'));
    expect(found.toSorted()).toEqual(Object.keys(expected).toSorted());
  });

  it.each(Object.entries(expected))('%s is read as its tool meant it', async (name, [format, summary]) => {
    const report = await readFixture(format, name);
    assertRead(report);
    expect(report.summary).toBe(summary);
    expect(report.value.disagreements).toEqual([]);
    expect(report.ran).toBe(true);
    expect(report.parser.name).toBe(`quoderat/${format}`);
    expect(observationValues[report.type].parse(report.value)).toEqual(report.value);
    expect(JSON.parse(toCanonicalJson(report.value))).toEqual(report.value);
  });

  it('names the failing tests of vitest with suite, place and message, the same from JUnit and TAP', async () => {
    for (const [format, name] of [
      ['junit', 'vitest.junit.xml'],
      ['tap', 'vitest.tap'],
    ] as const) {
      const report = await readFixture(format, name);
      assertRead(report);
      expect(report.value).toMatchObject({
        cases: [
          {
            name: expect.stringContaining('rounds <half> & "up"'),
            suite: expect.arrayContaining(['cart.test.mjs']),
            status: 'failed',
            message: expect.stringContaining('expected 3 to be 4'),
          },
          expect.anything(),
          expect.anything(),
        ],
      });
    }
  });

  it("knows Surefire's flaky test, its tries and its message", async () => {
    const report = await readFixture('junit', 'surefire.junit.xml');
    assertRead(report);
    expect(report.value).toMatchObject({
      flaky: 1,
      cases: expect.arrayContaining([
        expect.objectContaining({ name: 'isFlaky', status: 'passed', flaky: true, retries: 1 }),
        expect.objectContaining({ name: 'rounds', suite: ['shop.CartTest'], status: 'failed', retries: 1 }),
      ]),
    });
  });

  it("knows Playwright's projects, retries and places, without colour codes", async () => {
    const report = await readFixture('playwright', 'playwright.json');
    assertRead(report);
    expect(report.value).toMatchObject({
      cases: [
        {
          name: 'shows the price',
          suite: ['chromium', 'shop.spec.js', 'shop'],
          status: 'failed',
          retries: 1,
          file: 'shop.spec.js',
          message: expect.stringMatching(/^Error: expect\(locator\)\.toHaveText\(expected\) failed/),
        },
        { name: 'is flaky', status: 'passed', flaky: true, retries: 1 },
        { name: 'is not tried', status: 'skipped' },
      ],
    });
  });

  it("tells go's build failures, panics and places", async () => {
    const report = await readFixture('go-test', 'go-test.json');
    assertRead(report);
    expect(report.failed).toBe(5);
    expect(report.value).toMatchObject({
      problems: [{ where: 'example.com/shop/broken', message: expect.stringContaining('undefined: undefinedName') }],
      cases: expect.arrayContaining([
        expect.objectContaining({ name: 'TestRounds', file: 'shop_test.go', line: 4, suite: ['example.com/shop'] }),
        expect.objectContaining({
          name: 'TestPanics',
          message: expect.stringContaining('panic: assignment to entry in nil map'),
        }),
      ]),
    });
  });

  it('tells which of the packages go answered from its cache', async () => {
    const report = await readFixture('go-test', 'go-test-cached.json');
    assertRead(report);
    expect(report.value.remarks).toEqual(["1 of the packages were answered from go's cache"]);
  });

  it('takes the rule, place and tool of findings from SARIF', async () => {
    const report = await readFixture('sarif', 'oxlint.sarif');
    assertRead(report);
    expect(report.value).toMatchObject({
      tools: [{ name: 'oxlint' }],
      results: [{ rule_id: 'eslint(no-unused-vars)', level: 'warning', uri: 'shop.mjs' }],
    });
  });
});
