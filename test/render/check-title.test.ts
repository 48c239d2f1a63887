import { describe, expect, it } from 'vitest';
import { toCheckTitle } from '../../src/render/check-title.ts';
import type { Envelope } from '../../src/schema/envelope.ts';
import { digestOf, failed, makeEnvelope, makeStep, makeVerdict, skipped } from './sample-envelope.ts';

const steps = (count: number) => Array.from({ length: count }, (_, index) => makeStep(`s${index}`));
const end = (envelope: Envelope, change: Partial<Envelope['execution']>): Envelope => ({
  ...envelope,
  execution: { ...envelope.execution, ...change },
});

describe('the title of a check', () => {
  it.each<[string, Envelope, boolean]>([
    ['9/9 passed · signed · eeeeeeee', makeEnvelope(steps(9)), true],
    ['9/9 passed · hash only · eeeeeeee', makeEnvelope(steps(9)), false],
    ['1 of 2 failed', makeEnvelope([makeStep('a'), failed('b')]), true],
    ['1 of 3 failed · 1 not run', makeEnvelope([makeStep('a'), failed('b'), skipped('c', 'x')]), false],
    [
      '1/2 passed · 1 allowed to fail · signed · eeeeeeee',
      makeEnvelope([makeStep('a'), failed('b', { continue_on_error: true })]),
      true,
    ],
    [
      'Incomplete · 1 of 2 ran · cancelled',
      end(makeEnvelope([makeStep('a'), makeStep('b', { status: 'aborted' })]), {
        status: 'aborted',
        termination: 'cancelled',
      }),
      false,
    ],
    [
      'Waiting for approval · 1 of 2 passed',
      makeEnvelope([makeStep('a'), makeStep('b', { status: 'waiting' })]),
      false,
    ],
    ['Nothing ran · 1 not run', makeEnvelope([skipped('a', 'x')]), false],
  ])('is %j', (title, envelope, signed) => {
    expect(toCheckTitle(envelope, { signed })).toBe(title);
  });

  it('does not answer for the commit of a pull request when the base was run', () => {
    const envelope = makeEnvelope(steps(1));
    const meta = { ...envelope.subject.meta, event_name: 'pull_request_target' };
    const ofBase = { ...envelope, subject: { ...envelope.subject, meta } };
    expect(toCheckTitle(ofBase, { signed: false })).toBe('1/1 passed · of the base · hash only · eeeeeeee');
  });

  it('names a server that sealed, and the file where its digest is known', () => {
    const envelope = makeEnvelope(steps(1));
    const sealed: Envelope = {
      ...envelope,
      producer: { ...envelope.producer, component: 'server' },
      integrity: { ...envelope.integrity, signatures: [{ keyid: digestOf('a'), alg: 'Ed25519', sig: 'AA==' }] },
    };
    expect(toCheckTitle(sealed, { signed: false, envelopeSha256: digestOf('f') })).toBe(
      '1/1 passed · server sealed · ffffffff',
    );
  });

  it('answers nothing when the envelope does not hold', () => {
    const verdict = makeVerdict({ intact: { answer: 'no', problems: [] } });
    expect(toCheckTitle(makeEnvelope(steps(1)), { signed: true, verdict })).toBe('Do not rely on this · Not intact');
  });

  it('has 60 characters at most', () => {
    const many = [
      ...steps(300),
      ...Array.from({ length: 333 }, (_, index) => failed(`f${index}`, { continue_on_error: true })),
    ];
    const rest = Array.from({ length: 367 }, (_, index) => skipped(`x${index}`, 'x'));
    expect(toCheckTitle(makeEnvelope([...many, ...rest]), { signed: false }).length).toBeLessThanOrEqual(60);
  });
});
