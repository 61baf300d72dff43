import fc from 'fast-check';
import { expect, it } from 'vitest';
import { pickTwo } from './setup.svelte';

it('asks for two different groups, in order', () => {
  const random = fc.double({ min: 0, max: 1, maxExcluded: true, noNaN: true });
  fc.assert(
    fc.property(random, random, (first, second) => {
      const numbers = [first, second];
      const [a, b] = pickTwo(8, () => numbers.shift() ?? 0);
      return a !== undefined && b !== undefined && a >= 0 && a < b && b < 8;
    }),
  );
  expect(pickTwo(2, () => 0.99)).toEqual([0, 1]);
});
