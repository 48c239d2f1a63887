import { describe, expect, it } from 'vitest';
import { compareEnvelopes } from '../../src/compare/compare-envelopes.ts';
import { toPhrase } from '../../src/render/change-phrases.ts';
import { renderComparison } from '../../src/render/compare.ts';
import { toTextChange } from '../../src/render/text-change.ts';
import { changeCodes } from '../../src/schema/comparison.ts';
import type { Envelope } from '../../src/schema/envelope.ts';
import { failed, makeEnvelope, makeStep, makeVerdict } from '../render/sample-envelope.ts';

const side = (named: string, envelope: Envelope) => ({ named, envelope, verdict: makeVerdict() });
const look = { color: false, width: 100 };

describe('renderComparison', () => {
  it('says whether each side is intact before anything else, and then what differs', () => {
    const text = renderComparison(
      compareEnvelopes(
        side('a.json', makeEnvelope([makeStep('unit')])),
        side('b.json', makeEnvelope([failed('unit')])),
      ),
      look,
    );
    const [first, second] = text.split('\n');
    expect(first).toMatch(/^before {2}✓ intact {2}success.*a\.json$/);
    expect(second).toMatch(/^after {3}✓ intact {2}failed.*b\.json$/);
    expect(text).toContain('2 differences: 2 for the worse');
    expect(text).toContain('✗ unit: success → failed');
  });

  it('shows the lines in which a script differs', () => {
    const script = (run: string) => makeEnvelope([makeStep('unit', { command: { run, shell: 'bash' } })]);
    const text = renderComparison(
      compareEnvelopes(side('a', script('one\ntwo\nthree')), side('b', script('one\n2\nthree'))),
      look,
    );
    expect(text).toContain('unit: command changed\n      - two\n      + 2\n');
  });

  it('is inert, whatever the envelopes hold, and bounded', () => {
    const hostile = '\u001B[2J::error::x\r\n\u202E##[group]';
    const steps = Array.from({ length: 500 }, (_, index) =>
      makeStep(`${hostile}${index}`, { command: { argv: [hostile] } }),
    );
    const text = renderComparison(
      compareEnvelopes(side(hostile, makeEnvelope([])), side(hostile, makeEnvelope(steps))),
      look,
    );
    expect(text).not.toMatch(/[\u001B\r\u202E]/);
    expect(text).not.toMatch(/^\s*::/m);
    expect(text.split('\n').length).toBeLessThan(100);
    expect(text).toContain('and 440 more');
  });

  it('has a phrase for every change', () => {
    for (const code of changeCodes) expect(toPhrase(code, 'x', 'y').trim()).not.toBe('');
  });
});

describe('toTextChange', () => {
  it('leaves single lines alone and bounds long ones', () => {
    expect(toTextChange('a', 'b')).toBeUndefined();
    expect(toTextChange(1, null)).toBeUndefined();
    expect(toTextChange('a\nb', 'a\nb\nc')).toEqual(['+ c']);
    const long = toTextChange(Array.from({ length: 50 }, (_, index) => `${index}`).join('\n'), 'x');
    expect(long?.[12]).toBe('- … and 38 more lines');
    expect(long).toHaveLength(14);
  });
});
