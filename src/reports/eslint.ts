import type { Json } from '../lib/json.ts';
import { toCount } from './figures.ts';
import { makeFindingsTally } from './findings-tally.ts';
import { dig, digNumber, digText } from './json-fields.ts';
import { leaves, readJson, type Shape } from './json-shape.ts';
import type { ReportReader } from './reader.ts';
import { refuse } from './report-error.ts';

const MESSAGE: Shape = { ...leaves('ruleId', 'severity', 'fatal', 'message', 'line', 'column'), item: 'message' };
const SUPPRESSED: Shape = { ...leaves('ruleId'), item: 'suppressed' };
const FILE: Shape = {
  members: {
    ...leaves('filePath', 'errorCount', 'warningCount').members,
    messages: { elements: MESSAGE },
    suppressedMessages: { elements: SUPPRESSED },
  },
  item: 'file',
};
const SHAPE: Shape = { elements: FILE };

/** ESLint's formatter `json` (https://eslint.org/docs/latest/use/formatters/#json). */
export const readEslint: ReportReader = async (texts, where) => {
  const tally = makeFindingsTally(where);
  tally.tool('ESLint', undefined);
  let files = 0;
  let own = { error: 0, warning: 0 };
  const root = await readJson(texts, SHAPE, (item, name, around) => {
    if (name === 'suppressed') return tally.suppress(1);
    if (name === 'message') {
      const level = digNumber(item, 'severity') === 2 || dig(item, 'fatal') === true ? 'error' : 'warning';
      own[level] += 1;
      return tally.add(level, toFound(item, digText(around.at(-2), 'filePath')));
    }
    const file = digText(item, 'filePath');
    if (file === undefined) refuse('it is no JSON of ESLint: an entry has no filePath');
    files += 1;
    const declare = (what: string, member: string) => ({
      what,
      where: file ?? '',
      declared: toCount(digNumber(item, member)),
    });
    tally.compare(declare('errors', 'errorCount'), own.error);
    tally.compare(declare('warnings', 'warningCount'), own.warning);
    own = { error: 0, warning: 0 };
  });
  if (!Array.isArray(root)) refuse('it is no JSON of ESLint: that is an array of files');
  return tally.reading(files === 0 ? 'nothing' : 'something');
};

function toFound(message: Json, uri: string | undefined) {
  return {
    ruleId: digText(message, 'ruleId') ?? (dig(message, 'fatal') === true ? 'fatal' : ''),
    message: digText(message, 'message') ?? '',
    uri,
    line: digNumber(message, 'line'),
    column: digNumber(message, 'column'),
  };
}
