import { describe, expect, it } from 'vitest';
import { readFault, readFindings, readText } from './read.ts';

const message = { text: 'no' };
const sarif = (...runs: object[]) => JSON.stringify({ version: '2.1.0', runs });
const run = (results: object[], rules: object[] = [], more: object = {}) => ({
  tool: { driver: { name: 'lint', semanticVersion: '1.2.3', rules } },
  results,
  ...more,
});

describe('SARIF', () => {
  it('finds the level of a result as the standard says, also when the rules come behind the results', async () => {
    const rules = [
      { id: 'E', defaultConfiguration: { level: 'error' } },
      { id: 'N', defaultConfiguration: { level: 'note' } },
      { id: 'D' },
    ];
    const results = [
      { ruleId: 'E', message },
      { ruleIndex: 1, message },
      { ruleId: 'D', message },
      { ruleId: 'E/sub', message },
      { ruleId: 'E', level: 'none', message },
      { ruleId: 'E', kind: 'pass', message },
      { rule: { id: 'X', index: 0, toolComponent: { index: 0 } }, message },
      { ruleId: 'unknown', message },
    ];
    const extensions = [{ name: 'more', rules: [{ id: 'X', defaultConfiguration: { level: 'error' } }] }];
    const tool = { driver: { name: 'lint', rules }, extensions };
    for (const written of [
      { tool, results },
      { results, tool },
    ]) {
      const value = await readFindings('sarif', sarif(written));
      expect(value.by_level).toEqual({ error: 3, warning: 2, note: 1, none: 2 });
      expect(value.results.find(({ level }) => level === 'note')?.rule_id).toBe('N');
    }
  });

  it('heeds the overrides of an invocation', async () => {
    const invocations = [
      {
        executionSuccessful: true,
        ruleConfigurationOverrides: [{ descriptor: { id: 'D' }, configuration: { level: 'error' } }],
      },
    ];
    expect(
      await readFindings('sarif', sarif(run([{ ruleId: 'D', message }], [{ id: 'D' }], { invocations }))),
    ).toMatchObject({
      by_level: { error: 1 },
    });
  });

  it('leaves out what is suppressed and what the baseline tells to be gone', async () => {
    const value = await readFindings(
      'sarif',
      sarif(
        run([
          { message, suppressions: [{ kind: 'inSource' }] },
          { message, suppressions: [{ kind: 'external', status: 'underReview' }] },
          { message, suppressions: [] },
          { message, baselineState: 'absent' },
          { message, baselineState: 'new' },
        ]),
      ),
    );
    expect(value).toMatchObject({ total: 3, suppressed: 1, remarks: ["against the tool's baseline: 1 absent, 1 new"] });
  });

  it('takes several runs, their tools, places and fingerprints', async () => {
    const location = (uri: string) => [
      { physicalLocation: { artifactLocation: { uri }, region: { startLine: 3, startColumn: 5 } } },
    ];
    const value = await readFindings(
      'sarif',
      sarif(
        run([
          {
            ruleId: 'A',
            message,
            locations: location('file:///work/shop/a.js'),
            partialFingerprints: { 'own/v1': 'abc' },
          },
        ]),
        {
          tool: { driver: { name: 'other', version: '9' } },
          results: [{ ruleId: 'B', message, locations: location('b.js') }],
        },
      ),
    );
    expect(value).toMatchObject({
      tools: [
        { name: 'lint', version: '1.2.3' },
        { name: 'other', version: '9' },
      ],
      results: [
        { rule_id: 'A', uri: 'a.js', start_line: 3, start_column: 5, fingerprint: 'own/v1:abc' },
        { rule_id: 'B', uri: 'b.js' },
      ],
    });
  });

  it('tells a run that did not succeed as a problem, whatever it found', async () => {
    const invocations = [
      { executionSuccessful: false, toolExecutionNotifications: [{ level: 'error', message: { text: 'no licence' } }] },
    ];
    expect(await readText('sarif', sarif(run([], [], { invocations })))).toMatchObject({
      ok: true,
      failed: 1,
      value: { problems: [{ where: 'lint', message: 'the tool says that its run did not succeed\nno licence' }] },
    });
  });

  it('says that nothing ran without a run, and counts only errors as failures', async () => {
    expect(await readText('sarif', sarif())).toMatchObject({ ok: true, ran: false });
    expect(await readText('sarif', sarif(run([])))).toMatchObject({
      ok: true,
      ran: true,
      failed: 0,
      summary: '0 findings',
    });
    expect(await readText('sarif', sarif(run([{ message, level: 'warning' }])))).toMatchObject({ failed: 0 });
  });

  it('counts what it has no room to tell', async () => {
    const results = Array.from({ length: 500 }, (_, index) => ({ ruleId: index % 2 === 0 ? 'E' : 'D', message }));
    const value = await readFindings(
      'sarif',
      sarif(run(results, [{ id: 'E', defaultConfiguration: { level: 'error' } }])),
    );
    expect(value).toMatchObject({ total: 500, by_level: { error: 250, warning: 250 }, results_left_out: 300 });
    expect(value.results.every(({ level }) => level === 'error')).toBe(true);
  });

  it('is none without runs', async () => {
    expect(await readFault('sarif', '{"version":"2.1.0"}')).toMatch(/no runs/);
    expect(await readFault('sarif', '[]')).toMatch(/no runs/);
  });
});
