import type { CoverageMetricName } from '../schema/observation.ts';
import { type Covered, type FileCoverage, makeCoverageTally } from './coverage-tally.ts';
import { parseCount } from './figures.ts';
import type { ReportReader } from './reader.ts';
import { readXml, type XmlAttributes } from './xml.ts';

/** JaCoCo's INSTRUCTION counts bytecode, which is no statement of the source. */
const METRICS: Record<string, CoverageMetricName> = { LINE: 'lines', BRANCH: 'branches', METHOD: 'functions' };

/** JaCoCo's XML report (report.dtd 1.1), from the counters of its source files. */
export const readJacoco: ReportReader = async (texts, where) => {
  const tally = makeCoverageTally(where);
  const ofReport: FileCoverage = {};
  let packageName = '';
  let file: { path: string; coverage: FileCoverage } | undefined;
  let files = 0;

  await readXml(
    texts,
    { roots: ['report'], doctype: 'external' },
    {
      open(name, attributes, parents) {
        if (name === 'package') packageName = attributes['name'] ?? '';
        else if (name === 'sourcefile') {
          const own = attributes['name'] ?? '';
          file = { path: packageName === '' ? own : `${packageName}/${own}`, coverage: {} };
        } else if (name === 'counter') {
          const metric = METRICS[attributes['type'] ?? ''];
          const parent = parents.at(-1);
          if (metric !== undefined && parent === 'report') ofReport[metric] = toCovered(attributes);
          if (metric !== undefined && parent === 'sourcefile' && file) file.coverage[metric] = toCovered(attributes);
        }
        return false;
      },
      close(name) {
        if (name !== 'sourcefile' || file === undefined) return;
        files += 1;
        tally.add(file.path, file.coverage);
        file = undefined;
      },
    },
  );

  for (const metric of Object.values(METRICS)) {
    const told = ofReport[metric];
    if (told === undefined) continue;
    // Classes built without debug information have no source files to tell of.
    if (files === 0) tally.addTotal(metric, told);
    else
      tally.compare(
        { what: `covered ${metric}`, where: 'the report', declared: told.covered },
        tally.sums[metric].covered,
      );
  }
  return tally.reading();
};

function toCovered({ covered, missed }: XmlAttributes): Covered {
  const hit = parseCount(covered) ?? 0;
  const total = hit + (parseCount(missed) ?? 0);
  return Number.isSafeInteger(total) ? { covered: hit, total } : { covered: 0, total: 0 };
}
