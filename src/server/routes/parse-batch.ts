import { type EventBatch, eventBatch } from '../../schema/api.ts';
import type { RunEvent } from '../../schema/event.ts';
import { isObject } from '../../lib/json.ts';
import { ApiFault } from '../errors.ts';
import { parseAs, parseStrictJson } from '../http/read-json.ts';
import type { Batch, Line } from '../store/append.ts';
import { mergeRanges } from '../store/ranges.ts';
import { cutBatch } from './cut-batch.ts';

/**
 * Checks a batch and turns it into the lines that are stored.
 * @param batchEvents the most events that this server takes at once
 * @throws ApiFault bad_request, too_large
 */
export function parseBatch(bytes: Buffer, runId: string, batchEvents: number): Batch {
  return parseAsWritten(bytes, runId, batchEvents) ?? parseStrictly(bytes, runId, batchEvents);
}

/** undefined: it is not as JSON.stringify writes it, or has a fault, which the strict reader names. */
function parseAsWritten(bytes: Buffer, runId: string, batchEvents: number): Batch | undefined {
  const found = cutBatch(bytes, runId, batchEvents);
  if (found === undefined) return undefined;
  const { lines, others, dropped } = found;
  const { success, data } = eventBatch.safeParse({ events: others.map(({ value }) => value), dropped });
  if (!success || data.events.some(({ run_id }) => run_id !== runId)) return undefined;
  for (const [nth, { seq }] of data.events.entries()) {
    const line = lines[others[nth]?.index ?? -1];
    if (line !== undefined) line.seq = seq;
  }
  return toBatch(bytes, lines, data);
}

/** Of text that may say anything: nothing that two readers may take for two things. */
function parseStrictly(bytes: Buffer, runId: string, batchEvents: number): Batch {
  const value = parseStrictJson(bytes);
  const raw = isObject(value) && Array.isArray(value['events']) ? value['events'] : [];
  if (raw.length > batchEvents) throw new ApiFault('too_large', `a batch holds ${batchEvents} events at most`);
  const batch = parseAs(eventBatch, value);
  const texts: string[] = raw.map((event) => JSON.stringify(event));
  let at = 0;
  const lines = batch.events.map(({ seq, run_id }, index): Line => {
    if (run_id !== runId) throw new ApiFault('bad_request', `events.${index}.run_id is not the run's`);
    const from = at;
    const to = from + Buffer.byteLength(texts[index] ?? '');
    at = to + 1;
    return { seq, from, to };
  });
  return toBatch(Buffer.from(texts.join()), lines, batch);
}

function toBatch(bytes: Buffer, lines: readonly Line[], { events, dropped }: EventBatch): Batch {
  if (lines.length === 0 && dropped.length === 0) throw new ApiFault('bad_request', 'the batch is empty');
  if (dropped.some(({ from, to }) => to < from))
    throw new ApiFault('bad_request', 'a range in "dropped" ends before it begins');
  return {
    bytes,
    lines: inOrder(lines),
    dropped: mergeRanges(dropped),
    asked: toAsked(events),
    nextState: toNextState(events),
  };
}

/** In the worker's order, each number once. */
function inOrder(lines: readonly Line[]): readonly Line[] {
  if (lines.every(({ seq }, index) => index === 0 || seq > (lines[index - 1]?.seq ?? 0))) return lines;
  const sorted = lines.toSorted((one, other) => one.seq - other.seq);
  return sorted.filter(({ seq }, index) => seq !== sorted[index - 1]?.seq);
}

function toAsked(events: readonly RunEvent[]): Batch['asked'] {
  const asked = new Map<string, { gate_id: string; plan_hash: string }>();
  for (const event of events)
    if (event.type === 'needs_input')
      asked.set(event.gate.id, { gate_id: event.gate.id, plan_hash: event.gate.plan_hash });
  for (const gate_id of asked.keys())
    if (gate_id.includes('\0') || gate_id.length > 256)
      throw new ApiFault('bad_request', 'a gate id is over 256 characters or holds a NUL');
  return [...asked.values()];
}

/** By the last event that says something of it. */
function toNextState(events: readonly RunEvent[]): Batch['nextState'] {
  const last = events
    .filter(({ type }) => type === 'needs_input' || type === 'gate_resolved')
    .toSorted((one, other) => one.seq - other.seq)
    .at(-1);
  if (last === undefined) return null;
  return last.type === 'needs_input' ? 'needs_input' : 'running';
}
