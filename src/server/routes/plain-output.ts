import { isObject } from '../../lib/json.ts';
import type { EventOf } from '../../schema/event.ts';

const uuidV7 = /^[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/;
const timestamp = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}\.\d{3}Z$/;
/** Of a step that no `map` has made. */
const stepId = /^[A-Za-z0-9][A-Za-z0-9_-]{0,63}$/;
const MEMBERS = 11;

/**
 * Whether a value is surely a step_output of the run: what nearly all events of a busy run are, told in a sixth of the
 * time that the schema takes (35 of 205 us for 100). It takes nothing that the schema refuses; what it does not take is
 * for the schema to decide.
 */
export function isPlainOutput(value: unknown, runId: string): value is EventOf<'step_output'> {
  return (
    isObject(value) &&
    value['type'] === 'step_output' &&
    value['run_id'] === runId &&
    isText(value['event_id'], uuidV7) &&
    isCount(value['seq']) &&
    value['seq'] > 0 &&
    isText(value['timestamp'], timestamp) &&
    isText(value['step_id'], stepId) &&
    isCount(value['attempt']) &&
    (value['stream'] === 'stdout' || value['stream'] === 'stderr') &&
    isCount(value['offset']) &&
    isCount(value['bytes']) &&
    typeof value['text'] === 'string' &&
    Object.keys(value).length === MEMBERS
  );
}

function isText(value: unknown, pattern: RegExp): boolean {
  return typeof value === 'string' && pattern.test(value);
}

function isCount(value: unknown): value is number {
  return Number.isSafeInteger(value) && Number(value) >= 0;
}
