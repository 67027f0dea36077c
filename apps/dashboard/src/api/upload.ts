// Sends a file under its SHA-256, telling how far it is: fetch cannot say that, XMLHttpRequest can.
import { Failure, failureOf } from './client.ts';
import { session } from './session.ts';

export async function sha256Of(file: Blob): Promise<string> {
  const digest = await crypto.subtle.digest('SHA-256', await file.arrayBuffer());
  return Array.from(new Uint8Array(digest), (byte) => byte.toString(16).padStart(2, '0')).join('');
}

/** Browsers lend their digests to secure pages only: https, or this machine. */
export const canDigest = (): boolean => 'subtle' in crypto;

/** @param told with the share that is sent, 0 to 1 @throws Failure */
export function upload(sha256: string, file: Blob, told: (share: number) => void): Promise<void> {
  return new Promise((resolve, reject) => {
    const request = new XMLHttpRequest();
    request.open('PUT', `./api/blobs/${sha256}`);
    request.setRequestHeader('content-type', 'application/octet-stream');
    request.setRequestHeader('x-sidemark-proof', session.proof());
    request.upload.onprogress = ({ loaded, total }) => told(total > 0 ? loaded / total : 0);
    request.onload = () => {
      if (request.status === 200) resolve();
      else reject(failureOf(request.status, parsed(request.responseText)));
    };
    request.onerror = () =>
      reject(new Failure('The upload broke off. Nothing of it was kept: send it again.', 0, 'unreachable'));
    request.send(file);
  });
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return null;
  }
}
