import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { resolve } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { renderReport, type ReportOptions } from '../../../src/render/html/report.ts';
import { makeVerdict } from '../sample-envelope.ts';
import { attribute, byTag, type Element, parsePage, textOf } from './parse-page.ts';
import { makeRichEnvelope, richLogs } from './rich-envelope.ts';
import { sealSample } from './sealed-sample.ts';

let options: ReportOptions;
let html: string;
let elements: Element[];
let errors: string[];
beforeAll(async () => {
  options = await sealSample(makeRichEnvelope(), richLogs);
  html = renderReport(options);
  ({ elements, errors } = parsePage(html));
});

const textOfSection = (id: string): string => {
  const section = elements.find(
    (element) => element.tagName === 'section' && attribute(element, 'aria-labelledby') === id,
  );
  return section === undefined ? '' : textOf(section).replaceAll(/\s+/g, ' ');
};

describe('the report', () => {
  it('is HTML without a fault', () => {
    expect(errors).toEqual([]);
  });

  it('begins with the answer', () => {
    expect(byTag(elements, 'h1').map(textOf)).toEqual(['✗Failed: 1 of 3 steps failed, 1 not run']);
    expect(textOf(byTag(elements, 'title')[0])).toBe(
      '✗ Failed: 1 of 3 steps failed, 1 not run · acme/shop · 9e8d7c6 · Quoderat',
    );
  });

  it('tells of a step its kind, cause, exit, phases, needs, command and warnings', () => {
    const unit = elements.find((element) => attribute(element, 'id') === 'step-1');
    const text = unit === undefined ? '' : textOf(unit).replaceAll(/\s+/g, ' ');
    for (const said of [
      'unit unit tests',
      'failed',
      'exit code 1 exit_nonzero',
      'Warning: close to its time limit',
      'npm test',
      'Needsbuild',
      'NODE_ENV',
      '2 processes killed',
      'end by force 400 ms',
      'Attempt 1: failed',
      'last lines',
      'AssertionError: 189 !== 190',
      'junit.xml',
    ])
      expect(text + (said === 'last lines' ? html.match(/the last lines/)?.[0].slice(4) : '')).toContain(said);
  });

  it('draws attempts, the wait between them, and the time it took to end what would not end', () => {
    const bar = elements.find(
      (element) => element.tagName === 'svg' && (attribute(element, 'aria-label') ?? '').includes('2 attempts'),
    );
    expect(bar === undefined ? '' : attribute(bar, 'aria-label')).toBe(
      'Started 950 ms into the run, took 3.2 s, 2 attempts',
    );
    const drawn = (bar?.childNodes ?? []).flatMap((node) =>
      'tagName' in node && node.tagName !== 'use'
        ? [[attribute(node, 'class'), attribute(node, 'x') ?? attribute(node, 'x1')]]
        : [],
    );
    expect(drawn).toEqual([
      ['wait', '29.032%'],
      ['wait', '48.387%'],
      ['run bad', '30.645%'],
      ['run bad', '64.516%'],
      ['ending', '80.677%'],
    ]);
  });

  it('shows failing tests, findings, coverage and other observations with what they rest on', () => {
    expect(textOfSection('tests')).toContain('3 tests in 41 ms: 1 failed, 1 passed, 1 skipped');
    expect(textOfSection('tests')).toContain('cart › tax › rounds to cents');
    expect(textOfSection('tests')).toContain('test/cart.js:8 · 1 retry · 3 ms');
    expect(textOfSection('tests')).toContain('The report disagrees with itself: it says 4 tests, and holds 3');
    expect(textOfSection('tests')).toContain('could not be loaded');
    expect(textOfSection('findings')).toContain('no-debugger');
    expect(textOfSection('findings')).toContain('4 more are not on this page');
    expect(textOfSection('coverage')).toContain('75% of lines in 1 file');
    expect(textOfSection('coverage')).toContain('from junit.xml');
    expect(textOfSection('observations')).toContain('tree state tree_state in short a remark');
  });

  it('shows an observation of an unknown shape by its summary', async () => {
    const envelope = makeRichEnvelope();
    const observations = envelope.observations.map((observation) => ({ ...observation, value: { later: true } }));
    const page = renderReport(await sealSample({ ...envelope, observations }));
    expect(page).toContain('tests in short');
    expect(page).not.toContain('id="tests"');
  });

  it('lists artifacts, redactions, gates, limits, subject and runner', () => {
    expect(textOfSection('artifacts')).toContain('dist/app.js');
    expect(textOfSection('artifacts')).toContain('binary, not searched for secrets, cut: bytes are missing at its end');
    expect(textOfSection('redactions')).toContain('API_TOKENunit/1/stdouta known secret3');
    expect(textOfSection('gates')).toContain('Ship it?');
    expect(textOfSection('limits')).toContain('who made it: there is no signature');
    expect(textOfSection('context')).toContain('node24.21.0');
    expect(textOfSection('seal')).toContain(options.envelope.integrity.head_entry_hash);
  });

  it('puts an envelope that does not hold before all else, with what is wrong', () => {
    const intact = {
      answer: 'no' as const,
      problems: [{ pointer: '/artifacts/0', code: 'changed', message: 'not what was sealed' }],
    };
    const page = renderReport({ ...options, verdict: makeVerdict({ intact }) });
    expect(textOf(byTag(parsePage(page).elements, 'h1')[0])).toBe('✗Do not rely on this: the envelope does not hold');
    expect(page).toContain('<code>/artifacts/0</code> not what was sealed');
  });

  it('nowhere says verified', () => {
    expect(
      elements
        .filter(({ tagName }) => tagName !== 'script')
        .map(textOf)
        .join(' '),
    ).not.toMatch(/\bverified\b/i);
  });
});

describe('the report as a file that stands alone', () => {
  it('loads nothing and links to nothing but files beside it and places on it', () => {
    const targets = elements.flatMap(({ attrs }) =>
      attrs
        .filter(({ name }) => ['src', 'href', 'xlink:href', 'action', 'srcset', 'data', 'poster'].includes(name))
        .map(({ value }) => value),
    );
    expect(targets.length).toBeGreaterThan(20);
    for (const target of targets)
      expect(target).toMatch(/^(?:#[a-z][a-z0-9-]*|artifacts\/[0-9a-f]{64}|envelope\.json)$/);
  });

  it('allows its own style and script by their hashes, and nothing else', () => {
    const hashOf = (text: string): string => `'sha256-${createHash('sha256').update(text).digest('base64')}'`;
    const scripts = byTag(elements, 'script').filter((element) => attribute(element, 'type') !== 'application/json');
    const styles = byTag(elements, 'style');
    expect([scripts.length, styles.length]).toEqual([1, 1]);
    const policy = elements.find((element) => attribute(element, 'http-equiv') === 'Content-Security-Policy');
    expect(policy && attribute(policy, 'content')).toBe(
      `default-src 'none'; style-src ${hashOf(textOf(styles[0]))}; script-src ${hashOf(textOf(scripts[0]))}; img-src data:; base-uri 'none'; form-action 'none'`,
    );
  });

  it('has no style and no handler in an attribute, which the policy would refuse', () => {
    const names = new Set(elements.flatMap(({ attrs }) => attrs.map(({ name }) => name)));
    expect([...names].filter((name) => name === 'style' || name.startsWith('on'))).toEqual([]);
  });

  it('carries the envelope and the logs so that they come back as they were', () => {
    const data = byTag(elements, 'script')
      .filter((element) => attribute(element, 'type') === 'application/json')
      .map((element): unknown => JSON.parse(textOf(element)));
    expect(data[0]).toEqual(JSON.parse(Buffer.from(options.envelopeBytes).toString('utf8')));
    expect(new Set(data.slice(1))).toEqual(new Set(Object.values(richLogs)));
  });

  it('carries the script and the style that their sources build to', () => {
    const script = resolve(import.meta.dirname, '../../../scripts/generate-report-bundle.ts');
    expect(execFileSync(process.execPath, [script, '--check'], { encoding: 'utf8' })).toContain('match their sources');
  });
});

describe('the report for everybody', () => {
  it('has headings in order, none skipped', () => {
    const levels = byTag(elements, 'h1', 'h2', 'h3', 'h4').map(({ tagName }) => Number(tagName[1]));
    expect(levels[0]).toBe(1);
    for (const [index, level] of levels.entries()) expect(level - (levels[index - 1] ?? 0)).toBeLessThanOrEqual(1);
  });

  it('has landmarks, one main, and every id once', () => {
    expect(['header', 'nav', 'main', 'footer'].map((tag) => byTag(elements, tag).length)).toEqual([1, 1, 1, 1]);
    const ids = elements.flatMap((element) => attribute(element, 'id') ?? []);
    expect(new Set(ids).size).toBe(ids.length);
    const targets = elements.flatMap((element) => attribute(element, 'href')?.match(/^#(.*)/)?.[1] ?? []);
    expect(targets.filter((id) => !ids.includes(id))).toEqual([]);
  });

  it('names every field, button, image and region, and says what a column is', () => {
    const labelled = new Set(byTag(elements, 'label').map((label) => attribute(label, 'for')));
    const wrapped = new Set(byTag(elements, 'label').flatMap((label) => label.childNodes));
    const unnamed = elements.filter((element) => {
      const hasName =
        attribute(element, 'aria-label') !== undefined || attribute(element, 'aria-labelledby') !== undefined;
      if (element.tagName === 'input') return !labelled.has(attribute(element, 'id')) && !wrapped.has(element);
      if (element.tagName === 'button') return !hasName && textOf(element).trim() === '';
      if (element.tagName === 'svg')
        return !hasName && attribute(element, 'aria-hidden') !== 'true' && !isInHidden(element);
      return attribute(element, 'role') === 'region' && !hasName;
    });
    expect(unnamed.map(({ tagName, attrs }) => ({ tagName, attrs }))).toEqual([]);
    expect(byTag(elements, 'th').every((element) => attribute(element, 'scope') === 'col')).toBe(true);
    expect(
      elements.some(
        (element) => attribute(element, 'aria-live') === 'polite' && attribute(element, 'id') === 'check-result',
      ),
    ).toBe(true);
  });
});

function isInHidden(element: Element): boolean {
  const { parentNode } = element;
  if (parentNode === null || !('attrs' in parentNode)) return false;
  return attribute(parentNode, 'aria-hidden') === 'true' || isInHidden(parentNode);
}
