import { describe, expect, it } from 'vitest';
import { makeRedactor } from '../../src/redaction/redactor.ts';
import { makeTempDir } from '../support/temp-dir.ts';
import { executePlan, makePlan, type RigOptions, run } from './rig.ts';

const junit = [{ path: 'junit.xml', format: 'junit' as const }];

/** One step that writes a report and ends as it is told. */
async function runWith(
  report: string,
  options: { kind?: 'test' | 'command'; exit?: number; allow_empty?: boolean; rig?: RigOptions } = {},
) {
  const { kind = 'test', exit = 0, allow_empty = false, rig = {} } = options;
  await using dir = await makeTempDir();
  const script = `cat > junit.xml <<'XML'\n${report}\nXML\nexit ${exit}`;
  return await executePlan(dir.path, makePlan([run('a', script, { kind, allow_empty, reports: junit })]), rig);
}

const twoCases =
  '<testsuite><testcase name="adds"/><testcase name="rounds"><failure message="off by one"/></testcase></testsuite>';

describe('a declared report', () => {
  it('becomes an observation with the kept bytes as its basis', async () => {
    const execution = await runWith(twoCases, { exit: 1 });
    expect(execution.of('observation_recorded').map(({ observation }) => observation)).toMatchObject([
      {
        id: 'a/1/report/1/tests',
        type: 'tests',
        basis_artifact_ids: ['a/1/report/1'],
        informational: false,
        parser: { name: 'quoderat/junit' },
        value: { tests: 2, passed: 1, failed: 1, cases: [{ name: 'rounds', status: 'failed', message: 'off by one' }] },
      },
    ]);
    expect(execution.result('a')).toMatchObject({ status: 'failed', cause: { code: 'exit_nonzero' } });
  });

  it('that cannot be read makes a success a failure, and says what is wrong with it', async () => {
    const execution = await runWith('<testsuite><testcase');
    expect(execution.result('a')).toMatchObject({
      status: 'failed',
      exit_code: 0,
      cause: {
        code: 'report_unreadable',
        message: expect.stringMatching(/^its report junit\.xml can't be read as junit/),
      },
    });
    expect(execution.of('observation_recorded')).toEqual([]);
  });

  it('that says nothing ran makes a success a failure, unless that is allowed', async () => {
    const empty = '<testsuite tests="0"/>';
    expect((await runWith(empty)).result('a')).toMatchObject({ status: 'failed', cause: { code: 'nothing_ran' } });
    const allowed = await runWith(empty, { allow_empty: true });
    expect(allowed.result('a').status).toBe('success');
    expect(allowed.warnings('a')).toEqual(['file_not_captured']);
  });

  it('of a step that is no test is read, and decides nothing', async () => {
    const execution = await runWith('no report', { kind: 'command' });
    expect(execution.result('a').status).toBe('success');
    expect(execution.warnings('a')).toEqual(['file_not_captured']);
  });

  it.each([
    ['exit 0, though a test failed', twoCases, 0],
    ['exit 1, though none failed', '<testsuite><testcase name="adds"/></testsuite>', 1],
  ])('that disagrees with the exit code is told, and neither is corrected: %s', async (_, report, exit) => {
    const execution = await runWith(report, { exit });
    expect(execution.result('a')).toMatchObject({ exit_code: exit, status: exit === 0 ? 'success' : 'failed' });
    expect(execution.warnings('a')).toEqual(['report_disagrees']);
  });

  it('whose form redaction broke is read as it was written, which is told', async () => {
    // The value reaches over the whole attribute: a bare marker in its place is no XML.
    const redactor = makeRedactor({ secrets: [{ name: 'KEY', value: 'type="hunter2"' }], rules: [] });
    const report = '<testsuite><testcase name="t"><failure type="hunter2"/></testcase></testsuite>';
    const execution = await runWith(report, { exit: 1, rig: { redactor } });
    expect(execution.of('observation_recorded')[0]?.observation.value).toMatchObject({ tests: 1, failed: 1 });
    expect(execution.warnings('a')).toEqual(['report_read_unredacted']);
  });

  it('shows no secret that it spelt with entities', async () => {
    const redactor = makeRedactor({ secrets: [{ name: 'KEY', value: 'hunter2hunter2' }], rules: [] });
    const spelt = Array.from('hunter2hunter2', (letter) => `&#${letter.charCodeAt(0)};`).join('');
    const execution = await runWith(
      `<testsuite><testcase name="t"><failure message="${spelt}"/></testcase></testsuite>`,
      {
        exit: 1,
        rig: { redactor },
      },
    );
    const told = JSON.stringify(execution.of('observation_recorded'));
    expect(told).toContain('[redacted:KEY]');
    expect(told).not.toContain('hunter2');
  });
});
