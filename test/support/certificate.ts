// A private CA and a certificate by it, made anew for every test that wants TLS. Needs the openssl command.
import { execFileSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

export interface Certificate {
  readonly cert: string;
  readonly key: string;
  readonly ca: string;
  /** PEM files of the three */
  readonly certFile: string;
  readonly keyFile: string;
  readonly caFile: string;
}

/** In `folder`, for `localhost`, 127.0.0.1 and `names`; good for two days. */
export function privateCertificate(folder: string, ...names: string[]): Certificate {
  const at = (name: string): string => join(folder, name);
  const openssl = (...words: string[]): void =>
    void execFileSync('openssl', words, { stdio: ['ignore', 'ignore', 'pipe'] });
  const fresh = ['-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:prime256v1', '-nodes'];
  const all = [...names, 'localhost'].map((name) => `DNS:${name}`);
  writeFileSync(at('names'), `subjectAltName=${all.join(',')},IP:127.0.0.1\n`);
  openssl('req', '-x509', ...fresh, '-keyout', at('ca.key'), '-out', at('ca.pem'), '-subj', '/CN=Sample CA');
  openssl('req', ...fresh, '-keyout', at('leaf.key'), '-out', at('leaf.csr'), '-subj', '/CN=Sample');
  const by = ['-CA', at('ca.pem'), '-CAkey', at('ca.key'), '-CAcreateserial', '-days', '2'];
  openssl('x509', '-req', '-in', at('leaf.csr'), ...by, '-extfile', at('names'), '-out', at('leaf.pem'));
  const [certFile, keyFile, caFile] = [at('leaf.pem'), at('leaf.key'), at('ca.pem')];
  const read = (file: string): string => readFileSync(file, 'utf8');
  return { cert: read(certFile), key: read(keyFile), ca: read(caFile), certFile, keyFile, caFile };
}
