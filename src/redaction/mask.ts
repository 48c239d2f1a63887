import type { ByteWindow } from './byte-window.ts';
import type { Identity, Match } from './match.ts';

/** Where a stream's writing is: bytes before `maskedTo` are covered by a marker that is written already. */
export type MaskPosition = { written: number; maskedTo: number };

const RANK = { known_value: 0, encoded_value: 1, pattern: 2 } as const;

/**
 * Writes the window from `position.written` to `cut`. Matches that overlap get one marker, named by the one that begins
 * first (then: known before encoded before pattern, the longer one, the first listed). The name is therefore settled when
 * the marker is written, whatever joins it later.
 * @param matches any order; sorted in place
 * @param count called once for each marker
 * @returns copies: nothing in it is a view of the window
 */
export function writeMasked(
  window: ByteWindow,
  cut: number,
  position: MaskPosition,
  matches: Match[],
  identities: Identity[],
  count: (identity: number) => void,
): Buffer[] {
  const parts: Buffer[] = [];
  const copyTo = (end: number): void => {
    const from = Math.max(position.written, position.maskedTo);
    if (end > from) parts.push(Buffer.from(window.bytes.subarray(from, end)));
    position.written = Math.max(position.written, end);
  };
  const rank = (match: Match): number => RANK[identities[match.identity]!.match_type];
  matches.sort((a, b) => a.start - b.start || rank(a) - rank(b) || b.end - a.end || a.identity - b.identity);
  for (const { start, end, identity } of matches) {
    if (start >= cut) break;
    if (start >= position.maskedTo) {
      copyTo(start);
      parts.push(identities[identity]!.marker);
      count(identity);
    }
    position.maskedTo = Math.max(position.maskedTo, end);
  }
  copyTo(cut);
  return parts;
}
