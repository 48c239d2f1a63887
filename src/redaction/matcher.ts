import type { ByteWindow } from './byte-window.ts';
import { makeGramTable } from './gram-table.ts';
import { countGrams, type Literal, makeLiteralMatcher } from './literals.ts';
import type { LineRule } from './line-rules.ts';
import type { Identity, Match } from './match.ts';
import { countAnchorGrams, makeRuleMatcher, type Sighting } from './rule-matcher.ts';
import { SHAPES } from './rules.ts';
import type { Shape } from './shape.ts';

/** All that is looked for in a run; built once, shared by its streams, without state of any of them. */
export type Matcher = {
  /** The first ones are those of `shapes`, in its order. */
  identities: Identity[];
  shapes: Shape[];
  lineRules: LineRule[];
  /** Finds literals and the anchors of shapes that begin in [from, to). */
  scan(window: ByteWindow, from: number, to: number): { matches: Match[]; sightings: Sighting[] };
  /** Where a beginning of a multi-line value stands that reaches up to `end`; `end` when there is none. */
  openFrom(window: ByteWindow, from: number, end: number): number;
  /** A value may go on over a line end. */
  hasMultiLine: boolean;
};

/** @param identities those of the built-in shapes first */
export function makeMatcher(identities: Identity[], literals: Literal[], lineRules: LineRule[]): Matcher {
  const table = makeGramTable(countGrams(literals) + countAnchorGrams(SHAPES));
  const rules = makeRuleMatcher(SHAPES);
  const values = makeLiteralMatcher(literals);
  rules.register(table, literals.length);
  values.register(table, 0);
  return {
    identities,
    shapes: SHAPES,
    lineRules,
    scan(window, from, to) {
      const matches: Match[] = [];
      const sightings: Sighting[] = [];
      table.scan(window.words, from, to, (pattern, start, offset) => {
        if (pattern < literals.length) values.verify(window, pattern, start, offset, matches);
        else rules.verify(window, pattern - literals.length, start, sightings);
      });
      return { matches, sightings: sightings.toSorted((a, b) => a.at - b.at || a.shape - b.shape) };
    },
    openFrom: (window, from, end) => values.openFrom(window, from, end),
    hasMultiLine: values.hasMultiLine,
  };
}
