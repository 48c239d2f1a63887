import type { Change, ChangeArea, ChangeCode, ChangeValue } from '../schema/comparison.ts';

/** Makes the changes of one area. */
export type ChangeMaker = {
  /** A change when the two values differ, else nothing. */
  differs: (
    code: ChangeCode,
    subject: string | null,
    before: ChangeValue,
    after: ChangeValue,
    sense?: Change['sense'],
  ) => Change[];
  /** A change in any case. */
  change: (
    code: ChangeCode,
    subject: string | null,
    before: ChangeValue,
    after: ChangeValue,
    sense?: Change['sense'],
  ) => Change;
};

export function makeChanges(area: ChangeArea): ChangeMaker {
  const change: ChangeMaker['change'] = (code, subject, before, after, sense = 'neutral') => ({
    area,
    code,
    subject,
    before,
    after,
    sense,
  });
  return {
    change,
    differs: (code, subject, before, after, sense) =>
      before === after ? [] : [change(code, subject, before, after, sense)],
  };
}

/** Whether a figure of which more is worse (or, with `more`, better) has become so. */
export function toSense(before: number, after: number, more: 'worse' | 'better'): Change['sense'] {
  if (before === after) return 'neutral';
  const less = more === 'worse' ? 'better' : 'worse';
  return after > before ? more : less;
}

/** What is only in the second list, and what only in the first. */
export function toListChanges(
  before: readonly string[],
  after: readonly string[],
): { added: string[]; removed: string[] } {
  const [old, now] = [new Set(before), new Set(after)];
  return { added: [...now].filter((entry) => !old.has(entry)), removed: [...old].filter((entry) => !now.has(entry)) };
}
