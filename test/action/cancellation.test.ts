import { EventEmitter } from 'node:events';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { type Cancellation, watchCancellation } from '../../src/action/cancellation.ts';

let source: EventEmitter;
let cancellation: Cancellation;

beforeEach(() => {
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout', 'Date'] });
  source = new EventEmitter();
  cancellation = watchCancellation(source, Date.now);
});

afterEach(() => {
  vi.useRealTimers();
});

describe('watchCancellation', () => {
  it.each(['SIGINT', 'SIGTERM', 'SIGHUP', 'SIGBREAK'])('aborts on %s', (name) => {
    expect(cancellation.signal.aborted).toBe(false);
    source.emit(name);
    expect(cancellation.signal.reason).toBe('cancelled');
  });

  it('bounds work by its own limit while nobody cancels', () => {
    using limit = cancellation.limit(60_000);
    vi.advanceTimersByTime(59_999);
    expect(limit.signal.aborted).toBe(false);
    vi.advanceTimersByTime(1);
    expect(limit.signal.aborted).toBe(true);
  });

  it('shortens the limit of work that is under way, so that a second is left of the seven', () => {
    using limit = cancellation.limit(60_000);
    source.emit('SIGINT');
    vi.advanceTimersByTime(5999);
    expect(limit.signal.aborted).toBe(false);
    vi.advanceTimersByTime(1);
    expect(limit.signal.aborted).toBe(true);
  });

  it('counts from the first signal, not from a later one', () => {
    source.emit('SIGINT');
    vi.advanceTimersByTime(5000);
    source.emit('SIGTERM');
    using limit = cancellation.limit(60_000);
    vi.advanceTimersByTime(1000);
    expect(limit.signal.aborted).toBe(true);
  });

  it('lets nothing begin when the time is up', () => {
    source.emit('SIGINT');
    vi.advanceTimersByTime(6500);
    using limit = cancellation.limit(60_000);
    expect(limit.signal.aborted).toBe(true);
  });
});
