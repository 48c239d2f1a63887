import { formatDuration } from '../lib/duration.ts';
import type { Envelope } from '../schema/envelope.ts';
import type { Verdict } from '../schema/verdict.ts';
import { makePaint, type Paint, type Tone } from './ansi.ts';
import { formatBytes } from './bytes.ts';
import { toNoClaims } from './claims.ts';
import { toInertLine } from './inert.ts';
import { type Mood, toHeadline } from './outcome.ts';
import { toStepLines } from './show-steps.ts';
import { toStepRemarks } from './step-remarks.ts';
import { type Look, toColumns, toFields, toPart } from './terminal.ts';
import { toTrust } from './trust.ts';
import { renderVerdict } from './verdict.ts';

const tones: Record<Mood, { tone: Tone; symbol: string }> = {
  pass: { tone: 'green', symbol: '✓' },
  fail: { tone: 'red', symbol: '✗' },
  incomplete: { tone: 'yellow', symbol: '!' },
  waiting: { tone: 'yellow', symbol: '…' },
};

/** An envelope for reading in a terminal; every string in it is a stranger's. Ends with a line break. */
export function renderShow(envelope: Envelope, options: Look & { verdict?: Verdict }): string {
  const paint = makePaint(options.color);
  const { mood, sentence } = toHeadline(envelope.execution);
  const { tone, symbol } = tones[mood];
  const lines = [
    `${paint(tone, `${symbol} ${sentence}`)} in ${formatDuration(envelope.execution.duration_ms)}`,
    ...toSubjectFields(envelope, paint),
    ...toPart('Steps', toStepLines(envelope.execution.steps, toStepRemarks(envelope), options.width, paint), paint),
    ...toPart('Approvals', toGateLines(envelope), paint),
    ...toPart('Observations', toObservationLines(envelope), paint),
    ...toPart('Artifacts', toArtifactLines(envelope), paint),
    ...toPart('Redactions', toRedactionLines(envelope), paint),
    ...toPart(
      'Does not show',
      toNoClaims(envelope.claims.no_claims).map((phrase) => `  - ${phrase}`),
      paint,
    ),
    ...toPart('Seal', toSealFields(envelope, options.verdict, paint), paint),
  ];
  const checks =
    options.verdict === undefined ? '' : `\n${paint('bold', 'Checked')}\n${renderVerdict(options.verdict, options)}`;
  return `${lines.join('\n')}\n${checks}`;
}

function toSubjectFields(
  { evidence_id, run_id, subject, intent, runner_context: runner, plan, producer }: Envelope,
  paint: Paint,
): string[] {
  const { git, meta } = subject;
  const leg = typeof meta['matrix'] === 'object' ? Object.entries(meta['matrix']).map((pair) => pair.join('=')) : [];
  const dirty = git?.dirty === true ? ', with changes that are in no commit' : '';
  const tools = Object.entries(runner.toolchain).map(
    ([tool, version]) => `${tool.replace(/_version$/, '')} ${version}`,
  );
  return toFields(
    [
      ['evidence', evidence_id],
      ['run', run_id],
      ['repository', subject.repo.name ?? subject.repo.url],
      ['commit', git === null ? 'none: the workspace is no git checkout' : git.commit_sha + dirty],
      ['head', git?.head_sha],
      ['base', git?.base_sha],
      ['branch', git?.branch],
      ['tag', git?.tag],
      ['attempt', typeof meta['run_attempt'] === 'number' ? String(meta['run_attempt']) : null],
      ['leg', leg.length === 0 ? null : leg.join(', ')],
      ['trigger', `${intent.trigger} (${intent.event})${intent.actor === null ? '' : ` by ${intent.actor}`}`],
      [
        'runner',
        `${runner.runner_type}, ${runner.os} ${runner.arch}${runner.image === null ? '' : `, ${runner.image}`}`,
      ],
      ['runner says', runner.basis === 'oidc_verified' ? 'checked against OIDC claims' : 'by itself'],
      ['tools', tools.length === 0 ? null : tools.join(', ')],
      ['manifest', `${plan.name}: ${plan.manifest_path} (sha256:${plan.manifest_sha256})`],
      ['plan hash', plan.plan_hash + (plan.expected_plan_hash === undefined ? '' : ' (as expected)')],
      ['made by', `${producer.worker.name} ${producer.worker.version}`],
    ],
    paint,
  );
}

function toArtifactLines({ artifacts }: Envelope): string[] {
  return toColumns(
    artifacts.map(({ id, sha256, size_bytes: size, redaction, truncated }) => {
      const notes = [...(redaction.applied ? ['redacted'] : []), ...(truncated ? ['truncated'] : [])];
      return [
        `sha256:${sha256}`,
        formatBytes(size).padStart(10),
        toInertLine(id, 400) + (notes.length === 0 ? '' : ` (${notes.join(', ')})`),
      ];
    }),
  );
}

function toObservationLines({ observations }: Envelope): string[] {
  return observations.map(({ type, summary, informational, basis_artifact_ids: basis }) => {
    const source = informational ? 'a remark without evidence' : `from ${basis.join(', ')}`;
    return `  ${toInertLine(`${type}: ${summary}`)} (${toInertLine(source, 200)})`;
  });
}

function toGateLines({ gates }: Envelope): string[] {
  return gates.map(({ step_id, decision, by, at, reason }) =>
    toInertLine(
      `  ${step_id}: ${decision}${by === null ? '' : ` by ${by}`}${at === null ? '' : ` at ${at}`}: ${reason}`,
    ),
  );
}

function toRedactionLines({ redactions }: Envelope): string[] {
  return toColumns(
    redactions.map(({ match_count, rule_id, path, artifact_id }) => [
      `${match_count}×`,
      toInertLine(rule_id, 100),
      toInertLine(artifact_id ?? path, 400),
    ]),
  );
}

function toSealFields(envelope: Envelope, verdict: Verdict | undefined, paint: Paint): string[] {
  const { integrity, sealed_at, events } = envelope;
  const keys = integrity.signatures.map(({ keyid }) => keyid);
  const { seal, signer } = toTrust(envelope, verdict);
  return toFields(
    [
      ['trust', signer === undefined ? seal : `${seal}, signed by key ${signer.key} (${signer.check})`],
      ['sealed at', sealed_at],
      ['head', integrity.head_entry_hash],
      ['entries', String(integrity.entry_count)],
      ['keys', keys.length === 0 ? null : keys.join(', ')],
      ['events lost', events.dropped === 0 ? null : String(events.dropped)],
    ],
    paint,
  );
}
