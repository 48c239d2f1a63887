import { type Covered, makeCoverageTally } from './coverage-tally.ts';
import { parseCount } from './figures.ts';
import { makeLineHits } from './line-hits.ts';
import type { ReportReader } from './reader.ts';
import { refuse } from './report-error.ts';
import { readXml, type XmlAttributes } from './xml.ts';

const CONDITIONS = /\((\d{1,9})\/(\d{1,9})\)/;

/** Cobertura's XML, as coverage.py, istanbul, gcovr and coverlet write it. Lines of classes in one file count once. */
export const readCobertura: ReportReader = async (texts, where) => {
  const tally = makeCoverageTally(where);
  const lines = makeLineHits();
  const branches = new Map<string, Covered>();
  let root: XmlAttributes = {};
  let file = '';

  await readXml(
    texts,
    { roots: ['coverage'], doctype: 'external' },
    {
      open(name, attributes, parents) {
        if (parents.length === 0) root = attributes;
        else if (name === 'class') file = attributes['filename'] ?? attributes['name'] ?? '';
        // Methods repeat the lines of their class.
        else if (name === 'line' && parents.at(-2) === 'class') {
          const line = parseCount(attributes['number']);
          if (line === undefined) refuse(`it is no Cobertura report: a line of ${file.slice(0, 200)} has no number`);
          else
            lines.hit(
              file,
              line,
              /[1-9]/.test(attributes['hits'] ?? '') && !(attributes['hits'] ?? '').startsWith('-'),
            );
          addBranches(branches, file, attributes);
        }
        return false;
      },
      close() {},
    },
  );
  if (root['line-rate'] === undefined && root['lines-valid'] === undefined) {
    refuse('it is no Cobertura report: its <coverage> has neither line-rate nor lines-valid');
  }

  lines.each((path, covered) => {
    const found = branches.get(path);
    tally.add(path, { lines: covered, ...(found && { branches: found }) });
  });
  const { sums } = tally;
  const declare = (what: string, name: string) => ({ what, where: 'the file', declared: parseCount(root[name]) });
  tally.compare(declare('lines', 'lines-valid'), sums.lines.total);
  tally.compare(declare('covered lines', 'lines-covered'), sums.lines.covered);
  return tally.reading();
};

function addBranches(branches: Map<string, Covered>, file: string, attributes: XmlAttributes): void {
  const match = CONDITIONS.exec(attributes['condition-coverage'] ?? '');
  if (match === null) return;
  const found = branches.get(file) ?? { covered: 0, total: 0 };
  found.covered += Number(match[1]);
  found.total += Number(match[2]);
  branches.set(file, found);
}
