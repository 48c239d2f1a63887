import type { Change } from '../schema/comparison.ts';
import type { TestCase, TestsValue } from '../schema/observation.ts';
import { makeChanges, toListChanges, toSense } from './change.ts';

const { change, differs } = makeChanges('tests');

/** Tests newly failing, no longer failing and newly flaky, by name; and the counts. */
export function compareTests(
  source: string,
  before: TestsValue,
  after: TestsValue,
): { changes: Change[]; notes: string[] } {
  const failing = toListChanges(toNames(before, isFailing), toNames(after, isFailing));
  const flaky = toListChanges(toNames(before, isFlaky), toNames(after, isFlaky));
  // Only cases that did not simply pass are kept, and of those a number: names missing from a cut list mean nothing.
  const [wasWhole, isWhole] = [before.cases_left_out === 0, after.cases_left_out === 0];
  return {
    changes: [
      ...(wasWhole ? failing.added : []).map((name) => change('test_newly_failing', source, null, name, 'worse')),
      ...(isWhole ? failing.removed : []).map((name) => change('test_no_longer_failing', source, name, null, 'better')),
      ...(wasWhole ? flaky.added : []).map((name) => change('test_newly_flaky', source, null, name, 'worse')),
      ...differs('tests_failed', source, before.failed, after.failed, toSense(before.failed, after.failed, 'worse')),
      ...differs('tests_total', source, before.tests, after.tests, after.tests < before.tests ? 'worse' : 'neutral'),
      ...differs(
        'tests_skipped',
        source,
        before.skipped + before.pending,
        after.skipped + after.pending,
        toSense(before.skipped + before.pending, after.skipped + after.pending, 'worse'),
      ),
    ],
    notes: wasWhole && isWhole ? [] : [`${source}: the evidence names a part of the tests that did not pass only`],
  };
}

function toNames({ cases }: TestsValue, wanted: (found: TestCase) => boolean): string[] {
  return cases.filter(wanted).map(({ suite, name }) => [...suite, name].join(' › '));
}

function isFailing({ status }: TestCase): boolean {
  return status === 'failed';
}

function isFlaky({ flaky, status }: TestCase): boolean {
  return flaky && status !== 'failed';
}
