// Bytes of one connection to requests of HTTP/1.1: strictly, so that nothing can hide where a reader is lenient.
export interface HttpRequest {
  readonly method: string;
  readonly target: string;
  readonly headers: readonly (readonly [name: string, value: string])[];
  readonly body: string;
  /** on the wire, head and body */
  readonly bytes: number;
}

export interface Requests {
  readonly requests: readonly HttpRequest[];
  /** bytes after the last request: a websocket's after an upgrade, else nobody's */
  readonly rest: Buffer;
}

const isUpgrade = ({ headers }: HttpRequest): boolean => headers.some(([name]) => name === 'upgrade');

export function readRequests(bytes: Buffer): Requests {
  const requests: HttpRequest[] = [];
  let at = 0;
  for (;;) {
    const request = readRequest(bytes.subarray(at));
    if (request === undefined) break;
    requests.push(request);
    at += request.bytes;
    if (isUpgrade(request)) break;
  }
  return { requests, rest: bytes.subarray(at) };
}

function readRequest(bytes: Buffer): HttpRequest | undefined {
  const end = bytes.indexOf('\r\n\r\n');
  if (end < 0) return undefined;
  const [first = '', ...lines] = bytes.subarray(0, end).toString('latin1').split('\r\n');
  const [, method, target] = /^([A-Z]+) (\/\S*) HTTP\/1\.1$/.exec(first) ?? [];
  if (method === undefined || target === undefined) return undefined;
  const headers = lines.map((line): [string, string] => {
    const [, name = '', value = ''] = /^([^:\s]+): ?(.*)$/.exec(line) ?? [undefined, line, ''];
    return [name.toLowerCase(), value];
  });
  const length = Number(headers.find(([name]) => name === 'content-length')?.[1] ?? 0);
  const bodyAt = end + 4;
  if (!Number.isInteger(length) || bodyAt + length > bytes.length) return undefined;
  const body = bytes.subarray(bodyAt, bodyAt + length).toString('utf8');
  return { method, target, headers, body, bytes: bodyAt + length };
}
