import { describe, expect, it } from 'vitest';
import { renderCollection } from '../../src/render/collection.ts';
import { renderSummary, type SummaryOptions } from '../../src/render/summary.ts';
import { toTrust } from '../../src/render/trust.ts';
import type { Envelope } from '../../src/schema/envelope.ts';
import { toSkeleton } from './gfm.ts';
import { hostile } from './hostile.ts';
import { makeHostileEnvelope } from './hostile-envelope.ts';
import { digestOf, failed, makeStep, makeVerdict, skipped } from './sample-envelope.ts';
import { failing, found, makeFindings, makeReported, makeTests } from './sample-reports.ts';

const render = (envelope: Envelope, budgetBytes: number, change: Partial<SummaryOptions> = {}): string =>
  renderSummary({
    envelope,
    envelopeSha256: digestOf('f'),
    envelopeFileName: 'envelope.json',
    verdict: makeVerdict(),
    budgetBytes,
    ...change,
  });

/** A long run with everything on its page. */
function makeLong(): { envelope: Envelope; excerpts: Record<string, string> } {
  const steps = [
    ...Array.from({ length: 30 }, (_, index) => makeStep(`passed-${index}`)),
    failed('unit', { warnings: ['close to its time limit'] }),
    failed('e2e'),
    makeStep('lint'),
    skipped('ship', 'needs unit, which failed'),
  ];
  const cases = Array.from({ length: 30 }, (_, index) =>
    failing(`test ${index}`, { message: `it broke\n${`at line ${index}\n`.repeat(9)}` }),
  );
  const findings = Array.from({ length: 30 }, (_, index) => found(`rule-${index}`));
  const gate = {
    id: 'g',
    kind: 'policy',
    step_id: 'ship',
    decision: 'approved',
    by: 'mira',
    at: null,
    reason: 'yes',
    plan_hash: digestOf('1'),
  } as const;
  const envelope = makeReported(
    steps,
    [
      { step: 'unit', name: 'junit.xml', value: makeTests(cases) },
      { step: 'lint', name: 'lint.sarif', value: makeFindings(findings) },
    ],
    { gates: [gate] },
  );
  const noise = 'a line of output\n'.repeat(40);
  return { envelope, excerpts: { 'unit/1/stderr': noise, 'e2e/1/stderr': noise, 'e2e/1/stdout': noise } };
}

/** Words by which each part is known, in the order in which the parts stay: the last one goes first. */
const order = [
  '✅ approved',
  '`test 0`',
  'it broke\nat line 0',
  'a line of output',
  'close to its time limit',
  '31 steps passed',
  'findings that fail no step',
  'Check it yourself',
];

describe('a page of any size', () => {
  const { envelope, excerpts } = makeLong();
  const sizes = Array.from({ length: 80 }, (_, index) => Math.round(4000 * 1.04 ** index));

  it.each(sizes)('of %i bytes is no larger, and has what must never be dropped', (budgetBytes) => {
    const page = render(envelope, budgetBytes, { excerpts });
    expect(Buffer.byteLength(page)).toBeLessThanOrEqual(budgetBytes);
    expect(page).toContain('❌ Failed: 2 of 34 steps failed, 1 not run');
    for (const step of ['unit', 'e2e', 'ship']) expect(page).toMatch(new RegExp(`^\\| .+ \\| \`${step}\` \\|`, 'm'));
    expect(page).toContain('needs unit');
    expect(page).toContain('**Does not show:**');
    expect(page).toContain(`sha256:${digestOf('f')}`);
    expect(page).toContain('npx quoderat verify');
    expect(page.match(/<details>/g)?.length).toBe(page.match(/<\/details>/g)?.length);
    expect((page.match(/^~~~~/gm)?.length ?? 0) % 2).toBe(0);
  });

  it('loses its parts in one order, and says which', () => {
    let before = order.length;
    for (const budgetBytes of sizes.toReversed()) {
      const page = render(envelope, budgetBytes, { excerpts });
      const kept = order.filter((words) => page.includes(words)).length;
      expect(order.slice(0, kept).every((words) => page.includes(words))).toBe(true);
      expect(kept).toBeLessThanOrEqual(before);
      if (kept < order.length) expect(page).toMatch(/_To keep this page under [\d,]+ bytes: left out: /);
      before = kept;
    }
    expect(before).toBeLessThan(order.length);
  });

  it('is whole where there is room, and says nothing of its size', () => {
    const page = render(envelope, 60_000, { excerpts });
    for (const words of order) expect(page).toContain(words);
    expect(page).not.toContain('To keep this page');
  });
});

describe('a page of a thousand hostile steps', () => {
  const steps = Array.from({ length: 1000 }, (_, index) => {
    const message = (hostile[index % hostile.length] ?? '').repeat(50);
    return index % 3 === 0
      ? makeStep(`s${index}`)
      : failed(`${index}${'🧪'.repeat(60)}`, { cause: { code: 'exit_nonzero', message } });
  });
  const envelope = makeReported([...steps, skipped('last', 'needs s1')], []);

  it.each([900_000, 60_000, 32 * 1024, 12_000])('fits into %i bytes, with the step that did not run', (budgetBytes) => {
    const page = render(envelope, budgetBytes, { excerpts: { [`${steps[1]?.id}/1/stderr`]: 'x\n'.repeat(1e6) } });
    expect(Buffer.byteLength(page)).toBeLessThanOrEqual(budgetBytes);
    expect(page).toContain('❌ Failed: 666 of 1001 steps failed, 1 not run');
    expect(page).toMatch(/`last` \| test \| \*\*not run\*\*: needs s1/);
    expect(page).toContain('Redactions:');
    expect(page).toContain('npx quoderat verify');
  });
});

describe('a page of the worst texts', () => {
  const worst = ['@'.repeat(2000), '|`'.repeat(1000), '\u{1F9EA}'.repeat(2000), '$^'.repeat(1000), '&a'.repeat(1000)];

  it.each(worst)('fits into 12,000 bytes, whatever it is made of', (value) => {
    const page = render(makeHostileEnvelope(value), 12_000, {
      surface: 'comment',
      notices: Array.from({ length: 5 }, () => value),
      signing: { state: 'failed', reason: value },
      verdict: makeVerdict({ intact: { answer: 'no', problems: [{ pointer: value, code: 'x', message: value }] } }),
    });
    expect(Buffer.byteLength(page)).toBeLessThanOrEqual(12_000);
    expect(page).toContain('⛔ Do not rely on this');
    expect(toSkeleton(page)).toContain('heading 4');
  });

  it.each(worst)('of many jobs fits into 12,000 bytes', (value) => {
    const envelope = makeHostileEnvelope(value);
    const page = renderCollection({
      title: value,
      legs: Array.from({ length: 256 }, (_, index) => ({
        label: `${index}${value}`,
        state: 'in',
        envelope,
        envelopeSha256: digestOf('f'),
        verdict: makeVerdict(),
        attempt: 1,
      })),
      collection: {
        fileName: 'c.json',
        sha256: digestOf('f'),
        headHash: digestOf('e'),
        trust: toTrust(envelope, undefined),
      },
      budgetBytes: 12_000,
    });
    expect(Buffer.byteLength(page)).toBeLessThanOrEqual(12_000);
    expect(page).toContain('❌ Failed: 256 of 256 legs failed');
    expect(page).toContain('npx quoderat verify c.json');
  });
});
