import { expect, it } from '@jest/globals';
import { lockSeconds } from './lock.ts';

it('a name is locked from the fifth wrong password in a row, each time for twice as long, never for ever', () => {
  expect([1, 4, 5, 6, 7, 8, 9, 10, 1000].map(lockSeconds)).toEqual([0, 0, 60, 120, 240, 480, 900, 900, 900]);
});
