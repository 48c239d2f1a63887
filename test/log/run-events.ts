import type { EventDraft, RunEvent } from '../../src/schema/event.ts';
import type { Attempt } from '../../src/schema/record.ts';
import type { JobLog } from '../../src/log/job-log.ts';

const uuid = '019aa5b0-1111-7222-8333-444455556666';
const hex = (letter: string): string => letter.repeat(64);
const start = Date.parse('2026-11-21T09:27:19.000Z');

type Story = {
  /** Every event, in order. */
  events: RunEvent[];
  begin(id: string, attempt?: number): Story;
  print(id: string, text: string, stream?: 'stdout' | 'stderr'): Story;
  finish(id: string, change?: Partial<Attempt>): Story;
  skip(id: string, reason: string): Story;
  add(draft: Record<string, unknown> & { type: string }): Story;
  /** The end of the run, as run.ts tells it. */
  seal(status?: 'success' | 'failed' | 'aborted'): Story;
};

/** The events of a run, told in order; a second passes between one and the next. */
export function makeStory(ids: string[], steps: Record<string, Record<string, unknown>> = {}): Story {
  const events: RunEvent[] = [];
  const at = (): string => new Date(start + events.length * 1000).toISOString();
  const emit = (draft: Record<string, unknown> & { type: string }): Story => {
    const stamp = { event_id: uuid, run_id: uuid, seq: events.length + 1, timestamp: at() };
    // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- logs read a few members; whole events would hide the story
    events.push({ ...stamp, ...draft } as EventDraft as RunEvent);
    return story;
  };
  const story: Story = {
    events,
    add: emit,
    begin: (id, attempt = 1) => emit({ type: 'step_started', step_id: id, attempt }),
    print: (id, text, stream = 'stdout') =>
      emit({ type: 'step_output', step_id: id, attempt: 1, stream, offset: 0, bytes: text.length, text }),
    finish: (id, change) => emit({ type: 'step_finished', step_id: id, attempt: 1, result: makeAttempt(change) }),
    skip: (id, reason) => emit({ type: 'step_skipped', step_id: id, attempt: 0, reason }),
    seal: (status = 'success') => {
      emit({ type: 'finalize_started', status, termination: status === 'aborted' ? 'cancelled' : 'finished' });
      return emit({ type: 'run_finalized', evidence_id: uuid, head_entry_hash: hex('e'), envelope_sha256: hex('f') });
    },
  };
  emit({
    type: 'run_started',
    worker: { name: 'quoderat', version: '0.1.0' },
    subject: { git: { commit_sha: 'a'.repeat(40) } },
  });
  const planned = ids.map((id) => ({
    id,
    kind: 'test',
    retry: { max_attempts: 2 },
    continue_on_error: false,
    ...steps[id],
  }));
  emit({ type: 'plan_ready', plan: { name: 'release', max_parallel: 2, steps: planned }, plan_hash: hex('1') });
  return story;
}

function makeAttempt(change: Partial<Attempt> = {}): Attempt {
  const at = '2026-11-21T09:27:19.000Z';
  return {
    attempt: 1,
    status: 'success',
    exit_code: 0,
    signal: null,
    termination: 'exited',
    started_at: at,
    finished_at: at,
    duration_ms: 3200,
    phases: { spawn_ms: 0, run_ms: 0, terminate_ms: 0, drain_ms: 0, capture_ms: 0 },
    stdout_artifact_id: null,
    stderr_artifact_id: null,
    report_artifact_ids: [],
    output_artifact_ids: [],
    output_complete: true,
    survivors_killed: 0,
    ...change,
  };
}

export const failure: Partial<Attempt> = {
  status: 'failed',
  exit_code: 1,
  cause: { code: 'exit_nonzero', message: 'exit code 1' },
};

/** Gives a log all events and its end. */
export async function play(log: JobLog, events: RunEvent[]): Promise<void> {
  for (const event of events) await log.write(event);
  await log.end();
}

/** Where a log may write to. */
export function makeSink(): { write: (text: string) => void; text: () => string } {
  const texts: string[] = [];
  return { write: (text) => void texts.push(text), text: () => texts.join('') };
}
