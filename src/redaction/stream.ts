import { append, type ByteWindow, dropFront, makeByteWindow } from './byte-window.ts';
import { type LinePosition, matchLines } from './line-rules.ts';
import { type MaskPosition, writeMasked } from './mask.ts';
import { bounds, CARRIAGE_RETURN, DECIDED, LINE_FEED, type Match } from './match.ts';
import type { Matcher } from './matcher.ts';
import { followBlock, makeKeyBlock } from './private-key.ts';
import { matchShape } from './rule-matcher.ts';
import type { Hit, RedactionStream } from './types.ts';

/** A line without an end is kept back to this length; then all but `bounds.lookAhead` of it is decided and let go. */
const MOST_HELD = 64 * 1024;
/** Larger chunks are taken in parts. */
const PART = 64 * 1024;

/** Where a stretch of bytes ends: with a line, inside a line that has become too long, or with the stream. */
type Stretch = { limit: number; ends: 'line' | 'inside' | 'stream' };

/**
 * Bytes in, redacted bytes out, the same however the stream is cut into chunks. Whole lines are decided at once and let
 * go, but for what may be the beginning of a value of several lines or of a private key.
 */
export function makeRedactionStream(matcher: Matcher): RedactionStream {
  const { identities, shapes, lineRules } = matcher;
  const blockShape = shapes.findIndex((shape) => shape.opensBlock);
  const window = makeByteWindow();
  const mask: MaskPosition = { written: 0, maskedTo: 0 };
  const line: LinePosition = { next: 0 };
  const block = makeKeyBlock();
  const shapeEnds = new Int32Array(shapes.length);
  const counts = new Map<number, number>();
  let carried: Match[] = [];

  const countOne = (identity: number): void => void counts.set(identity, (counts.get(identity) ?? 0) + 1);

  const settle = ({ limit, ends }: Stretch): Buffer[] => {
    const from = mask.written;
    const isFinal = ends === 'stream';
    let cut = ends === 'line' ? matcher.openFrom(window, from, limit) : limit;
    const { matches, sightings } = matcher.scan(
      window,
      from,
      ends === 'line' && !matcher.hasMultiLine ? limit : window.length,
    );
    matches.push(...carried);
    if (sightings.length > 0 || block.inside || lineRules.length > 0) {
      const text = window.bytes.toString('latin1', 0, window.length);
      const matchAt = (shape: number, at: number): Match | undefined =>
        at < from || at >= cut ? undefined : matchShape(shapes[shape]!, shape, text, at, shapeEnds);
      const lineHold = matchLines(lineRules, window, text, line, isFinal, matches);
      if (!isFinal) cut = Math.min(cut, lineHold);
      // Blocks come first: what they hold back is not searched yet.
      const begins = sightings.flatMap(({ at, shape }) => (shape === blockShape ? (matchAt(shape, at) ?? []) : []));
      const step = followBlock(block, text, begins, cut, isFinal);
      for (const part of step.parts) matches.push({ at: DECIDED, ...part, identity: blockShape });
      if (!isFinal) cut = Math.min(cut, step.holdFrom);
      for (const { at, shape } of sightings) {
        const match = shape === blockShape ? undefined : matchAt(shape, at);
        if (match !== undefined) matches.push(match);
      }
    }
    const parts = writeMasked(window, cut, mask, matches, identities, countOne);
    carried = matches.filter(({ at, end }) => at < cut && end > cut);
    forget(Math.max(0, cut - bounds.lookBehind));
    return parts;
  };

  /** Moves every position with the window. */
  const forget = (count: number): void => {
    if (count === 0) return;
    dropFront(window, count);
    mask.written -= count;
    mask.maskedTo -= count;
    line.next -= count;
    block.next -= count;
    block.maskedTo -= count;
    for (let shape = 0; shape < shapeEnds.length; shape++) shapeEnds[shape] = Math.max(0, shapeEnds[shape]! - count);
    for (const match of carried) {
      match.start -= count;
      match.end -= count;
    }
  };

  return {
    push(chunk) {
      const parts: Buffer[] = [];
      for (let from = 0; from < chunk.length; from += PART) {
        const known = window.length;
        append(window, chunk.subarray(from, from + PART));
        const lineEnd = toLastLineEnd(window, known);
        if (lineEnd > 0) parts.push(...settle({ limit: lineEnd, ends: 'line' }));
        if (window.length - mask.written > MOST_HELD)
          parts.push(...settle({ limit: window.length - bounds.lookAhead, ends: 'inside' }));
      }
      return parts.length === 1 ? parts[0]! : Buffer.concat(parts);
    },
    end() {
      return Buffer.concat(settle({ limit: window.length, ends: 'stream' }));
    },
    hits() {
      const hits = new Map<string, Hit>();
      for (const [identity, count] of counts) {
        const { rule_id, match_type } = identities[identity]!;
        const key = `${match_type} ${rule_id}`;
        hits.set(key, { rule_id, match_type, match_count: count + (hits.get(key)?.match_count ?? 0) });
      }
      return [...hits.values()];
    },
  };
}

/** Behind the last line end at or after `from`; 0 when there is none. */
function toLastLineEnd({ bytes, length }: ByteWindow, from: number): number {
  for (let at = length - 1; at >= from; at--)
    if (bytes[at] === LINE_FEED || bytes[at] === CARRIAGE_RETURN) return at + 1;
  return 0;
}
