import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { JsonBody } from '../../src/server/http/read-json.ts';
import { parseBatch } from '../../src/server/routes/parse-batch.ts';
import { isPlainOutput } from '../../src/server/routes/plain-output.ts';
import { stepOutput } from '../../src/schema/event.ts';
import { makeId, makeOutput } from '../support/run-requests.ts';

const runId = makeId();
const plain: Record<string, unknown> = { ...makeOutput(runId, 7) };

const odd = fc.oneof(
  fc.constantFrom('', 'stdout', 'step_output', 'unit', 'compat[node=22]', '2026-11-21T09:27:19.123Z', runId, makeId()),
  fc.constantFrom(0, -0, 1, -1, 1.5, 2 ** 53, 2 ** 53 - 1, NaN, Infinity),
  fc.constantFrom(null, undefined, true, [], {}, 'x'.repeat(100)),
  fc.string(),
  fc.integer(),
);

describe('isPlainOutput', () => {
  it('takes what a worker sends', () => {
    expect(isPlainOutput(plain, runId)).toBe(true);
  });

  it('takes nothing that the schema refuses', () => {
    const change = fc.record({
      set: fc.dictionary(fc.constantFrom(...Object.keys(plain), 'more', '__proto__'), odd, { maxKeys: 3 }),
      drop: fc.option(fc.constantFrom(...Object.keys(plain))),
    });
    fc.assert(
      fc.property(change, ({ set, drop }) => {
        const event: Record<string, unknown> = { ...plain, ...set };
        if (drop !== null) delete event[drop];
        if (isPlainOutput(event, runId)) expect(stepOutput.safeParse(event).success).toBe(true);
      }),
      { numRuns: 2000 },
    );
  });
});

describe('parseBatch', () => {
  it('keeps the text of each event as it came, in the worker order, whatever stands between', () => {
    const warning = {
      ...pick(plain, ['event_id', 'run_id', 'timestamp', 'step_id', 'attempt']),
      type: 'step_warning',
      seq: 2,
      code: 'timeout_near',
      message: 'soon',
    };
    const events = [makeOutput(runId, 3), warning, makeOutput(runId, 1)];
    const { lines } = parseBatch(toBody(JSON.stringify({ events })), runId, 10);
    expect(lines).toEqual([
      { seq: 1, text: JSON.stringify(events[2]) },
      { seq: 2, text: JSON.stringify(warning) },
      { seq: 3, text: JSON.stringify(events[0]) },
    ]);
  });

  it('names the place of a fault among events that are well', () => {
    const events = [makeOutput(runId, 1), { ...makeOutput(runId, 2), stream: 'stdin' }];
    expect(() => parseBatch(toBody(JSON.stringify({ events })), runId, 10)).toThrow(/events\.1\.stream/);
  });

  it('refuses a key that stands twice, wherever, also when the rest is as a worker writes it', () => {
    const text = JSON.stringify({ events: [makeOutput(runId, 1)] });
    for (const twice of [
      text.replace('"seq":1', '"seq":1,"seq":2'),
      text.replace('"seq":1', String.raw`"seq":2,"s\u0065q":1`),
      text.replace(/\}$/, ',"events":[]}'),
      text.replace(/\}$/, ',"dropped":[],"dropped":[]}'),
      text.replace(/\}$/, ',"dropped":[{"from":1,"to":2,"to":3}]}'),
    ])
      expect(() => parseBatch(toBody(twice), runId, 10)).toThrow(/twice|no JSON that can be kept/);
  });

  it('takes the same batch however it is spaced', () => {
    const batch = { events: [makeOutput(runId, 1), makeOutput(runId, 2)], dropped: [{ from: 3, to: 4 }] };
    expect(parseBatch(toBody(JSON.stringify(batch, null, 2)), runId, 10)).toEqual(
      parseBatch(toBody(JSON.stringify(batch)), runId, 10),
    );
  });
});

function toBody(text: string): JsonBody {
  return { text, bytes: Buffer.from(text), value: JSON.parse(text) };
}

function pick(value: Record<string, unknown>, keys: string[]): Record<string, unknown> {
  return Object.fromEntries(keys.map((key) => [key, value[key]]));
}
