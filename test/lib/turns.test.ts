import { expect, it } from 'vitest';
import { makeDeferred } from '../../src/lib/deferred.ts';
import { makeTurns } from '../../src/lib/turns.ts';

it('runs so many at once, the others in their order, and goes on after a failure', async () => {
  const turns = makeTurns(2);
  const gates = Array.from({ length: 4 }, () => makeDeferred());
  const begun: number[] = [];
  const done = gates.map((gate, index) =>
    turns(async () => {
      begun.push(index);
      await gate.promise;
      if (index === 0) throw new Error('failed');
      return index;
    }).catch(() => -1),
  );
  await Promise.resolve();
  expect(begun).toEqual([0, 1]);
  gates[0]?.resolve();
  expect(await done[0]).toBe(-1);
  expect(begun).toEqual([0, 1, 2]);
  for (const gate of gates) gate.resolve();
  expect(await Promise.all(done)).toEqual([-1, 1, 2, 3]);
  expect(await turns(() => Promise.resolve('after'))).toBe('after');
});
