import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { makeGitlabLog } from '../../src/log/gitlab.ts';
import { makeJsonLog } from '../../src/log/json.ts';
import { makePlainLog } from '../../src/log/plain.ts';
import { runEvent } from '../../src/schema/event.ts';
import { makeRunnerCommandParser, splitRunnerLines } from '../support/runner-commands.ts';
import { anyChunks, hostileOutput } from './hostile-output.ts';
import { failure, makeSink, makeStory, play } from './run-events.ts';

/** GitLab's own mark (lib/gitlab/regex.rb, logs_section_prefix_regex): anywhere in a line. */
const section = /section_(start|end):(\d+):([\w.-]+)(\[[^\]]*\])?\r\u001B\[0K/g;

describe('the log of a GitLab job', () => {
  it('folds each step into a collapsed section', async () => {
    const sink = makeSink();
    const story = makeStory(['unit', 'lint'])
      .begin('unit')
      .print('unit', 'one\n')
      .finish('unit')
      .begin('lint')
      .finish('lint', failure);
    await play(makeGitlabLog(sink), story.events);
    const marks = Array.from(sink.text().matchAll(section), ([, edge, , name, options]) => [edge, name, options]);
    expect(marks).toEqual([
      ['start', 'quoderat_1', '[collapsed=true]'],
      ['end', 'quoderat_1', undefined],
      ['start', 'quoderat_2', '[collapsed=true]'],
      ['end', 'quoderat_2', undefined],
    ]);
    expect(sink.text()).toContain('\r\u001B[0Kunit (test)\none\n');
    expect(sink.text()).toContain('✗ lint (test) failed in 3.2 s: exit code 1\n');
  });

  it('lets no output forge a section, or a mask in proxy-exec mode', async () => {
    await fc.assert(
      fc.asyncProperty(anyChunks, async (out) => {
        const sink = makeSink();
        const story = makeStory(['unit']).begin('unit');
        for (const text of out) story.print('unit', text);
        await play(makeGitlabLog(sink), story.finish('unit').events);
        expect(sink.text().match(section)).toHaveLength(2);
        expect(sink.text().match(/section_(?:start|end):/g)).toHaveLength(2);
        expect(sink.text()).not.toMatch(/::add-mask::/i);
      }),
      { numRuns: 300 },
    );
  });
});

describe('plain lines', () => {
  it('carry their step, and say when it starts and ends', async () => {
    const sink = makeSink();
    const story = makeStory(['unit', 'lint', 'ship'])
      .begin('unit')
      .begin('lint')
      .print('unit', 'one\ntw')
      .print('lint', 'warn\r\n')
      .print('unit', 'o\n\nend');
    await play(
      makePlainLog(sink),
      story.finish('lint').finish('unit', failure).skip('ship', 'needs unit').seal('failed').events,
    );
    expect(sink.text().split('\n').slice(2, -2)).toEqual([
      '> unit (test)',
      '> lint (test)',
      '[unit] one',
      '[lint] warn',
      '[unit] two',
      '[unit] ',
      '✓ lint (test) passed in 3.2 s',
      '[unit] end',
      '✗ unit (test) failed in 3.2 s: exit code 1',
      '○ ship (test) not run: needs unit',
      expect.stringMatching(/^Failed: 1 of 3 steps failed, 1 not run in \d+\.0 s$/),
    ]);
  });

  it('hold no control character, and no command of any runner', async () => {
    await fc.assert(
      fc.asyncProperty(anyChunks, async (out) => {
        const sink = makeSink();
        const id = 'a[x=##[add-mask]';
        const story = makeStory([id]).begin(id);
        for (const text of out) story.print(id, text);
        await play(makePlainLog(sink), story.events);
        expect(sink.text()).not.toMatch(/[\0-\u0008\u000B-\u001F\u007F-\u009F\u202E]/);
        const parser = makeRunnerCommandParser();
        expect(splitRunnerLines(sink.text()).filter((line) => parser.feed(line) !== null)).toEqual([]);
      }),
      { numRuns: 300 },
    );
  });
});

describe('events as JSON lines', () => {
  it('are the events themselves, one a line, that no runner and no terminal obeys', async () => {
    const story = makeStory(['unit']).begin('unit');
    for (const text of hostileOutput) story.print('unit', text);
    const sink = makeSink();
    await play(makeJsonLog(sink), story.events);
    const lines = sink.text().trimEnd().split('\n');
    expect(lines.map((line) => JSON.parse(line) as unknown)).toEqual(story.events);
    const outputs = lines.map((line) => runEvent.safeParse(JSON.parse(line))).filter(({ success }) => success);
    expect(outputs.length).toBeGreaterThanOrEqual(hostileOutput.length);
    expect(sink.text()).not.toMatch(/[\0-\u0009\u000B-\u001F\u007F-\u009F\u2028\u202E]/);
    const parser = makeRunnerCommandParser();
    expect(splitRunnerLines(sink.text()).filter((line) => parser.feed(line) !== null)).toEqual([]);
  });
});
