import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { pushRun } from '../../src/push-run.ts';
import { startTestCluster, type TestCluster } from '../support/database.ts';
import { type Fault, startFlakyProxy } from '../support/flaky-proxy.ts';
import { startServer, tokens } from '../support/server.ts';
import { makeTempDir } from '../support/temp-dir.ts';
import { makeEvents, quick, startRelayed, toRecordOf } from './relayed-run.ts';

const CREATE = /^POST \S*\/v1\/runs$/;
const EVENTS = /\/events$/;
const PUT = /^PUT/;
const FINALIZE = /\/finalize$/;
const EVIDENCE = /^GET \S*\/v1\/evidence/;

const cases: [string, [RegExp, ...Fault[]][]][] = [
  ['nothing', []],
  [
    'resets',
    [
      [CREATE, 'reset_after'],
      [EVENTS, 'reset_before', 'reset_after'],
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
  ['disorder and gaps', [[EVENTS, 'delay', 'swallow', 'delay', 'swallow']]],
  [
    'unavailability and cut answers',
    [
      [EVENTS, { status: 503, retryAfter: 1 }, 'truncate'],
      [EVIDENCE, 'truncate'],
    ],
  ],
];

describe('the real server and a relayed run', () => {
  let cluster: TestCluster;
  beforeAll(async () => {
    cluster = await startTestCluster();
  });
  afterAll(() => cluster[Symbol.asyncDispose]());

  it.each(cases)('arrive at the same record, though the way between them knows %s', async (_name, script) => {
    await using dir = await makeTempDir();
    await using server = await startServer(await cluster.makeDatabase());
    await using proxy = await startFlakyProxy(server.url);
    for (const [matches, ...faults] of script) proxy.script(matches, ...faults);
    const events = makeEvents(12);
    const auth = { token: tokens.admin };
    const run = await startRelayed({ dir: dir.path, url: proxy.url, auth, events, limits: { batchMostBytes: 4096 } });
    for (const event of events) run.emit(event);
    const { evidence, record } = await run.finish();
    expect(run.problems).toEqual([]);
    expect(toRecordOf(evidence?.envelope)).toEqual(record);
    expect(evidence?.verdict).toMatchObject({ exit_code: 0, authentic: { answer: 'yes' } });
    expect(proxy.done).toHaveLength(script.reduce((sum, [, ...faults]) => sum + faults.length, 0));
  });

  it('agree though the server takes more out of the texts than the worker has', async () => {
    await using dir = await makeTempDir();
    const redactionFile = join(dir.path, 'rules.json');
    await writeFile(redactionFile, JSON.stringify({ values: [{ id: 'people', value: 'octocat' }] }));
    await using server = await startServer(await cluster.makeDatabase(), { redactionFile });
    const events = makeEvents(1);
    const auth = { token: tokens.admin };
    const run = await startRelayed({ dir: join(dir.path, 'evidence'), url: server.url, auth, events });
    for (const event of events) run.emit(event);
    const { evidence, record } = await run.finish();
    expect(run.problems).toEqual([]);
    expect(JSON.stringify(record)).toContain('octocat');
    expect(JSON.stringify(evidence?.envelope)).not.toContain('octocat');
  });

  it('arrive at the same record when the one was away and the other is pushed, with output that was dropped', async () => {
    await using dir = await makeTempDir();
    const database = await cluster.makeDatabase();
    const gone = await startServer(database);
    await gone.stop();
    const events = makeEvents(12);
    const auth = { token: tokens.admin };
    const limits = { queueBytes: 3000, spoolBytes: 3000 };
    const run = await startRelayed({ dir: dir.path, url: gone.url, auth, events, limits });
    for (const event of events) run.emit(event);
    const { evidence, record } = await run.finish({ ms: 50 });
    expect(evidence).toBeNull();
    expect(record.events.dropped).toBeGreaterThan(10);

    await using server = await startServer(database);
    const options = { url: server.url, auth, limits: quick, timeoutMs: 10_000 };
    const signal = new AbortController().signal;
    const pushed = await pushRun({ dir: dir.path, options, env: {}, now: Date.now, signal });
    if (pushed.kind !== 'finished') throw new Error(pushed.message);
    expect(pushed.problems).toEqual([]);
    expect(toRecordOf(pushed.evidence?.envelope)).toEqual(record);
  });
});
