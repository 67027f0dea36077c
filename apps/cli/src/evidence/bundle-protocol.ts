// The protocol of a bundle and the models it names, each released under the release key.
import { ModelRelease, payloadTypes, ProtocolDocument, type RunBundle } from '@sidemark/core/contract';
import { digestOf, openEnvelope, sha256 } from '@sidemark/core/signing';
import { only, parseJson } from '../verify-report.ts';
import { at, requireSame } from './place.ts';

export interface CheckedProtocol {
  readonly digest: string;
  readonly document: ProtocolDocument;
  /** SHA-256 of detector, inpainter, classifiers in protocol order */
  readonly models: readonly string[];
}

/** @throws DomainError of signatures and `bundle-altered`, with the place */
export function checkProtocol(bundle: RunBundle, release: Uint8Array): CheckedProtocol {
  const { payload } = at('protocol', () =>
    openEnvelope(bundle.protocol, payloadTypes.protocol, only(release)),
  );
  const document = at('protocol', () => ProtocolDocument.parse(parseJson(payload)));
  const { detector, inpainter, classifiers } = document;
  const wanted = [
    { ...detector, role: 'detector' },
    { ...inpainter, role: 'inpainter' },
    ...classifiers.map(({ model }) => ({ ...model, role: 'classifier' })),
  ];
  const { releases } = bundle;
  const { manifests } = bundle.statement;
  requireSame('releases.length', releases.length, wanted.length);
  requireSame('statement.manifests.length', manifests.length, wanted.length);
  wanted.forEach((model, index) => {
    const place = `releases.${index}`;
    const stated = at(place, () => {
      const opened = openEnvelope(bundle.releases[index]!, payloadTypes.modelRelease, only(release));
      return ModelRelease.parse(parseJson(opened.payload));
    });
    const { name, version, role, sha256: bytes, manifestSha256 } = stated;
    requireSame(place, { name, version, sha256: bytes, manifestSha256, role }, model);
    const manifest = manifests[index]!;
    const manifestPlace = `statement.manifests.${index}`;
    requireSame(manifestPlace, digestOf(manifest), manifestSha256);
    requireSame(`${manifestPlace}.sha256`, manifest.sha256, model.sha256);
    requireSame(`${manifestPlace}.role`, manifest.role, model.role);
  });
  return { digest: sha256(payload), document, models: wanted.map((model) => model.sha256) };
}
