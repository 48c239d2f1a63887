import { isUtf8 } from 'node:buffer';
import { limits } from '../../lib/limits.ts';
import { hasProtoKey } from '../http/read-json.ts';
import type { Line } from '../store/append.ts';
import { isPlainOutput, makeOutputPattern } from './plain-output.ts';

/**
 * What a batch's bytes fall into. `lines`: where each event stands, in the body's order. `others`: those that are no plain
 * output, which the schema has yet to check; their lines have the number 0 until then.
 */
export type CutBatch = { lines: Line[]; others: { index: number; value: unknown }[]; dropped: unknown };

const OPENING = '{"events":[';
const DROPPED = ',"dropped":';

/**
 * A batch that is written as JSON.stringify writes, to the letter, cut into its events. Pieces of output, which nearly all
 * events are, are held against one pattern of the whole of such an event and never become values: that takes a third of
 * the time of reading them, writing them again and comparing. Every other event is read, and written again to be compared.
 * What is as JSON.stringify writes it has no duplicate keys, odd numbers or halves of characters; all between the events is
 * compared as well. So each event can be stored as it stands, and means what was checked.
 * @returns undefined: what is written differently, or is no batch at all. It is for the strict reader to take or refuse
 */
export function cutBatch(bytes: Buffer, runId: string, batchEvents: number): CutBatch | undefined {
  if (!isUtf8(bytes)) return undefined;
  try {
    return cut(bytes, runId, batchEvents);
  } catch {
    // No JSON, or beyond what the stack bears: the strict reader says so.
    return undefined;
  }
}

function cut(bytes: Buffer, runId: string, batchEvents: number): CutBatch | undefined {
  // A character for a byte: places in it are places in the body, and all that is looked for is ASCII.
  const text = bytes.toString('latin1');
  if (!text.startsWith(OPENING) || !text.endsWith('}')) return undefined;
  const lines: Line[] = [];
  const others: CutBatch['others'] = [];
  let at = OPENING.length;
  let pattern: RegExp | undefined;
  for (;;) {
    const from = at;
    if (pattern !== undefined) pattern.lastIndex = at;
    const found = pattern?.exec(text);
    if (found) {
      // The run and the number, in the worker's order of members.
      const [whole, one, other] = found;
      if (one !== runId && other !== runId) return undefined;
      at += whole.length;
      lines.push({ seq: Number(one === runId ? other : one), from, to: at });
    } else {
      at = findEnd(text, from);
      const value = readAsWritten(bytes.toString('utf8', from, at));
      const isPlain = isPlainOutput(value, runId);
      if (isPlain) pattern = makeOutputPattern(Object.keys(value));
      else others.push({ index: lines.length, value });
      lines.push({ seq: isPlain ? value.seq : 0, from, to: at });
    }
    const next = text[at];
    at += 1;
    if (next === ']') break;
    if (next !== ',' || lines.length === batchEvents) return undefined;
  }
  const end = text.length - 1;
  if (at === end) return { lines, others, dropped: undefined };
  if (!text.startsWith(DROPPED, at)) return undefined;
  return { lines, others, dropped: readAsWritten(bytes.toString('utf8', at + DROPPED.length, end)) };
}

/** Of JSON text that is as it would be written anew; @throws anything, of any other. */
function readAsWritten(text: string): unknown {
  const value: unknown = JSON.parse(text);
  // `\ud...` is half a character; JSON.stringify writes that too.
  if (JSON.stringify(value) !== text || /\\ud[89a-f]/.test(text) || (text.includes('__proto__') && hasProtoKey(value)))
    throw new TypeError('not as it would be written');
  return value;
}

/** Where the object that begins here ends, if it is one. */
function findEnd(text: string, from: number): number {
  let depth = 0;
  for (let at = from; at < text.length; at += 1) {
    const code = text.charCodeAt(at);
    if (code === 0x22) at = findQuote(text, at + 1);
    else if (code === 0x7b || code === 0x5b) depth += 1;
    else if (code === 0x7d || code === 0x5d) depth -= 1;
    if (depth === 0) return at + 1;
    if (depth > limits.jsonDepth) break;
  }
  throw new TypeError('no end, or nested too deep');
}

/** The quote that ends a string: one behind an even number of backslashes. */
function findQuote(text: string, from: number): number {
  for (let at = text.indexOf('"', from); at !== -1; at = text.indexOf('"', at + 1)) {
    let before = at;
    while (before > from && text.charCodeAt(before - 1) === 0x5c) before -= 1;
    if ((at - before) % 2 === 0) return at;
  }
  throw new TypeError('a string without an end');
}
