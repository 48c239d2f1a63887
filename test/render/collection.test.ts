import { describe, expect, it } from 'vitest';
import { type CollectionPage, renderCollection, toCollectionSentence } from '../../src/render/collection.ts';
import type { CollectionLeg } from '../../src/render/collection-legs.ts';
import { toCollectionPage } from '../../src/collection-page.ts';
import { gather } from '../../src/collect/gather.ts';
import { toTrust } from '../../src/render/trust.ts';
import type { Envelope } from '../../src/schema/envelope.ts';
import { flatten, parseGfm } from './gfm.ts';
import { digestOf, failed, makeEnvelope, makeStep, makeVerdict, skipped } from './sample-envelope.ts';
import { failing, makeReported, makeTests } from './sample-reports.ts';

const passing = makeEnvelope([makeStep('build'), makeStep('unit')]);
const broken = makeReported(
  [makeStep('build'), failed('unit'), skipped('ship', 'needs unit, which failed')],
  [{ step: 'unit', name: 'junit.xml', value: makeTests([failing('adds tax')]) }],
);
const leg = (label: string, envelope: Envelope, change: Partial<CollectionLeg> = {}): CollectionLeg => ({
  label,
  state: 'in',
  attempt: 2,
  envelope,
  envelopeSha256: digestOf('a'),
  envelopeFileName: `${label}.json`,
  verdict: makeVerdict(),
  url: 'https://github.com/acme/shop/artifacts/1',
  ...change,
});
const missing: CollectionLeg = { label: 'macos', state: 'missing' };
const rejected: CollectionLeg = { label: 'fork', state: 'rejected', reason: 'it is of another run' };

const render = (legs: CollectionLeg[], change: Partial<CollectionPage> = {}): string =>
  renderCollection({
    title: 'test',
    legs,
    collection: {
      fileName: 'all.json',
      sha256: digestOf('f'),
      headHash: digestOf('e'),
      url: 'https://github.com/acme/shop/artifacts/9',
      trust: toTrust(passing, undefined),
    },
    newestAttempt: 2,
    repo: 'acme/shop',
    commit: '9e8d7c6'.padEnd(40, '0'),
    budgetBytes: 60_000,
    ...change,
  });
const toVisible = (page: string): string => page.replaceAll(/<details>[\s\S]*?<\/details>/g, '');

describe('the first line of many jobs', () => {
  const ok = leg('a', passing);
  const bad = leg('b', broken);
  const waiting = leg('w', makeEnvelope([makeStep('a', { status: 'waiting' })]));
  const cut = leg('c', {
    ...passing,
    execution: { ...passing.execution, status: 'aborted', termination: 'cancelled' },
  });

  it.each<[string, CollectionLeg[], boolean]>([
    ['✅ Passed: 2 of 2 legs passed', [ok, ok], true],
    ['✅ Passed: 1 of 1 leg passed', [ok], true],
    ['❌ Failed: 1 of 2 legs failed', [ok, bad], true],
    ['❌ Failed: 1 of 3 legs failed, 1 missing', [ok, bad, missing], true],
    ['⚠️ Incomplete: 1 of 2 envelopes in', [ok, missing], true],
    ['⏳ 1 of 2 envelopes in', [ok, missing], false],
    ['❌ Failed: 1 of 3 legs failed', [ok, bad, missing], false],
    ['⚠️ Incomplete: 1 of 2 legs did not finish', [ok, cut], true],
    ['⏸️ Waiting for approval: 1 of 2 legs passed', [ok, waiting], true],
    ['⛔ Do not rely on this: 1 of 3 envelopes does not hold', [ok, bad, rejected], true],
    ['❌ Nothing ran: 0 envelopes in', [], true],
  ])('is %j', (sentence, legs, isFinal) => {
    expect(toCollectionSentence({ legs, isFinal })).toBe(sentence);
    expect(render(legs, { isFinal }).split('\n')[0]).toBe(`### ${sentence} · \`test\``);
  });

  it('does not believe a leg whose envelope does not hold', () => {
    const verdict = makeVerdict({ intact: { answer: 'no', problems: [] } });
    expect(toCollectionSentence({ legs: [leg('a', passing, { verdict })] })).toContain('⛔ Do not rely on this');
  });
});

describe('the page of many jobs', () => {
  const page = render([
    leg('node 24', passing),
    leg('node 22', broken),
    leg('node 20', passing, { attempt: 1, isOlderAttempt: true }),
    missing,
    rejected,
  ]);

  it('has a row for each leg, worst first, with the attempt it is of and a link to its envelope', () => {
    const link = '[`sha256:aaaa…aaaa`](https://github.com/acme/shop/artifacts/1)';
    expect(
      page
        .split('\n')
        .filter((line) => line.startsWith('| `'))
        .slice(0, 5),
    ).toEqual([
      '| `fork` | ⛔ **rejected**: it is of another run | – | – | – |',
      `| \`node 22\` | ❌ **failed** | 1 of 3 | 2 | ${link} |`,
      '| `macos` | ⚠️ **no envelope** | – | – | – |',
      `| \`node 24\` | ✅ passed | 2 of 2 | 2 | ${link} |`,
      `| \`node 20\` | ✅ passed | 2 of 2 | **1 (not re-run)** | ${link} |`,
    ]);
    expect(page).toContain('attempt 2 · 1 leg of an earlier attempt');
  });

  it('has the failures of every leg in sight', () => {
    expect(toVisible(page)).toContain(
      '| ❌ | `node 22` | `unit` | **failed**: 1 of 412 tests failed, 2 skipped · exit code 1 |',
    );
    expect(toVisible(page)).toContain('| ⏸️ | `node 22` | `ship` | **not run**: needs unit, which failed |');
  });

  it('names a failing test once, with the legs in which it failed', () => {
    const both = render([leg('node 24', broken), leg('node 22', broken)]);
    expect(toVisible(both)).toContain(
      '| `adds tax` | expected 10.8, got 10.7 | `test/cart.test.ts:12` | **all 2 legs** |',
    );
    expect(toVisible(page)).toContain('| `test/cart.test.ts:12` | `node 22` |');
  });

  it('has each leg by itself behind a fold, with the command that checks it', () => {
    expect(page.match(/<details><summary><b>/g)).toHaveLength(3);
    expect(page).toContain('<summary><b>node 22</b> · ❌ Failed: 1 of 3 steps failed, 1 not run · 4m 12s</summary>');
    const commands = flatten(parseGfm(page)).flatMap((node) => (node.type === 'code' ? [node.value] : []));
    expect(commands).toContain(
      `npx quoderat verify 'node 22.json' --repo acme/shop --commit ${'9e8d7c6'.padEnd(40, '0')}`,
    );
  });

  it('ends with the collection, its digest, how far it carries and the command that checks it', () => {
    expect(page).toContain('**Collection** [`all.json`](https://github.com/acme/shop/artifacts/9)');
    expect(page).toContain(`\`sha256:${digestOf('f')}\` · head \`${digestOf('e')}\``);
    expect(page).toContain('**Trust:** **hash only**: sealed in the same job');
    expect(page).toContain('npx quoderat verify all.json --repo acme/shop');
    expect(page).not.toMatch(/verified/i);
  });

  it('has the commands that check a keyless signature of its file', () => {
    const signing = { state: 'keyless', identity: 'https://x', issuer: 'https://y', instance: 'public' } as const;
    const trust = toTrust(passing, makeVerdict());
    const collection = { fileName: 'all.json', sha256: digestOf('f'), headHash: digestOf('e'), trust, signing };
    expect(render([leg('node 24', passing)], { collection })).toContain(
      'npx quoderat verify all.json --sigstore --fetch-trusted-root --identity https://x --issuer https://y',
    );
  });

  it('says nothing of a rejected file but that it was, and why', () => {
    const lying = render([{ ...rejected, envelope: broken, envelopeSha256: digestOf('b') }]);
    expect(lying).not.toContain('unit');
    expect(lying).not.toContain('1 of 3');
  });

  it("does not pass for one of a pull request's commit when the base was run", () => {
    const meta = { ...passing.subject.meta, event_name: 'pull_request_target' };
    const envelope = { ...passing, subject: { ...passing.subject, meta } };
    const evidence = { envelope, envelopeSha256: digestOf('f'), verdict: makeVerdict() };
    const gathered = gather([], null);
    const text = renderCollection({ ...toCollectionPage({ gathered, title: 'all', evidence }), budgetBytes: 60_000 });
    expect(text).toContain("a commit of the base: the pull request's own was not checked out");
    expect(text).not.toContain('a1b2c3d');
  });
});
