import { randomBytes } from 'node:crypto';
import { makeUuidV7 } from '../../src/lib/uuid.ts';
import type { CreateRun, StreamedEvent } from '../../src/schema/api.ts';
import { streamedEvent } from '../../src/schema/api.ts';
import type { EventOf, RunEvent } from '../../src/schema/event.ts';
import { tokens } from './server.ts';

const commit = 'a'.repeat(40);
export const planHash = 'b'.repeat(64);

const step: CreateRun['plan']['steps'][number] = {
  id: 'unit',
  index: 0,
  kind: 'test',
  name: 'unit tests',
  needs: [],
  when: 'success',
  command: { run: 'npm test', shell: 'bash' },
  cwd: '.',
  env_names: [],
  pass_env: [],
  timeout_ms: 60_000,
  idle_timeout_ms: null,
  retry: { max_attempts: 1, backoff_ms: 0, max_backoff_ms: 0 },
  continue_on_error: false,
  outputs: [],
  reports: [],
  allow_empty: false,
};

export function makeId(): string {
  return makeUuidV7(Date.now(), randomBytes(10));
}

/** What a worker sends to create a run of acme/widgets. */
export function makeCreateRun(change: Partial<CreateRun> = {}): CreateRun {
  return {
    run_id: makeId(),
    plan: {
      plan_version: 1,
      name: 'story',
      manifest: { path: 'quoderat.yml', sha256: 'c'.repeat(64) },
      max_parallel: 1,
      max_duration_ms: 60_000,
      fail_fast: true,
      secrets: [],
      redaction_rules: [],
      steps: [step],
    },
    plan_hash: planHash,
    worker: { name: 'quoderat', version: '0.0.0', dist_sha256: null },
    identities: { producer: { type: 'user', id: 'ada' }, subject: { type: 'user', id: 'ada' } },
    intent: { trigger: 'manual', event: 'manual', actor: 'ada', requested_at: null },
    subject: {
      kind: 'git_commit',
      id: commit,
      source: 'local',
      repo: { url: null, name: 'acme/widgets', provider: null },
      git: {
        commit_sha: commit,
        ref: null,
        branch: null,
        tag: null,
        head_sha: null,
        base_sha: null,
        merge_sha: null,
        tree_sha: null,
        dirty: false,
      },
      meta: {},
    },
    runner_context: {
      runner_type: 'local',
      os: 'linux',
      arch: 'x64',
      toolchain: {},
      os_release: null,
      image: null,
      cpu_count: null,
      memory_bytes: null,
      runner_name: null,
      self_hosted: null,
      basis: 'runner_asserted',
    },
    ...change,
  };
}

/** A piece of output: what nearly all events are. */
export function makeOutput(runId: string, seq: number, text = `line ${seq}\n`): EventOf<'step_output'> {
  return {
    type: 'step_output',
    event_id: makeId(),
    run_id: runId,
    seq,
    timestamp: '2026-11-21T09:27:19.123Z',
    step_id: 'unit',
    attempt: 1,
    stream: 'stdout',
    offset: seq * 10,
    bytes: Buffer.byteLength(text),
    text,
  };
}

export function makeOutputs(runId: string, from: number, to: number): RunEvent[] {
  return Array.from({ length: to - from + 1 }, (_, index) => makeOutput(runId, from + index));
}

export type Answer = { status: number; body: unknown; headers: Headers };

/** One request with a JSON body, by the worker unless told otherwise. */
export async function call(
  url: string,
  { method = 'POST', body, token = tokens.worker }: { method?: string; body?: unknown; token?: string } = {},
): Promise<Answer> {
  const response = await fetch(url, {
    method,
    headers: { authorization: `Bearer ${token}`, ...(body !== undefined && { 'content-type': 'application/json' }) },
    ...(body !== undefined && { body: JSON.stringify(body) }),
  });
  const text = await response.text();
  return { status: response.status, body: text === '' ? null : JSON.parse(text), headers: response.headers };
}

/** Creates a run and gives its id. */
export async function createTestRun(url: string): Promise<string> {
  const request = makeCreateRun();
  const answer = await call(`${url}/v1/runs`, { body: request });
  if (answer.status !== 201) throw new Error(`the run was not created: ${JSON.stringify(answer.body)}`);
  return request.run_id;
}

/** Sends events, and gives acked_seq and stored. */
export async function send(url: string, runId: string, events: RunEvent[], dropped?: unknown): Promise<Answer> {
  return call(`${url}/v1/runs/${runId}/events`, { body: { events, ...(dropped !== undefined && { dropped }) } });
}

/** Reads a run's stream as NDJSON: all of it up to now, or for as long as `until` says so. */
export async function readStream(
  url: string,
  runId: string,
  { after = 0, until }: { after?: number; until?: (event: StreamedEvent) => boolean } = {},
): Promise<StreamedEvent[]> {
  const stop = new AbortController();
  const response = await fetch(`${url}/v1/runs/${runId}/events?after=${after}&follow=${until !== undefined}`, {
    headers: { authorization: `Bearer ${tokens.reader}`, accept: 'application/x-ndjson' },
    signal: stop.signal,
  });
  if (response.status !== 200 || response.body === null) throw new Error(`the stream answered ${response.status}`);
  const events: StreamedEvent[] = [];
  let rest = '';
  for await (const text of response.body.pipeThrough(new TextDecoderStream())) {
    const lines = (rest + text).split('\n');
    rest = lines.pop() ?? '';
    for (const line of lines) {
      if (line === '') continue;
      const event = streamedEvent.parse(JSON.parse(line));
      events.push(event);
      if (until?.(event) === true) {
        stop.abort();
        return events;
      }
    }
  }
  return events;
}

/** The worker's numbers in a stream, in the order in which they came. */
export function toSeqs(events: readonly StreamedEvent[]): number[] {
  return events.flatMap((line) => ('event' in line ? [line.event.seq] : []));
}
