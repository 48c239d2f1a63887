import {
  type CoverageFile,
  type CoverageMetric,
  type CoverageValue,
  coverageMetricNames,
} from '../../schema/observation.ts';
import { type Hole, type Html, markup } from './markup.ts';
import { type Page, toCount } from './page.ts';
import { type Reading, toCoverageReadings } from '../readings.ts';
import { makeRemarks, makeSource } from './reading-source.ts';

/** What the coverage reports say, and the files they say it least of. */
export function makeCoverageSection(page: Page): Hole {
  const readings = toCoverageReadings(page);
  if (readings.length === 0) return null;
  return markup`<section aria-labelledby="coverage"><h2 id="coverage">Coverage</h2>
${readings.map((reading) => makeReading(reading, page))}</section>`;
}

function makeReading(reading: Reading<CoverageValue>, page: Page): Html {
  const { value } = reading;
  const metrics = coverageMetricNames.flatMap((name) =>
    value[name] === undefined ? [] : [{ name, metric: value[name] }],
  );
  const shown = metrics.map(({ name, metric }) => markup`<div><dt>${name}</dt><dd>${makeMeter(metric)}</dd></div>`);
  const rows = value.files.map((file) =>
    makeRow(
      file,
      metrics.map(({ name }) => name),
    ),
  );
  const heads = metrics.map(({ name }) => markup`<th scope="col" class="number">${name}</th>`);
  return markup`<article class="reading"><h3>${toTally(value)}</h3>
<dl class="facts meters">${shown}</dl>
${makeSource(reading, page)}${makeRemarks(value)}${
    rows.length > 0 &&
    markup`<details><summary>The ${toCount(rows.length, 'least covered file')}</summary>
<div class="scroll" role="region" aria-label="Least covered files" tabindex="0"><table><thead><tr><th scope="col">File</th>${heads}</tr></thead><tbody>
${rows}</tbody></table></div>${value.files_left_out > 0 && markup`<p class="note">and ${value.files_left_out} more, in the report itself.</p>`}</details>\n`
  }</article>
`;
}

function toTally({ files_total: files, lines, statements }: Reading<CoverageValue>['value']): string {
  const [metric, word] = lines === undefined ? [statements, 'statements'] : [lines, 'lines'];
  const share = metric === undefined ? '' : `${metric.percent}% of ${word} in `;
  return `${share}${toCount(files, 'file')}`;
}

function makeMeter({ covered, total, percent }: CoverageMetric): Html {
  return markup`<svg class="share-bar" aria-hidden="true"><rect class="share rest" width="100%" height="8"/><rect class="share covered" width="${percent}%" height="8"/></svg> ${percent}% <span class="sub">${covered.toLocaleString('en')} of ${total.toLocaleString('en')}</span>`;
}

function makeRow(file: CoverageFile, names: (typeof coverageMetricNames)[number][]): Html {
  const cells = names.map((name) => {
    const metric = file[name];
    return metric === undefined
      ? markup`<td class="number">–</td>`
      : markup`<td class="number">${metric.percent}% <span class="sub">${metric.covered}/${metric.total}</span></td>`;
  });
  return markup`<tr><td><code>${file.path}</code></td>${cells}</tr>\n`;
}
