import { type Covered, makeCoverageTally } from './coverage-tally.ts';
import { readLines } from './lines.ts';
import type { ReportReader } from './reader.ts';
import { refuse } from './report-error.ts';

const MODE = /^mode: (?:set|count|atomic)$/;
const BLOCK = /^(.{1,4096}):(\d{1,9}\.\d{1,9},\d{1,9}\.\d{1,9}) (\d{1,9}) (\d{1,19})$/;
const MAX_BLOCKS = 1_000_000;

/** Go's cover profile. A block that several test binaries tell of counts once, as `go tool cover` counts it. */
export const readGoCover: ReportReader = async (texts, where) => {
  const tally = makeCoverageTally(where);
  const files = new Map<string, Map<string, { statements: number; hit: boolean }>>();
  let blocks = 0;
  let mode = false;

  for await (const { text, number } of readLines(texts)) {
    // Profiles are put together with cat.
    if (MODE.test(text)) {
      mode = true;
      continue;
    }
    if (text.trim() === '') continue;
    const match = BLOCK.exec(text);
    if (match === null || !mode) refuse(`line ${number} is no line of a Go cover profile`);
    const [, file = '', place = '', statements = '', hits = ''] = match ?? [];
    let own = files.get(file);
    if (own === undefined) files.set(file, (own = new Map()));
    const found = own.get(place);
    const hit = /[1-9]/.test(hits);
    if (found !== undefined) found.hit ||= hit;
    else {
      blocks += 1;
      if (blocks > MAX_BLOCKS) refuse(`it holds more than ${MAX_BLOCKS} blocks`);
      own.set(place, { statements: Number(statements), hit });
    }
  }
  if (!mode) refuse('it is no Go cover profile: it has no mode line');
  for (const [file, own] of files) tally.add(file, { statements: toCovered(own.values()) });
  return tally.reading();
};

function toCovered(blocks: Iterable<{ statements: number; hit: boolean }>): Covered {
  const sum = { covered: 0, total: 0 };
  for (const { statements, hit } of blocks) {
    sum.total += statements;
    if (hit) sum.covered += statements;
  }
  return sum;
}
