import { describe, expect, it } from '@jest/globals';
import { byteRange } from './byte-range.ts';

const part = (first: number, last: number) => ({ kind: 'part', first, last });
const whole = { kind: 'whole' };
const unsatisfiable = { kind: 'unsatisfiable' };

describe('byteRange', () => {
  it.each([
    [undefined, whole],
    ['bytes=0-', part(0, 99)],
    ['bytes=40-', part(40, 99)],
    ['bytes=40-59', part(40, 59)],
    ['bytes=99-99', part(99, 99)],
    ['bytes=40-1000', part(40, 99)],
    ['bytes=-10', part(90, 99)],
    ['bytes=-1000', part(0, 99)],
    ['Bytes= 40 - 59', part(40, 59)],
    ['bytes=100-', unsatisfiable],
    ['bytes=100-40', whole],
    ['bytes=-0', unsatisfiable],
    ['bytes=-', whole],
    ['bytes=59-40', whole],
    ['bytes=0-1,5-6', whole],
    ['lines=0-1', whole],
    ['bytes=a-b', whole],
  ])('reads %p', (header, expected) => {
    expect(byteRange(header, undefined, '"a"', 100)).toEqual(expected);
  });

  it('sends the whole when the bytes are not those the client began with', () => {
    expect(byteRange('bytes=40-', '"b"', '"a"', 100)).toEqual(whole);
    expect(byteRange('bytes=40-', '"a"', '"a"', 100)).toEqual(part(40, 99));
  });
});
