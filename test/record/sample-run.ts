import { createHash } from 'node:crypto';
import type { EventDraft, RunEvent } from '../../src/schema/event.ts';
import type { Plan, PlanStep } from '../../src/schema/plan.ts';
import type { Artifact, Attempt, RunStatus, RunTermination } from '../../src/schema/record.ts';

/** Fixed ids and times: the vectors are made from these runs, byte for byte the same each time. */
export const runId = '019aa5c1-7d00-7000-8000-000000000001';
const START = Date.parse('2026-11-21T09:27:19.123Z');

export function hex(text: string): string {
  return createHash('sha256').update(text).digest('hex');
}

/** The instant a number of milliseconds into the run. */
export function at(ms: number): string {
  return new Date(START + ms).toISOString();
}

/** Drafts as run.ts stamps them: seq from 1, one event_id each. */
export function stamp(drafts: readonly EventDraft[], from = 1): RunEvent[] {
  return drafts.map((draft, index) => {
    const seq = from + index;
    const event_id = `019aa5c1-7d00-7000-9000-${seq.toString(16).padStart(12, '0')}`;
    return { ...draft, event_id, run_id: runId, seq };
  });
}

export function makeStep(id: string, index: number, more: Partial<PlanStep> = {}): PlanStep {
  return {
    id,
    index,
    kind: 'command',
    name: id,
    needs: [],
    when: 'success',
    command: { run: `echo ${id}`, shell: 'bash' },
    cwd: '.',
    env_names: [],
    pass_env: [],
    timeout_ms: 900_000,
    idle_timeout_ms: 600_000,
    retry: { max_attempts: 1, backoff_ms: 0, max_backoff_ms: 0 },
    continue_on_error: false,
    outputs: [],
    reports: [],
    allow_empty: false,
    ...more,
  };
}

export function makePlan(steps: PlanStep[]): Plan {
  return {
    plan_version: 1,
    name: 'release',
    manifest: { path: 'quoderat.yml', sha256: hex('the manifest') },
    max_parallel: 2,
    max_duration_ms: 3_600_000,
    fail_fast: false,
    secrets: ['NPM_TOKEN'],
    redaction_rules: [],
    steps,
  };
}

export function makeArtifact(id: string, kind: Artifact['kind'], stepId: string | null, text: string): Artifact {
  return {
    id,
    kind,
    sha256: hex(text),
    content_uri: `urn:sha256:${hex(text)}`,
    size_bytes: Buffer.byteLength(text),
    media_type: 'text/plain; charset=utf-8',
    name: id,
    step_id: stepId,
    redaction: { class: 'text', applied: false },
    truncated: false,
  };
}

export function makeAttempt(stepId: string, number: number, more: Partial<Attempt> = {}): Attempt {
  return {
    attempt: number,
    status: 'success',
    exit_code: 0,
    signal: null,
    termination: 'exited',
    started_at: at(1000 * number),
    finished_at: at(1000 * number + 500),
    duration_ms: 500,
    phases: { spawn_ms: 3, run_ms: 490, terminate_ms: 0, drain_ms: 2, capture_ms: 5 },
    stdout_artifact_id: `${stepId}/${number}/stdout`,
    stderr_artifact_id: `${stepId}/${number}/stderr`,
    report_artifact_ids: [],
    output_artifact_ids: [],
    output_complete: true,
    survivors_killed: 0,
    ...more,
  };
}

export function runStarted(): EventDraft {
  return {
    type: 'run_started',
    timestamp: at(0),
    worker: { name: 'quoderat', version: '0.1.0', dist_sha256: hex('dist') },
    identities: {
      producer: { type: 'workflow', id: 'acme/shop/.github/workflows/ci.yml@refs/heads/main' },
      subject: { type: 'user', id: '583231', name: 'octocat' },
    },
    intent: { trigger: 'push', event: 'push', actor: 'octocat', requested_at: null },
    subject: {
      kind: 'git_commit',
      id: '3f786850e387550fdab836ed7e6dc881de23001b',
      source: 'github',
      repo: { url: 'https://github.com/acme/shop', name: 'acme/shop', provider: 'github.com' },
      git: {
        commit_sha: '3f786850e387550fdab836ed7e6dc881de23001b',
        ref: 'refs/heads/main',
        branch: 'main',
        tag: null,
        head_sha: null,
        base_sha: null,
        merge_sha: null,
        tree_sha: '89e6c98d92887913cadf06b2adb97f26cde4849b',
        dirty: false,
      },
      meta: { project_path: 'acme/shop', run_id: '7001', run_attempt: 1, matrix: { node: '22' } },
    },
    runner_context: {
      runner_type: 'ci',
      os: 'linux',
      arch: 'x64',
      toolchain: {},
      os_release: '6.1.0',
      image: null,
      cpu_count: 2,
      memory_bytes: 8_589_934_592,
      runner_name: 'runner-1',
      self_hosted: false,
      basis: 'runner_asserted',
    },
  };
}

export function planReady(plan: Plan): EventDraft {
  return { type: 'plan_ready', timestamp: at(5), plan, plan_hash: hex(JSON.stringify(plan)) };
}

/** step_started, both streams captured, step_finished. */
export function ranStep(stepId: string, number: number, more: Partial<Attempt> = {}): EventDraft[] {
  const result = makeAttempt(stepId, number, more);
  return [
    startedStep(stepId, number),
    captured(makeArtifact(`${stepId}/${number}/stdout`, 'stdout', stepId, `${stepId} ${number} said so\n`)),
    captured(makeArtifact(`${stepId}/${number}/stderr`, 'stderr', stepId, '')),
    { type: 'step_finished', timestamp: result.finished_at, step_id: stepId, attempt: number, result },
  ];
}

export function startedStep(stepId: string, number: number): EventDraft {
  return {
    type: 'step_started',
    timestamp: at(1000 * number),
    step_id: stepId,
    attempt: number,
    stdout_artifact_id: `${stepId}/${number}/stdout`,
    stderr_artifact_id: `${stepId}/${number}/stderr`,
  };
}

export function captured(artifact: Artifact): EventDraft {
  return { type: 'artifact_captured', timestamp: at(1500), step_id: artifact.step_id, artifact };
}

export function finalizeStarted(
  status: RunStatus,
  termination: RunTermination = 'finished',
  acknowledged = 0,
): EventDraft {
  return { type: 'finalize_started', timestamp: at(9000), status, termination, events: { acknowledged, dropped: 0 } };
}

/** A run with something of everything: retry, warning, report, observation, gate, redaction, skipped step. */
export function fullRun(): RunEvent[] {
  const plan = makePlan([
    makeStep('install', 0),
    makeStep('unit', 1, {
      kind: 'test',
      needs: ['install'],
      retry: { max_attempts: 2, backoff_ms: 5000, max_backoff_ms: 60_000 },
    }),
    makeStep('notify', 2, { when: 'failure', command: { argv: ['node', 'notify.js'] } }),
  ]);
  const report = makeArtifact('unit/2/report/0', 'report', 'unit', '<testsuites/>');
  const failed = makeAttempt('unit', 1, {
    status: 'failed',
    exit_code: 1,
    cause: { code: 'exit_nonzero', message: 'the command ended with exit code 1' },
  });
  return stamp([
    runStarted(),
    planReady(plan),
    captured(makeArtifact('manifest', 'manifest', null, 'version: 1\n')),
    captured(makeArtifact('plan', 'plan', null, '{}')),
    ...ranStep('install', 1),
    { type: 'toolchain_probed', timestamp: at(1600), toolchain: { node_version: 'v24.21.0', git_version: '2.39.5' } },
    ...ranStep('unit', 1).slice(0, -1),
    {
      type: 'step_retrying',
      timestamp: at(1700),
      step_id: 'unit',
      attempt: 1,
      result: failed,
      next_attempt: 2,
      delay_ms: 5000,
    },
    {
      type: 'step_warning',
      timestamp: at(1800),
      step_id: 'unit',
      attempt: 2,
      code: 'timeout_near',
      message: '90 % of the timeout is over',
    },
    captured(report),
    ...ranStep('unit', 2, { report_artifact_ids: [report.id] }),
    {
      type: 'observation_recorded',
      timestamp: at(2600),
      step_id: 'unit',
      observation: {
        id: 'unit/tests',
        type: 'tests',
        summary: '12 tests passed',
        value: { passed: 12, failed: 0, ratio: 0.875, slowest: [{ name: 'päckchen €', ms: 1e-7 }] },
        basis_artifact_ids: [report.id],
        informational: false,
        parser: { name: 'junit', version: '1' },
      },
    },
    {
      type: 'gate_resolved',
      timestamp: at(2700),
      step_id: 'notify',
      attempt: 0,
      gate: {
        id: 'notify/gate',
        kind: 'policy',
        step_id: 'notify',
        decision: 'approved',
        by: null,
        at: at(2700),
        reason: 'coverage is enough',
        plan_hash: hex(JSON.stringify(plan)),
      },
    },
    {
      type: 'redaction_applied',
      timestamp: at(2800),
      step_id: 'unit',
      receipt: {
        id: 'unit/2/stdout/NPM_TOKEN/known_value',
        rule_id: 'NPM_TOKEN',
        path: 'stdout',
        match_type: 'known_value',
        match_count: 3,
        artifact_id: 'unit/2/stdout',
        stage: 'output',
        timestamp: at(2800),
      },
    },
    { type: 'step_skipped', timestamp: at(2900), step_id: 'notify', attempt: 0, reason: 'nothing failed' },
    finalizeStarted('success', 'finished', 10),
  ]);
}
