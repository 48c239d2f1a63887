import type { Comparison } from '../../src/schema/comparison.ts';
import type { Envelope } from '../../src/schema/envelope.ts';
import { digestOf, failed, makeArtifact, makeStep, skipped } from './sample-envelope.ts';
import { failing, found, makeFindings, makeReported, makeTests } from './sample-reports.ts';

/** An envelope that has the same string wherever a stranger can put one. */
export function makeHostileEnvelope(value: string): Envelope {
  const steps = [
    failed('unit', {
      name: value,
      cause: { code: 'signaled', message: value },
      warnings: [value],
      kind: 'test',
      stdout_artifact_id: 'unit/1/stdout',
    }),
    failed(value, { cause: { code: 'signaled', message: value }, continue_on_error: true }),
    skipped('held', value),
    ...Array.from({ length: 5 }, (_, index) => skipped(`${index}${value}`, `for ${value}`)),
    makeStep('ok', { name: value }),
    makeStep(`${value}2`),
  ];
  // What reads reports lets nothing longer through.
  const part = value.slice(0, 380);
  const message = `${part}\nmore of it ${part.slice(Math.ceil(part.length / 2))}\nend`;
  const cases = [
    failing(part, { suite: [part, part], message, file: part, line: 3 }),
    failing(`${part}2`, { message: part }),
  ];
  const tests = makeTests(cases, { problems: [{ where: part, message: part }] });
  const findings = makeFindings([found(part, { message: part, uri: part }), found('x', { level: 'error' })]);
  const envelope = makeReported(steps, [
    { step: 'unit', name: value, value: tests },
    { step: 'unit', name: `${value}2`, value: findings },
    { step: 'ok', name: value, value: findings },
  ]);
  const { git } = envelope.subject;
  return {
    ...envelope,
    subject: {
      ...envelope.subject,
      repo: { url: value, name: value, provider: value },
      git: git && {
        ...git,
        head_sha: null,
        merge_sha: null,
        base_sha: null,
        ref: value,
        branch: value,
        dirty: true,
      },
      meta: { matrix: { [value]: value }, base_ref: value, run_attempt: 2 },
    },
    plan: { ...envelope.plan, name: value, manifest_path: value },
    artifacts: [...envelope.artifacts, makeArtifact(value)],
    observations: [
      ...envelope.observations,
      {
        id: value,
        type: value,
        summary: value,
        value: null,
        basis_artifact_ids: [],
        informational: true,
        parser: { name: value, version: value },
      },
    ],
    gates: [
      {
        id: value,
        kind: 'policy',
        step_id: value,
        decision: 'pending',
        by: value,
        at: null,
        reason: value,
        plan_hash: digestOf('1'),
      },
    ],
    claims: { mechanical: [], no_claims: [value, 'sandbox'] },
  };
}

/** A comparison in which everything that is a stranger's is that string. */
export function makeHostileComparison(value: string): Comparison {
  const side = {
    named: value,
    evidence_id: value,
    run_id: value,
    status: value,
    repo: value,
    commit_sha: '9e8d7c6'.padEnd(40, '0'),
    started_at: value,
    intact: 'yes',
    complete: 'yes',
    problems: [],
  } as const;
  const part = value.slice(0, 380);
  const change = { area: 'tests', subject: `unit: ${value}`, before: null, sense: 'worse' } as const;
  return {
    before: { ...side, problems: [] },
    after: { ...side, problems: [] },
    changes: [
      { ...change, code: 'test_newly_failing', after: `${part} › ${part} › ${part}` },
      { ...change, code: 'test_newly_flaky', after: value },
      { ...change, code: 'finding_new', area: 'findings', after: value },
    ],
    notes: [value],
  };
}
