// The canonical JSON that is digested and signed (RFC 8785): keys in the order of their UTF-16 code units, numbers and
// strings as ECMAScript writes them. Written again here, since the page shall check the coordinator and not believe it.
export function canonicalJson(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(canonicalJson).join(',')}]`;
  if (typeof value !== 'object' || value === null) return JSON.stringify(value);
  const fields = Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1));
  return `{${fields.map(([key, item]) => `${JSON.stringify(key)}:${canonicalJson(item)}`).join(',')}}`;
}
