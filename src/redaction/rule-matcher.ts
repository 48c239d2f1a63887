import type { ByteWindow } from './byte-window.ts';
import { type GramTable, GRAM_BYTES, SAMPLED_BYTES, toGram } from './gram-table.ts';
import type { Match } from './match.ts';
import type { Anchor, Shape } from './shape.ts';

/** An anchor found: where, and of which shape. */
export type Sighting = { at: number; shape: number };

export type RuleMatcher = {
  /** Adds every anchor to the table, as pattern `firstPattern` and on. */
  register(table: GramTable, firstPattern: number): void;
  /** Notes a sighting if anchor `index` does stand at `at`. */
  verify(window: ByteWindow, index: number, at: number, sightings: Sighting[]): void;
};

/** Where the last match of each shape ended, per stream: an anchor inside it starts no new search. */
export type ShapeEnds = Int32Array;

type ListedAnchor = {
  bytes: Buffer;
  precededBy: number[];
  followedBy: number[];
  ignoreCase: boolean;
  shape: number;
};

/** Finds the anchors of shapes. */
export function makeRuleMatcher(shapes: Shape[]): RuleMatcher {
  const anchors = shapes.flatMap((shape, index) => shape.anchors.map((anchor) => toListed(anchor, shape, index)));
  return {
    register(table, firstPattern) {
      for (const [index, anchor] of anchors.entries()) registerAnchor(table, firstPattern + index, anchor);
    },
    verify({ bytes, length }, index, at, sightings) {
      const anchor = anchors[index]!;
      if (at < 0 || at + anchor.bytes.length > length) return;
      for (let offset = 0; offset < anchor.bytes.length; offset++) {
        const byte = bytes[at + offset]!;
        if ((anchor.ignoreCase ? toLower(byte) : byte) !== anchor.bytes[offset]) return;
      }
      if (anchor.followedBy.length > 0 && !anchor.followedBy.includes(bytes[at + anchor.bytes.length]!)) return;
      sightings.push({ at, shape: anchor.shape });
    },
  };
}

/** How many grams `register` adds. */
export function countAnchorGrams(shapes: Shape[]): number {
  let count = 0;
  for (const [index, shape] of shapes.entries())
    for (const anchor of shape.anchors)
      for (const { classes } of toWindows(toListed(anchor, shape, index)))
        count += classes.reduce((product, bytes) => product * bytes.length, 1);
  return count;
}

/**
 * Tries a shape where its anchor stands. A line of `password=password=...` must not cost its square: an anchor inside
 * the last match of the same shape is passed over.
 * @param text the window as latin1
 */
export function matchShape(shape: Shape, index: number, text: string, at: number, ends: ShapeEnds): Match | undefined {
  if (at < ends[index]!) return undefined;
  const { pattern } = shape;
  pattern.lastIndex = at;
  const found = pattern.exec(text);
  if (found === null) return undefined;
  const all = at + found[0].length;
  const secret = found.findLast((group) => group !== undefined) ?? found[0];
  const start = all - secret.length;
  const end = shape.narrow === undefined ? all : shape.narrow(text, start, all);
  if (end <= start) return undefined;
  // A begin that is held back is met again.
  if (shape.opensBlock !== true) ends[index] = end;
  return { at, start, end, identity: index };
}

function toListed(anchor: Anchor, shape: Shape, index: number): ListedAnchor {
  const { text, followedBy = '', precededBy = '' } = typeof anchor === 'string' ? { text: anchor } : anchor;
  return {
    bytes: Buffer.from(text, 'latin1'),
    precededBy: [...Buffer.from(precededBy, 'latin1')],
    followedBy: [...Buffer.from(followedBy, 'latin1')],
    ignoreCase: shape.ignoreCase === true,
    shape: index,
  };
}

function registerAnchor(table: GramTable, pattern: number, anchor: ListedAnchor): void {
  for (const { offset, classes } of toWindows(anchor)) {
    const [first, second, third, fourth] = classes;
    for (const a of first)
      for (const b of second)
        for (const c of third) for (const d of fourth) table.add(toGram(a, b, c, d), pattern, offset);
  }
}

type Window = { offset: number; classes: [number[], number[], number[], number[]] };

/** The bytes that can stand, case folded, in the windows at the first two places of an anchor and its neighbours. */
function toWindows({ bytes, precededBy, followedBy }: ListedAnchor): Window[] {
  const classes = [...bytes.subarray(0, SAMPLED_BYTES)].map((byte) => [byte | FOLDED]);
  const first = precededBy.length > 0 ? -1 : 0;
  if (precededBy.length > 0) classes.unshift(toFolded(precededBy));
  const following = classes.length < SAMPLED_BYTES ? toFolded(followedBy) : [];
  while (classes.length < SAMPLED_BYTES && following.length > 0) classes.push(following);
  return [0, 1].map((place) => {
    const [a, b, c, d] = classes.slice(place, place + GRAM_BYTES);
    if (a === undefined || b === undefined || c === undefined || d === undefined)
      throw new RangeError(`the anchor ${bytes.toString('latin1')} is too short to be looked for`);
    return { offset: first + place, classes: [a, b, c, d] };
  });
}

function toFolded(bytes: number[]): number[] {
  return [...new Set(bytes.map((byte) => byte | FOLDED))];
}

const FOLDED = 0x20;

function toLower(byte: number): number {
  return byte >= 0x41 && byte <= 0x5a ? byte | FOLDED : byte;
}
