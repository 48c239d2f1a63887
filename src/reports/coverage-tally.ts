import {
  type CoverageFile,
  type CoverageMetric,
  type CoverageMetricName,
  coverageMetricNames,
  observationLimits,
} from '../schema/observation.ts';
import type { CoverageReading, Where } from './reader.ts';
import { makeRemarks, type Remarks } from './remarks.ts';
import { toSourcePath } from './source-path.ts';

export type Covered = { covered: number; total: number };
export type FileCoverage = Partial<Record<CoverageMetricName, Covered>>;

export type CoverageTally = Pick<Remarks, 'compare' | 'remark'> & {
  sums: Readonly<Record<CoverageMetricName, Readonly<Covered>>>;
  add(path: string, coverage: FileCoverage): void;
  /** Of a metric that the file gives only for all files together. */
  addTotal(name: CoverageMetricName, covered: Covered): void;
  reading(): CoverageReading;
};

/** Adds up the coverage of files, and keeps the least covered. */
export function makeCoverageTally(where: Where): CoverageTally {
  const sums: Record<CoverageMetricName, Covered> = {
    lines: { covered: 0, total: 0 },
    branches: { covered: 0, total: 0 },
    functions: { covered: 0, total: 0 },
    statements: { covered: 0, total: 0 },
  };
  const remarks = makeRemarks();
  let files: CoverageFile[] = [];
  let count = 0;

  const addTo = (name: CoverageMetricName, { covered, total }: Covered): void => {
    sums[name].covered += Math.min(covered, total);
    sums[name].total += total;
  };
  return {
    sums,
    compare: remarks.compare,
    remark: remarks.remark,
    addTotal: addTo,
    add(path, coverage) {
      count += 1;
      for (const name of coverageMetricNames) {
        const covered = coverage[name];
        if (covered !== undefined) addTo(name, covered);
      }
      const metrics = toMetrics(coverage);
      if (Object.keys(metrics).length === 0) return;
      files.push({ path: toSourcePath(path, where.root), ...metrics });
      if (files.length >= observationLimits.files * 8) files = toLeastCovered(files);
    },
    reading() {
      const told = toLeastCovered(files);
      const { disagreements, remarks: said } = remarks.value();
      return {
        type: 'coverage',
        value: {
          ...toMetrics(sums),
          files_total: count,
          files: told,
          files_left_out: count - told.length,
          disagreements,
          remarks: said,
        },
      };
    },
  };
}

function toLeastCovered(files: CoverageFile[]): CoverageFile[] {
  return files.toSorted((a, b) => rank(a) - rank(b)).slice(0, observationLimits.files);
}

function rank({ lines, statements, branches, functions }: CoverageFile): number {
  return (lines ?? statements ?? branches ?? functions)?.percent ?? 100;
}

function toMetrics(coverage: FileCoverage): Partial<Record<CoverageMetricName, CoverageMetric>> {
  return Object.fromEntries(
    coverageMetricNames.flatMap((name) => {
      const found = coverage[name];
      return found !== undefined && found.total > 0 ? [[name, toMetric(found)]] : [];
    }),
  );
}

function toMetric({ covered, total }: Covered): CoverageMetric {
  const counted = Math.min(covered, total);
  return { covered: counted, total, percent: Math.floor((counted * 10_000) / total) / 100 };
}
