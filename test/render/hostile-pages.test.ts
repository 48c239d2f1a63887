import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { toAnnotations } from '../../src/render/annotations.ts';
import { toCheckTitle } from '../../src/render/check-title.ts';
import { renderCollection } from '../../src/render/collection.ts';
import { toInertLine } from '../../src/render/inert.ts';
import { renderSummary, type SummaryOptions } from '../../src/render/summary.ts';
import { toTrust } from '../../src/render/trust.ts';
import { liveText, toRunningText, toSkeleton } from './gfm.ts';
import { anyText, hostile } from './hostile.ts';
import { makeHostileComparison, makeHostileEnvelope } from './hostile-envelope.ts';
import { digestOf, makeVerdict } from './sample-envelope.ts';

const summarize = (value: string, change: Partial<SummaryOptions> = {}): string =>
  renderSummary({
    envelope: makeHostileEnvelope(value),
    envelopeSha256: digestOf('f'),
    envelopeFileName: value,
    verdict: makeVerdict(),
    budgetBytes: 900_000,
    excerpts: {
      'unit/1/stderr': `first\n${value}\n${value.repeat(3)}\nlast`,
      'unit/1/stdout': `first\n${value}\nlast`,
      [`${value}/1/stderr`]: `first\n${value}\nlast`,
    },
    comparison: makeHostileComparison(value),
    signing: { state: 'failed', reason: value },
    notices: [value],
    ...change,
  });

const collect = (value: string): string => {
  const envelope = makeHostileEnvelope(value);
  const leg = { label: value, envelope, envelopeSha256: digestOf('f'), envelopeFileName: value, reason: value };
  return renderCollection({
    title: value,
    collection: {
      fileName: value,
      sha256: digestOf('f'),
      headHash: digestOf('e'),
      trust: toTrust(envelope, undefined),
      signing: { state: 'keyless', identity: value, issuer: value, instance: 'public' },
    },
    legs: [
      { ...leg, state: 'in', attempt: 2, verdict: makeVerdict() },
      { label: `${value}2`, state: 'missing', reason: value },
      { label: `${value}3`, state: 'rejected', reason: value },
    ],
    newestAttempt: 2,
    repo: value,
    commit: '9e8d7c6'.padEnd(40, '0'),
    notices: [value],
    budgetBytes: 900_000,
  });
};

/** Every page that a reader can get; that of a check is the job summary's, within fewer bytes. */
const surfaces: Record<string, (value: string) => string> = {
  'the job summary': (value) => summarize(value),
  'the comment': (value) =>
    summarize(value, {
      surface: 'comment',
      signing: { state: 'keyless', identity: value, issuer: value, instance: 'public' },
    }),
  'a superseded page': (value) => summarize(value, { superseded: { by_attempt: 3 } }),
  'the page of many jobs': collect,
};
const isSeen = (value: string): boolean => toInertLine(value).trim() !== '';
/** Where the text of a message has only so many lines, a page has the same form. */
const toForm = (value: string): string => (/[\r\n]/.test(value) ? 'x\ny' : 'x');
/** What a runner obeys in what it prints; GitLab in a note; a publisher when it looks for its own page. */
const obeyed = [/^\s*>>>\s*$/m, /^\s*::/m, /##\w*\[/, /^\s*\/[a-z_]+(?:\s|$)/im, /<!--/];

const long = ['[31m'.repeat(250_000), '`'.repeat(1_000_000), '~'.repeat(2000), '@'.repeat(3000)];
const texts = [
  ...hostile,
  ...long,
  '{{ x }}${{ github.token }}',
  '@acme/team',
  '[vulnerability:1]',
  '%{project_path}',
  '>>>',
  '> > >',
  '$(x)$ $-y$',
  '##vso[task.complete]x',
  '  /close',
  ' ::add-mask::x',
]
  .filter(isSeen)
  // Of these a message has another number of lines than another text would have; their form is looked at below.
  .filter((value) => !/[\r\n]/.test(value));

describe.each(Object.entries(surfaces))('%s', (_, render) => {
  const skeleton = toSkeleton(render('x'));

  it.each(texts.map((value) => [value.slice(0, 40), value]))('keeps its form and stays inert around %j', (_, value) => {
    const page = render(value);
    expect(toSkeleton(page)).toEqual(skeleton);
    for (const running of toRunningText(page)) expect(running).not.toMatch(liveText);
    for (const command of obeyed) expect(page).not.toMatch(command);
    expect(page).not.toMatch(/[\0-\u0009\u000B-\u001F\u007F-\u009F\u202A-\u202E\u2066-\u2069]/);
    expect(page.isWellFormed()).toBe(true);
  });

  it('keeps its form and stays inert around any text', () => {
    fc.assert(
      fc.property(
        anyText.filter(isSeen).filter((value) => !/[\r\n]/.test(value)),
        (value) => {
          const page = render(value);
          expect(toSkeleton(page)).toEqual(skeleton);
          for (const running of toRunningText(page)) expect(running).not.toMatch(liveText);
          for (const command of obeyed) expect(page).not.toMatch(command);
        },
      ),
      { numRuns: 25 },
    );
  });

  it('has no form but its own around text of several lines', () => {
    const fences = hostile.filter(isSeen).join('\n');
    const count = (page: string, type: string): number => toSkeleton(page).filter((node) => node === type).length;
    for (const type of ['table', 'code', 'html <details <summary', 'html </details', 'heading 3', 'heading 4']) {
      expect(count(render(fences), type), type).toBe(count(render(toForm(fences)), type));
    }
    for (const command of obeyed) expect(render(fences)).not.toMatch(command);
    expect(
      toSkeleton(render(fences)).filter((node) => /^(?:image|list|blockquote|html <(?!\/?details))/.test(node)),
    ).toEqual([]);
  });
});

it('a check has the page of the job summary', () => {
  expect(summarize('x', { surface: 'check' })).toBe(summarize('x'));
});

describe('annotations and titles', () => {
  it.each([...texts, hostile.join('\n')].map((value) => [value.slice(0, 40), value]))(
    'are plain text around %j',
    (_, value) => {
      const envelope = makeHostileEnvelope(value);
      const { annotations } = toAnnotations({ ...envelope, plan: { ...envelope.plan, manifest_path: 'quoderat.yml' } });
      expect(annotations.length).toBeGreaterThan(0);
      const shown = [
        ...annotations.flatMap(({ title, message, path }) => [title, message, path]),
        toCheckTitle(envelope, { signed: false }),
      ];
      for (const text of shown) {
        expect(text).not.toMatch(/[\0-\u0009\u000B-\u001F\u007F-\u009F\u200C\u202A-\u202E\u2066-\u2069\uFEFF]/);
        expect(text.isWellFormed()).toBe(true);
        for (const command of obeyed) expect(text).not.toMatch(command);
      }
    },
  );
});
