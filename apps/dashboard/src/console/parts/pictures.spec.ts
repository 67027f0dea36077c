import { expect, it } from '@jest/globals';
import { rowsIn } from './pictures.tsx';

it('reads rows as people write them, and no more than 20', () => {
  expect(rowsIn('3')).toEqual([3]);
  expect(rowsIn(' 9, 1 - 3,2')).toEqual([1, 2, 3, 9]);
  for (const text of ['', 'a', '0', '3-1', '1-21', '1,,2', '1-20,30', '-3'])
    expect(rowsIn(text)).toBeUndefined();
});
