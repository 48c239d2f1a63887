import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { scanJson } from '../../src/seal/json-scan.ts';
import { cutBatch } from '../../src/server/routes/cut-batch.ts';
import { parseBatch } from '../../src/server/routes/parse-batch.ts';
import { isPlainOutput } from '../../src/server/routes/plain-output.ts';
import { eventBatch, type SequenceRange } from '../../src/schema/api.ts';
import { type RunEvent, stepOutput } from '../../src/schema/event.ts';
import { type Batch, toPayload } from '../../src/server/store/append.ts';
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
    const events = [makeOutput(runId, 3), warning, makeOutput(runId, 1)];
    const batch = parseBatch(toBytes(JSON.stringify({ events })), runId, 10);
    expect(batch.lines.map(({ seq }) => seq)).toEqual([1, 2, 3]);
    expect(toStored(batch)).toEqual([events[2], warning, events[0]].map((event) => JSON.stringify(event)));
  });

  it('needs no strict reader for what a worker writes, in whatever order its members are', () => {
    for (const order of ['as it is', 'reversed', 'type first']) {
      const events = [1, 2, 3].map((seq) => reorder(makeOutput(runId, seq, '✓ "\\n\0'), order));
      const cut = cutBatch(toBytes(JSON.stringify({ events: [...events, warning], dropped: [] })), runId, 10);
      expect(cut?.others).toEqual([{ index: 3, value: warning }]);
      expect(cut?.lines.map(({ seq }) => seq)).toEqual([1, 2, 3, 0]);
    }
  });

  it('names the place of a fault among events that are well', () => {
    const events = [makeOutput(runId, 1), { ...makeOutput(runId, 2), stream: 'stdin' }];
    expect(() => parseBatch(toBytes(JSON.stringify({ events })), runId, 10)).toThrow(/events\.1\.stream/);
    const foreign = [makeOutput(runId, 1), makeOutput(makeId(), 2)];
    expect(() => parseBatch(toBytes(JSON.stringify({ events: foreign })), runId, 10)).toThrow(/events\.1\.run_id/);
  });

  it('refuses more events than it is told to take, however they are written', () => {
    const events = [1, 2, 3].map((seq) => makeOutput(runId, seq));
    expect(parseBatch(toBytes(JSON.stringify({ events })), runId, 3).lines).toHaveLength(3);
    for (const space of [0, 1])
      expect(() => parseBatch(toBytes(JSON.stringify({ events }, null, space)), runId, 2)).toThrow(/2 events at most/);
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
      expect(() => parseBatch(toBytes(twice), runId, 10)).toThrow(/twice|no JSON that can be kept/);
  });

  it('refuses halves of characters, and bytes that are no UTF-8', () => {
    const text = JSON.stringify({ events: [makeOutput(runId, 1, 'XX'), makeOutput(runId, 2, 'XX')] });
    for (const half of [String.raw`\ud83d`, String.raw`\uDE00`, String.raw`\ude00\ud83d`])
      expect(() => parseBatch(toBytes(text.replace('XX', half)), runId, 10)).toThrow(/no JSON that can be kept/);
    for (const bytes of ['\xff', '\xed\xa0\xbd', '\xc0\xaf', '\xe2\x82'])
      expect(() => parseBatch(Buffer.from(text.replace('XX', bytes), 'latin1'), runId, 10)).toThrow(/no JSON in UTF-8/);
  });

  it('bears 4 MiB of escapes, of backslashes, of quotes and of brackets', () => {
    const few = 2 ** 20;
    const nested = `{"events":[${'[{"a":'.repeat(few / 8)}`;
    const quotes = `{"events":[{"a":"${String.raw`\"`.repeat(few)}`;
    for (const text of [nested, `${nested}]}`, quotes, `${quotes}"}]}`, `{"events":[{"a":"${'\\'.repeat(few)}"}]}`])
      expect(() => parseBatch(toBytes(text), runId, 10)).toThrow(/the body/);
    const events = ['\n', '"', '\\', '\0', '\u2028'].map((piece, index) =>
      makeOutput(runId, index + 1, piece.repeat(few / 4)),
    );
    const batch = parseBatch(toBytes(JSON.stringify({ events })), runId, 10);
    expect(toStored(batch).map((line): unknown => JSON.parse(line))).toEqual(events);
  });

  it('takes the same batch however it is spaced', () => {
    const batch = { events: [makeOutput(runId, 1), makeOutput(runId, 2)], dropped: [{ from: 3, to: 4 }] };
    const [spaced, plainly] = [2, 0].map((space) => parseBatch(toBytes(JSON.stringify(batch, null, space)), runId, 10));
    expect(spaced && toStored(spaced)).toEqual(plainly && toStored(plainly));
    expect(spaced?.dropped).toEqual(plainly?.dropped);
  });

  // The oracle is the slow way: a scanner that refuses whatever two readers may take for two things, and the schema.
  it('stores of whatever bytes exactly what was checked, or refuses them', () => {
    let taken = 0;
    fc.assert(
      fc.property(hostileBody, (bytes) => {
        const [batch, expected] = [attempt(() => parseBatch(bytes, runId, 10)), attempt(() => readSlowly(bytes))];
        if (batch === undefined || expected === undefined) {
          expect(batch).toBe(expected);
          return;
        }
        taken += 1;
        expect(toStored(batch).map((line): unknown => JSON.parse(line))).toEqual(expected.events);
        for (const line of toStored(batch)) expect(line).toBe(JSON.stringify(JSON.parse(line)));
        expect(batch.lines.map(({ seq }) => seq)).toEqual(expected.events.map(({ seq }) => seq));
        expect(batch.dropped).toEqual(expected.dropped);
      }),
      { numRuns: 10_000 },
    );
    expect(taken).toBeGreaterThan(1000);
  });
});

const warning = {
  event_id: makeId(),
  run_id: runId,
  timestamp: '2026-11-21T09:27:19.123Z',
  step_id: 'unit',
  attempt: 1,
  type: 'step_warning',
  seq: 2,
  code: 'timeout_near',
  message: 'soon',
};

/** Batches in which a member has another value, another order or another spelling, and some bytes something else. */
const hostileBody = fc
  .record({
    events: fc.array(
      fc.record({
        seq: fc.integer({ min: 1, max: 5 }),
        text: fc.oneof(
          fc.string({ unit: 'binary' }),
          fc.constantFrom('✓ 😀 \u2028', '"},{"seq":1', '\\', '\0\b\x1f\x7f'),
        ),
        kind: fc.constantFrom('output', 'output', 'output', 'output', 'output', 'warning', 'heartbeat', 'toolchain'),
      }),
      { maxLength: 5 },
    ),
    order: fc.constantFrom('as it is', 'reversed', 'type first'),
    dropped: fc.constantFrom(undefined, [], [{ from: 7, to: 8 }]),
    space: fc.constantFrom(0, 0, 0, 1),
    changes: fc.array(fc.record({ at: fc.double({ min: 0, max: 1, noNaN: true }), cut: fc.nat(3), put: fc.nat() }), {
      maxLength: 2,
    }),
    spelling: fc.option(fc.nat()),
  })
  .map(({ events, order, dropped, space, changes, spelling }) => {
    const values = events.map(({ seq, text, kind }, index) => {
      const output = makeOutput(runId, seq + index, text);
      const { event_id, run_id, timestamp } = output;
      if (kind === 'warning') return reorder({ ...warning, seq: seq + index, message: text }, order);
      const stamp = { event_id, run_id, timestamp, seq: seq + index };
      if (kind === 'heartbeat') return reorder({ ...stamp, type: kind }, order);
      if (kind === 'toolchain')
        return reorder({ ...stamp, type: 'toolchain_probed', toolchain: { node: text } }, order);
      return reorder(output, order);
    });
    let json = JSON.stringify({ events: values, dropped }, null, space);
    const spelled = spellings[(spelling ?? spellings.length) % (spellings.length + 1)];
    // The last of them: the first piece of output is what the others are held against.
    const place = spelled === undefined ? undefined : [...json.matchAll(spelled[0])].at(-1)?.index;
    if (spelling !== null && spelled !== undefined && place !== undefined)
      json = json.slice(0, place) + json.slice(place).replace(spelled[0], spelled[1]);
    let bytes = Buffer.from(json);
    for (const { at, cut, put } of changes.slice(0, spelling === null ? 2 : 0)) {
      const place = Math.floor(at * bytes.length);
      const piece = pieces[put % pieces.length] ?? '';
      bytes = Buffer.concat([
        bytes.subarray(0, place),
        Buffer.from(piece, 'latin1'),
        bytes.subarray(place + (put % 2 === 0 ? 0 : cut)),
      ]);
    }
    return bytes;
  });

const spellings: [RegExp, string][] = [
  [/"seq":(\d)/g, '"seq":$1e0'],
  [/"seq":(\d)/g, '"seq":$1.0'],
  [/"seq":(\d)/g, '"seq":0$1'],
  [/"seq":(\d)/g, '"seq":1,"seq":$1'],
  [/"offset":(\d+)/g, '"offset":-0'],
  [/"offset":(\d+)/g, '"offset":9007199254740993'],
  [/"offset":(\d+)/g, '"offset":1000000000000000'],
  [/"attempt":1/g, '"attempt":1E400'],
  [/"attempt":1/g, '"attempt":1,"__proto__":{}'],
  [/"attempt":1/g, '"attempt":1,"toJSON":1'],
  [/"attempt":1/g, '"attempt":1,"10":1'],
  [/"step_id":"unit"/g, '"step_id":"unit[a=✓]"'],
  [/"step_id":"unit"/g, String.raw`"step_id":"\u0075nit"`],
  [/"text":"/g, String.raw`"text":"\u0041`],
  [/"text":"/g, String.raw`"text":"\/`],
  [/"text":"/g, String.raw`"text":"\u001F`],
  [/"text":"/g, String.raw`"text":"\u0008`],
  [/"text":"/g, String.raw`"text":"\ud83d\ude00`],
  [/"text":"/g, String.raw`"text":"\ud83d`],
  [/"text":"/g, String.raw`"text":"\\ud83d`],
  [/"text"/g, String.raw`"te\u0078t"`],
  [/\},\{/g, '} ,{'],
  [/\},\{/g, '},,{'],
  [/\},\{/g, '};{'],
  [/\},\{/g, '}{'],
  [/"node":/g, '"__proto__":{},"node":'],
  [/"node":/g, '"__proto__":"1","node":'],
  [/"text":"/g, '"text":"\n'],
  [/"text":"/g, '"text":"\x1f'],
  [/"text":"/g, String.raw`"text":"\x`],
  [/"text":"/g, String.raw`"text":"\u12`],
  [/"bytes":/g, '"bytes":0'],
  [/"bytes":/g, '"bytes":+'],
  [/"step_id":"unit/g, '"step_id":"'],
  [/\},\{/g, '}]},{'],
  [/^/g, '\uFEFF'],
  [/$/g, ' '],
  [/$/g, '{}'],
  [/\]\}?$/g, '],"more":1}'],
  [/\]\}?$/g, '],"dropped":[{"from":6,"to":5}]}'],
];

/** As latin1. */
const pieces = [
  '"',
  '\\',
  '{',
  '}',
  '[',
  ']',
  ',',
  ':',
  ' ',
  '\n',
  '0',
  'e0',
  '\\"',
  '\xff',
  '\xc3',
  '\xe2\x9c\x93',
  '',
];

function reorder(value: object, order: string): object {
  const members = Object.entries(value);
  if (order === 'reversed') members.reverse();
  if (order === 'type first') members.sort(([one], [other]) => Number(other === 'type') - Number(one === 'type'));
  return Object.fromEntries(members);
}

function readSlowly(bytes: Buffer): { events: RunEvent[]; dropped: SequenceRange[] } {
  scanJson(bytes);
  const text = new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  const value: unknown = JSON.parse(text, (key, member: unknown) => {
    if (key === '__proto__') throw new TypeError('dropped in silence');
    return member;
  });
  const { events, dropped } = eventBatch.parse(value);
  if (events.some(({ run_id }) => run_id !== runId)) throw new TypeError('foreign');
  if (events.length + dropped.length === 0 || dropped.some(({ from, to }) => to < from)) throw new TypeError('empty');
  const sorted = events.toSorted((one, other) => one.seq - other.seq);
  return { events: sorted.filter(({ seq }, index) => seq !== sorted[index - 1]?.seq), dropped };
}

function attempt<T>(act: () => T): T | undefined {
  try {
    return act();
  } catch {
    return undefined;
  }
}

function toStored({ bytes, lines }: Batch): string[] {
  return toPayload(bytes, lines)
    .toString()
    .split('\n')
    .filter((line) => line !== '');
}

function toBytes(text: string): Buffer {
  return Buffer.from(text);
}
