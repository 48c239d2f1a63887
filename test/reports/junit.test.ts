import { describe, expect, it } from 'vitest';
import { assertRead, readFault, readTests, readText } from './read.ts';

const read = (xml: string) => readTests('junit', xml);

describe('the dialects of JUnit XML', () => {
  it('counts cases in nested suites, and in a file whose root is a suite or that has cases at its root', async () => {
    const nested = await read(
      '<testsuites><testsuite name="a"><testsuite name="b"><testcase name="x"><failure/></testcase></testsuite><testcase name="y"/></testsuite></testsuites>',
    );
    expect(nested).toMatchObject({ tests: 2, failed: 1, passed: 1, suites: 2, cases: [{ suite: ['a', 'b'] }] });
    expect(await read('<testsuite><testcase name="x"/></testsuite>')).toMatchObject({ tests: 1, suites: 1 });
    expect(await read('<testsuites><testcase name="x"/></testsuites>')).toMatchObject({ tests: 1, suites: 0 });
  });

  it('believes the cases, and tells where the attributes claim something else', async () => {
    const value = await read(
      '<testsuite name="s" tests="5" failures="0" errors="0"><testcase name="x"><error/></testcase></testsuite>',
    );
    expect(value).toMatchObject({ tests: 1, failed: 1 });
    expect(value.disagreements).toEqual([
      'the suite "s" declares 5 tests and holds 1',
      'the suite "s" declares 0 failures and errors and holds 1',
    ]);
  });

  it('asks for no counts at all', async () => {
    expect((await read('<testsuite><testcase name="x"/></testsuite>')).disagreements).toEqual([]);
  });

  it('takes a try that failed before one that passed for flaky, as Surefire and nextest write it', async () => {
    const value = await read(`<testsuite tests="2" failures="1">
      <testcase name="flaky"><flakyFailure message="first">stack</flakyFailure><flakyError/></testcase>
      <testcase name="broken"><failure message="wrong"/><rerunFailure><system-out>noise</system-out></rerunFailure></testcase>
    </testsuite>`);
    expect(value).toMatchObject({ tests: 2, passed: 1, failed: 1, flaky: 1, disagreements: [] });
    expect(value.cases).toMatchObject([
      { name: 'broken', status: 'failed', flaky: false, retries: 1, message: 'wrong' },
      { name: 'flaky', status: 'passed', flaky: true, retries: 2, message: 'first\nstack' },
    ]);
  });

  it('counts a case that fails and then breaks in its teardown once', async () => {
    expect(await read('<testsuite><testcase name="x"><failure/><error/></testcase></testsuite>')).toMatchObject({
      tests: 1,
      failed: 1,
    });
  });

  it('knows what did not run by GoogleTest, CTest and todo', async () => {
    const value = await read(`<testsuite>
      <testcase name="a" status="notrun"/><testcase name="b" status="run" result="completed"/>
      <testcase name="c" status="disabled"/><testcase name="d"><skipped type="todo"/></testcase>
      <testcase name="e"><skipped message="not here"/></testcase></testsuite>`);
    expect(value).toMatchObject({ passed: 1, skipped: 3, pending: 1 });
    expect(value.cases.find(({ name }) => name === 'e')).toMatchObject({ status: 'skipped', message: 'not here' });
  });

  it("tells PHPUnit's warnings apart from passes", async () => {
    expect(await read('<testsuite><testcase name="x"><warning>risky</warning></testcase></testsuite>')).toMatchObject({
      other: 1,
      passed: 0,
    });
  });

  it('tells a suite that fails beside its cases as a problem, which counts as a failure', async () => {
    const report = await readText(
      'junit',
      '<testsuite name="s"><error message="no database"/><testcase name="x"/></testsuite>',
    );
    assertRead(report);
    expect(report.failed).toBe(1);
    expect(report.value).toMatchObject({ failed: 0, problems: [{ where: 's', message: 'no database' }] });
  });

  it('leaves properties, output and attachments aside, whatever they hold', async () => {
    const value = await read(`<testsuite><properties><property name="failure" value="1"/></properties>
      <testcase name="x"><properties><property name="error"/></properties>
      <system-out><![CDATA[<failure/> [[ATTACHMENT|/tmp/a.png]] </testcase>]]></system-out></testcase>
      <system-out>&lt;error/&gt;</system-out></testsuite>`);
    expect(value).toMatchObject({ tests: 1, passed: 1, problems: [] });
  });

  it("reads Bazel's report of a whole target", async () => {
    expect(
      await read(`<?xml version="1.0" encoding="UTF-8"?><testsuites><testsuite name="//a:t" tests="1" failures="0" errors="1">
      <testcase name="//a:t" status="run" duration="3" time="3"><error message="exited with error code 1"></error></testcase>
      <system-out>Generated test.log (if the file is not UTF-8, then this may be unreadable): <![CDATA[x]]></system-out></testsuite></testsuites>`),
    ).toMatchObject({ tests: 1, failed: 1, disagreements: [], cases: [{ message: 'exited with error code 1' }] });
  });

  it('reads go-junit-report, where a build that failed is an error of a case', async () => {
    expect(
      await read(`<testsuites tests="1" errors="1"><testsuite name="pkg" tests="1" failures="0" errors="1" time="0.000">
      <testcase name="[build failed]" classname="pkg" time="0.000"><error message="Build error"><![CDATA[x.go:3:1: undefined]]></error></testcase></testsuite></testsuites>`),
    ).toMatchObject({ failed: 1, cases: [{ message: 'Build error\nx.go:3:1: undefined' }] });
  });

  it.each([
    ['0.25', 250],
    ['1,234.5', 1_234_500],
    ['0,25', 250],
    ['1e-3', 1],
    ['-1', null],
    ['NaN', null],
    ['Infinity', null],
    ['1e300', null],
    ['', null],
    ['0x10', null],
    ['99999999999999999999', null],
  ])('reads the time "%s" as %s ms', async (time, ms) => {
    const value = await read(`<testsuite><testcase name="x" time="${time}"><failure/></testcase></testsuite>`);
    expect(value.cases[0]?.duration_ms).toBe(ms);
    expect(value.duration_ms).toBe(ms);
  });

  it.each(['-1', 'NaN', '1e9', '99999999999999999999', '0x3', '3.5'])(
    'makes nothing of the count "%s"',
    async (count) => {
      const value = await read(`<testsuite tests="${count}"><testcase name="x"/></testsuite>`);
      expect(value).toMatchObject({ tests: 1, disagreements: [] });
    },
  );

  it('says that nothing ran when there is no case, or all were skipped', async () => {
    for (const [xml, ran] of [
      ['<testsuites/>', false],
      ['<testsuite tests="0"/>', false],
      ['<testsuite><testcase name="x"><skipped/></testcase></testsuite>', false],
      ['<testsuite><testcase name="x"><failure/></testcase></testsuite>', true],
    ] as const) {
      expect(await readText('junit', xml)).toMatchObject({ ok: true, ran });
    }
  });

  it('keeps failures before what was skipped when there is no room for all', async () => {
    const skipped = '<testcase name="s"><skipped/></testcase>'.repeat(300);
    const failed = '<testcase name="f"><failure/></testcase>'.repeat(150);
    const value = await read(`<testsuite>${skipped}${failed}</testsuite>`);
    expect(value).toMatchObject({ tests: 450, failed: 150, skipped: 300, cases_left_out: 250 });
    expect(value.cases.filter(({ status }) => status === 'failed')).toHaveLength(150);
    expect(value.cases).toHaveLength(200);
  });

  it('tells files relative to the root, also from Windows and file URIs', async () => {
    const value = await read(
      `<testsuite>${['/work/shop/a.py', 'C:\\elsewhere\\a.cs', './b.ts', 'file:///work/shop/c%20d.ts']
        .map((file) => `<testcase name="x" file="${file}" line="3"><failure/></testcase>`)
        .join('')}</testsuite>`,
    );
    expect(value.cases.map(({ file }) => file)).toEqual(['a.py', 'C:/elsewhere/a.cs', 'b.ts', 'c d.ts']);
    expect(value.cases[0]?.line).toBe(3);
  });
});

describe('a JUnit report that is none', () => {
  it('is called empty when it holds nothing but white space', async () => {
    expect(await readFault('junit', '')).toBe('report_empty: is empty');
    expect(await readFault('junit', ' \n\t\uFEFF')).toBe('report_empty: is empty');
  });

  it('says where it breaks', async () => {
    expect(await readFault('junit', '<testsuite>\n<testcase name="x">\n</testsuite>')).toMatch(
      /^report_unreadable: can't be read as junit: it is not well-formed XML: .*\(line 3, column \d+\)$/,
    );
  });

  it('says what it looks like instead', async () => {
    expect(await readFault('junit', '{"version":"2.1.0","runs":[]}')).toMatch(/it looks like sarif$/);
    expect(await readFault('junit', '<TestRun/>')).toMatch(/its root element is <TestRun>.*it looks like trx$/);
    expect(await readFault('sarif', '<testsuites/>')).toMatch(/it looks like junit$/);
  });
});
