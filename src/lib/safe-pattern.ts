import { toCharSet, type CharSet } from './char-set.ts';
import { parsePattern, PatternFault, type PatternNode } from './pattern-syntax.ts';

const MAX_LENGTH = 1000;
/** A match is held back until it is known to be one, so its length is memory and delay. */
const MAX_WIDTH = 4096;
/** In how many ways a piece of text may be split between parts of the pattern before it is known not to match. */
const MAX_WAYS = 10_000;

/**
 * What makes a regular expression unfit to be run over the output of strangers: unbounded or explosive repeats,
 * back-references, lookbehind, a match of nothing. undefined: it is safe, and compiles without the flags `u`, `v`, `i`.
 * What is accepted takes, for each character of the text, a number of steps that does not depend on the text's length.
 */
export function findPatternFault(source: string): string | undefined {
  if (source === '') return 'must not be empty';
  if (source.length > MAX_LENGTH) return `must be at most ${MAX_LENGTH} characters long`;
  try {
    const { min, max, ways } = weigh(parsePattern(source));
    if (min === 0) return 'must not match the empty text';
    if (max > MAX_WIDTH) return `must not match more than ${MAX_WIDTH} characters`;
    if (ways > MAX_WAYS) return 'has repeats side by side that match the same characters; put something between them';
    // The tree is of our own reading; the engine has the last word (a class out of order, for one).
    return compiles(source) ? undefined : 'is no regular expression';
  } catch (error) {
    if (error instanceof PatternFault) return error.message;
    throw error;
  }
}

type Weight = {
  /** The shortest and the longest match, in characters; lookahead counts to the longest. */
  min: number;
  max: number;
  /** The characters it may begin with, and all that it may hold. */
  first: CharSet;
  chars: CharSet;
  /** In how many ways it can match, or fail to. */
  ways: number;
  /** It holds a repeat whose count is not fixed, or a choice that the next character does not decide. */
  open: boolean;
};

const NOTHING: Weight = { min: 0, max: 0, first: 0n, chars: 0n, ways: 1, open: false };

function weigh(node: PatternNode): Weight {
  switch (node.type) {
    case 'char': {
      const set = toCharSet(node.source);
      return { min: 1, max: 1, first: set, chars: set, ways: 1, open: false };
    }
    case 'assertion':
      return node.body === undefined ? NOTHING : { ...weigh(node.body), min: 0, first: 0n };
    case 'repeat':
      return weighRepeat(weigh(node.body), node.min, node.max);
    case 'choice':
      return weighChoice(node.options.map(weigh));
    default:
      return weighSequence(node.items.map(weigh));
  }
}

function weighRepeat(body: Weight, min: number, max: number): Weight {
  if (min > max) throw new PatternFault('the bounds of a repeat are out of order');
  if (max > 1 && body.min === 0) throw new PatternFault('what is repeated must not match the empty text');
  if (max > 1 && body.open)
    throw new PatternFault(
      'a repeat holds another one that is not fixed, as {3} is, or a choice of parts that begin alike',
    );
  return {
    min: body.min * min,
    max: body.max * max,
    first: body.first,
    chars: body.chars,
    ways: body.ways * (max - min + 1),
    open: body.open || max > min,
  };
}

function weighChoice(options: readonly Weight[]): Weight {
  let first: CharSet = 0n;
  let alike = false;
  for (const option of options) {
    alike ||= option.min === 0 || (first & option.first) !== 0n;
    first |= option.first;
  }
  const ways = options.map((option) => option.ways);
  return {
    min: Math.min(...options.map((option) => option.min)),
    max: Math.max(...options.map((option) => option.max)),
    first,
    chars: options.reduce((set, option) => set | option.chars, 0n),
    ways: alike ? ways.reduce((sum, way) => sum + way, 0) : Math.max(...ways),
    open: alike || options.some((option) => option.open),
  };
}

/** Repeats multiply their ways until something fixed stands between them that the earlier ones cannot match. */
function weighSequence(items: readonly Weight[]): Weight {
  let live: CharSet = 0n;
  let run = 1;
  let ways = 1;
  let first: CharSet = 0n;
  let min = 0;
  for (const item of items) {
    if (min === 0) first |= item.first;
    min += item.min;
    const meets = (live & item.chars) !== 0n;
    if (item.ways > 1) {
      run = meets ? run * item.ways : item.ways;
      live = meets ? live | item.chars : item.chars;
    } else if (item.min > 0 && !meets) {
      run = 1;
      live = 0n;
    }
    ways = Math.max(ways, run);
  }
  return {
    min,
    max: items.reduce((sum, item) => sum + item.max, 0),
    first,
    chars: items.reduce((set, item) => set | item.chars, 0n),
    ways,
    open: items.some((item) => item.open),
  };
}

function compiles(source: string): boolean {
  try {
    RegExp(source);
    return true;
  } catch {
    return false;
  }
}
