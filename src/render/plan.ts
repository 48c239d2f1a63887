import { formatDuration } from '../lib/duration.ts';
import type { Plan, PlanCommand, PlanStep } from '../schema/plan.ts';
import { makePaint, type Paint } from './ansi.ts';
import { toInertLine } from './inert.ts';
import { renderPlanGraph } from './plan-graph.ts';
import { toProbeWords, toReadyWords } from './plan-http.ts';
import { type Look, toFields, toPart, toRest } from './terminal.ts';

/** What `quoderat plan` prints: the steps in their order, what each waits for, and the hash. Ends with a line break. */
export function renderPlan(plan: Plan, planHash: string, look: Look): string {
  const paint = makePaint(look.color);
  const count = plan.steps.length === 1 ? '1 step' : `${plan.steps.length} steps`;
  const parallel = plan.max_parallel === 1 ? 'one at a time' : `up to ${plan.max_parallel} at a time`;
  const lines = [
    paint('bold', `Plan ${toInertLine(plan.name)}: ${count}, ${parallel}`),
    ...toFields(
      [
        ['manifest', `${plan.manifest.path} (sha256:${plan.manifest.sha256})`],
        ['time limit', formatDuration(plan.max_duration_ms)],
        ['secrets', plan.secrets.length === 0 ? null : plan.secrets.join(', ')],
        ['fail fast', plan.fail_fast ? 'the first failure ends the run' : null],
      ],
      paint,
    ),
    ...toPart(
      'Steps',
      plan.steps.flatMap((step) => toStepLines(step, look.width, paint)),
      paint,
    ),
    ...toPart('Graph', renderPlanGraph(plan.steps, look.width), paint),
    '',
    `plan hash ${planHash}`,
    paint('dim', 'Nothing was executed.'),
  ];
  return `${lines.join('\n')}\n`;
}

function toStepLines(step: PlanStep, width: number, paint: Paint): string[] {
  const number = String(step.index + 1).padStart(4);
  const notes = [toTurn(step), ...toConditions(step)].join('; ');
  return [
    `${number}. ${paint('bold', toInertLine(step.id))} (${step.kind})  ${toInertLine(notes)}`,
    paint('dim', `      ${toRest(toAction(step), 6, width)}`),
  ];
}

/** What would happen to the step when the run begins. */
function toTurn({ needs, when }: PlanStep): string {
  const before = needs.length === 0 ? 'all steps before it' : needs.join(', ');
  if (when === 'failure') return `conditional: runs only when something of ${before} has failed`;
  if (when === 'always') return `runs whatever came of ${before}`;
  return needs.length === 0 ? 'runs' : `waits for ${before}`;
}

function toConditions(step: PlanStep): string[] {
  return [
    ...(step.continue_on_error ? ['may fail'] : []),
    ...(step.retry.max_attempts > 1 ? [`up to ${step.retry.max_attempts} attempts`] : []),
    ...(step.kind === 'service' ? ['runs until the others are over'] : [`limit ${formatDuration(step.timeout_ms)}`]),
    ...(step.ready === undefined ? [] : [toReadyWords(step.ready)]),
    ...(step.reports.length === 0 ? [] : [`reports ${step.reports.map(({ path }) => path).join(', ')}`]),
    ...(step.outputs.length === 0 ? [] : [`outputs ${step.outputs.join(', ')}`]),
  ];
}

/** What is run or asked. */
function toAction({ command, probe }: PlanStep): string {
  if (command !== null) return `$ ${toCommand(command)}`;
  return probe === undefined ? 'runs nothing' : toProbeWords(probe);
}

/** The first line that says something; comments of a script do not. */
function toCommand(command: PlanCommand): string {
  if ('argv' in command)
    return command.argv.map((word) => (/[\s"']/.test(word) || word === '' ? JSON.stringify(word) : word)).join(' ');
  const lines = command.run.split('\n').filter((line) => line.trim() !== '');
  const first = lines.find((line) => !line.trim().startsWith('#')) ?? lines[0] ?? '';
  return lines.length > 1 ? `${first} … (${lines.length} lines of ${command.shell})` : first;
}
