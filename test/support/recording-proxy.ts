// A reverse proxy that keeps every byte of every request and answer, unpacked. It takes no websockets, so every packet
// of the link passes as the body of a request.
import { createServer, request as forward, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { brotliDecompressSync, gunzipSync, inflateSync } from 'node:zlib';

export interface Recorded {
  readonly what: string;
  readonly bytes: Uint8Array;
}

export interface RecordingProxy {
  readonly url: string;
  readonly recorded: readonly Recorded[];
  /** where requests go from now on */
  target(url: string): void;
  close(): Promise<void>;
}

const unpack: Record<string, (bytes: Buffer) => Buffer> = {
  gzip: (bytes) => gunzipSync(bytes),
  deflate: (bytes) => inflateSync(bytes),
  br: (bytes) => brotliDecompressSync(bytes),
};

function keep(recorded: Recorded[], what: string, message: IncomingMessage, chunks: readonly Buffer[]): void {
  const encoding = message.headers['content-encoding'] ?? '';
  const body = (unpack[encoding] ?? ((bytes: Buffer) => bytes))(Buffer.concat(chunks));
  recorded.push({ what: `headers of ${what}`, bytes: Buffer.from(message.rawHeaders.join('\n')) });
  recorded.push({ what, bytes: body });
}

export async function startRecordingProxy(): Promise<RecordingProxy> {
  const recorded: Recorded[] = [];
  let upstream = '';
  const serve = (incoming: IncomingMessage, answer: ServerResponse): void => {
    const what = `${incoming.method} ${incoming.url}`;
    recorded.push({ what: 'request line', bytes: Buffer.from(what) });
    const sent: Buffer[] = [];
    const { method, headers, url } = incoming;
    const onward = forward(new URL(url ?? '/', upstream), { method, headers }, (response) => {
      const got: Buffer[] = [];
      answer.writeHead(response.statusCode ?? 502, response.headers);
      response.on('data', (chunk: Buffer) => {
        got.push(chunk);
        answer.write(chunk);
      });
      response.on('end', () => {
        keep(recorded, `answer to ${what}`, response, got);
        answer.end();
      });
    });
    onward.on('error', () => answer.writeHead(502).end());
    answer.on('close', () => void (answer.writableFinished || onward.destroy()));
    incoming.on('data', (chunk: Buffer) => {
      sent.push(chunk);
      onward.write(chunk);
    });
    incoming.on('end', () => {
      keep(recorded, what, incoming, sent);
      onward.end();
    });
  };
  const server = createServer(serve);
  server.on('upgrade', (_request, socket) =>
    socket.end('HTTP/1.1 400 Bad Request\r\nConnection: close\r\n\r\n'),
  );
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    recorded,
    target: (url) => void (upstream = url),
    close: async () => {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}
