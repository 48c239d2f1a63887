import { describe, expect, it } from 'vitest';
import { toRunStatus } from '../../src/record/status.ts';
import type { RunStatus, RunTermination, StepRecord } from '../../src/schema/record.ts';

type Brief = Pick<StepRecord, 'status' | 'continue_on_error'>;
const may = (status: StepRecord['status']): Brief => ({ status, continue_on_error: true });
const must = (status: StepRecord['status']): Brief => ({ status, continue_on_error: false });

describe('toRunStatus', () => {
  it.each<[why: string, status: RunStatus, steps: Brief[], termination?: RunTermination]>([
    ['all went well', 'success', [must('success'), must('success')]],
    ['a step for failures had nothing to do', 'success', [must('success'), must('skipped')]],
    ['what failed was allowed to', 'success', [must('success'), may('failed'), may('timed_out'), may('error')]],
    ['only what may fail ran, and failed', 'success', [may('failed'), must('skipped')]],
    ['a step failed', 'failed', [must('success'), must('failed')]],
    ['a step failed and others were skipped for it', 'failed', [must('failed'), must('skipped')]],
    ['a step took too long', 'failed', [must('timed_out')]],
    ['a step could not be started', 'failed', [must('error')]],
    ['a step was cut off, allowed to fail or not', 'failed', [must('success'), may('aborted')]],
    ['a step has no outcome', 'failed', [must('success'), may('waiting')]],
    ['nothing ran', 'failed', [must('skipped'), may('skipped')]],
    ['there was nothing to run', 'failed', []],
    ['the run took too long, though every step went well', 'failed', [must('success')], 'timed_out'],
    ['it was cancelled, though every step went well', 'aborted', [must('success')], 'cancelled'],
    ['the process was lost', 'aborted', [must('failed')], 'process_lost'],
  ])('%s: %s', (_, status, steps, termination = 'finished') => {
    expect(toRunStatus(steps, termination)).toBe(status);
  });
});
