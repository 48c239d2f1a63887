import { describe, expect, it } from 'vitest';
import { watchSignals } from '../../src/cli/signals.ts';
import { makeFakeIo } from './fake-io.ts';

describe('watchSignals', () => {
  it.each([
    ['SIGINT', 130],
    ['SIGBREAK', 130],
    ['SIGTERM', 143],
    ['SIGHUP', 129],
  ])('aborts on %s, which leaves exit code %i', (name, code) => {
    const io = makeFakeIo();
    using watch = watchSignals(io);
    expect(watch.exitCode()).toBeUndefined();
    io.emitter.emit(name);
    expect(watch.signal.aborted).toBe(true);
    expect(watch.signal.reason).toBe('cancelled');
    expect(watch.exitCode()).toBe(code);
  });

  it('keeps the exit code of the first signal', () => {
    const io = makeFakeIo();
    using watch = watchSignals(io);
    io.emitter.emit('SIGINT');
    io.emitter.emit('SIGTERM');
    expect(watch.exitCode()).toBe(130);
  });

  it('says once, on a second Ctrl-C, that sealing goes on, and quits on a third', () => {
    const io = makeFakeIo();
    using _watch = watchSignals(io);
    for (let press = 0; press < 2; press += 1) {
      io.emitter.emit('SIGINT');
      io.clock.now += 1000;
    }
    expect(io.quits).toEqual([]);
    expect(io.err().match(/still sealing/g)).toHaveLength(1);
    io.emitter.emit('SIGINT');
    expect(io.quits).toEqual([130]);
  });

  it('counts a key press that npm repeats as one', () => {
    const io = makeFakeIo();
    using _watch = watchSignals(io);
    for (let press = 0; press < 2; press += 1) {
      io.emitter.emit('SIGINT');
      io.emitter.emit('SIGINT');
      io.clock.now += 1000;
    }
    expect(io.quits).toEqual([]);
  });

  it('never quits for a signal that a forge repeats', () => {
    const io = makeFakeIo();
    using _watch = watchSignals(io);
    for (let count = 0; count < 9; count += 1) {
      io.emitter.emit('SIGTERM');
      io.clock.now += 1000;
    }
    expect(io.quits).toEqual([]);
  });

  it('lets go of every signal when it is disposed', () => {
    const io = makeFakeIo();
    watchSignals(io)[Symbol.dispose]();
    expect(io.emitter.eventNames()).toEqual([]);
  });
});
