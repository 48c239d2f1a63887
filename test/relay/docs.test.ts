import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { describe, expect, it } from 'vitest';
import { limits } from '../../src/lib/limits.ts';
import { apiErrorCodes, streamedEvent } from '../../src/schema/api.ts';
import { runEvent } from '../../src/schema/event.ts';
import { runStates } from '../../src/schema/run-states.ts';

const text = readFileSync(resolve(import.meta.dirname, '../../docs/protocol.md'), 'utf8');

describe('docs/protocol.md', () => {
  it('names every error code, state and event, and no error code that is none', () => {
    const types = runEvent.options.map(({ shape }) => shape.type.value);
    const words = [...apiErrorCodes, ...runStates, ...types];
    expect(words.filter((word) => !text.includes(`\`${word}\``))).toEqual([]);
    const table = text.slice(text.indexOf('| Code |'), text.indexOf('Tries are repeated'));
    const named = [...table.matchAll(/^\| (`.*?) \|/gm)].flatMap(([, cell = '']) => cell.match(/[a-z_]+/g) ?? []);
    expect(named.toSorted()).toEqual([...apiErrorCodes].toSorted());
  });

  it('names what a stream gives', () => {
    const names = streamedEvent.options.flatMap(({ shape }) => Object.keys(shape));
    const own = names.filter((name) => name !== 'server_seq' && name !== 'received_at');
    expect(own.filter((name) => !text.includes(`\`${name}\``))).toEqual([]);
  });

  it('has the numbers of the code', () => {
    expect([limits.retryFirstMs, limits.retryMostMs, limits.retryAfterMs]).toEqual([250, 15_000, 60_000]);
    expect([limits.relayBatchBytes, limits.relayBatchMostBytes, limits.relayFlushMs]).toEqual([65_536, 524_288, 250]);
    expect([limits.relayQueueBytes, limits.relaySpoolBytes]).toEqual([4 * 1024 ** 2, 256 * 1024 ** 2]);
    expect([limits.finalizeMs, limits.heartbeatMs, limits.relayUploads]).toEqual([120_000, 5000, 2]);
  });
});
