import { describe, expect, it } from '@jest/globals';
import { toVendor } from './vendor.ts';

describe('toVendor', () => {
  it.each([
    ['SIEMENS', 'siemens'],
    ['GE Healthcare', 'ge'],
    ['Philips Medical Systems', 'philips'],
    ['KODAK', 'carestream'],
    ['FUJIFILM Corporation', 'fujifilm'],
    ['Genoray', 'other'],
    ['  ', undefined],
    [undefined, undefined],
  ])('reads %p as %p', (text, vendor) => {
    expect(toVendor(text)).toBe(vendor);
  });
});
