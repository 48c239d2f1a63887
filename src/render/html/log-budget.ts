import type { Envelope } from '../../schema/envelope.ts';
import { isFailure } from '../outcome.ts';
import { toEmbeddedJson } from './embedded-json.ts';

/** An output text, whole or its end. */
export type LogText = { text: string; truncated: boolean };
/** A log as it goes onto the page. isCut: its beginning is missing here. */
export type EmbeddedLog = { artifactId: string; json: string; isCut: boolean; text: string };

/** Less than this of a log tells nothing. */
const leastBytes = 256;

/**
 * The logs that fit into `roomBytes` of page. Steps that did not end well come first; in each of the two groups short
 * logs stay whole and the long ones share what is left, each losing its beginning.
 */
export function fitLogs(
  envelope: Envelope,
  logs: Record<string, LogText>,
  roomBytes: number,
): Map<string, EmbeddedLog> {
  const fitted = new Map<string, EmbeddedLog>();
  let room = roomBytes;
  for (const group of toGroups(envelope)) {
    const waiting = group
      .flatMap((id) => {
        const log = Object.hasOwn(logs, id) ? logs[id] : undefined;
        return log === undefined || log.text === '' ? [] : [toEmbedded(id, log.text, log.truncated)];
      })
      .toSorted((a, b) => toBytes(a) - toBytes(b));
    for (const [index, log] of waiting.entries()) {
      const kept = toTail(log, Math.floor(room / (waiting.length - index)));
      if (kept === undefined) continue;
      fitted.set(log.artifactId, kept);
      room -= toBytes(kept);
    }
  }
  return fitted;
}

function toGroups(envelope: Envelope): string[][] {
  const groups: [string[], string[]] = [[], []];
  for (const step of envelope.execution.steps) {
    const group = isFailure(step) || step.status === 'aborted' ? groups[0] : groups[1];
    const runs = step.attempts.length === 0 ? [step] : step.attempts;
    for (const { stdout_artifact_id: out, stderr_artifact_id: err } of runs) {
      group.push(...[err, out].filter((id) => id !== null));
    }
  }
  return groups.map((ids) => Array.from(new Set(ids)));
}

function toEmbedded(artifactId: string, text: string, isCut: boolean): EmbeddedLog {
  return { artifactId, text, isCut, json: toEmbeddedJson(JSON.stringify(text)) };
}

function toTail(log: EmbeddedLog, roomBytes: number): EmbeddedLog | undefined {
  const bytes = toBytes(log);
  if (bytes <= roomBytes) return log;
  if (roomBytes < leastBytes) return undefined;
  let chars = log.text.length;
  let tail = log;
  // Escapes are not spread evenly: a first guess by the average, then down until it fits.
  for (let share = roomBytes / bytes; toBytes(tail) > roomBytes; share = 0.9) {
    chars = Math.floor(chars * share);
    tail = toEmbedded(log.artifactId, toWholeLines(log.text.slice(log.text.length - chars)), true);
  }
  return tail;
}

/** From the first line that is whole; a text without a line break is cut between characters. */
function toWholeLines(tail: string): string {
  const start = tail.indexOf('\n') + 1;
  return start > 0 && start < tail.length ? tail.slice(start) : tail.replace(/^[\uDC00-\uDFFF]/, '');
}

/** The element around it, with its id, is part of what it takes. */
function toBytes({ json, artifactId }: EmbeddedLog): number {
  return Buffer.byteLength(json) + Buffer.byteLength(artifactId) + 128;
}
