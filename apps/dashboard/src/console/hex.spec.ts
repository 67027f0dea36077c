import { expect, it } from '@jest/globals';
import { hexLines } from './hex.ts';

it('draws bytes as hexdump -C does', () => {
  const text = new TextEncoder().encode('{"state":"held"}\nä');
  expect(hexLines(text)).toEqual([
    '00000000  7b 22 73 74 61 74 65 22  3a 22 68 65 6c 64 22 7d  |{"state":"held"}|',
    '00000010  0a c3 a4                                          |...|',
  ]);
});
