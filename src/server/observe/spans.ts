import { hash } from 'node:crypto';
import type { Attributes } from '@opentelemetry/api';
import type { Envelope } from '../../schema/envelope.ts';
import type { StepRecord } from '../../schema/record.ts';

/** A run or a step of it as a span of OpenTelemetry's CI/CD semantic conventions, before any SDK. */
export type SpanPlan = {
  spanId: string;
  name: string;
  /** Milliseconds since the epoch. */
  startMs: number;
  endMs: number;
  attributes: Attributes;
  failed: boolean;
};

/**
 * The spans of a sealed run: the run, then each step that was started. Ids come from the run's own, so that the same run
 * gives the same trace wherever it is made.
 */
export function toSpans(envelope: Envelope): { traceId: string; run: SpanPlan; steps: SpanPlan[] } {
  const { run_id, execution } = envelope;
  const startMs = Date.parse(execution.started_at);
  return {
    // A UUIDv7 has the 16 bytes of a trace id (W3C Trace Context, 3.2.2.3), random in its end.
    traceId: run_id.replaceAll('-', ''),
    run: {
      spanId: toSpanId(run_id),
      name: `RUN ${envelope.plan.name}`,
      startMs,
      endMs: startMs + execution.duration_ms,
      attributes: toRunAttributes(envelope),
      failed: execution.status !== 'success',
    },
    steps: execution.steps.flatMap((step) => toStepSpan(envelope, step)),
  };
}

function toStepSpan({ run_id }: Envelope, step: StepRecord): SpanPlan[] {
  const [first] = step.attempts;
  const last = step.attempts.at(-1);
  if (first === undefined || last === undefined) return [];
  return [
    {
      spanId: toSpanId(`${run_id}/${step.id}`),
      name: `RUN ${step.name}`,
      startMs: Date.parse(first.started_at),
      endMs: Math.max(Date.parse(first.started_at), Date.parse(last.finished_at)),
      failed: step.status !== 'success' && !step.continue_on_error,
      attributes: {
        'cicd.pipeline.task.name': step.name,
        'cicd.pipeline.task.run.id': `${run_id}/${step.id}`,
        'cicd.pipeline.task.run.result': taskResults[step.status],
        ...(step.kind === 'build' || step.kind === 'test' ? { 'cicd.pipeline.task.type': step.kind } : {}),
        ...(step.cause && { 'error.type': step.cause.code }),
        'quoderat.step.id': step.id,
        'quoderat.step.kind': step.kind,
        'quoderat.step.attempts': step.attempt,
        ...(step.exit_code !== null && { 'quoderat.step.exit_code': step.exit_code }),
      },
    },
  ];
}

/** https://opentelemetry.io/docs/specs/semconv/registry/attributes/cicd/ */
const taskResults: Record<StepRecord['status'], string> = {
  success: 'success',
  failed: 'failure',
  error: 'error',
  timed_out: 'timeout',
  skipped: 'skip',
  aborted: 'cancellation',
  waiting: 'error',
};

function toRunAttributes(envelope: Envelope): Attributes {
  const { run_id, evidence_id, plan, execution, subject, runner_context: runner, integrity } = envelope;
  const { repo, git, meta } = subject;
  const change = meta['pr_number'] ?? meta['mr_iid'];
  const url = meta['run_url'];
  return withoutNull({
    'cicd.pipeline.name': plan.name,
    'cicd.pipeline.action.name': 'RUN',
    'cicd.pipeline.run.id': run_id,
    'cicd.pipeline.run.url.full': typeof url === 'string' ? url : null,
    'cicd.pipeline.result': toRunResult(envelope),
    'cicd.worker.name': runner.runner_name,
    'vcs.repository.url.full': repo.url,
    'vcs.repository.name': repo.name,
    'vcs.provider.name': repo.provider,
    'vcs.ref.head.name': git?.branch ?? git?.tag ?? git?.ref ?? null,
    'vcs.ref.head.revision': git?.commit_sha ?? null,
    'vcs.ref.base.revision': git?.base_sha ?? null,
    'vcs.change.id': typeof change === 'string' || typeof change === 'number' ? String(change) : null,
    'quoderat.evidence.id': evidence_id,
    'quoderat.evidence.head': integrity.head_entry_hash,
    'quoderat.plan.hash': plan.plan_hash,
    'quoderat.run.termination': execution.termination,
  });
}

function toRunResult({ execution: { status, termination } }: Envelope): string {
  if (termination === 'timed_out') return 'timeout';
  if (status === 'aborted') return termination === 'process_lost' ? 'error' : 'cancellation';
  return status === 'success' ? 'success' : 'failure';
}

function withoutNull(attributes: Record<string, string | null>): Attributes {
  return Object.fromEntries(Object.entries(attributes).filter((entry): entry is [string, string] => entry[1] !== null));
}

/** 8 bytes, not all zero. */
function toSpanId(name: string): string {
  return hash('sha256', `quoderat/span\n${name}`, 'hex').slice(0, 16);
}
