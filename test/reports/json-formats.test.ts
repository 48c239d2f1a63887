import { describe, expect, it } from 'vitest';
import { assertRead, readFault, readFindings, readTests, readText } from './read.ts';

describe('CTRF', () => {
  it('reads tests in its own words, and suites as text or list', async () => {
    const value = await readTests(
      'ctrf',
      JSON.stringify({
        results: {
          tool: { name: 't' },
          summary: { tests: 9, failed: 0, start: 1000, stop: 3500 },
          tests: [
            { name: 'a', status: 'passed', duration: 1 },
            {
              name: 'b',
              status: 'failed',
              duration: 2,
              suite: 'x > y',
              message: 'wrong',
              filePath: '/work/shop/b.ts',
              line: 3,
            },
            { name: 'c', status: 'passed', duration: 2, suite: ['x'], flaky: true, retries: 2 },
            { name: 'd', status: 'wonderful', duration: -1 },
          ],
        },
      }),
    );
    expect(value).toMatchObject({
      tests: 4,
      passed: 2,
      failed: 1,
      other: 1,
      flaky: 1,
      suites: 2,
      duration_ms: 2500,
      disagreements: ['the summary declares 9 tests and holds 4', 'the summary declares 0 failures and holds 1'],
      cases: [
        { name: 'b', suite: ['x', 'y'], message: 'wrong', file: 'b.ts', line: 3 },
        { name: 'c', flaky: true, retries: 2 },
        { name: 'd', status: 'other', duration_ms: null },
      ],
    });
  });

  it('has no bound for tests, each of which is let go when it was counted', async () => {
    const tests = Array.from({ length: 300_000 }, () => '{"name":"a","suite":[]}').join(',');
    expect(await readTests('ctrf', `{"results":{"tests":[${tests}]}}`)).toMatchObject({
      tests: 300_000,
      other: 300_000,
    });
  });

  it('is none without results.tests', async () => {
    expect(await readFault('ctrf', '{"results":{}}')).toMatch(/no results\.tests/);
  });
});

describe("Playwright's JSON", () => {
  const spec = (status: string, results: object[], project = '') => ({
    title: status,
    file: 'a.spec.ts',
    line: 3,
    tests: [{ expectedStatus: 'passed', projectName: project, status, results }],
  });

  it('counts a test once however often it was tried, and compares with the statistics', async () => {
    const failed = { status: 'failed', duration: 5, error: { message: 'wrong' } };
    const value = await readTests(
      'playwright',
      JSON.stringify({
        config: {},
        suites: [
          {
            title: 'a.spec.ts',
            specs: [spec('expected', [{ duration: 1 }])],
            suites: [{ title: 'in', specs: [spec('flaky', [failed, { duration: 1 }], 'chromium')] }],
          },
          { title: 'b.spec.ts', specs: [spec('unexpected', [failed, failed, failed]), spec('skipped', [])] },
        ],
        errors: [{ message: 'global set-up failed', location: { file: 'setup.ts' } }],
        stats: { expected: 1, unexpected: 0, flaky: 1, skipped: 1, duration: 12.4 },
      }),
    );
    expect(value).toMatchObject({
      tests: 4,
      passed: 2,
      failed: 1,
      skipped: 1,
      flaky: 1,
      suites: 3,
      duration_ms: 12,
      problems: [{ where: 'setup.ts', message: 'global set-up failed' }],
      disagreements: ['the statistics declares 0 unexpected tests and holds 1'],
      cases: [
        { name: 'unexpected', suite: ['b.spec.ts'], retries: 2, message: 'wrong', duration_ms: 15 },
        { name: 'flaky', suite: ['chromium', 'a.spec.ts', 'in'], retries: 1 },
        { name: 'skipped' },
      ],
    });
  });
});

describe("go test's events", () => {
  const events = (...list: object[]) => list.map((event) => JSON.stringify(event)).join('\n');
  const test = (Action: string, Test: string, more = {}) => ({ Action, Package: 'p', Test, ...more });

  it('takes a test that has no end for failed', async () => {
    const value = await readTests(
      'go-test',
      events(test('run', 'TestA'), test('output', 'TestA', { Output: 'panic: no\n' }), {
        Action: 'fail',
        Package: 'p',
      }),
    );
    expect(value).toMatchObject({
      tests: 1,
      failed: 1,
      problems: [],
      cases: [{ message: 'panic: no\n\nthe test did not end' }],
    });
  });

  it('tells a package that fails by itself, with what its build said (Go 1.24)', async () => {
    const report = await readText(
      'go-test',
      events(
        { Action: 'build-output', ImportPath: 'p [p.test]', Output: 'x.go:3: undefined: y\n' },
        { Action: 'build-fail', ImportPath: 'p [p.test]' },
        { Action: 'start', Package: 'p' },
        { Action: 'output', Package: 'p', Output: 'FAIL\tp [build failed]\n' },
        { Action: 'fail', Package: 'p', FailedBuild: 'p [p.test]' },
      ),
    );
    assertRead(report);
    expect(report).toMatchObject({ failed: 1, ran: false });
    expect(report.value).toMatchObject({ problems: [{ where: 'p', message: 'x.go:3: undefined: y' }] });
  });

  it('tells a report that ends before its packages do', async () => {
    const value = await readTests('go-test', events(test('run', 'TestA'), test('pass', 'TestA')));
    expect(value).toMatchObject({
      passed: 1,
      problems: [{ where: 'p', message: 'the report ends before the package does' }],
    });
  });

  it('refuses a line that begins as an event and is none', async () => {
    expect(await readFault('go-test', `${events(test('run', 'A'))}\n{"Action":"pa`)).toMatch(/line 2 is no valid JSON/);
    expect(await readFault('go-test', '{"x":1}')).toMatch(/line 1 is no event/);
    expect(await readFault('go-test', 'ok  p 0.1s\n')).toMatch(/holds no event/);
  });
});

describe("ESLint's JSON", () => {
  it('counts messages by file, and says that nothing was looked at when there is no file', async () => {
    const value = await readFindings(
      'eslint',
      JSON.stringify([
        {
          filePath: '/work/shop/a.js',
          messages: [
            { ruleId: 'eqeqeq', severity: 1, message: 'use ===', line: 3, column: 5 },
            { ruleId: null, fatal: true, severity: 2, message: 'Parsing error', line: 1, column: 1 },
          ],
          suppressedMessages: [{ ruleId: 'no-debugger', severity: 2, suppressions: [] }],
          errorCount: 1,
          warningCount: 3,
          source: 'x',
        },
      ]),
    );
    expect(value).toMatchObject({
      total: 2,
      by_level: { error: 1, warning: 1 },
      suppressed: 1,
      disagreements: ['/work/shop/a.js declares 3 warnings and holds 1'],
      results: [
        { rule_id: 'fatal', level: 'error', uri: 'a.js' },
        { rule_id: 'eqeqeq', level: 'warning', start_line: 3, start_column: 5 },
      ],
    });
    expect(await readText('eslint', '[]')).toMatchObject({ ok: true, ran: false });
    expect(await readFault('eslint', '{"diagnostics":[]}')).toMatch(/array of files/);
  });
});

describe('Checkstyle XML', () => {
  it('reads severities, places and exceptions', async () => {
    const value = await readFindings(
      'checkstyle',
      `<checkstyle version="8.36"><file name="/work/shop/A.java"><error line="4" column="2" severity="info" message="magic" source="MagicNumber"/>
      <error line="5" severity="error" message="braces" source="NeedBraces"/><exception>boom</exception></file></checkstyle>`,
    );
    expect(value).toMatchObject({
      by_level: { error: 1, note: 1 },
      problems: [{ where: '/work/shop/A.java', message: 'boom' }],
      results: [
        { rule_id: 'NeedBraces', uri: 'A.java', start_line: 5 },
        { level: 'note', start_column: 2 },
      ],
    });
  });
});
