/**
 * Characters that stand in every match of a shape, at its beginning. `followedBy`, `precededBy`: the characters that can
 * come right after and before them. Together they must give five bytes, the neighbours counting as often as needed
 * after and once before.
 */
export type Anchor = string | { text: string; followedBy?: string; precededBy?: string };

/** A kind of credential, recognised by what it looks like or by the words before it. */
export type Shape = {
  id: string;
  anchors: Anchor[];
  /** Anchors and pattern in either case. */
  ignoreCase?: boolean;
  /**
   * Tried where an anchor stands, and only there. Every quantifier is bounded, no match crosses a line end, what it
   * looks ahead or back at keeps to `bounds`. The last group that took part is what is replaced, and it ends the match;
   * without a group everything is.
   */
  pattern: RegExp;
  /** The last word on a match: a new end for what is replaced, or -1 to leave it all. `text` is one line or more. */
  narrow?: (text: string, start: number, end: number) => number;
  /** The begin of a private key: what follows is masked line by line (private-key.ts). */
  opensBlock?: true;
};
