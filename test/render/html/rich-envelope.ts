import type { Envelope } from '../../../src/schema/envelope.ts';
import type { CoverageValue, FindingsValue, TestsValue } from '../../../src/schema/observation.ts';
import type { Attempt, Observation } from '../../../src/schema/record.ts';
import { digestOf, failed, makeArtifact, makeEnvelope, makeStep, skipped } from '../sample-envelope.ts';

export const at = (ms: number): string => new Date(Date.UTC(2026, 10, 21, 9, 27, 19) + ms).toISOString();

export function makeAttempt(attempt: number, fromMs: number, toMs: number, change: Partial<Attempt> = {}): Attempt {
  return {
    attempt,
    status: 'success',
    exit_code: 0,
    signal: null,
    termination: 'exited',
    started_at: at(fromMs),
    finished_at: at(toMs),
    duration_ms: toMs - fromMs,
    phases: { spawn_ms: 4, run_ms: toMs - fromMs - 6, terminate_ms: 0, drain_ms: 1, capture_ms: 1 },
    stdout_artifact_id: null,
    stderr_artifact_id: null,
    report_artifact_ids: [],
    output_artifact_ids: [],
    output_complete: true,
    survivors_killed: 0,
    ...change,
  };
}

const tests: TestsValue = {
  tests: 3,
  passed: 1,
  failed: 1,
  skipped: 1,
  pending: 0,
  other: 0,
  flaky: 0,
  suites: 1,
  duration_ms: 41,
  cases: [
    {
      name: 'rounds to cents',
      suite: ['cart', 'tax'],
      status: 'failed',
      flaky: false,
      message: '189 !== 190\n  at cart.js',
      file: 'test/cart.js',
      line: 8,
      retries: 1,
      duration_ms: 3,
    },
    { name: 'books', suite: ['cart'], status: 'skipped', flaky: false, retries: 0, duration_ms: null },
  ],
  cases_left_out: 0,
  problems: [{ where: 'test/broken.js', message: 'could not be loaded' }],
  problems_left_out: 0,
  disagreements: ['it says 4 tests, and holds 3'],
  remarks: ['no times were given'],
};

const findings: FindingsValue = {
  tools: [{ name: 'oxlint', version: '1.94.0' }],
  total: 1,
  by_level: { error: 1, warning: 0, note: 0, none: 0 },
  suppressed: 0,
  results: [{ rule_id: 'no-debugger', level: 'error', message: 'not allowed', uri: 'src/cart.js', start_line: 17 }],
  results_left_out: 4,
  problems: [],
  problems_left_out: 0,
  disagreements: [],
  remarks: [],
};

const coverage: CoverageValue = {
  lines: { covered: 21, total: 28, percent: 75 },
  files_total: 1,
  files: [{ path: 'src/rates.js', lines: { covered: 5, total: 9, percent: 55.55 } }],
  files_left_out: 0,
  disagreements: [],
  remarks: [],
};

const toJson = (value: unknown): Observation['value'] => JSON.parse(JSON.stringify(value));

function observe(type: string, value: unknown, basis: string[]): Observation {
  const parser = { name: `quoderat/${type}`, version: '1.0.0' };
  return {
    id: `${type}/1`,
    type,
    summary: `${type} in short`,
    value: toJson(value),
    basis_artifact_ids: basis,
    informational: basis.length === 0,
    parser,
  };
}

/** An envelope in which everything that a report shows is there at least once. */
export function makeRichEnvelope(): Envelope {
  const command = { started_at: at(10), finished_at: at(900) };
  const steps = [
    makeStep('build', {
      ...command,
      output_artifact_ids: ['build/1/output/0'],
      attempts: [makeAttempt(1, 10, 900, { stdout_artifact_id: 'build/1/stdout' })],
    }),
    failed('unit', {
      ...command,
      index: 1,
      needs: ['build'],
      name: 'unit tests',
      attempt: 2,
      max_attempts: 2,
      started_at: at(950),
      finished_at: at(3000),
      warnings: ['close to its time limit'],
      env_names: ['NODE_ENV'],
      report_artifact_ids: ['unit/1/report/0'],
      attempts: [
        makeAttempt(1, 950, 1500, { status: 'failed', exit_code: 1, stdout_artifact_id: 'unit/1/stdout' }),
        makeAttempt(2, 2000, 3000, {
          status: 'timed_out',
          exit_code: null,
          signal: 'SIGKILL',
          termination: 'timed_out',
          survivors_killed: 2,
          stderr_artifact_id: 'unit/1/stderr',
          phases: { spawn_ms: 1, run_ms: 500, terminate_ms: 400, drain_ms: 50, capture_ms: 49 },
        }),
      ],
    }),
    skipped('ship', 'needs unit, which failed'),
  ].map((step, index) => Object.assign({}, step, { index }));
  const base = makeEnvelope(steps);
  return {
    ...base,
    execution: { ...base.execution, started_at: at(0), finished_at: at(3100), duration_ms: 3100, max_parallel: 2 },
    artifacts: [
      ...base.artifacts,
      makeArtifact('unit/1/report/0', { kind: 'report', name: 'junit.xml', step_id: 'unit' }),
      makeArtifact('build/1/output/0', {
        kind: 'output',
        name: 'dist/app.js',
        step_id: 'build',
        truncated: true,
        redaction: { class: 'binary', applied: false },
      }),
    ].map((artifact) =>
      Object.assign({}, artifact, {
        content_uri: `urn:sha256:${artifact.sha256}`,
        step_id: artifact.step_id ?? artifact.id.split('/')[0] ?? null,
      }),
    ),
    observations: [
      observe('tests', tests, ['unit/1/report/0']),
      observe('findings', findings, ['unit/1/report/0']),
      observe('coverage', coverage, ['unit/1/report/0']),
      observe('tree_state', { changed: 2 }, []),
    ],
    gates: [
      {
        id: 'g',
        kind: 'human_approval',
        step_id: 'ship',
        decision: 'expired',
        by: null,
        at: null,
        reason: 'Ship it?',
        plan_hash: digestOf('1'),
      },
    ],
    redactions: [
      {
        id: 'r1',
        rule_id: 'API_TOKEN',
        path: 'stdout',
        match_type: 'known_value',
        match_count: 3,
        artifact_id: 'unit/1/stdout',
        stage: 'output',
        timestamp: at(990),
      },
    ],
  };
}

export const richLogs = {
  'build/1/stdout': 'built\n',
  'unit/1/stdout': 'first try\n',
  'unit/1/stderr': '\u001B[31mAssertionError\u001B[0m: 189 !== 190\n',
};
