// NO_PROXY, as curl and Go read it: names with everything below them, addresses, subnets, ports, `*`.
import { BlockList, isIP } from 'node:net';

/** Without the brackets of an IPv6 address in a URL. */
const bare = (hostname: string): string => hostname.replace(/^\[|\]$/g, '').toLowerCase();

const family = (address: string): 'ipv4' | 'ipv6' => (isIP(address) === 6 ? 'ipv6' : 'ipv4');

/** This machine is never reached through a proxy: there it would be another machine. */
export function isThisMachine(url: URL): boolean {
  return /^(localhost|127(\.\d{1,3}){3}|::1)$/.test(bare(url.hostname));
}

/**
 * True where the list names the host of the address.
 * @param list separated by commas or blanks: `host` and `.host` with all names below, `192.0.2.7`, `192.0.2.0/24`,
 *   each with `:port` where wanted, or `*`. What cannot be read names nothing.
 */
export function isExempt(url: URL, list: string | undefined): boolean {
  const entries = (list ?? '').toLowerCase().split(/[\s,]+/);
  return entries.some((entry) => entry !== '' && covers(entry, url));
}

function covers(entry: string, url: URL): boolean {
  if (entry === '*') return true;
  const { pattern, port } = split(entry);
  if (port !== undefined && port !== portOf(url)) return false;
  const host = bare(url.hostname);
  if (isIP(host) !== 0) return coversAddress(pattern, host);
  const name = pattern.replace(/^\*?\./, '');
  return host === name || host.endsWith(`.${name}`);
}

function split(entry: string): { pattern: string; port: string | undefined } {
  if (isIP(entry) === 6 || /^[\da-f:]+\/\d+$/.test(entry)) return { pattern: entry, port: undefined };
  const [, pattern = entry, port] = /^(.*?)(?::(\d+))?$/.exec(entry) ?? [];
  return { pattern: bare(pattern), port };
}

function coversAddress(pattern: string, host: string): boolean {
  const [network = '', bits] = pattern.split('/');
  if (isIP(network) === 0 || isIP(network) !== isIP(host)) return false;
  const widest = isIP(network) === 6 ? 128 : 32;
  const prefix = bits === undefined ? widest : Number(bits);
  if (!Number.isInteger(prefix) || prefix < 0 || prefix > widest) return false;
  const list = new BlockList();
  list.addSubnet(network, prefix, family(network));
  return list.check(host, family(host));
}

function portOf({ port, protocol }: URL): string {
  return port || (protocol === 'https:' ? '443' : '80');
}
