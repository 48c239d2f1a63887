import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { makeSchedule } from '../../src/execution/schedule.ts';
import type { PlanStep } from '../../src/schema/plan.ts';
import type { StepStatus } from '../../src/schema/record.ts';
import { makeStep, type StepOptions } from './rig.ts';

describe('the schedule', () => {
  it('starts steps in the order of the plan', () => {
    expect(play(['a', 'b', 'c'].map((id) => ({ id }))).order).toEqual(['a', 'b', 'c']);
  });

  it('starts a later step when an earlier one must wait', () => {
    const schedule = makeSchedule({
      fail_fast: false,
      steps: steps({ id: 'a' }, { id: 'b', needs: ['a'] }, { id: 'c' }),
    });
    expect(schedule.next('any').start?.id).toBe('a');
    expect(schedule.next('any').start?.id).toBe('c');
    expect(schedule.next('any').start).toBeNull();
  });

  it('skips what needs a failed step, and names the step behind a chain of skips', () => {
    const { skipped } = play([{ id: 'unit' }, { id: 'pack', needs: ['unit'] }, { id: 'ship', needs: ['pack'] }], {
      unit: 'failed',
    });
    expect(skipped).toEqual({
      pack: 'needs unit, which failed',
      ship: 'needs pack, which was skipped because unit failed',
    });
  });

  it.each([
    ['timed_out', 'timed out'],
    ['error', 'could not be started'],
    ['aborted', 'was aborted'],
  ] as const)('says of a need that is %s that it %s', (status, words) => {
    expect(play([{ id: 'a' }, { id: 'b', needs: ['a'] }], { a: status }).skipped).toEqual({
      b: `needs a, which ${words}`,
    });
  });

  it('goes on after a failure that is allowed', () => {
    const { order } = play(
      [
        { id: 'a', continue_on_error: true },
        { id: 'b', needs: ['a'] },
      ],
      { a: 'failed' },
    );
    expect(order).toEqual(['a', 'b']);
  });

  it('runs a when: failure step for a failed need, also through a skipped one', () => {
    const plan: StepOptions[] = [{ id: 'a' }, { id: 'b', needs: ['a'] }, { id: 'help', needs: ['b'], when: 'failure' }];
    expect(play(plan, { a: 'failed' }).order).toEqual(['a', 'help']);
    expect(play(plan).skipped).toEqual({ help: 'runs only after a failure, and nothing before it failed' });
  });

  it('does not take an allowed failure for one in when: failure', () => {
    const plan: StepOptions[] = [
      { id: 'a', continue_on_error: true },
      { id: 'help', needs: ['a'], when: 'failure' },
    ];
    expect(play(plan, { a: 'failed' }).order).toEqual(['a']);
  });

  it('skips what needs a step that was skipped for want of a failure', () => {
    const plan: StepOptions[] = [{ id: 'a' }, { id: 'help', when: 'failure' }, { id: 'c', needs: ['help'] }];
    expect(play(plan).skipped.c).toBe('needs help, which was skipped');
  });

  it('runs a when: always step in either case, after all that it needs', () => {
    const plan: StepOptions[] = [{ id: 'a' }, { id: 'b', needs: ['a'] }, { id: 'last', needs: ['b'], when: 'always' }];
    expect(play(plan, { a: 'failed' }).order).toEqual(['a', 'last']);
    expect(play(plan).order).toEqual(['a', 'b', 'last']);
  });

  it('lets always and failure steps without needs wait for all before them', () => {
    const schedule = makeSchedule({ fail_fast: false, steps: steps({ id: 'a' }, { id: 'b', when: 'always' }) });
    const a = schedule.next('any').start;
    expect(schedule.next('any').start).toBeNull();
    if (a) schedule.finish(a, 'failed');
    expect(schedule.next('any').start?.id).toBe('b');
  });

  it('starts nothing more after the first failure when fail_fast is set, but for failure and always steps', () => {
    const plan: StepOptions[] = [
      { id: 'a' },
      { id: 'b' },
      { id: 'help', when: 'failure', needs: ['a'] },
      { id: 'last', when: 'always' },
    ];
    const { order, skipped } = play(plan, { a: 'failed' }, true);
    expect(order).toEqual(['a', 'help', 'last']);
    expect(skipped).toEqual({ b: 'fail_fast: a failed' });
  });

  it('gives every step one end, and none before its needs (property)', () => {
    const id = fc.integer({ min: 0, max: 11 });
    const shape = fc.record({
      needs: fc.uniqueArray(id, { maxLength: 3 }),
      when: fc.constantFrom('success' as const, 'failure' as const, 'always' as const),
      continue_on_error: fc.boolean(),
      status: fc.constantFrom<StepStatus>('success', 'success', 'failed', 'timed_out', 'error'),
    });
    fc.assert(
      fc.property(fc.array(shape, { minLength: 1, maxLength: 12 }), fc.boolean(), (shapes, failFast) => {
        const plan = shapes.map(({ needs, status: _status, ...rest }, index): StepOptions => {
          const earlier = needs.filter((need) => need < index).map((need) => `s${need}`);
          return { id: `s${index}`, needs: earlier, ...rest };
        });
        const statuses = Object.fromEntries(shapes.map(({ status }, index) => [`s${index}`, status]));
        const { order, skipped, ends } = play(plan, statuses, failFast);
        expect([...order, ...Object.keys(skipped)].toSorted()).toEqual(plan.map(({ id }) => id).toSorted());
        for (const { id, needs = [] } of plan) {
          for (const need of needs) {
            if (order.includes(id)) expect(ends.indexOf(need)).toBeLessThan(ends.indexOf(id));
          }
        }
      }),
    );
  });
});

function steps(...options: StepOptions[]): PlanStep[] {
  return options.map(makeStep);
}

/** Plays a plan to its end, one step at a time, each ending as told (success by default). */
function play(
  plan: StepOptions[],
  statuses: Record<string, StepStatus> = {},
  failFast = false,
): { order: string[]; skipped: Record<string, string>; ends: string[] } {
  const schedule = makeSchedule({ fail_fast: failFast, steps: steps(...plan) });
  const order: string[] = [];
  const ends: string[] = [];
  const skipped: Record<string, string> = {};
  for (;;) {
    const { start, skip } = schedule.next('any');
    for (const { step, reason } of skip) {
      skipped[step.id] = reason;
      ends.push(step.id);
    }
    if (start === null) return { order, skipped, ends };
    order.push(start.id);
    schedule.finish(start, statuses[start.id] ?? 'success');
    ends.push(start.id);
  }
}
