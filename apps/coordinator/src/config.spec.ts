import { describe, expect, it } from '@jest/globals';
import { readFileSync } from 'node:fs';
import { ConfigError, Environment, readConfig } from './config.ts';

describe('the settings', () => {
  it('have defaults that work, and take an empty value for none', () => {
    const config = readConfig({ DATABASE_URL: '', SIDEMARK_PORT: '' });
    expect(config).toMatchObject({ host: '127.0.0.1', port: 7130, sessionMinutes: 15, offerHours: 168 });
    expect(config.databaseUrl).toBeUndefined();
  });

  it('are refused with every problem at once', () => {
    const read = (): unknown =>
      readConfig({ SIDEMARK_PORT: 'x', DATABASE_URL: 'mysql://a', SIDEMARK_PUBLIC_URL: 'ftp://a' });
    expect(read).toThrow(ConfigError);
    expect(read).toThrow(/SIDEMARK_PUBLIC_URL.*\n.*DATABASE_URL|SIDEMARK_PORT[^]*DATABASE_URL/);
  });

  it('name the public address without a slash at its end', () => {
    expect(readConfig({ SIDEMARK_PUBLIC_URL: 'https://trial.example/' }).publicUrl).toBe(
      'https://trial.example',
    );
  });

  it('take certificate and key together, and say so', () => {
    expect(() => readConfig({ SIDEMARK_TLS_CERT_FILE: 'cert.pem' })).toThrow(
      /SIDEMARK_TLS_KEY_FILE.*both or none/,
    );
    const { tls } = readConfig({
      SIDEMARK_TLS_CERT_FILE: '/a/cert.pem',
      SIDEMARK_TLS_KEY_FILE: '/a/key.pem',
    });
    expect(tls).toEqual({ certFile: '/a/cert.pem', keyFile: '/a/key.pem' });
    expect(readConfig({}).tls).toBeUndefined();
  });

  it('name the proxies that are believed, by number or address, and never everybody', () => {
    const trusted = (text: string): unknown => readConfig({ SIDEMARK_TRUST_PROXY: text }).trustProxy;
    expect(trusted('')).toBeUndefined();
    expect(trusted('2')).toBe(2);
    expect(trusted('loopback, 10.0.0.0/8,2001:db8::/32')).toEqual([
      'loopback',
      '10.0.0.0/8',
      '2001:db8::/32',
    ]);
    for (const text of ['true', '0', '*', '10.0.0.0/99', 'proxy.example'])
      expect(() => trusted(text)).toThrow(/SIDEMARK_TRUST_PROXY/);
  });

  it('stand in .env.example, all of them with their defaults', () => {
    const text = readFileSync(new URL('../../../.env.example', import.meta.url), 'utf8');
    const lines = text.split('\n').filter((line) => /^[A-Z]/.test(line));
    const documented = Object.fromEntries(lines.map((line) => line.split('=') as [string, string]));
    const defaults = Environment.parse({});
    const expected = Object.keys(Environment.shape).map((key) => [
      key,
      String(defaults[key as keyof typeof defaults] ?? ''),
    ]);
    expect(documented).toEqual(Object.fromEntries(expected));
  });
});
