// The canonical JSON that is digested and signed (RFC 8785). The page checks digests by itself instead of believing them.
import canonicalizeModule from 'canonicalize';

const canonicalize = canonicalizeModule as unknown as (value: unknown) => string | undefined;

/** @param value JSON; anything else gives an empty text */
export const canonicalJson = (value: unknown): string => canonicalize(value) ?? '';
