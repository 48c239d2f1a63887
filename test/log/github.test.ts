import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { makeGithubLog } from '../../src/log/github.ts';
import type { RunEvent } from '../../src/schema/event.ts';
import { makeRunnerCommandParser, type RunnerEffects, splitRunnerLines } from '../support/runner-commands.ts';
import { anyChunks, hostileOutput } from './hostile-output.ts';
import { failure, makeSink, makeStory, play } from './run-events.ts';

/** Runs the events through the log, and what it wrote through the runner's parser. */
async function show(
  events: RunEvent[],
): Promise<{ text: string; effects: RunnerEffects; lines: string[]; tokens: string[] }> {
  const sink = makeSink();
  const tokens: string[] = [];
  const randomToken = (): string => {
    tokens.push(`${tokens.length}`.padStart(32, '0123456789abcdef'));
    return tokens.at(-1) ?? '';
  };
  await play(makeGithubLog({ write: sink.write, randomToken }), events);
  const parser = makeRunnerCommandParser();
  const lines = splitRunnerLines(sink.text()).filter((line) => parser.feed(line) === null);
  return { text: sink.text(), effects: parser.effects, lines, tokens };
}

const nothing = {
  masks: [],
  outputs: {},
  states: {},
  env: {},
  paths: [],
  matchers: [],
  debug: [],
  annotations: [],
  openGroups: 0,
  stoppedBy: null,
};

describe('the log of a GitHub job', () => {
  it('folds each step into a group, with its outcome outside of it', async () => {
    const story = makeStory(['unit', 'lint'])
      .begin('unit')
      .print('unit', 'one\ntwo\n')
      .finish('unit')
      .begin('lint')
      .finish('lint')
      .seal();
    const { text, tokens, effects } = await show(story.events);
    expect(text).toContain(
      [
        '::group::unit (test)',
        `::stop-commands::${tokens[0]}`,
        'one',
        'two',
        `::${tokens[0]}::`,
        '::endgroup::',
        '✓ unit (test) passed in 3.2 s',
        '',
      ].join('\n'),
    );
    expect(text).toMatch(
      /Passed: 2 of 2 steps ran and passed in \d+\.0 s\nEvidence .* sealed: head e{64}, envelope sha256:f{64}\n$/,
    );
    expect(effects).toEqual({ ...nothing, groups: ['unit (test)', 'lint (test)'] });
    expect(new Set(tokens).size).toBe(2);
  });

  it.each(hostileOutput)('echoes %j without any effect on the runner', async (output) => {
    const { effects } = await show(makeStory(['unit']).begin('unit').print('unit', output).finish('unit').events);
    expect(effects).toEqual({ ...nothing, groups: ['unit (test)'] });
  });

  it('echoes any output, cut into any chunks, without any effect on the runner', async () => {
    await fc.assert(
      fc.asyncProperty(anyChunks, anyChunks, async (out, err) => {
        const story = makeStory(['unit']).begin('unit');
        for (const text of out) story.print('unit', text).print('unit', err.pop() ?? '', 'stderr');
        const { effects } = await show(story.finish('unit').events);
        expect(effects).toEqual({ ...nothing, groups: ['unit (test)'] });
      }),
      { numRuns: 300 },
    );
  });

  it('has a second layer: the echoed lines are no commands even to a runner that was not stopped', async () => {
    await fc.assert(
      fc.asyncProperty(anyChunks, async (out) => {
        const story = makeStory(['unit']).begin('unit');
        for (const text of out) story.print('unit', text);
        const { text, tokens } = await show(story.finish('unit').events);
        const [, inside = ''] = text.split(/::stop-commands::.*\n/);
        const [echoed = ''] = inside.split(`::${tokens[0]}::`);
        const parser = makeRunnerCommandParser();
        expect(splitRunnerLines(echoed).filter((line) => parser.feed(line) !== null)).toEqual([]);
      }),
      { numRuns: 300 },
    );
  });

  it('is not resumed by a child that guesses or repeats tokens', async () => {
    const guesses = ['::x::', '::stop-commands::x', '::x::', `::${'0'.repeat(32)}::`, '::::', '::error::now'].join(
      '\n',
    );
    const { effects } = await show(
      makeStory(['unit']).begin('unit').print('unit', `${guesses}\n`).finish('unit').events,
    );
    expect(effects).toEqual({ ...nothing, groups: ['unit (test)'] });
  });

  it('keeps colours, and ends them before its own lines', async () => {
    const { text } = await show(
      makeStory(['unit']).begin('unit').print('unit', '\u001B[31mred\u001B[2J\n').finish('unit').events,
    );
    expect(text).toContain('\n\u001B[31mred\n');
    expect(text).toContain('\n\u001B[0m✓ unit (test) passed');
  });

  it('puts an unfinished line on a line of its own', async () => {
    const story = makeStory(['unit'])
      .begin('unit')
      .print('unit', 'out')
      .print('unit', 'err', 'stderr')
      .print('unit', 'put')
      .finish('unit');
    const { lines } = await show(story.events);
    expect(lines).toContain('output');
    expect(lines).toContain('err');
  });

  it('shows a line of a megabyte in pieces, none of them lost', async () => {
    const line = '##[error]'.repeat(120_000);
    const { effects, lines } = await show(makeStory(['unit']).begin('unit').print('unit', line).finish('unit').events);
    expect(effects.annotations).toEqual([]);
    expect(Math.max(...lines.map((shown) => shown.length))).toBeLessThanOrEqual(40_000);
    expect(lines.join('').match(/error/g)).toHaveLength(120_000);
  });

  it('annotates failed steps, ten at most, with escaped titles and messages', async () => {
    const ids = Array.from({ length: 12 }, (_, index) => `s[a=${index}:,%]`);
    const story = makeStory(ids);
    const message = '100% wrong\n::error::x ##[error]y';
    for (const id of ids) story.begin(id).finish(id, { ...failure, cause: { code: 'exit_nonzero', message } });
    const { effects } = await show(story.events);
    expect(effects.annotations).toHaveLength(10);
    expect(effects.annotations[0]).toEqual({
      level: 'error',
      message: '100% wrong ::error::x ##[error]y',
      properties: { title: 's[a=0:,%] failed' },
    });
    expect(effects.groups[0]).toBe('s[a=0:,%] (test)');
  });

  it('warns of a failure that the manifest allows', async () => {
    const story = makeStory(['lint'], { lint: { continue_on_error: true } })
      .begin('lint')
      .finish('lint', failure);
    const { effects } = await show(story.events);
    expect(effects.annotations).toEqual([
      { level: 'warning', message: 'exit code 1', properties: { title: 'lint failed (allowed)' } },
    ]);
  });

  it('tells retries, warnings, skips and errors', async () => {
    const story = makeStory(['unit', 'ship']).begin('unit');
    story.add({ type: 'step_warning', step_id: 'unit', attempt: 1, code: 'timeout_near', message: 'ends in 30 s' });
    story.add({
      type: 'step_retrying',
      step_id: 'unit',
      attempt: 1,
      next_attempt: 2,
      delay_ms: 5000,
      result: { ...failure, attempt: 1, signal: null },
    });
    story.begin('unit', 2).finish('unit', { ...failure, attempt: 2 });
    story
      .skip('ship', 'needs unit')
      .add({ type: 'error', code: 'disk_full', message: '##[error]no space' })
      .seal('failed');
    const { lines, effects } = await show(story.events);
    expect(lines).toEqual(
      expect.arrayContaining([
        '! unit: warning: ends in 30 s',
        '! unit: attempt 1 of 2: exit code 1; attempt 2 starts in 5.0 s',
        '✗ unit (test) failed in 3.2 s on attempt 2 of 2: exit code 1',
        '○ ship (test) not run: needs unit',
        '! disk_full: ## [error]no space',
      ]),
    );
    expect(lines.some((line) => line.startsWith('Failed: 1 of 2 steps failed, 1 not run in '))).toBe(true);
    expect(effects.groups).toEqual(['unit (test)']);
  });

  it('closes what is open when it ends in the middle of a step', async () => {
    const story = makeStory(['a', 'b']).begin('a').begin('b').print('a', '\u001B[31mhalf a').print('b', 'half b');
    const { effects, lines } = await show(story.events);
    expect(effects).toEqual({ ...nothing, groups: ['a (test)', 'b (test)'] });
    expect(lines).toContain('\u001B[31mhalf a');
    expect(lines).toContain('half b');
  });
});

describe('steps that print at the same time', () => {
  it('are shown one after the other, each in its own group, in whole', async () => {
    const story = makeStory(['a', 'b', 'c']).begin('a').begin('b').begin('c');
    for (const round of [1, 2, 3]) for (const id of ['a', 'b', 'c']) story.print(id, `${id}${round}\n`);
    story.skip('d', 'needs a').finish('c').finish('a').print('b', 'b4\n').finish('b');
    const { lines, effects } = await show(story.events);
    expect(effects).toEqual({ ...nothing, groups: ['a (test)', 'c (test)', 'b (test)'] });
    expect(lines.filter((line) => /^[abc]\d$|^[✓○]/.test(line)).map((line) => line.slice(0, 3))).toEqual([
      'a1',
      'a2',
      'a3',
      '✓ a',
      '○ d',
      'c1',
      'c2',
      'c3',
      '✓ c',
      'b1',
      'b2',
      'b3',
      'b4',
      '✓ b',
    ]);
  });

  it('do not wait for a service, which is shown when it is over, but told of when it is ready', async () => {
    const services = { app: { kind: 'service' }, db: { kind: 'service' } };
    const story = makeStory(['app', 'db', 'a', 'b'], services).begin('app').begin('db').print('app', 'app1\n');
    const observation = { type: 'service', summary: 'ready after 1.2 s' };
    story.add({ type: 'observation_recorded', step_id: 'app', observation });
    story.begin('a').print('a', 'a1\n').print('app', 'app2\n').print('a', 'a2\n').finish('a');
    story.finish('app').begin('b').print('b', 'b1\n').finish('b').print('db', 'db1\n');
    const { lines, effects } = await show(story.events);
    expect(effects).toEqual({
      ...nothing,
      groups: ['a (test)', 'app (service)', 'b (test)', 'db (service)'],
    });
    expect(lines.filter((line) => /^(?:app|db|[ab])\d?[ :]?|^✓/.test(line)).map((line) => line.slice(0, 5))).toEqual([
      'app: ',
      'a1',
      'a2',
      '✓ a (',
      'app1',
      'app2',
      '✓ app',
      'b1',
      '✓ b (',
      'db1',
    ]);
  });

  it('wait in bounded memory: the oldest output goes, and it is said how much', async () => {
    const story = makeStory(['a', 'b']).begin('a').begin('b');
    for (let index = 0; index < 40; index += 1) story.print('b', `${index} ${'x'.repeat(65_533)}\n`);
    const { text, lines } = await show(story.finish('a').finish('b').events);
    expect(lines.some((line) => /^… \d+ characters of earlier output are left out here/.test(line))).toBe(true);
    expect(text).toContain('\n39 xxx');
    expect(text).not.toContain('\n0 xxx');
    expect(text.length).toBeLessThan(1.2 * 1024 * 1024);
  });

  it('share a bound when they are many', async () => {
    const ids = Array.from({ length: 30 }, (_, index) => `s${index}`);
    const story = makeStory(ids);
    for (const id of ids) story.begin(id);
    for (let round = 0; round < 15; round += 1)
      for (const id of ids.slice(1)) story.print(id, `${id}.${round} ${'x'.repeat(65_000)}\n`);
    const { text } = await show(story.events);
    expect(text.length).toBeLessThan(8.5 * 1024 * 1024);
    for (const id of ids.slice(1)) expect(text).toContain(`\n${id}.14 x`);
  });
});
