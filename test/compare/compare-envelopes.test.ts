import { describe, expect, it } from 'vitest';
import { compareEnvelopes } from '../../src/compare/compare-envelopes.ts';
import { renderComparison } from '../../src/render/compare.ts';
import type { Change } from '../../src/schema/comparison.ts';
import type { Envelope } from '../../src/schema/envelope.ts';
import {
  digestOf,
  failed,
  makeArtifact,
  makeEnvelope,
  makeStep,
  makeVerdict,
  skipped,
} from '../render/sample-envelope.ts';

const side = (named: string, envelope: Envelope) => ({ named, envelope, verdict: makeVerdict() });

/** The changes from one envelope to another, as `code subject before after sense`. */
function changesOf(before: Envelope, after: Envelope): unknown[][] {
  const { changes } = compareEnvelopes(side('a', before), side('b', after));
  return (changes ?? []).map(({ code, subject, before, after, sense }: Change) => [
    code,
    subject,
    before,
    after,
    sense,
  ]);
}

const unit = makeStep('unit');
const base = makeEnvelope([unit, makeStep('lint')]);
const withSteps = (...steps: Envelope['execution']['steps']): Envelope => makeEnvelope(steps);

describe('compareEnvelopes', () => {
  it('finds nothing between runs that differ in ids, times, output and durations within noise', () => {
    const again = makeEnvelope([makeStep('unit', { duration_ms: 5100, started_at: null }), makeStep('lint')], {
      evidence_id: '019aa5b0-9999-7222-8333-444455556666',
      sealed_at: '2026-11-22T09:27:19.123Z',
      artifacts: [makeArtifact('unit/1/stdout', { sha256: digestOf('7') })],
      runner_context: { ...base.runner_context, runner_name: 'another' },
    });
    expect(changesOf(base, again)).toEqual([]);
  });

  it('compares nothing with an envelope that is not intact', () => {
    const problems = [{ pointer: '/execution/steps/0', code: 'changed', message: 'not what was sealed' }];
    const broken = {
      ...side('b', withSteps(failed('unit'))),
      verdict: makeVerdict({ intact: { answer: 'no', problems } }),
    };
    for (const [one, other] of [
      [side('a', base), broken],
      [broken, side('a', base)],
    ] as const) {
      const comparison = compareEnvelopes(one, other);
      expect(comparison.changes).toBeNull();
      const text = renderComparison(comparison, { color: false, width: 100 });
      expect(text).toContain('NOT INTACT');
      expect(text).toContain('/execution/steps/0');
      expect(text).toContain('Nothing was compared');
      expect(text).not.toContain('failed →');
    }
  });

  it('tells steps that came, went, failed and recovered', () => {
    expect(changesOf(base, withSteps(failed('unit'), makeStep('build')))).toEqual([
      ['run_status', null, 'success', 'failed', 'worse'],
      ['step_removed', 'lint', 'success', null, 'worse'],
      ['step_status', 'unit', 'success', 'failed', 'worse'],
      ['step_added', 'build', null, 'success', 'neutral'],
    ]);
    expect(changesOf(withSteps(failed('unit'), skipped('lint', 'x')), base)).toEqual([
      ['run_status', null, 'failed', 'success', 'better'],
      ['step_status', 'unit', 'failed', 'success', 'better'],
      ['step_status', 'lint', 'skipped', 'success', 'better'],
    ]);
  });

  it('tells another reason for the same failure, and attempts', () => {
    const before = withSteps(failed('unit'));
    const after = withSteps(
      failed('unit', {
        exit_code: 2,
        attempt: 2,
        cause: { code: 'report_missing', message: 'x' },
        output_complete: false,
      }),
    );
    expect(changesOf(before, after)).toEqual([
      ['step_cause', 'unit', 'exit_nonzero', 'report_missing', 'neutral'],
      ['step_exit_code', 'unit', 1, 2, 'neutral'],
      ['step_attempts', 'unit', 1, 2, 'worse'],
      ['step_output_complete', 'unit', true, false, 'worse'],
    ]);
  });

  it('tells what was run differently', () => {
    const after = withSteps(
      makeStep('unit', {
        command: { argv: ['npm', 'test'] },
        cwd: 'app',
        needs: ['lint'],
        env_names: ['CI_NAME'],
        timeout_ms: 1000,
        idle_timeout_ms: 1000,
        max_attempts: 3,
        continue_on_error: true,
        kind: 'lint',
      }),
      makeStep('lint', { env_names: [] }),
    );
    expect(changesOf(base, after).map(([code, , before, now]) => [code, before, now])).toEqual([
      ['step_kind', 'test', 'lint'],
      ['step_command', 'npm test', '["npm","test"]'],
      ['step_cwd', '.', 'app'],
      ['step_needs', '', 'lint'],
      ['step_env_added', null, 'CI_NAME'],
      ['step_timeout', 900_000, 1000],
      ['step_idle_timeout', null, 1000],
      ['step_max_attempts', 1, 3],
      ['step_may_fail', false, true],
    ]);
    expect(changesOf(after, base)).toContainEqual(['step_env_removed', 'unit', 'CI_NAME', null, 'neutral']);
  });

  it.each([
    [3200, 5100, 0],
    [3200, 5300, 1],
    [60_000, 70_000, 0],
    [60_000, 80_000, 1],
    [80_000, 60_000, 1],
    [10, 1900, 0],
  ])('takes a step that took %i ms and then %i ms for %i change', (before, after, count) => {
    const found = changesOf(
      withSteps(makeStep('unit', { duration_ms: before })),
      withSteps(makeStep('unit', { duration_ms: after })),
    );
    expect(found).toHaveLength(count);
    if (count > 0)
      expect(found[0]).toEqual(['step_duration', 'unit', before, after, after > before ? 'worse' : 'better']);
  });

  it('does not compare the time of steps that did not succeed', () => {
    expect(
      changesOf(withSteps(failed('unit', { duration_ms: 1 })), withSteps(failed('unit', { duration_ms: 90_000 }))),
    ).toEqual([]);
  });

  it('tells another plan, machine, tools, seal and limits', () => {
    const after: Envelope = {
      ...base,
      plan: { ...base.plan, plan_hash: digestOf('8'), manifest_sha256: digestOf('9') },
      runner_context: {
        ...base.runner_context,
        arch: 'arm64',
        cpu_count: 4,
        toolchain: { node_version: '26.0.0', go_version: '1.26' },
      },
      producer: { ...base.producer, component: 'server', worker: { ...base.producer.worker, version: '0.2.0' } },
      integrity: { ...base.integrity, signatures: [{ keyid: digestOf('a'), alg: 'Ed25519', sig: '' }] },
      claims: { mechanical: [], no_claims: ['forgeable_by_job', 'sandbox', 'output_partial'] },
    };
    expect(changesOf(base, after)).toEqual([
      ['plan_hash', null, digestOf('1'), digestOf('8'), 'neutral'],
      ['manifest', null, digestOf('2'), digestOf('9'), 'neutral'],
      ['tool_added', 'go_version', null, '1.26', 'neutral'],
      ['tool_version', 'node_version', '24.21.0', '26.0.0', 'neutral'],
      ['arch', null, 'x64', 'arm64', 'neutral'],
      ['cpu_count', null, 2, 4, 'neutral'],
      ['quoderat_version', null, '0.1.0', '0.2.0', 'neutral'],
      ['sealed_by', null, 'embedded', 'server', 'neutral'],
      ['signers', null, null, digestOf('a'), 'neutral'],
      ['no_claim_added', 'output_partial', null, 'output_partial', 'worse'],
      ['no_claim_removed', 'unsigned', 'unsigned', null, 'better'],
    ]);
    expect(changesOf(after, base)).toContainEqual(['signers', null, digestOf('a'), null, 'worse']);
  });

  it('takes a version that a tool did not tell for no version', () => {
    const runner = { ...base.runner_context, toolchain: { node_version: 'unknown' } };
    expect(changesOf(base, { ...base, runner_context: runner })).toEqual([]);
  });

  it('tells outputs by their digest and redactions by rule and place', () => {
    const output = (name: string, letter: string) =>
      makeArtifact(`unit/1/output/${name}`, { kind: 'output', name, sha256: digestOf(letter) });
    const receipt = (rule: string, count: number) => ({
      id: `r-${rule}`,
      rule_id: rule,
      path: 'stdout',
      match_type: 'pattern' as const,
      match_count: count,
      artifact_id: 'unit/1/stdout',
      stage: 'output' as const,
      timestamp: base.sealed_at,
    });
    const before = {
      ...base,
      artifacts: [output('a', '1'), output('b', '2')],
      redactions: [receipt('jwt', 1), receipt('aws', 1)],
    };
    const after = {
      ...base,
      artifacts: [output('a', '3'), output('c', '2')],
      redactions: [receipt('jwt', 2), receipt('pem', 1)],
    };
    expect(changesOf(before, after)).toEqual([
      ['output_removed', 'b', digestOf('2'), null, 'neutral'],
      ['output_added', 'c', null, digestOf('2'), 'neutral'],
      ['output_changed', 'a', digestOf('1'), digestOf('3'), 'neutral'],
      ['redaction_removed', 'aws in unit/1/stdout', 1, null, 'neutral'],
      ['redaction_added', 'pem in unit/1/stdout', null, 1, 'neutral'],
      ['redaction_count', 'jwt in unit/1/stdout', 1, 2, 'neutral'],
    ]);
  });

  it('notes what the two are about where that differs', () => {
    const other: Envelope = {
      ...base,
      subject: { ...base.subject, repo: { ...base.subject.repo, name: 'acme/other' } },
    };
    expect(compareEnvelopes(side('a', base), side('b', other)).notes).toContain(
      'they are about different repositories',
    );
    expect(compareEnvelopes(side('a', base), side('b', base)).notes).toContain('both are the same evidence');
  });
});
