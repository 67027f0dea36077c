// Looks for secrets in bytes: as they are, in UTF-16, percent-encoded, and inside base64 and hex, two layers deep.
const base64 = /[A-Za-z0-9+/_-]{16,}={0,2}/g;
const hex = /(?:[0-9a-fA-F]{2}){8,}/g;

function layersOf(bytes: Uint8Array, depth: number): string[] {
  const buffer = Buffer.from(bytes);
  const plain = buffer.toString('latin1');
  const layers = [
    plain,
    buffer.toString('utf16le'),
    buffer.subarray(1).toString('utf16le'),
    percentDecoded(plain),
  ];
  if (depth === 0) return layers;
  const inner = [
    ...[...plain.matchAll(base64)].map(([text]) => Buffer.from(text, 'base64')),
    ...[...plain.matchAll(hex)].map(([text]) => Buffer.from(text, 'hex')),
  ];
  return [...layers, ...inner.flatMap((decoded) => layersOf(decoded, depth - 1))];
}

function percentDecoded(text: string): string {
  return text.replace(/%([0-9a-fA-F]{2})/g, (_, pair: string) => String.fromCharCode(parseInt(pair, 16)));
}

/** The secrets that stand in the bytes, whatever their case. */
export function secretsIn(bytes: Uint8Array, secrets: readonly string[]): string[] {
  const layers = layersOf(bytes, 2).map((layer) => layer.toLowerCase());
  return secrets.filter((secret) => layers.some((layer) => layer.includes(secret.toLowerCase())));
}
