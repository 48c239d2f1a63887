import { formatDuration } from '../../lib/duration.ts';
import type { TestCase, TestsValue } from '../../schema/observation.ts';
import { type Hole, type Html, markup } from './markup.ts';
import { type Page, toCount, toGrouped } from './page.ts';
import { type Reading, toTestsReadings } from '../readings.ts';
import { makeMessage, makeProblems, makeRemarks, makeShareBar, makeSource } from './reading-source.ts';

/** What the test reports say: counts, then every test that failed, then those that did not simply pass. */
export function makeTestsSection(page: Page): Hole {
  const readings = toTestsReadings(page);
  if (readings.length === 0) return null;
  return markup`<section aria-labelledby="tests"><h2 id="tests">Tests</h2>
${readings.map((reading) => makeReading(reading, page))}</section>`;
}

function makeReading(reading: Reading<TestsValue>, page: Page): Html {
  const { value } = reading;
  const failed = value.cases.filter(({ status }) => status === 'failed');
  const others = value.cases.filter(({ status }) => status !== 'failed');
  return markup`<article class="reading"><h3>${toTally(reading)}</h3>
${makeShareBar([
  { look: 'bad', count: value.failed },
  { look: 'warn', count: value.flaky + value.other },
  { look: 'idle', count: value.skipped + value.pending },
  { look: 'good', count: value.passed - Math.min(value.flaky, value.passed) },
])}
${makeSource(reading, page)}${makeRemarks(value)}${makeProblems(value)}${failed.map((test) => makeCase(test, 'bad'))}${
    others.length > 0 &&
    markup`<details><summary>${toCount(others.length, 'test')} that did not simply pass</summary>\n${others.map((test) => makeCase(test, test.flaky ? 'warn' : 'idle'))}</details>\n`
  }${value.cases_left_out > 0 && markup`<p class="note">and ${value.cases_left_out} more that did not simply pass, in the report itself.</p>`}</article>
`;
}

function toTally({ value }: Reading<TestsValue>): string {
  const { tests, passed, failed, skipped, pending, other, flaky, duration_ms: ms } = value;
  const parts: [number, string][] = [
    [failed, 'failed'],
    [passed, 'passed'],
    [skipped, 'skipped'],
    [pending, 'pending'],
    [other, 'other'],
    [flaky, 'flaky'],
  ];
  const said = parts.flatMap(([count, word]) => (count === 0 ? [] : [`${toGrouped(count)} ${word}`]));
  const time = ms === null ? '' : ` in ${formatDuration(ms)}`;
  return `${toCount(tests, 'test')}${time}${said.length > 0 ? `: ${said.join(', ')}` : ''}`;
}

function makeCase(test: TestCase, look: string): Html {
  const { name, suite, status, flaky, message, file, line, retries, duration_ms: ms } = test;
  const suites = suite.length > 0 && markup`<span class="sub">${suite.join(' › ')} ›</span> `;
  const facts = [
    flaky ? 'flaky: failed first, then passed' : status,
    ...(file === undefined ? [] : [`${file}${line === undefined ? '' : `:${line}`}`]),
    ...(retries > 0 ? [toCount(retries, 'retry', 'retries')] : []),
    ...(ms === null ? [] : [formatDuration(ms)]),
  ];
  return markup`<div class="case ${look}"><h4>${suites}${name}</h4><p class="sub">${facts.join(' · ')}</p>${message !== undefined && makeMessage(message)}</div>\n`;
}
