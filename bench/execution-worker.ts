/**
 * The process that the execution benchmarks measure: executes one plan and prints what it took as a line of JSON.
 * Argument: { steps: PlanCommand[], secrets: number, dir: string }. Bundled by execution-process.ts, as users run it.
 */
import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { monitorEventLoopDelay } from 'node:perf_hooks';
import { openArtifactStore } from '../src/execution/artifacts.ts';
import { execute } from '../src/execution/execute.ts';
import { makeRedactor } from '../src/redaction/redactor.ts';
import type { PlanCommand } from '../src/schema/plan.ts';

export type Task = { steps: PlanCommand[]; secrets: number; dir: string };
export type Measure = { ms: number; bytes: number; events: number; peakMb: number; loopDelayMs: number };

const { steps, secrets, dir }: Task = JSON.parse(process.argv[2] ?? '');
const known = Array.from({ length: secrets }, (_, index) => ({
  name: `S${index}`,
  value: `s3cr3t-${(index * 7919 + 104_729).toString(36)}-${index}-xyzzy`,
}));
const redactor = makeRedactor({ secrets: known, rules: [] });
const store = await openArtifactStore(join(dir, 'artifacts'));
const plan = {
  plan_version: 1 as const,
  name: 'bench',
  manifest: { path: 'quoderat.yml', sha256: '0'.repeat(64) },
  max_parallel: 1,
  max_duration_ms: 3_600_000,
  fail_fast: false,
  secrets: [],
  redaction_rules: [],
  steps: steps.map((command, index) => ({
    id: `s${index}`,
    index,
    kind: 'command' as const,
    name: 'bench',
    needs: [],
    when: 'success' as const,
    command,
    cwd: '.',
    env_names: [],
    pass_env: [],
    timeout_ms: 3_600_000,
    idle_timeout_ms: 600_000,
    retry: { max_attempts: 1, backoff_ms: 0, max_backoff_ms: 0 },
    continue_on_error: false,
    outputs: [],
    reports: [],
    allow_empty: false,
  })),
};

const delay = monitorEventLoopDelay({ resolution: 5 });
delay.enable();
let bytes = 0;
let events = 0;
const start = performance.now();
const runnerEnv = { PATH: process.env.PATH ?? '' };
const { signal } = new AbortController();
for await (const draft of execute({
  plan,
  environments: {},
  runnerEnv,
  runMark: 'bench',
  reports: { read: () => Promise.reject(new Error('no step here has a report')), findDisagreement: () => undefined },
  workspace: dir,
  store,
  redactor,
  now: Date.now,
  signal,
})) {
  events += 1;
  if (draft.type === 'step_output') bytes += draft.bytes;
  if (draft.type === 'step_finished' && draft.result.status !== 'success')
    throw new Error(JSON.stringify(draft.result));
}
const ms = performance.now() - start;
delay.disable();
await rm(join(dir, 'artifacts'), { recursive: true });
const measure: Measure = {
  ms,
  bytes,
  events,
  peakMb: process.resourceUsage().maxRSS / 1024,
  loopDelayMs: delay.max / 1e6,
};
console.log(JSON.stringify(measure));
