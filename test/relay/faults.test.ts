import * as fc from 'fast-check';
import { readdir } from 'node:fs/promises';
import { describe, expect, it } from 'vitest';
import { pushRun } from '../../src/push-run.ts';
import { type Fault, startFlakyProxy } from '../support/flaky-proxy.ts';
import { startRelayServer } from '../support/relay-server.ts';
import { makeTempDir } from '../support/temp-dir.ts';
import { makeEvents, quick, startRelayed, toRecordOf } from './relayed-run.ts';

/** Emits the sample run through a proxy that goes wrong as scripted, and seals it. */
async function relaySample(script: [RegExp, ...Fault[]][], pieces = 12) {
  await using dir = await makeTempDir();
  await using server = await startRelayServer();
  await using proxy = await startFlakyProxy(server.url);
  for (const [matches, ...faults] of script) proxy.script(matches, ...faults);
  const events = makeEvents(pieces);
  const run = await startRelayed({
    dir: dir.path,
    url: proxy.url,
    auth: { token: server.token },
    events,
    limits: { batchMostBytes: 4096 },
  });
  for (const event of events) run.emit(event);
  const outcome = await run.finish();
  const [stored] = server.runs.values();
  return {
    ...outcome,
    problems: run.problems,
    done: proxy.done,
    seqs: [...(stored?.events.keys() ?? [])].toSorted((one, other) => one - other),
    dropped: stored?.dropped.size,
    files: await readdir(dir.path),
  };
}

const CREATE = /^POST \S+\/v1\/runs$/;
const EVENTS = /\/events$/;
const FINALIZE = /\/finalize$/;
const HEAD = /^HEAD/;
const PUT = /^PUT/;
const EVIDENCE = /^GET \S+\/v1\/evidence/;

const cases: [string, [RegExp, ...Fault[]][]][] = [
  ['nothing', []],
  [
    '503 with Retry-After',
    [
      [EVENTS, { status: 503, retryAfter: 1 }, { status: 503 }],
      [CREATE, { status: 502 }],
    ],
  ],
  [
    '429 with Retry-After',
    [
      [FINALIZE, { status: 429, retryAfter: 1 }],
      [PUT, { status: 429 }],
    ],
  ],
  [
    'resets before the server has heard',
    [
      [CREATE, 'reset_before'],
      [EVENTS, 'reset_before'],
      [PUT, 'reset_before'],
    ],
  ],
  [
    'resets after the server has done it',
    [
      [CREATE, 'reset_after'],
      [EVENTS, 'reset_after', 'reset_after'],
      [PUT, 'reset_after'],
      [FINALIZE, 'reset_after'],
    ],
  ],
  [
    'duplicates',
    [
      [CREATE, 'duplicate'],
      [EVENTS, 'duplicate', 'duplicate'],
      [PUT, 'duplicate'],
      [FINALIZE, 'duplicate'],
    ],
  ],
  ['batches that come late, after their repetition', [[EVENTS, 'delay', 'delay']]],
  [
    'gaps: answers that say stored what never came',
    [
      [EVENTS, 'swallow'],
      [EVENTS, 'swallow'],
    ],
  ],
  [
    'truncated answers',
    [
      [CREATE, 'truncate'],
      [EVENTS, 'truncate'],
      [FINALIZE, 'truncate'],
      [EVIDENCE, 'truncate', 'truncate'],
    ],
  ],
  [
    'stalls before the answer',
    [
      [EVENTS, 'stall_head'],
      [HEAD, 'stall_head'],
    ],
  ],
  [
    'stalls in the answer',
    [
      [EVENTS, 'stall_body'],
      [EVIDENCE, 'stall_body'],
    ],
  ],
  [
    'slow reads',
    [
      [CREATE, 'trickle'],
      [EVENTS, 'trickle'],
      [EVIDENCE, 'trickle'],
    ],
  ],
];

describe('a relayed run whose way to the server knows', () => {
  it.each(cases)('%s is sealed with the record that the worker has', async (_name, script) => {
    const { evidence, unsealed, record, done, seqs, dropped, problems, files } = await relaySample(script);
    expect({ unsealed, problems, dropped }).toEqual({ unsealed: undefined, problems: [], dropped: 0 });
    expect(toRecordOf(evidence?.envelope)).toEqual(record);
    expect(seqs).toEqual(seqs.map((_, index) => index + 1));
    expect(done).toHaveLength(script.reduce((sum, [, ...faults]) => sum + faults.length, 0));
    expect(files.toSorted()).toEqual([
      'artifacts',
      'envelope.intoto.json',
      'envelope.json',
      'journal.ndjson',
      'manifest.yml',
      'report.html',
      'summary.md',
    ]);
  });

  it('any of these in any order is sealed with the same record', async () => {
    const fault = fc.constantFrom<Fault>(
      'reset_before',
      'reset_after',
      'duplicate',
      'delay',
      'swallow',
      'truncate',
      'trickle',
      { status: 503, retryAfter: 1 },
    );
    const onEvents = fc.array(fault, { maxLength: 6 });
    const elsewhere = fc.array(
      fc.tuple(
        fc.constantFrom(CREATE, HEAD, PUT, FINALIZE, EVIDENCE),
        fault.filter((what) => what !== 'swallow' && what !== 'delay'),
      ),
      { maxLength: 5 },
    );
    await fc.assert(
      fc.asyncProperty(onEvents, elsewhere, fc.integer({ min: 0, max: 20 }), async (faults, others, pieces) => {
        const { evidence, record, dropped } = await relaySample([[EVENTS, ...faults], ...others], pieces);
        expect(toRecordOf(evidence?.envelope)).toEqual(record);
        expect(dropped).toBe(0);
      }),
      { numRuns: 25 },
    );
  });

  it('an outage from any request on is kept unsealed, or sealed; and a push then gives the same record', async () => {
    await fc.assert(
      fc.asyncProperty(fc.integer({ min: 0, max: 24 }), fc.integer({ min: 0, max: 12 }), async (requests, pieces) => {
        await using dir = await makeTempDir();
        await using server = await startRelayServer();
        await using proxy = await startFlakyProxy(server.url);
        const faults = Array.from({ length: 1000 }, (_, index): Fault => (index < requests ? 'pass' : 'reset_before'));
        proxy.script(/./, ...faults);
        const events = makeEvents(pieces);
        const auth = { token: server.token };
        const limits = { batchMostBytes: 4096, heartbeatMs: 60_000, queueBytes: 4096 };
        const run = await startRelayed({ dir: dir.path, url: proxy.url, auth, events, limits });
        for (const event of events) run.emit(event);
        const { evidence, unsealed, record } = await run.finish({ ms: 100 });
        expect(evidence === null).toBe(unsealed !== undefined);
        const options = { url: server.url, auth, limits: quick, timeoutMs: 10_000 };
        const signal = new AbortController().signal;
        const pushed = await pushRun({ dir: dir.path, options, env: {}, now: Date.now, signal });
        if (pushed.kind !== 'finished') throw new Error(pushed.message);
        expect(toRecordOf(pushed.evidence?.envelope)).toEqual(record);
        expect([...server.runs.values()].map(({ dropped }) => dropped.size)).toEqual([0]);
      }),
      { numRuns: 20 },
    );
  });
});
