import { describe, expect, it } from 'vitest';
import { makeLiveLog } from '../../src/log/live.ts';
import { toCells } from '../../src/render/cells.ts';
import type { RunEvent } from '../../src/schema/event.ts';
import { failure, makeSink, makeStory } from './run-events.ts';

/** A terminal that knows the sequences that the live log may use, and nothing else. */
function makeScreen(columns: number) {
  let lines: string[] = [''];
  let row = 0;
  let isCursorShown = true;
  const draw = (text: string): void => {
    for (const [token] of text.matchAll(/\u001B\[\??\d*[A-Za-z]|\r|\n|[^\u001B\r\n]+|\u001B/g)) {
      if (token === '\n') {
        row += 1;
        lines[row] ??= '';
      } else if (token === '\r') continue;
      else if (/^\u001B\[\d+m$/.test(token)) continue;
      else if (/^\u001B\[\d+A$/.test(token)) row -= Number.parseInt(token.slice(2), 10);
      else if (token === '\u001B[J') lines = [...lines.slice(0, row), ''];
      else if (token === '\u001B[?25l') isCursorShown = false;
      else if (token === '\u001B[?25h') isCursorShown = true;
      else if (token.startsWith('\u001B')) throw new Error(`the terminal was sent ${JSON.stringify(token)}`);
      else lines[row] += token;
      if (toCells(lines[row] ?? '') > columns && row < lines.length) wrapped = true;
    }
  };
  let wrapped = false;
  return { draw, lines: () => lines, isCursorShown: () => isCursorShown, hasWrapped: () => wrapped };
}

function makeLive(columns = 80, change: { dumb?: boolean; color?: boolean } = {}) {
  const screen = makeScreen(columns);
  const sink = makeSink();
  const timers = new Set<() => void>();
  let now = Date.parse('2026-11-21T09:27:19.000Z');
  const log = makeLiveLog({
    write(text) {
      sink.write(text);
      screen.draw(text);
    },
    dumb: false,
    color: false,
    columns: () => columns,
    now: () => now,
    every(ms, tick) {
      expect(ms).toBeGreaterThanOrEqual(100);
      timers.add(tick);
      return () => timers.delete(tick);
    },
    ...change,
  });
  return {
    log,
    screen,
    text: sink.text,
    timers,
    play: async (events: RunEvent[]) => {
      for (const event of events) await log.write(event);
    },
    tick: async (ms: number) => {
      now += ms;
      for (const tick of timers) tick();
      // The frame's write is a promise; the next one waits for it.
      await Promise.resolve();
      await Promise.resolve();
    },
  };
}

describe('the live log', () => {
  it('shows what runs, for how long, and its last line', async () => {
    const live = makeLive();
    await live.play(makeStory(['unit', 'lint']).begin('unit').begin('lint').print('unit', 'one\ntwo\n\n').events);
    await live.tick(14_000);
    expect(live.screen.lines().slice(2)).toEqual([
      '> unit (test) 12 s  two',
      '> lint (test) 11 s  ',
      '  0 of 2 done, 14 s',
      '',
    ]);
  });

  it('replaces the list when something changes, and keeps what is over', async () => {
    const live = makeLive();
    const story = makeStory(['unit', 'lint']).begin('unit').begin('lint');
    await live.play(story.events);
    await live.tick(5000);
    await live.tick(100);
    await live.play(makeStory(['unit', 'lint']).finish('unit').events.slice(2));
    expect(live.screen.lines().slice(2)).toEqual([
      '✓ unit (test) passed in 3.2 s',
      '> lint (test) 2 s  ',
      '  1 of 2 done, 5 s',
      '',
    ]);
  });

  it('shows the last 20 lines of a step that failed, inert', async () => {
    const live = makeLive();
    const output = Array.from({ length: 50 }, (_, index) => `\u001B[2Jline ${index}\u001B]0;title\u0007`).join('\n');
    await live.play(makeStory(['unit']).begin('unit').print('unit', output).finish('unit', failure).events);
    const lines = live.screen.lines();
    expect(lines[2]).toBe('✗ unit (test) failed in 3.2 s: exit code 1');
    expect(lines.slice(3, -1)).toEqual(Array.from({ length: 20 }, (_, index) => `  | line ${index + 30}`));
  });

  it('finds the last lines of a flood without reading all of it', async () => {
    const live = makeLive();
    const output = `${'x'.repeat(200)}\n`.repeat(5000);
    await live.play(
      makeStory(['unit']).begin('unit').print('unit', `${output}the end\n`).finish('unit', failure).events,
    );
    expect(live.screen.lines().at(-2)).toBe('  | the end');
  });

  it('never lets a row wrap, whatever is in it', async () => {
    const live = makeLive(30);
    await live.play(
      makeStory(['unit'])
        .begin('unit')
        .print('unit', `${'漢字👩‍👩‍👧'.repeat(30)}\n`)
        .events.slice(1),
    );
    await live.tick(1000);
    expect(live.screen.lines().some((line) => line.includes('漢'))).toBe(true);
    for (const line of live.screen.lines().slice(1)) expect(toCells(line)).toBeLessThan(30);
  });

  it('counts the running steps that do not fit', async () => {
    const ids = Array.from({ length: 20 }, (_, index) => `s${index}`);
    const live = makeLive();
    const story = makeStory(ids);
    for (const id of ids) story.begin(id);
    await live.play(story.events);
    await live.tick(0);
    expect(live.screen.lines().filter((line) => line.startsWith('> '))).toHaveLength(8);
    expect(live.screen.lines().at(-2)).toContain('12 more running');
  });

  it('gives the cursor back and stops its timer at the end', async () => {
    const live = makeLive();
    await live.play(makeStory(['unit']).begin('unit').events);
    await live.tick(100);
    expect(live.screen.isCursorShown()).toBe(false);
    await live.log.end();
    expect(live.screen.isCursorShown()).toBe(true);
    expect(live.timers.size).toBe(0);
    expect(live.screen.lines().some((line) => line.startsWith('> '))).toBe(false);
  });

  it('sends no frame to a terminal that has not taken the last one', async () => {
    const frames: string[] = [];
    const taken = new Set<() => void>();
    const ticks: (() => void)[] = [];
    const log = makeLiveLog({
      write: (text) => {
        frames.push(text);
        return new Promise((resolve) => taken.add(resolve));
      },
      dumb: false,
      color: false,
      columns: () => 80,
      now: () => 0,
      every: (_, tick) => {
        ticks.push(tick);
        return () => {};
      },
    });
    for (const event of makeStory(['unit']).begin('unit').events) void log.write(event);
    const before = frames.length;
    for (let count = 0; count < 5; count += 1) ticks[0]?.();
    expect(frames.length - before).toBe(1);
    for (const take of taken) take();
  });

  it('falls back to plain lines on a terminal that cannot move its cursor', async () => {
    const live = makeLive(80, { dumb: true });
    await live.play(makeStory(['unit']).begin('unit').print('unit', 'one\n').finish('unit').events);
    expect(live.text()).toContain('[unit] one\n');
    expect(live.text()).not.toContain('\u001B');
    expect(live.timers.size).toBe(0);
  });
});
