import { limits } from '../lib/limits.ts';

/** Cuts one stream's text into lines. */
export type LineFeed = {
  /** Whole lines, each ended by "\n"; what has no end yet is held. */
  push(text: string): string;
  /** What was held, ended by "\n"; empty when nothing was. */
  end(): string;
};

/**
 * Ends lines as a terminal or a runner does: at LF, CRLF and lone CR. A line longer than limits.logLineChars comes in
 * several, so that no more than that is ever held.
 */
export function makeLineFeed(): LineFeed {
  let held = '';
  return {
    push(text) {
      const all = held + text;
      // A CR at the very end may be the first half of a CRLF.
      const open = all.endsWith('\r') ? all.length - 1 : all.length;
      const hasReturn = all.includes('\r');
      const body = hasReturn ? all.slice(0, open).replaceAll(/\r\n?/g, '\n') : all;
      const lines = cutLong(body);
      const end = lines.lastIndexOf('\n') + 1;
      held = lines.slice(end) + all.slice(open);
      return lines.slice(0, end);
    },
    end() {
      const rest = held.endsWith('\r') ? held.slice(0, -1) : held;
      const wasHeld = held !== '';
      held = '';
      return wasHeld ? `${rest}\n` : '';
    },
  };
}

/** Leaps from line end to line end: ordinary lines cost one look per limits.logLineChars. */
function cutLong(text: string): string {
  const max = limits.logLineChars;
  const pieces: string[] = [];
  let from = 0;
  let at = 0;
  while (text.length - at > max) {
    const end = text.lastIndexOf('\n', at + max);
    if (end >= at) {
      at = end + 1;
      continue;
    }
    const unit = text.charCodeAt(at + max);
    // Never between the halves of a surrogate pair.
    at += unit >= 0xdc00 && unit <= 0xdfff ? max - 1 : max;
    pieces.push(text.slice(from, at), '\n');
    from = at;
  }
  return pieces.length === 0 ? text : pieces.join('') + text.slice(from);
}
