import type { Change } from '../schema/comparison.ts';
import type { Envelope } from '../schema/envelope.ts';
import type { StepRecord, StepStatus } from '../schema/record.ts';
import { makeChanges, toListChanges, toSense } from './change.ts';
import { compareDurations } from './duration.ts';

const { change, differs } = makeChanges('steps');

/** Steps are known by their id: one that was renamed is one less and one more. */
export function compareSteps(before: Envelope, after: Envelope): Change[] {
  const old = new Map(before.execution.steps.map((step) => [step.id, step]));
  const now = new Set(after.execution.steps.map(({ id }) => id));
  return [
    ...before.execution.steps
      .filter(({ id }) => !now.has(id))
      .map(({ id, status }) => change('step_removed', id, status, null, 'worse')),
    ...after.execution.steps.flatMap((step) => {
      const earlier = old.get(step.id);
      return earlier === undefined
        ? [change('step_added', step.id, null, step.status, isFailure(step.status) ? 'worse' : 'neutral')]
        : compareStep(earlier, step);
    }),
    ...compareGates(before, after),
  ];
}

function compareStep(before: StepRecord, after: StepRecord): Change[] {
  return [...compareOutcome(before, after), ...compareWhatRan(before, after)];
}

/** What came of it. The reason is told where the status alone does not tell the difference. */
function compareOutcome(before: StepRecord, after: StepRecord): Change[] {
  const { id } = after;
  const sense = toSense(ranks[before.status], ranks[after.status], 'better');
  const reasons =
    before.status === after.status
      ? [
          ...differs('step_cause', id, before.cause?.code ?? null, after.cause?.code ?? null),
          ...differs('step_exit_code', id, before.exit_code, after.exit_code),
          ...differs('step_signal', id, before.signal, after.signal),
        ]
      : [];
  return [
    ...differs('step_status', id, before.status, after.status, sense),
    ...reasons,
    ...compareAttempts(before, after),
    ...differs(
      'step_output_complete',
      id,
      before.output_complete,
      after.output_complete,
      after.output_complete ? 'better' : 'worse',
    ),
    // A step that was cut short, or did not run, took no time that could be compared.
    ...(before.status === 'success' && after.status === 'success'
      ? compareDurations('steps', 'step_duration', id, { before: before.duration_ms, after: after.duration_ms })
      : []),
  ];
}

/** Needing another attempt is worse; making none at all is told by the status. */
function compareAttempts({ id, attempt: before }: StepRecord, { attempt: after }: StepRecord): Change[] {
  if (before === 0 || after === 0) return [];
  return differs('step_attempts', id, before, after, toSense(before, after, 'worse'));
}

function compareWhatRan(before: StepRecord, after: StepRecord): Change[] {
  const { id } = after;
  const env = toListChanges(before.env_names, after.env_names);
  return [
    ...differs('step_kind', id, before.kind, after.kind),
    ...differs('step_command', id, toCommandText(before), toCommandText(after)),
    ...differs('step_cwd', id, before.cwd, after.cwd),
    ...differs('step_needs', id, before.needs.join(', '), after.needs.join(', ')),
    ...env.added.map((name) => change('step_env_added', id, null, name)),
    ...env.removed.map((name) => change('step_env_removed', id, name, null)),
    ...differs('step_timeout', id, before.timeout_ms, after.timeout_ms),
    ...differs('step_idle_timeout', id, before.idle_timeout_ms, after.idle_timeout_ms),
    ...differs('step_max_attempts', id, before.max_attempts, after.max_attempts),
    ...differs(
      'step_may_fail',
      id,
      before.continue_on_error,
      after.continue_on_error,
      after.continue_on_error ? 'worse' : 'better',
    ),
  ];
}

/** Scripts stand as they are, with another shell than bash named; argument vectors as JSON. */
function toCommandText({ command }: StepRecord): string | null {
  if (command === null) return null;
  if ('argv' in command) return JSON.stringify(command.argv);
  return command.shell === 'bash' ? command.run : `(${command.shell}) ${command.run}`;
}

function compareGates(before: Envelope, after: Envelope): Change[] {
  const old = new Map(before.gates.map(({ step_id, decision }) => [step_id, decision]));
  return after.gates.flatMap(({ step_id: id, decision }) => {
    const earlier = old.get(id) ?? null;
    const sense = decision === 'approved' ? 'better' : earlier === 'approved' ? 'worse' : 'neutral';
    return differs('gate_decision', id, earlier, decision, earlier === null ? 'neutral' : sense);
  });
}

const ranks: Record<StepStatus, number> = {
  success: 2,
  skipped: 1,
  waiting: 1,
  failed: 0,
  error: 0,
  timed_out: 0,
  aborted: 0,
};

function isFailure(status: StepStatus): boolean {
  return ranks[status] === 0;
}
