// Every header that may leave a site, with the values it may have. Nothing here depends on data of the site.
import type { HttpRequest } from './http-requests.ts';

/** What the site was given or was told to use; headers may repeat it. */
export interface Known {
  /** host:port in the kit */
  readonly host: string;
  /** whether the coordinator has said this, earlier, on a recorded connection */
  readonly wasGiven: (secret: string) => boolean;
}

const list: Readonly<
  Record<string, RegExp | ((value: string, known: Known, request: HttpRequest) => boolean)>
> = {
  host: (value, { host }) => value === host,
  connection: /^(keep-alive|Upgrade|close)$/,
  accept: /^(application\/json, application\/octet-stream|\*\/\*)$/,
  'accept-language': /^\*$/,
  'accept-encoding': /^(gzip, deflate|br, gzip, deflate|identity)$/,
  'sec-fetch-mode': /^cors$/,
  'user-agent': /^(node|undici|node-XMLHttpRequest)$/,
  'content-type': /^(application\/json|text\/plain;charset=UTF-8)$/,
  'content-length': (value, _known, { body }) => value === String(Buffer.byteLength(body)),
  authorization: (value, { wasGiven }) => {
    const [, session = ''] = /^Bearer ([A-Za-z0-9_-]{43})$/.exec(value) ?? [];
    return session !== '' && wasGiven(session);
  },
  range: /^bytes=\d+-$/,
  upgrade: /^websocket$/,
  'sec-websocket-version': /^13$/,
  // 16 random bytes of the library for each websocket
  'sec-websocket-key': /^[A-Za-z0-9+/]{22}==$/,
  'sec-websocket-extensions': /^permessage-deflate; client_max_window_bits$/,
};

/** Headers that are not of the list, or do not have a value that it allows, or come twice. */
export function strangeHeaders(request: HttpRequest, known: Known): string[] {
  const seen = new Set<string>();
  return request.headers.flatMap(([name, value]) => {
    const rule = Object.hasOwn(list, name) ? list[name] : undefined;
    const fits = rule instanceof RegExp ? rule.test(value) : rule?.(value, known, request) === true;
    const isSecond = seen.has(name);
    seen.add(name);
    return fits && !isSecond ? [] : [`header ${name}: ${value}`];
  });
}
