import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { sha256 } from '../../../src/lib/hash.ts';
import {
  hasMarker,
  parseSections,
  printSection,
  toCommentMarker,
  toSectionText,
} from '../../../src/publish/comment/body.ts';
import { type Leg, type Section, toFitLeg } from '../../../src/publish/comment/leg.ts';
import { makeCommentPage } from '../../../src/publish/comment/page.ts';
import { mergeSections, sortSections } from '../../../src/publish/comment/sections.ts';
import { toGithubWords } from '../../../src/publish/github/comment.ts';
import { toInertLine } from '../../../src/render/inert.ts';
import { liveText, toRunningText, toSkeleton } from '../../render/gfm.ts';
import { anyText, hostile } from '../../render/hostile.ts';

const owner = { manifest: 'release', workflow: '.github/workflows/ci.yml' };
const words = toGithubWords({
  runUrl: ({ runId }: Leg): string => `https://github.com/acme/widgets/actions/runs/${runId}`,
  artifactUrl: ({ artifactId }: Leg): string => `https://github.com/acme/widgets/artifacts/${artifactId}`,
});

function makeLeg(change: Partial<Leg> = {}): Leg {
  return toFitLeg({
    key: sha256(change.label ?? '').slice(0, 12),
    evidence: '0192f0c1',
    label: 'ubuntu',
    job: 'test',
    total: 1,
    runNumber: 42,
    attempt: 1,
    runId: '9001',
    commit: 'a1b2c3d4'.repeat(5),
    status: 'success',
    title: '9 of 9 passed',
    digest: '5e'.repeat(32),
    artifactId: '4000000001',
    ...change,
  });
}

/** The comment after each leg has written it in turn, with pages as long as they are let. */
function writeInTurn(legs: Leg[], budgetBytes = 60_000, most = Infinity, before: Section[] = [], of = owner): string[] {
  const pages: string[] = [];
  for (const leg of legs) {
    const render = (budget: number): string => {
      if (budget < 900) throw new RangeError('too small');
      // Rendering makes names inert; here only plain ones come through.
      const start = `page of ${/^[\w ]+$/.test(leg.label) ? leg.label : 'somebody'} `;
      return start + 'x'.repeat(Math.max(0, Math.min(budget, most) - Buffer.byteLength(start)));
    };
    const last = pages.at(-1);
    const sections = last === undefined ? before : parseSections(last);
    pages.push(makeCommentPage({ owner: of, sections, own: { leg, render }, words, budgetBytes }));
  }
  return pages;
}

const text = fc.string({ unit: 'binary', maxLength: 200 });
const legs = fc.record({
  key: fc.stringMatching(/^[0-9a-f]{1,12}$/),
  label: text,
  job: text,
  title: text,
  total: fc.nat(300),
  runNumber: fc.nat(3),
  attempt: fc.nat(3),
  status: fc.constantFrom('success', 'failed', 'aborted'),
});

describe('a section', () => {
  it('is found again as it was written, whatever its names and its page are', () => {
    fc.assert(
      fc.property(legs, text, (change, page) => {
        const section: Section = { leg: makeLeg(change), text: toSectionText(page) };
        expect(parseSections(`before\n${printSection(section)}\nafter`)).toEqual([section]);
        const mention = { leg: section.leg, text: undefined };
        expect(parseSections(printSection(mention))).toEqual([mention]);
      }),
    );
  });

  it('can not be forged by its page', () => {
    const forged = printSection({ leg: makeLeg({ key: 'forged' }), text: 'hello' });
    const page = `~~~~text\n${forged}\n<!-- quoderat:end -->\n<!--quoderat:end -->\n~~~~`;
    const sections = parseSections(printSection({ leg: makeLeg(), text: toSectionText(page) }));
    expect(sections.map(({ leg }) => leg.key)).toEqual([makeLeg().key]);
    expect(sections[0]?.text).toContain('~~~~text');
  });

  it('has a marker that ends where it should and notifies nobody', () => {
    fc.assert(
      fc.property(text, text, (manifest, workflow) => {
        const marker = toCommentMarker({ manifest, workflow });
        expect(marker).toMatch(/^<!-- [^<>@#\n\r`]* -->$/);
        expect(hasMarker(`${marker}\r\nmore`, marker)).toBe(true);
        expect(hasMarker(` ${marker}`, marker)).toBe(false);
        expect(hasMarker(`${marker} more`, marker)).toBe(false);
      }),
    );
  });

  it('is not made of what somebody has edited into the comment', () => {
    const ids = (body: string): string[] => parseSections(body).map(({ leg }) => leg.key);
    for (const json of ['[]', '{}', '[1,2,3]', 'null', '["a",', '[["a"]]', `[${'['.repeat(9000)}]`]) {
      expect(ids(`<!-- quoderat:leg ${json} -->`)).toEqual([]);
    }
    expect(
      ids(printSection({ leg: makeLeg(), text: 'x' }).replace('"failed"', '"won"').replace('"success"', '"won"')),
    ).toEqual([]);
  });
});

describe('the head of the comment', () => {
  /** Two legs of which every name is the value, one of them folded, and one result of a former run. */
  const page = (value: string): string => {
    const base = { job: value, label: value, title: value, total: 3 };
    const legs = [
      makeLeg({ ...base, key: 'old', runNumber: 41 }),
      makeLeg({ ...base, key: 'a' }),
      makeLeg({ ...base, key: 'b', status: 'failed' }),
    ];
    return writeInTurn(legs, 60_000, 1000, [], { ...owner, manifest: value }).at(-1) ?? '';
  };
  const shape = (value: string): string[] => toSkeleton(page(value).replaceAll(/^page of .*$/gm, 'page'));
  const isSeen = (value: string): boolean => toInertLine(value.slice(0, 60).toWellFormed()).trim() !== '';
  const expected = shape('x');

  it.each(hostile.filter(isSeen))('keeps its structure around %j', (value) => {
    expect(shape(value)).toEqual(expected);
  });

  it('keeps its structure around any names, and makes nothing of them live', () => {
    fc.assert(
      fc.property(anyText.filter(isSeen), (value) => {
        expect(shape(value)).toEqual(expected);
        const own = page(value)
          .replaceAll(/^page of .*$/gm, 'page')
          .replaceAll(/\]\(https:[^)\s]*\)/g, ']');
        for (const running of toRunningText(own)) expect(running).not.toMatch(liveText);
      }),
      { numRuns: 50 },
    );
  });
});

describe('sections of many legs', () => {
  it('come out the same in whatever order they are merged, and however often', () => {
    const section = legs.map((change): Section => ({
      leg: makeLeg({ ...change, title: '', status: 'failed' }),
      text: 'x',
    }));
    fc.assert(
      fc.property(fc.array(section, { maxLength: 12 }), fc.nat(), (sections, turn) => {
        const other = [...sections.slice(turn % 12), ...sections, ...sections.slice(0, turn % 12)];
        const keys = (from: Section[]): string[] =>
          sortSections(mergeSections(from)).current.map(({ leg }) => `${leg.key} ${leg.runNumber} ${leg.attempt}`);
        expect(keys(other).toSorted()).toEqual(keys(sections).toSorted());
      }),
    );
  });

  it('get a fair share each and fit, however many there are', () => {
    for (const total of [4, 20, 100, 256]) {
      const many = Array.from({ length: total }, (_, index) =>
        makeLeg({
          label: `os ${index} · node ${index % 7} · ${'é'.repeat(30)}`,
          total,
          status: index % 10 === 3 ? 'failed' : 'success',
        }),
      );
      // The last ones of a large matrix are enough: what was before them is in the comment by then.
      const before = many.slice(0, -20).map((leg): Section => ({ leg, text: undefined }));
      const pages = writeInTurn(many.slice(-20), 60_000, Infinity, before);
      expect(Math.max(...pages.map((page) => Buffer.byteLength(page)))).toBeLessThanOrEqual(60_000);
      const sections = parseSections(pages.at(-1) ?? '');
      expect(new Set(sections.map(({ leg }) => leg.key)).size).toBe(total);
      expect(pages.at(-1)).toMatch(new RegExp(String.raw`^### ❌ Failed: \d+ of ${total} legs failed`, 'm'));
      const withPages = sections.filter(({ text: page }) => page !== undefined);
      if (total === 4) expect(withPages).toHaveLength(total);
      if (total === 20) expect(withPages.length).toBeGreaterThan(15);
      // Where there is no room for all, it is the failed ones that have their page.
      if (total > 20) expect(withPages.every(({ leg }) => leg.status === 'failed')).toBe(true);
      const failed = sections.filter(({ leg }) => leg.status === 'failed');
      if (total <= 20) expect(failed.every(({ text: page }) => page !== undefined)).toBe(true);
      expect(withPages.length).toBeGreaterThan(0);
    }
  });

  it('give a late leg room by dropping whole pages of those that took more than their share', () => {
    const [first, second] = [makeLeg({ label: 'a', total: 1 }), makeLeg({ label: 'b', total: 1, job: 'lint' })];
    const page = writeInTurn([first, second]).at(-1) ?? '';
    const sections = parseSections(page);
    expect(Buffer.byteLength(page)).toBeLessThanOrEqual(60_000);
    expect(sections.find(({ leg }) => leg.label === 'b')?.text).toContain('page of b');
    expect(sections.find(({ leg }) => leg.label === 'a')?.text).toBeUndefined();
    expect(page).toContain('| `a` | ✅ passed |');
  });

  it('close every fold and marker that they open', () => {
    const many = Array.from({ length: 6 }, (_, index) => makeLeg({ label: `leg ${index}`, total: 6 }));
    for (const page of writeInTurn(many)) {
      expect(page.match(/<details/g)?.length ?? 0).toBe(page.match(/<\/details>/g)?.length ?? 0);
      expect(page.match(/<!-- quoderat:section/g)?.length ?? 0).toBe(page.match(/<!-- quoderat:end/g)?.length ?? 0);
    }
  });

  it('stay where only the failed one of two that look the same was run again', () => {
    const first = makeLeg({ evidence: 'aa', status: 'failed' });
    const page = writeInTurn(
      [first, makeLeg({ evidence: 'bb' }), makeLeg({ evidence: 'cc', attempt: 2 })],
      60_000,
      1000,
    );
    const { current, superseded } = sortSections(parseSections(page.at(-1) ?? ''));
    expect(current.map(({ leg }) => leg.evidence).toSorted()).toEqual(['bb', 'cc']);
    expect(superseded.map(({ evidence }) => evidence)).toEqual(['aa']);
  });

  it('name at most ten results that were superseded', () => {
    const runs = Array.from({ length: 30 }, (_, index) => makeLeg({ runNumber: index + 1 }));
    const page = writeInTurn(runs, 60_000, 1000).at(-1) ?? '';
    expect(page).toContain('10 earlier results');
    expect(parseSections(page)).toHaveLength(11);
  });

  it('are still all named in a comment that may have a quarter of the room', () => {
    const many = Array.from({ length: 40 }, (_, index) => makeLeg({ label: `leg ${index}`, total: 40 }));
    const page = writeInTurn(many, 15_000).at(-1) ?? '';
    expect(Buffer.byteLength(page)).toBeLessThanOrEqual(15_000);
    expect(parseSections(page)).toHaveLength(40);
  });
});
