import { type Covered, makeCoverageTally } from './coverage-tally.ts';
import { parseCount } from './figures.ts';
import { makeLineHits } from './line-hits.ts';
import { readLines } from './lines.ts';
import type { ReportReader } from './reader.ts';
import { refuse } from './report-error.ts';

/** One record, from SF to end_of_record. Branches and functions that it lists, or else the sums that it gives. */
type FileRecord = { file: string; line: number; branches: Covered; functions: Covered; sums: Map<string, number> };

const MAX_FILES = 500_000;

/**
 * lcov's tracefile (man geninfo). A file that several tests tell of counts each of its lines once; of its branches and
 * functions the record that covers most.
 */
export const readLcov: ReportReader = async (texts, where) => {
  const tally = makeCoverageTally(where);
  const lines = makeLineHits();
  const others = new Map<string, { branches: Covered; functions: Covered }>();
  let record: FileRecord | undefined;

  for await (const { text, number } of readLines(texts)) {
    const colon = text.indexOf(':');
    const key = colon < 0 ? text.trim() : text.slice(0, colon);
    const value = colon < 0 ? '' : text.slice(colon + 1);
    if (key === 'SF') {
      if (record !== undefined) refuse(`line ${number} begins a file before the record of ${record.file} has ended`);
      record = { file: value.trim(), line: number, branches: none(), functions: none(), sums: new Map() };
    } else if (key === 'end_of_record') {
      if (record !== undefined) endRecord(record, others);
      record = undefined;
    } else if (record !== undefined) {
      readEntry(record, key, value, (line, covered) => lines.hit(record?.file ?? '', line, covered));
    }
  }
  if (record !== undefined)
    refuse(`it ends in the middle of the record of ${record.file}, which begins in line ${record.line}`);
  if (others.size === 0) refuse('it is no lcov tracefile: it holds no record of a file (SF ... end_of_record)');

  const told = new Map<string, Covered>();
  lines.each((file, covered) => told.set(file, covered));
  for (const [file, { branches, functions }] of others) {
    tally.add(file, { lines: told.get(file) ?? none(), branches, functions });
  }
  return tally.reading();
};

function none(): Covered {
  return { covered: 0, total: 0 };
}

function readEntry(
  record: FileRecord,
  key: string,
  value: string,
  onLine: (line: number, covered: boolean) => void,
): void {
  const fields = value.split(',', 4);
  switch (key) {
    case 'DA': {
      const line = parseCount(fields[0]);
      // gcov has been seen to write negative hits; those lines are not known to have run.
      if (line !== undefined) onLine(line, isHit(fields[1]));
      return;
    }
    case 'BRDA':
      count(record.branches, isHit(fields[3]));
      return;
    case 'FNDA':
      count(record.functions, isHit(fields[0]));
      return;
    case 'BRF':
    case 'BRH':
    case 'FNF':
    case 'FNH':
      record.sums.set(key, parseCount(value) ?? 0);
      return;
    default:
  }
}

function isHit(text: string | undefined): boolean {
  return /^\s*0*[1-9]\d*(?:\.\d*)?(?:e\+?\d+)?\s*$/i.test(text ?? '');
}

function count(covered: Covered, hit: boolean): void {
  covered.total += 1;
  if (hit) covered.covered += 1;
}

function endRecord(record: FileRecord, others: Map<string, { branches: Covered; functions: Covered }>): void {
  if (others.size >= MAX_FILES) refuse(`it tells of more than ${MAX_FILES} files`);
  const { sums, file } = record;
  const orSums = (listed: Covered, found: string, hit: string): Covered =>
    listed.total > 0 ? listed : { total: sums.get(found) ?? 0, covered: sums.get(hit) ?? 0 };
  const before = others.get(file);
  others.set(file, {
    branches: toFuller(before?.branches, orSums(record.branches, 'BRF', 'BRH')),
    functions: toFuller(before?.functions, orSums(record.functions, 'FNF', 'FNH')),
  });
}

function toFuller(before: Covered | undefined, now: Covered): Covered {
  if (before === undefined || now.total > before.total) return now;
  return now.total === before.total && now.covered > before.covered ? now : before;
}
