import { mkdir, readFile, readdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { pushRun } from '../../src/push-run.ts';
import type { RunOutcome } from '../../src/outcome.ts';
import { limits } from '../../src/lib/limits.ts';
import { foldEvents } from '../../src/record/fold.ts';
import { noteServer, relayedFiles, writeUnsealed } from '../../src/relayed-folder.ts';
import type { RelayLimits } from '../../src/relay/relay-limits.ts';
import type { EventOf, RunEvent } from '../../src/schema/event.ts';
import { sealLostRun } from '../../src/seal-lost-run.ts';
import { at, fullRun, hex } from '../record/sample-run.ts';
import type { StubRun } from '../support/relay-run.ts';
import { type RelayServer, startRelayServer } from '../support/relay-server.ts';
import { makeTempDir } from '../support/temp-dir.ts';
import { makeEvents, quick, type Relayed, stampOne, startRelayed, toRecordOf } from './relayed-run.ts';

type Scene = { server: RelayServer; run: Relayed; events: RunEvent[]; dir: string };

async function withRelay(limits: Partial<RelayLimits>, act: (scene: Scene) => Promise<void>): Promise<void> {
  await using dir = await makeTempDir();
  await using server = await startRelayServer();
  const events = makeEvents(12);
  const auth = { token: server.token };
  const run = await startRelayed({
    dir: dir.path,
    url: server.url,
    auth,
    events,
    limits: { batchMostBytes: 2048, ...limits },
  });
  await act({ server, run, events, dir: dir.path });
}

function emitAll(run: Relayed, events: readonly RunEvent[]): void {
  for (const event of events) run.emit(event);
}

function pushTo(server: RelayServer, dir: string): Promise<RunOutcome> {
  return pushRun({
    dir,
    options: { url: server.url, auth: { token: server.token }, limits: quick, timeoutMs: 5000 },
    env: {},
    now: Date.now,
    signal: new AbortController().signal,
  });
}

/** Resolves when the server has that many events of the run. */
async function untilStored(server: RelayServer, count: number): Promise<StubRun> {
  for (;;) {
    const [stored] = server.runs.values();
    if (stored !== undefined && stored.events.size >= count) return stored;
    await server.nextRequest();
  }
}

function toOutputs(run: StubRun | undefined): EventOf<'step_output'>[] {
  return [...(run?.events.values() ?? [])].filter((event) => event.type === 'step_output');
}

describe('a run whose server is away', () => {
  it('at the start, and comes later, is sealed with all of it', () =>
    withRelay({}, async ({ server, run, events }) => {
      await server.down();
      emitAll(run, events);
      await server.up();
      const { evidence, record } = await run.finish();
      expect(toRecordOf(evidence?.envelope)).toEqual(record);
      expect(toOutputs([...server.runs.values()][0])).toHaveLength(36);
    }));

  it('in the middle, keeps its output on disk, and replays it', () =>
    withRelay({ queueBytes: 3000 }, async ({ server, run, events, dir }) => {
      const half = Math.floor(events.length / 2);
      emitAll(run, events.slice(0, half));
      await untilStored(server, half);
      await server.down();
      emitAll(run, events.slice(half));
      const spooled = (await readFile(join(dir, 'spool.ndjson'), 'utf8')).trimEnd().split('\n');
      expect(spooled.length).toBeGreaterThan(5);
      await server.up();
      const { evidence, record } = await run.finish();
      expect(toRecordOf(evidence?.envelope)).toEqual(record);
      expect(record.events.dropped).toBe(0);
      const [stored] = server.runs.values();
      expect([...(stored?.events.values() ?? [])].slice(0, -1)).toEqual(events);
      expect(await readdir(dir)).not.toContain('spool.ndjson');
    }));

  it('and comes back without its database, is told again what it has lost', () =>
    withRelay({}, async ({ server, run, events }) => {
      emitAll(run, events.slice(0, 30));
      await untilStored(server, 30);
      server.runs.clear();
      emitAll(run, events.slice(30));
      const { evidence, record } = await run.finish();
      expect(toRecordOf(evidence?.envelope)).toEqual(record);
      expect(record.events.dropped).toBe(0);
    }));

  it('and comes back without its database after many batches, is told all of them again', () =>
    withRelay({ batchEvents: 1 }, async ({ server, run, events }) => {
      emitAll(run, events);
      await untilStored(server, events.length);
      server.runs.clear();
      run.emit(stampOne({ type: 'heartbeat', timestamp: at(3000) }, events.length + 1));
      const { evidence, record } = await run.finish();
      expect(run.problems).toEqual([]);
      expect(toRecordOf(evidence?.envelope)).toEqual(record);
    }));

  it('and has lost its database when it is to seal, is told all of it again', () =>
    withRelay({}, async ({ server, run, events }) => {
      emitAll(run, events);
      server.twist.lose = () => server.runs.clear();
      const { evidence, record } = await run.finish();
      expect(toRecordOf(evidence?.envelope)).toEqual(record);
    }));

  it('and has lost what is in memory no more, gets the rest from the journal, and the loss is counted', () =>
    withRelay({ queueBytes: 2000, keptEvents: 4 }, async ({ server, run, events }) => {
      emitAll(run, events);
      await untilStored(server, events.length);
      server.runs.clear();
      run.emit(stampOne({ type: 'heartbeat', timestamp: at(3000) }, events.length + 1));
      const stored = await untilStored(server, 20);
      const { evidence, record } = await run.finish();
      expect(toRecordOf(evidence?.envelope)).toEqual(record);
      expect(stored.dropped.size).toBeGreaterThan(10);
      expect(record.events).toEqual({
        emitted: events.length + 2,
        acknowledged: events.length + 2 - stored.dropped.size,
        dropped: stored.dropped.size,
      });
    }));

  it('and has lost single events and artifacts by the end, is sent them once more', () =>
    withRelay({ queueBytes: 2000, keptEvents: 4 }, async ({ server, run, events }) => {
      emitAll(run, events);
      await untilStored(server, events.length);
      server.twist.lose = (stored, artifacts) => {
        for (const event of stored.events.values())
          if (event.type === 'step_finished' || event.type === 'plan_ready') stored.events.delete(event.seq);
        artifacts.clear();
      };
      const { evidence, record } = await run.finish();
      expect(toRecordOf(evidence?.envelope)).toEqual(record);
      expect(record.events.dropped).toBe(0);
    }));

  it('has time for every artifact that waits to be sent, and for their number', () =>
    withRelay({}, async ({ server, run, events }) => {
      await server.down();
      emitAll(
        run,
        events.filter(({ type }) => type !== 'artifact_captured'),
      );
      const before = run.relay.openBytes();
      for (const [index, size_bytes] of [0, 10, 5e9, 5e9].entries()) {
        const captured = events.find((event) => event.type === 'artifact_captured');
        if (captured === undefined) throw new Error('the sample has artifacts');
        const sha256 = hex(String(index));
        run.relay.offer({ ...captured, artifact: { ...captured.artifact, sha256, size_bytes } });
      }
      expect(run.relay.openBytes() - before).toBeGreaterThan(1e10 + 2 * limits.uploadLeastBytes);
      await run.relay.close();
    }));

  it('is not kept waiting by an artifact that can be read no more: that is said', () =>
    withRelay({}, async ({ server, run, events, dir }) => {
      const captured = events.find((event) => event.type === 'artifact_captured');
      const path = join(dir, 'artifacts', captured?.artifact.sha256 ?? '');
      await rm(path);
      await mkdir(path);
      emitAll(run, events);
      const { unsealed } = await run.finish();
      expect(unsealed?.reason).toBe(`the artifact sha256:${captured?.artifact.sha256} can't be read any more (EISDIR)`);
      expect(server.requests.filter((request) => request === 'PUT /v1/artifacts/sha256/*')).not.toEqual([]);
    }));

  it('drops output, and only output, when memory and disk are full, and says so in the envelope', () =>
    withRelay({ queueBytes: 2000, spoolBytes: 3000 }, async ({ server, run, events }) => {
      await server.down();
      emitAll(run, events);
      await server.up();
      const { evidence, record } = await run.finish();
      const [stored] = server.runs.values();
      expect(toRecordOf(evidence?.envelope)).toEqual(record);
      expect(stored?.dropped.size).toBeGreaterThan(20);
      expect(record.events.dropped).toBe(stored?.dropped.size);
      expect(evidence?.envelope.claims.no_claims).toContain('output_partial');
      const dropped = events.filter(({ seq }) => stored?.dropped.has(seq));
      expect(new Set(dropped.map(({ type }) => type))).toEqual(new Set(['step_output']));
    }));

  it('at the end, is kept unsealed with all that a push needs, which then gives the same record', () =>
    withRelay({ queueBytes: 3000 }, async ({ server, run, events, dir }) => {
      const half = Math.floor(events.length / 2);
      emitAll(run, events.slice(0, half));
      await untilStored(server, half);
      await server.down();
      emitAll(run, events.slice(half));
      const { evidence, unsealed, record } = await run.finish({ ms: 100 });
      expect(evidence).toBeNull();
      expect(unsealed).toMatchObject({ dir, reason: expect.stringMatching(/has not sealed the run in time; last: /) });
      const kept: unknown = JSON.parse(await readFile(join(dir, 'record.unsealed.json'), 'utf8'));
      expect(kept).toMatchObject({ unsealed: true, record: JSON.parse(JSON.stringify(record)) });

      // Away still: the push changes nothing that the next one needs.
      const early = await pushRun({
        dir,
        options: { url: server.url, auth: { token: server.token }, limits: quick, timeoutMs: 50 },
        env: {},
        now: Date.now,
        signal: new AbortController().signal,
      });
      expect(early).toMatchObject({ kind: 'finished', evidence: null, unsealed: { dir } });

      await server.up();
      const pushed = await pushTo(server, dir);
      if (pushed.kind !== 'finished') throw new Error(pushed.message);
      expect(pushed.problems).toEqual([]);
      expect(toRecordOf(pushed.evidence?.envelope)).toEqual(record);
      expect(toOutputs([...server.runs.values()][0])).toHaveLength(36);
      expect(await readdir(dir)).not.toContain('record.unsealed.json');
      const again = await pushTo(server, dir);
      expect(again).toMatchObject({ kind: 'finished', evidence: { envelopeSha256: pushed.evidence?.envelopeSha256 } });
    }));

  it('is pushed from the folder that has its journal, though that took no record any more', async () => {
    await using dir = await makeTempDir();
    const [evidence, fallback] = [join(dir.path, 'evidence'), join(dir.path, 'fallback')];
    await mkdir(join(evidence, relayedFiles.record), { recursive: true });
    const why = { dirs: [evidence, fallback], serverName: 'https://quoderat.example', reason: 'no answer' };
    const unsealed = await writeUnsealed(foldEvents(fullRun()), why);
    expect(unsealed).toMatchObject({ dir: evidence, recordPath: join(fallback, relayedFiles.record) });
    // It would say that all that a push needs is beside it.
    expect(await readdir(fallback)).toEqual([relayedFiles.record]);
  });

  it('for good, can be pushed to a server that has never heard of it', () =>
    withRelay({}, async ({ server, run, events, dir }) => {
      await server.down();
      emitAll(run, events);
      const { record } = await run.finish({ ms: 50 });
      await using other = await startRelayServer();
      const pushed = await pushTo(other, dir);
      if (pushed.kind !== 'finished') throw new Error(pushed.message);
      expect(toRecordOf(pushed.evidence?.envelope)).toEqual(record);
    }));

  it('is sealed by the server, and by nobody else, when whoever comes after it finds it lost', () =>
    withRelay({}, async ({ server, run, events, dir }) => {
      noteServer(dir, { url: server.url });
      emitAll(run, events.slice(0, 20));
      await run.relay.close();
      const lost = { dir, worker: { name: 'quoderat', version: '9', dist_sha256: null }, now: Date.now };
      expect(await sealLostRun(lost)).toMatchObject({ kind: 'refused', message: expect.stringContaining(server.url) });
      const options = { url: server.url, auth: { token: server.token }, limits: quick };
      const outcome = await sealLostRun({
        ...lost,
        server: { options, env: {}, signal: new AbortController().signal },
      });
      if (outcome.kind !== 'finished') throw new Error(outcome.message);
      expect(outcome.evidence?.envelope.producer.component).toBe('server');
      expect(outcome.termination).toBe('process_lost');
    }));

  it('and was killed with its output in memory, is ended as lost after all that the server has heard', () =>
    withRelay({}, async ({ server, run, events, dir }) => {
      emitAll(run, events.slice(0, 25));
      await untilStored(server, 25);
      // What this one emits from here on dies with it, but for the journal.
      await server.down();
      emitAll(run, events.slice(25, 35));
      await run.relay.close();
      await server.up();
      const pushed = await pushTo(server, dir);
      if (pushed.kind !== 'finished') throw new Error(pushed.message);
      expect(pushed).toMatchObject({ status: 'aborted', termination: 'process_lost' });
      expect(pushed.unsealed).toBeUndefined();
      const [stored] = server.runs.values();
      const { events: counts } = pushed.evidence?.envelope ?? {};
      expect(counts?.dropped).toBe(stored?.dropped.size);
      const lost = events.slice(25, 35).filter(({ type, seq }) => type === 'step_output' && !stored?.events.has(seq));
      expect([...(stored?.dropped ?? [])]).toEqual(expect.arrayContaining(lost.slice(0, -1).map(({ seq }) => seq)));
    }));
});
