import { type Finding, type FindingLevel, findingLevels, observationLimits } from '../schema/observation.ts';
import { toMessageExcerpt, toName } from './bounded-text.ts';
import { toCount } from './figures.ts';
import type { FindingsReading, Where } from './reader.ts';
import { makeRemarks, type Remarks } from './remarks.ts';
import { toSourcePath } from './source-path.ts';

export type FoundFinding = {
  ruleId: string;
  message: string;
  uri?: string | undefined;
  line?: number | undefined;
  column?: number | undefined;
  fingerprint?: string | undefined;
};

export type FindingsTally = Pick<Remarks, 'problem' | 'compare' | 'remark'> & {
  counts: Readonly<Record<FindingLevel, number>>;
  add(level: FindingLevel, found: FoundFinding): void;
  /** Findings of a level that only counts. */
  addUntold(level: FindingLevel, count: number): void;
  suppress(count: number): void;
  tool(name: string, version: string | undefined): void;
  reading(looked: FindingsReading['looked']): FindingsReading;
};

/** Counts findings as a report is read, and keeps the heaviest. */
export function makeFindingsTally(where: Where): FindingsTally {
  const counts = { error: 0, warning: 0, note: 0, none: 0 };
  const kept: Record<FindingLevel, Finding[]> = { error: [], warning: [], note: [], none: [] };
  const tools = new Map<string, { name: string; version: string | null }>();
  const remarks = makeRemarks();
  let suppressed = 0;

  return {
    counts,
    problem: remarks.problem,
    compare: remarks.compare,
    remark: remarks.remark,
    add(level, found) {
      counts[level] += 1;
      if (kept[level].length < observationLimits.findings) kept[level].push(toFinding(level, found, where));
    },
    addUntold(level, count) {
      counts[level] += count;
    },
    suppress(count) {
      suppressed += count;
    },
    tool(name, version) {
      const tool = { name: toName(name), version: version === undefined ? null : toName(version) };
      if (tools.size < observationLimits.tools) tools.set(JSON.stringify(tool), tool);
    },
    reading(looked) {
      const results = findingLevels.flatMap((level) => kept[level]).slice(0, observationLimits.findings);
      const total = counts.error + counts.warning + counts.note + counts.none;
      const value = {
        tools: [...tools.values()],
        total,
        by_level: { ...counts },
        suppressed,
        results,
        results_left_out: total - results.length,
        ...remarks.value(),
      };
      return { type: 'findings', value, looked };
    },
  };
}

function toFinding(level: FindingLevel, found: FoundFinding, where: Where): Finding {
  const line = toCount(found.line);
  const column = toCount(found.column);
  return {
    rule_id: toName(found.ruleId),
    level,
    message: toMessageExcerpt(found.message),
    ...(found.uri !== undefined && found.uri !== '' && { uri: toSourcePath(found.uri, where.root) }),
    ...(line !== undefined && { start_line: line }),
    ...(column !== undefined && { start_column: column }),
    ...(found.fingerprint !== undefined && { fingerprint: toName(found.fingerprint) }),
  };
}
