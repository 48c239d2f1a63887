import { describe, expect, it } from 'vitest';
import { makeForgivingLog } from '../../src/log/forgiving-log.ts';
import { makeStory } from './run-events.ts';

const [event] = makeStory(['a']).begin('a').events;
if (event === undefined) throw new Error('the story has no event');

describe('the forgiving log', () => {
  it('waits for a slow reader, as long as the run is not to stop', async () => {
    const { promise, resolve } = makeGate();
    const log = makeForgivingLog({
      log: { write: () => promise, end: () => {} },
      stop: new AbortController().signal,
      onProblem: fail,
    });
    const order: string[] = [];
    const writing = Promise.resolve(log.write(event)).then(() => order.push('written'));
    setImmediate(() => {
      order.push('read');
      resolve();
    });
    await writing;
    expect(order).toEqual(['read', 'written']);
  });

  it('is given up, with one problem, when it fails', async () => {
    const problems: string[] = [];
    let writes = 0;
    const broken = {
      write: () => {
        writes += 1;
        throw new Error('EPIPE');
      },
      end: () => {
        writes += 1;
      },
    };
    const log = makeForgivingLog({
      log: broken,
      stop: new AbortController().signal,
      onProblem: (problem) => problems.push(problem),
    });
    await log.write(event);
    await log.write(event);
    await log.end();
    expect(writes).toBe(1);
    expect(problems).toEqual([expect.stringContaining('EPIPE')]);
  });

  it.each(['before', 'while'] as const)(
    'is given up when nobody reads it and the run was stopped %s it was written',
    async (when) => {
      const problems: string[] = [];
      const stop = new AbortController();
      if (when === 'before') stop.abort('cancelled');
      const stuck = { write: () => new Promise<void>(() => {}), end: () => {} };
      const log = makeForgivingLog({ log: stuck, stop: stop.signal, onProblem: (problem) => problems.push(problem) });
      const writing = log.write(event);
      if (when === 'while') stop.abort('cancelled');
      await writing;
      expect(problems).toEqual([expect.stringContaining('nobody reads it')]);
    },
  );
});

function makeGate(): { promise: Promise<void>; resolve: () => void } {
  let resolve = (): void => {};
  const promise = new Promise<void>((done) => {
    resolve = done;
  });
  return { promise, resolve };
}

function fail(problem: string): void {
  throw new Error(problem);
}
