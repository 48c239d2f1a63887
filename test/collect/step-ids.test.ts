import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { toStepIds } from '../../src/collect/step-ids.ts';
import { stepId } from '../../src/schema/primitives.ts';

describe('the step ids of legs', () => {
  it('keep what they can of the labels', () => {
    expect(toStepIds(['test (node=24, os=linux)', 'lint', 'unit: [a] 1/3', 'test · docs', '日本語'])).toEqual([
      'test[node=24, os=linux]',
      'lint',
      'unit-a-1-3',
      'test-docs',
      'leg',
    ]);
  });

  it('differ from each other when the labels can not', () => {
    expect(toStepIds(['a b', 'a-b', 'a_b', 'a.b', 'x (1)', 'x  (1)'])).toEqual([
      'a-b',
      'a-b-2',
      'a_b',
      'a-b-3',
      'x[1]',
      'x-2[1]',
    ]);
  });

  it('are step ids, each once, whatever the labels are', () => {
    const label = fc.oneof(
      fc.string({ unit: 'binary', maxLength: 400 }),
      fc.constantFrom('a', 'a (b)', '', '()', 'a (]) (b)'),
    );
    fc.assert(
      fc.property(fc.array(label, { maxLength: 40 }), (labels) => {
        const ids = toStepIds(labels);
        expect(new Set(ids).size).toBe(labels.length);
        for (const id of ids) expect(id).toMatch(/^[A-Za-z0-9]/);
        expect(ids.every((id) => stepId.safeParse(id).success && id.length <= 330)).toBe(true);
      }),
    );
  });
});
