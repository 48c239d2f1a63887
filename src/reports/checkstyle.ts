import type { FindingLevel } from '../schema/observation.ts';
import { parseCount } from './figures.ts';
import { makeFindingsTally } from './findings-tally.ts';
import type { ReportReader } from './reader.ts';
import { readXml } from './xml.ts';

const LEVELS: Record<string, FindingLevel> = { error: 'error', warning: 'warning', info: 'note', ignore: 'none' };

/** Checkstyle's XML, as many linters write it; they list only files in which they found something. */
export const readCheckstyle: ReportReader = async (texts, where) => {
  const tally = makeFindingsTally(where);
  let file = '';
  await readXml(
    texts,
    { roots: ['checkstyle'], doctype: 'refused' },
    {
      open(name, attributes) {
        if (name === 'checkstyle') tally.tool('Checkstyle format', attributes['version']);
        else if (name === 'file') file = attributes['name'] ?? '';
        else if (name === 'error') {
          tally.add(LEVELS[(attributes['severity'] ?? '').toLowerCase()] ?? 'error', {
            ruleId: attributes['source'] ?? '',
            message: attributes['message'] ?? '',
            uri: file,
            line: parseCount(attributes['line']),
            column: parseCount(attributes['column']),
          });
        }
        return name === 'exception';
      },
      close(name, text) {
        if (name === 'exception') tally.problem(file, text);
      },
    },
  );
  return tally.reading('something');
};
