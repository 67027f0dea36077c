import { expect, test } from '@jest/globals';
import { loadConfig } from '../config.ts';
import { isExempt } from './no-proxy.ts';
import { openOutbound, proxyFor } from './outbound.ts';

test.each<[string, string, boolean]>([
  ['*', 'https://trial.example', true],
  ['trial.example', 'https://trial.example:7130', true],
  ['example', 'https://trial.example', true],
  ['.trial.example', 'https://eu.trial.example', true],
  ['*.trial.example', 'https://eu.trial.example', true],
  ['rial.example', 'https://trial.example', false],
  ['other.example, TRIAL.example', 'https://trial.example', true],
  ['other.example trial.example', 'https://trial.example', true],
  ['trial.example:443', 'https://trial.example', true],
  ['trial.example:80', 'https://trial.example', false],
  ['192.0.2.7', 'http://192.0.2.7:7130', true],
  ['192.0.2.0/24', 'http://192.0.2.7', true],
  ['192.0.3.0/24', 'http://192.0.2.7', false],
  ['192.0.2.0/99', 'http://192.0.2.7', false],
  ['2001:db8::/32', 'https://[2001:db8::7]', true],
  ['[2001:db8::7]:443', 'https://[2001:db8::7]', true],
  ['2.7', 'http://192.0.2.7', false],
  ['', 'https://trial.example', false],
  [',', 'https://trial.example', false],
])('NO_PROXY=%s and %s: %s', (list, address, exempt) => {
  expect(isExempt(new URL(address), list)).toBe(exempt);
});

const proxyIn = (environment: NodeJS.ProcessEnv, address: string): string | undefined =>
  proxyFor(new URL(address), loadConfig({}, environment).network)?.href;

test('an https address takes HTTPS_PROXY, a plain one HTTP_PROXY', () => {
  const environment = { HTTP_PROXY: 'http://a.example:1', HTTPS_PROXY: 'http://b.example:2' };
  expect(proxyIn(environment, 'https://trial.example')).toBe('http://b.example:2/');
  expect(proxyIn(environment, 'http://trial.example')).toBe('http://a.example:1/');
  expect(proxyIn({ HTTP_PROXY: 'http://a.example:1' }, 'https://trial.example')).toBeUndefined();
});

test('lower case wins over upper case, and an empty value is none', () => {
  const both = { HTTPS_PROXY: 'http://upper.example:1', https_proxy: 'http://lower.example:2' };
  expect(proxyIn(both, 'https://trial.example')).toBe('http://lower.example:2/');
  expect(proxyIn({ ...both, https_proxy: '' }, 'https://trial.example')).toBe('http://upper.example:1/');
  expect(proxyIn({ ...both, no_proxy: 'trial.example' }, 'https://trial.example')).toBeUndefined();
  expect(proxyIn({ ...both, NO_PROXY: 'trial.example' }, 'https://trial.example')).toBeUndefined();
});

test('a proxy without a scheme is an HTTP proxy', () => {
  expect(proxyIn({ https_proxy: 'proxy.example:3128' }, 'https://trial.example')).toBe(
    'http://proxy.example:3128/',
  );
});

test('this machine is never reached through a proxy', () => {
  for (const address of ['http://localhost:1', 'http://127.0.0.1:1', 'http://[::1]:1'])
    expect(proxyIn({ http_proxy: 'http://proxy.example:3128' }, address)).toBeUndefined();
});

test.each(['http://', 'http://user:secret@host:port', 'socks5://secret@proxy.example:1080'])(
  'the proxy address %s is refused, and its password not repeated',
  async (httpsProxy) => {
    const error: unknown = await openOutbound({ httpsProxy }, 'https://trial.example').catch(
      (e: unknown) => e,
    );
    expect(error).toMatchObject({ code: 'proxy-invalid', details: { variable: 'HTTPS_PROXY' } });
    expect(JSON.stringify(error)).not.toContain('secret');
  },
);
