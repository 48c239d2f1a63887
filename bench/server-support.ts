/** What the benchmarks of the server share. They read /proc: Linux only. */
import { type ChildProcess, spawn } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { sha256 } from '../src/lib/hash.ts';
import { makeUuidV7 } from '../src/lib/uuid.ts';
import type { CreateRun } from '../src/schema/api.ts';
import type { EventDraft, RunEvent } from '../src/schema/event.ts';
import {
  at,
  captured,
  makeArtifact,
  makePlan,
  makeStep,
  planReady,
  ranStep,
  runStarted,
} from '../test/record/sample-run.ts';

/** Of every server here; it may do everything. */
export const token = 'benchmark-token';
export const tokenList = `bench ${sha256(token)} admin\n`;

export type Served = AsyncDisposable & { url: string; port: number; child: ChildProcess };

/** `quoderat serve` from the sources, logging each request to nowhere, without limits of rate. */
export async function startQuoderat(databaseUrl: string): Promise<Served> {
  const dir = await mkdtemp(join(tmpdir(), 'quoderat-bench-'));
  await writeFile(join(dir, 'tokens'), tokenList, { mode: 0o600 });
  const served = await start([join(import.meta.dirname, '../src/cli/main.ts'), 'serve', '--port', '0', '--data', dir], {
    DATABASE_URL: databaseUrl,
    QUODERAT_TOKENS_FILE: join(dir, 'tokens'),
    QUODERAT_RATE_PER_ADDRESS: '1000000',
    QUODERAT_RATE_PER_PRINCIPAL: '1000000',
  });
  return {
    ...served,
    async [Symbol.asyncDispose]() {
      await served[Symbol.asyncDispose]();
      await rm(dir, { recursive: true, force: true });
    },
  };
}

/** A program that says an address on stdout; it may be talked to over IPC. */
export async function start(args: string[], env: Record<string, string> = {}): Promise<Served> {
  const child = spawn(process.execPath, args, {
    cwd: tmpdir(),
    env: { PATH: process.env['PATH'], NODE_COMPILE_CACHE: join(tmpdir(), 'node-compile-cache'), ...env },
    stdio: ['ignore', 'pipe', process.env['BENCH_STDERR'] === '1' ? 'inherit' : 'ignore', 'ipc'],
  });
  const ended = once(child, 'exit');
  const url = await new Promise<string>((resolve, reject) => {
    void ended.then(() => reject(new Error(`${args.join(' ')} ended before it listened; see with BENCH_STDERR=1`)));
    if (child.stdout === null) return;
    createInterface(child.stdout).on('line', (line) => {
      const found = /http:\S+/.exec(line)?.[0];
      if (found !== undefined) resolve(found);
    });
  });
  return {
    url,
    port: Number(new URL(url).port),
    child,
    async [Symbol.asyncDispose]() {
      if (child.exitCode === null && child.signalCode === null) child.kill('SIGKILL');
      await ended;
    },
  };
}

/** The run, and how it is created; then its events from 3 on are free. */
export function makeRun(): { runId: string; request: CreateRun } {
  const runId = makeUuidV7(Date.now(), randomBytes(10));
  const started = runStarted();
  const planned = planReady(makePlan([makeStep('unit', 0)]));
  if (started.type !== 'run_started' || planned.type !== 'plan_ready')
    throw new Error('the sample run has no beginning');
  const { type: _type, timestamp: _timestamp, ...context } = started;
  return { runId, request: { run_id: runId, plan: planned.plan, plan_hash: planned.plan_hash, ...context } };
}

/**
 * Consecutive events as a run has them: of ten, eight pieces of output of a line or two (so small because what is counted is
 * events; workers send pieces of up to 64 KiB), one artifact and the end of a step. About 400 bytes each.
 */
export function makeEvents(runId: string, from: number, count: number): RunEvent[] {
  return Array.from({ length: count }, (_, index) => {
    const seq = from + index;
    const stamp = { event_id: makeUuidV7(Date.now(), randomBytes(10)), run_id: runId, seq };
    return { ...stamp, ...toDraft(seq) };
  });
}

function toDraft(seq: number): EventDraft {
  const id = `unit-${seq}`;
  if (seq % 10 === 8) return captured(makeArtifact(`${id}/1/stdout`, 'stdout', id, `${id} said so\n`));
  if (seq % 10 === 9) return ranStep(id, 1).at(-1) ?? { type: 'heartbeat', timestamp: at(seq) };
  const text = `2026-11-21T09:27:${10 + (seq % 50)}Z info [worker-${seq % 8}] GET /api/v1/users/${seq} 200 ${seq % 400}ms\n ✓ src/lib/parse-${seq % 400}.test.ts (${seq % 90} ms)\n`;
  const bytes = Buffer.byteLength(text);
  return {
    type: 'step_output',
    timestamp: at(seq),
    step_id: 'unit',
    attempt: 1,
    stream: 'stdout',
    offset: seq * 100,
    bytes,
    text,
  };
}

export async function createRun(url: string): Promise<string> {
  const { runId, request } = makeRun();
  await post(`${url}/v1/runs`, JSON.stringify(request));
  return runId;
}

export async function sendEvents(url: string, runId: string, events: RunEvent[]): Promise<void> {
  await post(`${url}/v1/runs/${runId}/events`, JSON.stringify({ events, dropped: [] }));
}

export async function post(url: string, body: string): Promise<void> {
  const answer = await fetch(url, {
    method: 'POST',
    headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
    body,
  });
  const said = await answer.text();
  if (!answer.ok) throw new Error(`${url}: ${said}`);
}

/** What a process has had of the processors, in milliseconds (proc(5): utime and stime, in ticks of 10 ms). */
export function readCpuMs({ child: { pid } }: Served): number {
  const stat = readFileSync(`/proc/${pid}/stat`, 'latin1');
  const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
  return (Number(fields[11]) + Number(fields[12])) * 10;
}

/** Resident memory in KiB. */
export function readRssKiB({ child: { pid } }: Served): number {
  return Number(/VmRSS:\s+(\d+)/.exec(readFileSync(`/proc/${pid}/status`, 'latin1'))?.[1]);
}

export function median(values: readonly number[]): number {
  return values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)] ?? Number.NaN;
}
