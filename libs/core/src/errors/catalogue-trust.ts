// Refusals about identity, envelopes and signatures: said by both ends.
export const trustErrors = {
  'envelope-malformed': {
    status: 400,
    failure: 'permanent',
    sentence: 'The message is not a DSSE envelope. Send the JSON envelope exactly as `sidemark` wrote it.',
  },
  'envelope-type-unexpected': {
    status: 400,
    failure: 'permanent',
    sentence:
      'The envelope carries another kind of statement than this door takes. Send it to the route for its kind.',
  },
  'signature-invalid': {
    status: 401,
    failure: 'permanent',
    sentence:
      'The signature does not fit the bytes. The message was altered or signed by another key: fetch or sign it anew.',
  },
  'signature-non-canonical': {
    status: 401,
    failure: 'permanent',
    sentence:
      'The signature or key is not in its one canonical form (S >= L, small-order or non-canonical point). Sign with an ordinary Ed25519 library.',
  },
  'signer-unknown': {
    status: 401,
    failure: 'permanent',
    sentence: 'No key with this id is known here. Enrol the site, or ask the coordinator which key it uses.',
  },
  'signer-role': {
    status: 403,
    failure: 'permanent',
    sentence: 'The key may not sign this kind of statement. Use the key made for this role.',
  },
  'key-revoked': {
    status: 403,
    failure: 'permanent',
    sentence: 'The key has been revoked. Ask the coordinator for a new invitation and enrol again.',
  },
  'key-not-yet-valid': {
    status: 403,
    failure: 'permanent',
    sentence:
      'The key is not valid yet. Check both clocks; if they agree, wait for the day named in the details.',
  },
  'key-expired': {
    status: 403,
    failure: 'permanent',
    sentence:
      'The key has come to the end of its validity. Check both clocks; if they agree, use the key that followed it, or ask for a new one.',
  },
  'delegation-invalid': {
    status: 422,
    failure: 'permanent',
    sentence:
      'The list of on-line keys does not follow from the one before it. Draft it anew with `sidemark key draft`, and sign what comes out unchanged.',
  },
  'delegation-rolled-back': {
    status: 401,
    failure: 'permanent',
    sentence:
      'The coordinator showed an older list of its keys than this site has seen. Nothing was sent. Somebody may be using a key that was revoked, or the trial office has restored an old backup: ask them by telephone.',
  },
  'release-key-offline': {
    status: 409,
    failure: 'permanent',
    sentence:
      'The release key is not on this coordinator. Put keys/release.key in place for this step, or sign on the machine that holds it: `sidemark key draft`, `key sign`, `key adopt`.',
  },
  'release-key-mismatch': {
    status: 409,
    failure: 'permanent',
    sentence:
      'The release key file holds another key than the one this trial rests on. Put the right file in place; keys and database belong together.',
  },
  'key-rotation-invalid': {
    status: 422,
    failure: 'permanent',
    sentence:
      'The statement that changes the site key does not hold together. Run `sidemark key rotate` at the site again.',
  },
  'key-rotation-conflict': {
    status: 409,
    failure: 'permanent',
    sentence:
      'Only the current key of a site can name the next one, and each key is used once. Look at `sidemark key list`; if the site did not do this itself, revoke the site.',
  },
  'fingerprint-mismatch': {
    status: 401,
    failure: 'permanent',
    sentence:
      'The coordinator that answered does not hold the key named in the kit. Nothing was sent. Check the address, and ask the trial office to confirm the fingerprint by telephone.',
  },
  'bundle-altered': {
    status: 422,
    failure: 'permanent',
    sentence:
      'The evidence bundle was altered, or a pooled number does not follow from its signed reports. Do not rely on it; export it anew and compare at the place named in the details.',
  },
  'challenge-failed': {
    status: 401,
    failure: 'permanent',
    sentence:
      'The answer to the challenge does not fit it (nonce, key or address differ). Connect again with the enrolled key and address.',
  },
  'clock-skew': {
    status: 409,
    failure: 'transient',
    sentence:
      'This clock and that of the coordinator differ by more than 15 minutes; the details say by how much. Set the clock that is wrong (use NTP). The agent keeps trying.',
  },
  'contract-version-mismatch': {
    status: 426,
    failure: 'permanent',
    sentence:
      'Coordinator and site agent speak different contract versions. Upgrade the side named in the details.',
  },
  unauthenticated: {
    status: 401,
    failure: 'permanent',
    sentence:
      'This route needs a credential. Pass the administrator token (SIDEMARK_TOKEN), or connect with the site key.',
  },
  forbidden: {
    status: 403,
    failure: 'permanent',
    sentence:
      'This credential does not reach here. Administrative routes take the administrator token, site routes their own site session.',
  },
  'session-expired': {
    status: 401,
    failure: 'transient',
    sentence: 'The site session has ended. Connect again; the agent does so by itself.',
  },
} as const;
