import type { ByteWindow } from './byte-window.ts';
import { bounds, CARRIAGE_RETURN, DECIDED, LINE_FEED, type Match } from './match.ts';

/** The user's rule, ready to run. */
export type LineRule = { pattern: RegExp; identity: number };

/**
 * Where a stream is with the user's rules. They have no anchor: each is run over every line. A long line is looked at in
 * pieces counted from its begin, so that the same pieces come out however the stream is cut.
 */
export type LinePosition = { next: number };

const PIECE = bounds.lookAhead;
/** No match of a user's rule is longer, where a line is longer than a piece. */
const OVERLAP = 4 * 1024;

/** A pattern is written in characters and run over bytes: what is not ASCII in it is looked for as UTF-8. */
export function makeLineRule(source: string, identity: number): LineRule {
  return { pattern: new RegExp(Buffer.from(source).toString('latin1'), 'g'), identity };
}

/**
 * Runs the rules over the lines and pieces that are complete.
 * @param text the window as latin1
 * @param position of the stream; `next` is where the piece to look at begins
 * @returns where bytes must be kept from, because a piece that is not complete begins there
 */
export function matchLines(
  rules: LineRule[],
  window: ByteWindow,
  text: string,
  position: LinePosition,
  isFinal: boolean,
  matches: Match[],
): number {
  if (rules.length === 0) return window.length;
  while (position.next < window.length) {
    const lineEnd = toLineEnd(window, position.next, position.next + PIECE);
    const isWhole = lineEnd < window.length && lineEnd < position.next + PIECE;
    if (!isWhole && !isFinal && window.length < position.next + PIECE) break;
    const end = Math.min(lineEnd, window.length);
    for (const rule of rules) matchPiece(rule, text.slice(position.next, end), position.next, matches);
    if (isWhole) position.next = end + 1;
    else if (end === window.length && isFinal) position.next = end;
    else position.next = end - OVERLAP;
  }
  return position.next;
}

function matchPiece(rule: LineRule, piece: string, offset: number, matches: Match[]): void {
  for (const found of piece.matchAll(rule.pattern)) {
    const start = offset + found.index;
    if (found[0] !== '') matches.push({ at: DECIDED, start, end: start + found[0].length, identity: rule.identity });
  }
}

function toLineEnd({ bytes, length }: ByteWindow, from: number, most: number): number {
  const last = Math.min(length, most);
  for (let at = from; at < last; at++) if (bytes[at] === LINE_FEED || bytes[at] === CARRIAGE_RETURN) return at;
  return last;
}
