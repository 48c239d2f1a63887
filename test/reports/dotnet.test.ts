import { describe, expect, it } from 'vitest';
import { assertRead, readTests, readText } from './read.ts';

// .NET is not in Debian, so these are written after the formats' documentation and the files in other projects' tests.
const trx = (results: string, counters: string, more = '') => `<?xml version="1.0" encoding="utf-8"?>
<TestRun id="1" name="run" xmlns="http://microsoft.com/schemas/VisualStudio/TeamTest/2010">
<Times creation="2026-11-21T09:00:00.0000000+00:00" start="2026-11-21T09:00:00.0000000+00:00" finish="2026-11-21T09:00:01.5000000+00:00"/>
<Results>${results}</Results>
<TestDefinitions><UnitTest name="Shop.CartTests.Rounds" id="t2"><TestMethod codeBase="a.dll" className="Shop.CartTests" name="Rounds"/></UnitTest></TestDefinitions>
<ResultSummary outcome="Failed"><Counters ${counters}/>${more}</ResultSummary></TestRun>`;

const FAILED = `<UnitTestResult testId="t2" testName="Shop.CartTests.Rounds" outcome="Failed" duration="00:00:00.0120000">
<Output><ErrorInfo><Message>Expected: 4&#xD;
Actual: 3</Message><StackTrace>   at Shop.CartTests.Rounds() in /work/shop/CartTests.cs:line 27</StackTrace></ErrorInfo></Output></UnitTestResult>`;

describe('TRX', () => {
  it('reads outcomes, times, places and the classes that stand behind the results', async () => {
    const value = await readTests(
      'trx',
      trx(
        `<UnitTestResult testId="t1" testName="Adds" outcome="Passed" duration="00:00:00.0010000"/>${FAILED}
         <UnitTestResult testId="t3" testName="Skips" outcome="NotExecuted"/><UnitTestResult testId="t4" testName="Odd" outcome="Inconclusive"/>
         <UnitTestResult testId="t5" testName="Slow" outcome="Timeout" duration="1.00:00:00"/>`,
        'total="5" executed="4" passed="1" failed="1" timeout="1"',
        '<RunInfos><RunInfo outcome="Error"><Text>[xUnit.net] Shop.CartTests.Rounds [FAIL]</Text></RunInfo></RunInfos>',
      ),
    );
    expect(value).toMatchObject({
      tests: 5,
      passed: 1,
      failed: 2,
      skipped: 1,
      other: 1,
      duration_ms: 1500,
      disagreements: [],
      problems: [],
      cases: [
        {
          name: 'Rounds',
          suite: ['Shop.CartTests'],
          file: 'CartTests.cs',
          line: 27,
          message: 'Expected: 4\nActual: 3',
          duration_ms: 12,
        },
        { name: 'Slow', duration_ms: 86_400_000 },
        { name: 'Odd', status: 'other' },
        { name: 'Skips', status: 'skipped' },
      ],
    });
  });

  it('counts a data-driven test by its rows', async () => {
    const value = await readTests(
      'trx',
      trx(
        `<UnitTestResult testId="t" testName="Rows" outcome="Failed"><InnerResults>
          <UnitTestResult testName="Rows (1)" outcome="Passed"/><UnitTestResult testName="Rows (2)" outcome="Failed"/></InnerResults></UnitTestResult>`,
        'total="3" failed="2"',
      ),
    );
    expect(value).toMatchObject({
      tests: 2,
      failed: 1,
      disagreements: [],
      cases: [{ name: 'Rows (2)', suite: ['Rows'] }],
    });
  });

  it('tells a run that was aborted though no test failed', async () => {
    const report = await readText(
      'trx',
      trx(
        '<UnitTestResult testId="t1" testName="Adds" outcome="Passed"/>',
        'total="9" failed="0"',
        '<RunInfos><RunInfo outcome="Error"><Text>The active test run was aborted. Reason: Test host process crashed</Text></RunInfo></RunInfos>',
      ),
    );
    assertRead(report);
    expect(report.failed).toBe(2);
    expect(report.value.disagreements).toEqual(['the summary declares 9 tests and holds 1']);
  });
});

describe('xUnit.net XML', () => {
  it('reads results, reasons and errors beside the tests, of version 2 and 3', async () => {
    const value = await readTests(
      'xunit',
      `<assemblies timestamp="x"><assembly name="/work/shop/a.dll" total="4" passed="1" failed="1" skipped="1" not-run="1" errors="1" time="0.250">
      <errors><error type="test-class-cleanup" name="CartTests"><failure exception-type="X"><message><![CDATA[no database]]></message></failure></error></errors>
      <collection name="c" total="4"><test name="Adds" type="CartTests" method="Adds" time="0.1" result="Pass"/>
      <test name="Rounds" type="CartTests" method="Rounds" time="0.1" result="Fail"><failure><message>Expected 4</message><stack-trace>at X in /work/shop/C.cs:line 9</stack-trace></failure></test>
      <test name="Skips" type="CartTests" method="Skips" result="Skip"><reason>not here</reason></test>
      <test name="Explicit" type="CartTests" method="Explicit" result="NotRun"/></collection></assembly></assemblies>`,
    );
    expect(value).toMatchObject({
      tests: 4,
      passed: 1,
      failed: 1,
      skipped: 2,
      suites: 1,
      duration_ms: 250,
      disagreements: [],
      problems: [{ where: 'test-class-cleanup CartTests', message: 'no database' }],
      cases: [
        { name: 'Rounds', suite: ['c', 'CartTests'], message: 'Expected 4', file: 'C.cs', line: 9 },
        { name: 'Skips', message: 'not here' },
        { name: 'Explicit' },
      ],
    });
  });
});

describe('NUnit XML', () => {
  it('reads version 3 with its fixtures, reasons, labels and a set-up that fails', async () => {
    const value = await readTests(
      'nunit',
      `<test-run testcasecount="4" total="4" passed="1" failed="2" skipped="1" duration="0.5">
      <test-suite type="Assembly" name="a.dll" result="Failed" site="Child"><failure><message>One or more child tests had errors</message></failure>
      <test-suite type="TestFixture" name="CartTests" fullname="Shop.CartTests" result="Failed" site="SetUp"><failure><message>no database</message></failure>
      <test-case name="Adds" classname="Shop.CartTests" result="Passed" duration="0.01"/>
      <test-case name="Rounds" classname="Shop.CartTests" result="Failed"><failure><message><![CDATA[ Expected: 4]]></message><stack-trace>in /work/shop/C.cs:line 9</stack-trace></failure><assertions><assertion><message>again</message></assertion></assertions></test-case>
      <test-case name="Slow" classname="Shop.CartTests" result="Failed" label="Test exceeded Timeout value 1ms."><failure/></test-case>
      <test-case name="Skips" classname="Shop.CartTests" result="Skipped" label="Ignored"><reason><message>not here</message></reason></test-case>
      </test-suite></test-suite></test-run>`,
    );
    expect(value).toMatchObject({
      tests: 4,
      passed: 1,
      failed: 2,
      skipped: 1,
      duration_ms: 500,
      disagreements: [],
      problems: [{ where: 'Shop.CartTests', message: 'no database' }],
      cases: [
        { name: 'Rounds', suite: ['Shop.CartTests'], message: ' Expected: 4' },
        { name: 'Slow', message: 'Test exceeded Timeout value 1ms.' },
        { name: 'Skips', message: 'not here' },
      ],
    });
  });

  it('reads version 2', async () => {
    const value = await readTests(
      'nunit',
      `<test-results total="2" failures="1" not-run="1"><test-suite type="TestFixture" name="F"><results>
      <test-case name="A" executed="True" result="Success" time="0.1"/><test-case name="B" executed="True" result="Failure"/>
      <test-case name="C" executed="False" result="Ignored"/></results></test-suite></test-results>`,
    );
    expect(value).toMatchObject({ tests: 3, passed: 1, failed: 1, skipped: 1, disagreements: [] });
  });
});
