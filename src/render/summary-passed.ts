import { formatDuration } from '../lib/duration.ts';
import type { StepRecord } from '../schema/record.ts';
import { toCount } from './counts.ts';
import { stepColumns, toStepCells, toUnbroken } from './step-cells.ts';
import { type Facts } from './summary-facts.ts';
import { makeTimeline } from './text-timeline.ts';
import { type Block, details, text } from './tree.ts';

/** Before the time that a step took. */
const startColumn = 4;

/** The passed steps, folded, with when each began; and the timeline of all that ran. */
export function makePassedTable(facts: Facts, remarks: ReadonlyMap<string, string>): Block[] {
  const { execution } = facts.envelope;
  const passed = execution.steps.filter(({ status }) => status === 'success');
  const lines = makeTimeline(execution);
  const blocks: Block[] = [
    ...(passed.length === 0 ? [] : [makeTable(passed, facts, remarks)]),
    ...(lines.length === 0 ? [] : [{ type: 'code_block', language: 'text', lines } as const]),
  ];
  if (blocks.length === 0) return [];
  const took = formatDuration(execution.duration_ms);
  const parts = [
    ...(passed.length === 0 ? [] : [`${toCount(passed.length, 'step')} passed`]),
    ...(lines.length === 0 ? [] : [`timeline of ${took}`]),
  ];
  return [details([text(parts.join(' · '))], blocks)];
}

function makeTable(
  passed: readonly StepRecord[],
  { envelope, artifacts }: Facts,
  remarks: ReadonlyMap<string, string>,
): Block {
  const startMs = Date.parse(envelope.execution.started_at);
  const rows = passed.map((step) => {
    const start = step.started_at === null ? '–' : formatDuration(Math.max(0, Date.parse(step.started_at) - startMs));
    return toStepCells(step, artifacts, remarks.get(step.id) ?? '').toSpliced(startColumn, 0, [
      text(toUnbroken(start)),
    ]);
  });
  const columns = stepColumns.toSpliced(startColumn, 0, { title: 'Start', align: 'right' });
  return { type: 'table', columns, rows };
}
