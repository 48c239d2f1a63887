import { type Html, markup } from './markup.ts';
import { type Page, toCount } from './page.ts';
import { toCoverageReadings, toFindingsReadings, toOtherObservations, toTestsReadings } from '../readings.ts';

/** What is on the page, with the one figure of each part that decides whether a reader goes there. */
export function makeContents(page: Page): Html {
  const { artifacts, gates, integrity, redactions } = page.envelope;
  const failed = toTestsReadings(page).map(({ value }) => value.failed + value.problems.length);
  const findings = toFindingsReadings(page).map(({ value }) => value.total);
  const links: { id: string; title: string; figure?: string }[] = [
    { id: 'steps', title: 'Steps' },
    ...(failed.length === 0 ? [] : [{ id: 'tests', title: 'Tests', figure: `${sum(failed)} failed` }]),
    ...(findings.length === 0 ? [] : [{ id: 'findings', title: 'Findings', figure: `${sum(findings)}` }]),
    ...(toCoverageReadings(page).length === 0 ? [] : [{ id: 'coverage', title: 'Coverage' }]),
    ...(toOtherObservations(page.envelope).length === 0 ? [] : [{ id: 'observations', title: 'Observations' }]),
    ...(gates.length === 0 ? [] : [{ id: 'gates', title: 'Gates', figure: `${gates.length}` }]),
    { id: 'seal', title: 'Seal', figure: integrity.signatures.length === 0 ? 'not signed' : 'signed' },
    { id: 'artifacts', title: 'Artifacts', figure: `${artifacts.length}` },
    {
      id: 'redactions',
      title: 'Redactions',
      figure: toCount(sum(redactions.map((receipt) => receipt.match_count)), 'value'),
    },
    { id: 'limits', title: 'What this can’t show' },
    { id: 'context', title: 'Subject and runner' },
  ];
  return markup`<nav aria-label="On this page">${links.map(({ id, title, figure }) => markup`<a href="#${id}">${title}${figure !== undefined && markup` <span class="sub">${figure}</span>`}</a>`)}</nav>`;
}

function sum(counts: number[]): number {
  return counts.reduce((total, count) => total + count, 0);
}
