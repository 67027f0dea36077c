// Hostile headers: every one of them is a page of somebody else, or a name that was rebound to this machine.
import { describe, expect, it } from '@jest/globals';
import { assertOwnPage, assertToken, type Knock } from './door.ts';

const port = 7131;
const get = (headers: Knock['headers']): Knock => ({ method: 'GET', headers });
const post = (headers: Knock['headers']): Knock => ({ method: 'POST', headers });
const own = { host: '127.0.0.1:7131', origin: 'http://127.0.0.1:7131' };

describe('the door of the console', () => {
  it.each<[string, Knock]>([
    ['the page, typed into the address bar', get({ host: '127.0.0.1:7131', 'sec-fetch-site': 'none' })],
    ['its own scripts', get({ host: 'localhost:7131', 'sec-fetch-site': 'same-origin' })],
    ['IPv6', get({ host: '[::1]:7131' })],
    ['a decision from its own page', post({ ...own, 'sec-fetch-site': 'same-origin' })],
    ['a name in capitals', post({ host: 'LOCALHOST:7131', origin: 'http://localhost:7131' })],
  ])('lets in %s', (_what, knock) => {
    expect(() => assertOwnPage(knock, port)).not.toThrow();
  });

  it.each<[string, Knock]>([
    ['a rebound name', get({ host: 'evil.example:7131' })],
    ['a rebound name without a port', get({ host: 'evil.example' })],
    ['no Host at all', get({})],
    ['another port', get({ host: '127.0.0.1:80' })],
    ['a name that only begins like ours', get({ host: 'localhost.evil.example:7131' })],
    ['a name that ends like ours', get({ host: 'evil-localhost:7131' })],
    ['user data before a name', get({ host: '127.0.0.1:7131@evil.example' })],
    ['another address of loopback', get({ host: '127.0.0.2:7131' })],
    ['an address of the network', get({ host: '192.168.0.7:7131' })],
    ['zero', get({ host: '0.0.0.0:7131' })],
    ['another origin', get({ ...own, origin: 'http://evil.example' })],
    ['another port as origin', get({ ...own, origin: 'http://127.0.0.1:8080' })],
    ['https under our name', get({ ...own, origin: 'https://127.0.0.1:7131' })],
    ['our other name as origin', get({ ...own, origin: 'http://localhost:7131' })],
    ['a sandboxed page', get({ ...own, origin: 'null' })],
    ['a decision without an origin', post({ host: '127.0.0.1:7131' })],
    ['a form of another page', post({ ...own, origin: 'http://evil.example' })],
    ['a picture in another page', get({ host: '127.0.0.1:7131', 'sec-fetch-site': 'cross-site' })],
    ['another port of this machine', get({ host: '127.0.0.1:7131', 'sec-fetch-site': 'same-site' })],
  ])('refuses %s', (_what, knock) => {
    expect(() => assertOwnPage(knock, port)).toThrow(
      expect.objectContaining({ code: 'console-host-refused' }),
    );
  });

  it('takes the token as a bearer, whole, and nothing else', () => {
    const token = 'a'.repeat(43);
    expect(() => assertToken(get({ authorization: `Bearer ${token}` }), token)).not.toThrow();
    for (const authorization of [
      undefined,
      '',
      token,
      `Basic ${token}`,
      'Bearer ',
      `Bearer ${'a'.repeat(42)}`,
      `Bearer ${'a'.repeat(44)}`,
      `Bearer ${'b'.repeat(43)}`,
    ])
      expect(() => assertToken(get(authorization === undefined ? {} : { authorization }), token)).toThrow(
        expect.objectContaining({ code: 'console-token-invalid' }),
      );
  });
});
