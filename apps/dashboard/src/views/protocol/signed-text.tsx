// The document exactly as it is signed. Digest and signed bytes are held against it by this browser.
import { type ReactNode, useEffect, useState } from 'react';
import type { Envelope, ProtocolDocument } from '@sidemark/core/contract';
import { canDigest, sha256Of } from '../../api/upload.ts';
import { canonicalJson } from '../../format/canonical.ts';
import { download } from '../parts/data-table.tsx';

export function SignedText(props: {
  document: ProtocolDocument;
  digest: string;
  envelope: Envelope | null;
}): ReactNode {
  const { document, digest, envelope } = props;
  const text = canonicalJson(document);
  const own = useDigest(text);
  return (
    <section aria-labelledby="signed">
      <h2 id="signed">{envelope ? 'What was signed' : 'What will be signed'}</h2>
      <p className="hint">
        Digest <code>{digest}</code>. {own === undefined ? '' : wordOf(own === digest)}{' '}
        {envelope && wordOfEnvelope(signedText(envelope) === text)}
      </p>
      <pre tabIndex={0}>{JSON.stringify(document, null, 2)}</pre>
      <div className="buttons">
        <button
          type="button"
          className="plain"
          onClick={() => download(`${document.name}-v${document.version}.json`, 'application/json', text)}
        >
          Save the canonical document
        </button>
      </div>
    </section>
  );
}

const wordOf = (fits: boolean): string =>
  fits
    ? '✓ This browser has computed the same from the document below.'
    : '✗ This browser computes another from the document below: do not freeze it, and tell the coordinator’s operator.';

const wordOfEnvelope = (fits: boolean): string =>
  fits
    ? '✓ The signed bytes are this document.'
    : '✗ The signed bytes are another document: do not rely on it, and tell the coordinator’s operator.';

function signedText({ payload }: Envelope): string {
  return new TextDecoder().decode(Uint8Array.from(atob(payload), (sign) => sign.charCodeAt(0)));
}

/** undefined until it is there, and on pages where browsers lend no digest */
function useDigest(text: string): string | undefined {
  const [digest, setDigest] = useState<string>();
  useEffect(() => {
    let isWanted = true;
    if (canDigest())
      void sha256Of(new Blob([text])).then((found) => {
        if (isWanted) setDigest(found);
      });
    return () => void (isWanted = false);
  }, [text]);
  return digest;
}
