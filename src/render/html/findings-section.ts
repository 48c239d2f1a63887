import type { Finding, FindingLevel, FindingsValue } from '../../schema/observation.ts';
import { makeLongTable } from './long-table.ts';
import { type Hole, type Html, markup } from './markup.ts';
import { type Page, toCount } from './page.ts';
import { type Reading, toFindingsReadings } from '../readings.ts';
import { makeProblems, makeRemarks, makeSource } from './reading-source.ts';

const levels: Record<FindingLevel, { look: string; symbol: string }> = {
  error: { look: 'bad', symbol: '✗' },
  warning: { look: 'warn', symbol: '!' },
  note: { look: 'idle', symbol: 'i' },
  none: { look: 'idle', symbol: '○' },
};

/** What static analysis found, heaviest first. */
export function makeFindingsSection(page: Page): Hole {
  const readings = toFindingsReadings(page);
  if (readings.length === 0) return null;
  return markup`<section aria-labelledby="findings"><h2 id="findings">Findings</h2>
${readings.map((reading, index) => makeReading(reading, page, index))}</section>`;
}

function makeReading(reading: Reading<FindingsValue>, page: Page, index: number): Html {
  const { value } = reading;
  return markup`<article class="reading"><h3>${toTally(reading)}</h3>
${makeSource(reading, page)}${makeRemarks(value)}${makeProblems(value)}${
    value.results.length > 0 &&
    makeLongTable({
      id: `findings-${index}`,
      caption: `Findings ${index + 1}`,
      columns: [{ title: 'Level' }, { title: 'Finding' }, { title: 'Rule' }, { title: 'Where' }],
      rows: value.results.map(makeRow),
      leftOut: value.results_left_out,
      whole: 'the report itself',
    })
  }</article>
`;
}

function toTally({ value }: Reading<FindingsValue>): string {
  const tools = value.tools.map(({ name, version }) => (version === null ? name : `${name} ${version}`)).join(', ');
  const { error, warning, note, none } = value.by_level;
  const counts: [number, string][] = [
    [error, 'error'],
    [warning, 'warning'],
    [note, 'note'],
    [none, 'other finding'],
  ];
  const said = counts.flatMap(([count, word]) => (count === 0 ? [] : [toCount(count, word)]));
  const suppressed = value.suppressed > 0 ? ` (${value.suppressed} suppressed)` : '';
  return `${tools === '' ? '' : `${tools}: `}${said.length > 0 ? said.join(', ') : 'no findings'}${suppressed}`;
}

function makeRow({ level, message, rule_id, uri, start_line, start_column }: Finding): Html {
  const { look, symbol } = levels[level];
  const at = [uri, start_line, start_column].filter((part) => part !== undefined).join(':');
  return markup`<tr><td class="${look}"><span aria-hidden="true">${symbol}</span> ${level}</td><td>${message}</td><td><code>${rule_id}</code></td><td><code>${at}</code></td></tr>\n`;
}
