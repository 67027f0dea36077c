// One payload: to read, and as bytes.
import type { ReactNode } from 'react';
import type { ConsolePayload } from '@sidemark/core/contract';
import { count } from '../../format/number.ts';
import { instant } from '../../format/time.ts';
import { usePolled } from '../../live/use-polled.ts';
import { Digest, Facts, PageHead } from '../../views/parts/page-head.tsx';
import { agent } from '../ask.ts';
import { hexLines } from '../hex.ts';
import { Stale } from '../../views/parts/notice.tsx';
import { Waiting } from '../parts/waiting.tsx';
import { hrefs } from '../route.ts';

/** so many bytes are drawn; the rest is in the file */
const drawnBytes = 4096;

export function PayloadPage({ place, sequence }: { place: 'left' | 'waiting'; sequence: string }): ReactNode {
  const { value, failure } = usePolled(`payload ${place} ${sequence}`, agent.payload(place, sequence), null);
  if (!value) return <Waiting failure={failure} what="payload" />;
  const { title, at, to, readable, sha256 } = value;
  return (
    <>
      <PageHead title={title} crumbs={[{ label: 'What leaves', href: hrefs.egress }]}>
        <Facts
          facts={[
            [place === 'left' ? 'Left' : 'Signed', instant(at)],
            ['To', <code key="t">{to}</code>],
            ...(sha256 === null ? [] : [['SHA-256', <Digest key="d" value={sha256} whole />] as const]),
          ]}
        />
      </PageHead>
      <Stale failure={failure} />
      <section aria-labelledby="readable">
        <h2 id="readable">To read</h2>
        <pre className="document" tabIndex={0}>
          {readable}
        </pre>
      </section>
      <Bytes payload={value} />
    </>
  );
}

function Bytes({ payload: { bytes, about } }: { payload: ConsolePayload }): ReactNode {
  if (bytes === null)
    return (
      <section aria-labelledby="bytes">
        <h2 id="bytes">As bytes</h2>
        <p className="hint">Not kept: {about}.</p>
      </section>
    );
  const raw = Uint8Array.from(atob(bytes), (letter) => letter.charCodeAt(0));
  const save = (): void => {
    const address = URL.createObjectURL(new Blob([raw], { type: 'application/octet-stream' }));
    Object.assign(document.createElement('a'), { href: address, download: 'payload.json' }).click();
    URL.revokeObjectURL(address);
  };
  return (
    <section aria-labelledby="bytes">
      <h2 id="bytes">As bytes</h2>
      <p className="quiet">
        {count(raw.length)} bytes: {about}.
        {raw.length > drawnBytes && ` The first ${count(drawnBytes)} are shown; all of them are in the file.`}
      </p>
      <p className="buttons">
        <button type="button" className="plain large" onClick={save}>
          Save all bytes
        </button>
      </p>
      <pre className="document hex" tabIndex={0}>
        {hexLines(raw.subarray(0, drawnBytes)).join('\n')}
      </pre>
    </section>
  );
}
