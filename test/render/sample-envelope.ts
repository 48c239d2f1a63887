import type { Envelope } from '../../src/schema/envelope.ts';
import type { Artifact, StepRecord } from '../../src/schema/record.ts';
import type { Verdict } from '../../src/schema/verdict.ts';

const at = '2026-11-21T09:27:19.123Z';
const uuid = '019aa5b0-1111-7222-8333-444455556666';
export const digestOf = (letter: string): string => letter.repeat(64);

/** A step that passed, with stdout of ten bytes; change what the test is about. */
export function makeStep(id: string, change: Partial<StepRecord> = {}): StepRecord {
  return {
    id,
    index: 0,
    kind: 'test',
    name: id,
    needs: [],
    status: 'success',
    continue_on_error: false,
    exit_code: 0,
    signal: null,
    termination: 'exited',
    attempt: 1,
    max_attempts: 1,
    attempts: [],
    command: { run: 'npm test', shell: 'bash' },
    cwd: '.',
    env_names: [],
    timeout_ms: 900_000,
    idle_timeout_ms: null,
    started_at: at,
    finished_at: at,
    duration_ms: 3200,
    stdout_artifact_id: `${id}/1/stdout`,
    stderr_artifact_id: null,
    report_artifact_ids: [],
    output_artifact_ids: [],
    output_complete: true,
    warnings: [],
    ...change,
  };
}

export const failed = (id: string, change: Partial<StepRecord> = {}): StepRecord =>
  makeStep(id, {
    status: 'failed',
    exit_code: 1,
    cause: { code: 'exit_nonzero', message: 'exit code 1' },
    stderr_artifact_id: `${id}/1/stderr`,
    ...change,
  });

export const skipped = (id: string, reason: string): StepRecord =>
  makeStep(id, {
    status: 'skipped',
    termination: 'skipped',
    exit_code: null,
    attempt: 0,
    duration_ms: 0,
    stdout_artifact_id: null,
    skipped_reason: reason,
  });

export function makeArtifact(id: string, change: Partial<Artifact> = {}): Artifact {
  const sha256 = digestOf('c');
  return {
    id,
    kind: 'stdout',
    sha256,
    content_uri: `urn:sha256:${sha256}`,
    size_bytes: 10,
    media_type: 'text/plain',
    name: id,
    step_id: null,
    redaction: { class: 'text', applied: false },
    truncated: false,
    ...change,
  };
}

/** A pull request's run on GitHub, sealed in the job; pass or fail follows from the steps. */
export function makeEnvelope(steps: StepRecord[], change: Partial<Envelope> = {}): Envelope {
  const isFailed = steps.some(({ status, continue_on_error }) => status === 'failed' && !continue_on_error);
  return {
    schema_version: '1.0',
    evidence_id: uuid,
    run_id: uuid,
    generated_at: at,
    sealed_at: at,
    producer: {
      name: 'quoderat',
      version: '0.1.0',
      component: 'embedded',
      worker: { name: 'quoderat', version: '0.1.0', dist_sha256: null },
    },
    identities: { producer: { type: 'workflow', id: 'ci' }, subject: { type: 'user', id: '7' } },
    intent: { trigger: 'pull_request', event: 'pull_request', actor: 'mira', requested_at: null },
    subject: {
      kind: 'git_commit',
      id: '9e8d7c6'.padEnd(40, '0'),
      source: 'github',
      repo: { url: 'https://github.com/acme/shop', name: 'acme/shop', provider: 'github' },
      git: {
        commit_sha: '9e8d7c6'.padEnd(40, '0'),
        ref: 'refs/pull/42/merge',
        branch: 'tax',
        tag: null,
        head_sha: 'a1b2c3d'.padEnd(40, '0'),
        base_sha: '55aa01f'.padEnd(40, '0'),
        merge_sha: '9e8d7c6'.padEnd(40, '0'),
        tree_sha: null,
        dirty: false,
      },
      meta: { run_attempt: 2, base_ref: 'main', matrix: { node: '24', os: 'ubuntu' } },
    },
    plan: {
      plan_hash: digestOf('1'),
      manifest_sha256: digestOf('2'),
      name: 'release',
      manifest_path: 'quoderat.yml',
      plan_artifact_id: null,
    },
    runner_context: {
      runner_type: 'ci',
      os: 'linux',
      arch: 'x64',
      toolchain: { node_version: '24.21.0' },
      os_release: null,
      image: null,
      cpu_count: 2,
      memory_bytes: null,
      runner_name: null,
      self_hosted: false,
      basis: 'runner_asserted',
    },
    execution: {
      status: isFailed ? 'failed' : 'success',
      started_at: at,
      finished_at: at,
      duration_ms: 252_000,
      max_parallel: 1,
      termination: 'finished',
      steps,
    },
    artifacts: steps.flatMap(({ stdout_artifact_id: out, stderr_artifact_id: err }) => [
      ...(out === null ? [] : [makeArtifact(out)]),
      ...(err === null ? [] : [makeArtifact(err, { kind: 'stderr', sha256: digestOf('d') })]),
    ]),
    observations: [],
    gates: [],
    redactions: [],
    events: { emitted: 9, acknowledged: 0, dropped: 0 },
    claims: { mechanical: [], no_claims: ['forgeable_by_job', 'sandbox', 'unsigned'] },
    integrity: {
      canonicalization: 'rfc8785-jcs',
      hash_algorithm: 'sha256',
      chain_version: 1,
      hash_chain: [],
      entry_count: 5,
      head_entry_hash: digestOf('e'),
      signatures: [],
    },
    ...change,
  };
}

/** What verification says of an envelope that holds, without a trusted key. */
export function makeVerdict(change: Partial<Verdict> = {}): Verdict {
  return {
    intact: { answer: 'yes', problems: [] },
    complete: {
      answer: 'yes',
      problems: [],
      artifacts: { total: 2, matched: 2, missing: [], checked: true },
    },
    authentic: { answer: 'not_checked', problems: [], keyids: [] },
    expected: { answer: 'not_asked', problems: [] },
    facts: {
      evidence_id: uuid,
      run_id: uuid,
      status: 'success',
      commit_sha: null,
      component: 'embedded',
      entry_count: 5,
      head_entry_hash: digestOf('e'),
      envelope_sha256: digestOf('f'),
      signed: false,
    },
    exit_code: 0,
    ...change,
  };
}
