import { describe, expect, it } from 'vitest';
import { chooseLog } from '../../src/cli/job-log.ts';
import { wantsColor, widthOf } from '../../src/cli/terminal.ts';
import { makeFakeIo } from './fake-io.ts';

const terminal = makeFakeIo({ isTTY: true }).stdout;
const pipe = makeFakeIo().stdout;

describe('wantsColor', () => {
  it.each([
    ['a terminal', terminal, {}, true, true],
    ['a pipe', pipe, {}, true, false],
    ['a dumb terminal', terminal, { TERM: 'dumb' }, true, false],
    ['NO_COLOR', terminal, { NO_COLOR: '1' }, true, false],
    ['an empty NO_COLOR', terminal, { NO_COLOR: '' }, true, true],
    ['FORCE_COLOR in a pipe', pipe, { FORCE_COLOR: '1' }, true, true],
    ['FORCE_COLOR=0 on a terminal', terminal, { FORCE_COLOR: '0' }, true, false],
    ['NO_COLOR against FORCE_COLOR', terminal, { NO_COLOR: '1', FORCE_COLOR: '1' }, true, false],
    ['--no-color against FORCE_COLOR', terminal, { FORCE_COLOR: '1' }, false, false],
  ])('decides for %s', (_case, output, env, flag, expected) => {
    expect(wantsColor(output, env, flag)).toBe(expected);
  });
});

describe('widthOf', () => {
  it('takes the width of a terminal and a fixed one elsewhere', () => {
    expect(widthOf(Object.assign(makeFakeIo({ isTTY: true }).stdout, { columns: 57 }))).toBe(57);
    expect(widthOf(Object.assign(makeFakeIo({ isTTY: true }).stdout, { columns: 0 }))).toBe(100);
    expect(widthOf(pipe)).toBe(100);
  });
});

describe('chooseLog', () => {
  it.each([
    ['live on a terminal', 'auto', terminal, {}, 'live'],
    ['plain in a pipe', 'auto', pipe, {}, 'plain'],
    ['plain on a dumb terminal', 'auto', terminal, { TERM: 'dumb' }, 'plain'],
    ['plain on the terminal of some CI', 'auto', terminal, { CI: 'true' }, 'plain'],
    ["GitHub's folding in its jobs", 'auto', pipe, { GITHUB_ACTIONS: 'true', CI: 'true' }, 'github'],
    ["GitLab's folding in its jobs", 'auto', pipe, { GITLAB_CI: 'true', CI: 'true' }, 'gitlab'],
    ['what was asked for', 'json', terminal, { GITHUB_ACTIONS: 'true' }, 'json'],
  ] as const)('takes %s', (_case, choice, output, env, expected) => {
    expect(chooseLog(choice, output, env)).toBe(expected);
  });
});
