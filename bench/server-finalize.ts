/**
 * Finalizing a run of 10,000 steps (60,002 events) in the real server's code, on a real PostgreSQL and a folder of artifacts: the
 * whole of it, the same in its parts, and sealRecord alone on the same record. `node bench/server-finalize.ts [steps]`
 */
import { randomBytes } from 'node:crypto';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { monitorEventLoopDelay } from 'node:perf_hooks';
import { pino } from 'pino';
import { toTimestamp } from '../src/lib/clock.ts';
import { sha256 } from '../src/lib/hash.ts';
import { makeUuidV7 } from '../src/lib/uuid.ts';
import { foldEvents } from '../src/record/fold.ts';
import type { FinalizeRun } from '../src/schema/api.ts';
import type { EventDraft, RunEvent } from '../src/schema/event.ts';
import type { RunRecord } from '../src/schema/record.ts';
import { toClaims } from '../src/seal/claims.ts';
import { sealRecord } from '../src/seal/seal.ts';
import { makeDsseEnvelope, toStatement } from '../src/seal/statement.ts';
import type { ServerDeps } from '../src/server/deps.ts';
import { checkArtifacts } from '../src/server/finalize/check-artifacts.ts';
import { finalizeRun } from '../src/server/finalize/finalize.ts';
import { assertSameRun, foldRun, toRecordSha256Text } from '../src/server/finalize/fold-run.ts';
import { keepEvidence } from '../src/server/finalize/keep-evidence.ts';
import { redactRecord } from '../src/server/finalize/redact-record.ts';
import { toVerifiedContext } from '../src/server/finalize/verified-context.ts';
import type { Principal } from '../src/server/principal.ts';
import { openServer } from '../src/server/server.ts';
import { parseSettings } from '../src/server/settings.ts';
import { parseBatch } from '../src/server/routes/parse-batch.ts';
import { appendBatch } from '../src/server/store/append.ts';
import { createRunRow, readCreateRequest } from '../src/server/store/runs.ts';
import {
  finalizeStarted,
  makeArtifact,
  makePlan,
  makeStep,
  planReady,
  ranStep,
  runStarted,
} from '../test/record/sample-run.ts';
import { startTestCluster } from '../test/support/database.ts';
import { median, tokenList } from './server-support.ts';

/** The first is slower: code that runs for the first time. The median leaves it out. */
const ROUNDS = 3;
const BATCH = 1000;
const principal: Principal = { id: 'token:worker', scopes: ['read', 'write'], projects: ['acme/shop'] };
const steps = Number(process.argv[2] ?? 10_000);

const dir = await mkdtemp(join(tmpdir(), 'quoderat-bench-'));
await using cluster = await startTestCluster({ fsync: 'on' });
await writeFile(join(dir, 'tokens'), tokenList, { mode: 0o600 });
const env = { DATABASE_URL: await cluster.makeDatabase(), QUODERAT_TOKENS_FILE: join(dir, 'tokens') };
const settings = parseSettings({ port: '0', data: dir }, env, dir);
const server = await openServer(settings, { log: pino({ level: 'silent' }), now: Date.now, version: '0.0.0' });
try {
  await measureAll(server.deps);
} finally {
  await server.stop();
  await rm(dir, { recursive: true, force: true });
}

async function measureAll(deps: ServerDeps): Promise<void> {
  const texts = Array.from({ length: steps }, (_, index) => toOutput(`unit-${index}`));
  await keepFiles(deps, ['', ...texts]);
  const taken: { alone: number; parts: Record<string, number>; whole: number; held: number }[] = [];
  let told = '';
  for (let round = 0; round < ROUNDS; round += 1) {
    const run = await keepRun(deps, makeLongRun());
    const { parts, alone, bytes } = await measureParts(deps, run);
    const { whole, held } = await measureWhole(deps, await keepRun(deps, makeLongRun()));
    taken.push({ alone, parts, whole, held });
    told = `${run.request.last_seq} events, an envelope of ${(bytes / 1e6).toFixed(1)} MB`;
  }
  const whole = median(taken.map((each) => each.whole));
  console.log(`finalize of ${steps} steps: ${told}`);
  for (const name of Object.keys(taken[0]?.parts ?? {})) {
    const ms = median(taken.map(({ parts }) => parts[name] ?? 0));
    console.log(
      `  ${name.padEnd(40)} ${ms.toFixed(0).padStart(6)} ms  ${((ms / whole) * 100).toFixed(0).padStart(3)} %`,
    );
  }
  console.log(`  ${'the whole'.padEnd(40)} ${whole.toFixed(0).padStart(6)} ms`);
  console.log(
    `  ${'sealRecord alone'.padEnd(40)} ${median(taken.map(({ alone }) => alone))
      .toFixed(0)
      .padStart(6)} ms`,
  );
  console.log(`  ratio ${median(taken.map(({ alone, whole }) => whole / alone)).toFixed(2)} of sealRecord alone`);
  console.log(`  event loop held for ${median(taken.map(({ held }) => held)).toFixed(0)} ms at most`);
}

type LongRun = { runId: string; events: RunEvent[]; plan: ReturnType<typeof makePlan>; planHash: string };

/** Each step with two pieces of output, its own stdout and the empty stderr that all share. */
function makeLongRun(): LongRun {
  const plan = makePlan(
    Array.from({ length: steps }, (_, index) => makeStep(`unit-${index}`, index, { kind: 'test' })),
  );
  const planned = planReady(plan);
  if (planned.type !== 'plan_ready') throw new Error('the sample run has no plan');
  const drafts: EventDraft[] = [runStarted(), planned];
  for (const { id } of plan.steps) {
    const [started, , stderr, finished] = ranStep(id, 1);
    if (started === undefined || stderr === undefined || finished === undefined) throw new Error('no step');
    const text = toOutput(id);
    const half = text.length >> 1;
    const output = {
      type: 'step_output',
      timestamp: started.timestamp,
      step_id: id,
      attempt: 1,
      stream: 'stdout',
    } as const;
    drafts.push(
      started,
      { ...output, offset: 0, bytes: half, text: text.slice(0, half) },
      { ...output, offset: half, bytes: text.length - half, text: text.slice(half) },
      {
        type: 'artifact_captured',
        timestamp: finished.timestamp,
        step_id: id,
        artifact: makeArtifact(`${id}/1/stdout`, 'stdout', id, text),
      },
      stderr,
      finished,
    );
  }
  drafts.push(finalizeStarted('success', 'finished', drafts.length + 1));
  const runId = makeUuidV7(Date.now(), randomBytes(10));
  const events: RunEvent[] = [];
  for (const draft of drafts)
    events.push({
      event_id: makeUuidV7(Date.now(), randomBytes(10)),
      run_id: runId,
      seq: events.length + 1,
      ...draft,
    });
  return { runId, events, plan, planHash: planned.plan_hash };
}

function toOutput(stepId: string): string {
  return `> vitest run ${stepId}\n`.concat(
    ...Array.from({ length: 8 }, (_, n) => ` PASS ${stepId} case ${n} (${n} ms)\n`),
  );
}

/** As PUT would have left them, without waiting for the disk at each. */
async function keepFiles({ db }: ServerDeps, texts: string[]): Promise<void> {
  for (let from = 0; from < texts.length; from += 1000) {
    const files = texts.slice(from, from + 1000).map((text) => ({ text, sha256: sha256(text), size: text.length }));
    await Promise.all(
      files.map(async ({ text, sha256 }) => {
        const path = join(dir, 'artifacts', sha256.slice(0, 2), sha256.slice(2, 4), sha256);
        await mkdir(dirname(path), { recursive: true });
        await writeFile(path, text);
      }),
    );
    await db
      .insertInto('artifacts')
      .values(files.map(({ sha256, size }) => ({ sha256, size })))
      .execute();
    await db
      .insertInto('artifact_senders')
      .values(files.map(({ sha256 }) => ({ sha256, principal: principal.id })))
      .execute();
  }
}

/** What is left in this process of a run that was sent: its events would be a burden to every collection of garbage. */
type SentRun = { runId: string; request: FinalizeRun };

async function keepRun({ db }: ServerDeps, { runId, events, plan, planHash }: LongRun): Promise<SentRun> {
  const [started] = events;
  if (started?.type !== 'run_started') throw new Error('the run has no beginning');
  const { worker, identities, intent, subject, runner_context } = started;
  const request = { run_id: runId, plan, plan_hash: planHash, worker, identities, intent, subject, runner_context };
  await createRunRow(db, principal, request);
  for (let from = 0; from < events.length; from += BATCH) {
    const body = Buffer.from(JSON.stringify({ events: events.slice(from, from + BATCH) }));
    await appendBatch(db, principal, runId, parseBatch(body, runId, BATCH));
  }
  const record_sha256 = sha256(toRecordSha256Text(foldEvents(events)));
  return { runId, request: { plan_hash: planHash, record_sha256, last_seq: events.length } };
}

/** The steps of src/server/finalize/finalize.ts, one after the other, with a clock between them. */
async function measureParts(
  deps: ServerDeps,
  { runId, request }: SentRun,
): Promise<{ parts: Record<string, number>; alone: number; bytes: number }> {
  const parts: Record<string, number> = {};
  const time = async <T>(name: string, work: () => T | Promise<T>): Promise<T> => {
    const begin = performance.now();
    const result = await work();
    parts[name] = performance.now() - begin;
    return result;
  };
  const { record } = await time('read and fold the events', () => foldRun(deps.db, runId, request.last_seq));
  await time('compare with what it was created with', async () =>
    assertSameRun(record, await readCreateRequest(deps.db, runId)),
  );
  await time("compare the record's digest", () => sha256(toRecordSha256Text(record)));
  const { here, missing } = await time('look for the artifacts', () => checkArtifacts(deps, principal, record));
  if (missing.length > 0) throw new Error(`${missing.length} artifacts of the benchmark are missing`);
  const redacted = await time('redact', () =>
    redactRecord({ ...record, runner_context: toVerifiedContext(record, null) }, deps.redactor, Date.now()),
  );
  const signer = await deps.keys.signer();
  const sealed = await time('seal and sign', () => sealAlone(redacted, signer));
  const attestation = await time('attest', () => makeDsseEnvelope(toStatement(sealed.envelope, sealed.sha256), signer));
  const kept = await time('store', () =>
    keepEvidence(deps.db, runId, {
      sealed: { ...sealed, attestation },
      artifacts: here,
      end: { state: 'finalized', reason: 'success' },
    }),
  );
  if (kept?.isNew !== true) throw new Error('the evidence was not kept');
  return { parts, alone: await measureAlone(redacted, signer), bytes: sealed.bytes.length };
}

type Signer = Awaited<ReturnType<ServerDeps['keys']['signer']>>;

function sealAlone(record: RunRecord, signer: Signer) {
  return sealRecord({
    record,
    evidenceId: makeUuidV7(Date.now(), randomBytes(10)),
    sealedAt: toTimestamp(Date.now()),
    producer: { name: 'quoderat', version: '0.0.0', component: 'server', instance: 'bench' },
    claims: toClaims(record, 'server', true),
    signer,
  });
}

async function measureAlone(record: RunRecord, signer: Signer): Promise<number> {
  const times: number[] = [];
  for (let round = 0; round < ROUNDS; round += 1) {
    const begin = performance.now();
    await sealAlone(record, signer);
    times.push(performance.now() - begin);
  }
  return median(times);
}

async function measureWhole(deps: ServerDeps, { runId, request }: SentRun): Promise<{ whole: number; held: number }> {
  const delay = monitorEventLoopDelay({ resolution: 5 });
  delay.enable();
  const begin = performance.now();
  await finalizeRun(deps, principal, runId, request);
  const whole = performance.now() - begin;
  // One more turn, or the longest hold could be the one that has just ended.
  await new Promise((resolve) => void setTimeout(resolve, 20));
  delay.disable();
  return { whole, held: delay.max / 1e6 };
}
