import type { Envelope } from '../../schema/envelope.ts';
import type { StepRecord } from '../../schema/record.ts';
import { toInertTail } from '../inert.ts';
import { isFailure } from '../outcome.ts';
import { toReason, toStepWord } from '../step-words.ts';
import { toXmlLines, toXmlText } from './xml.ts';

/**
 * The steps as a JUnit report for GitLab's test widget: a suite named after the manifest, a case for each step (class
 * `quoderat.<kind>`). Not run is skipped, cut off and could-not-run are errors, a failure that the manifest allows is
 * skipped with its reason, since GitLab would count it as a failed test.
 * @param excerpts ends of outputs by artifact id, as publish/files reads them
 */
export function renderStepsJunit({ execution, plan }: Envelope, excerpts: Record<string, string>): string {
  const { steps } = execution;
  const cases = steps.map((step) => toCase(step, excerpts));
  const count = (element: string): number => cases.filter(({ outcome }) => outcome === element).length;
  const figures = `tests="${steps.length}" failures="${count('failure')}" errors="${count('error')}"`;
  const time = toSeconds(execution.duration_ms);
  const name = toXmlText(plan.name, 200);
  return [
    '<?xml version="1.0" encoding="UTF-8"?>',
    `<testsuites name="${name}" ${figures} time="${time}">`,
    `  <testsuite name="${name}" ${figures} skipped="${count('skipped')}" time="${time}" timestamp="${execution.started_at.slice(0, 19)}">`,
    ...cases.map(({ text }) => text),
    '  </testsuite>',
    '</testsuites>',
    '',
  ].join('\n');
}

type Outcome = 'passed' | 'failure' | 'error' | 'skipped';

function toCase(step: StepRecord, excerpts: Record<string, string>): { outcome: Outcome; text: string } {
  const outcome = toOutcome(step);
  const head = `    <testcase classname="quoderat.${step.kind}" name="${toXmlText(step.id, 300)}" time="${toSeconds(step.duration_ms)}"`;
  if (outcome === 'passed') return { outcome, text: `${head}/>` };
  const { word } = toStepWord(step);
  const message = toXmlText([word, toReason(step)].filter((part) => part !== '').join(': '));
  // As text: the older schemas of this form know no attribute here, and GitLab shows either.
  if (outcome === 'skipped') return { outcome, text: `${head}>\n      <skipped>${message}</skipped>\n    </testcase>` };
  const lines = ([step.stderr_artifact_id, step.stdout_artifact_id] as const).flatMap((id) =>
    id !== null && Object.hasOwn(excerpts, id) ? toInertTail(excerpts[id] ?? '') : [],
  );
  const type = step.cause?.code ?? step.status;
  const text = `${head}>\n      <${outcome} message="${message}" type="${type}">${toXmlLines(lines)}</${outcome}>\n    </testcase>`;
  return { outcome, text };
}

function toOutcome(step: StepRecord): Outcome {
  if (step.status === 'success') return 'passed';
  if (step.status === 'skipped' || step.status === 'waiting') return 'skipped';
  if (isFailure(step) && step.continue_on_error) return 'skipped';
  return step.status === 'failed' || step.status === 'timed_out' ? 'failure' : 'error';
}

function toSeconds(milliseconds: number): string {
  return (milliseconds / 1000).toFixed(3);
}
