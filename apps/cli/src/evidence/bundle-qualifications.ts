// The qualifications of a bundle: what each site's machine answered to the pack, signed by the site, judged again.
import type { PackVerdict } from '@sidemark/core/analysis';
import {
  payloadTypes,
  QualificationReport,
  Receipt,
  recipeOf,
  type RunBundle,
} from '@sidemark/core/contract';
import { DomainError } from '@sidemark/core/errors';
import { judgeAnswers } from '@sidemark/core/qualification';
import { digestOf, openEnvelope } from '@sidemark/core/signing';
import { acknowledgement, only, parseJson, rawKey, requireFacts } from '../verify-report.ts';
import { type BundleKeys, requireValid } from './bundle-keys.ts';
import type { CheckedProtocol } from './bundle-protocol.ts';
import { at, requireSame } from './place.ts';

/** The latest verdict of each site. @throws DomainError of signatures, keys and digests, with the place */
export function checkQualifications(
  bundle: RunBundle,
  keys: BundleKeys,
  { document, digest }: CheckedProtocol,
): Map<string, PackVerdict> {
  const { reference } = bundle.statement;
  if (document.qualification === undefined || reference === undefined) {
    requireSame('statement.reference', reference?.pack, document.qualification?.pack);
    return new Map();
  }
  requireSame('statement.reference.pack', reference.pack, document.qualification.pack);
  requireSame('statement.reference.recipe', reference.recipe, digestOf(recipeOf(document)));
  const verdicts = (bundle.qualifications ?? []).map((signed, index) =>
    at(`qualifications.${index}`, () => {
      const { header, answers, receivedAt } = openAnswers(signed, bundle, keys);
      requireSame('header.run', header.run, bundle.statement.run);
      requireSame('header.protocolDigest', header.protocolDigest, digest);
      requireSame('answers.pack', answers.pack, reference.pack);
      return { site: header.site, receivedAt, ...judgeAnswers(answers, reference, recipeOf(document)) };
    }),
  );
  const inTime = verdicts.sort((a, b) => a.receivedAt.localeCompare(b.receivedAt));
  return new Map(inTime.map(({ site, state }) => [site, state]));
}

function openAnswers(
  signed: NonNullable<RunBundle['qualifications']>[number],
  { statement }: RunBundle,
  keys: BundleKeys,
): QualificationReport & { receivedAt: string } {
  const keyId = signed.envelope.signatures[0]?.keyid ?? '';
  const named = statement.keys.find((key) => key.keyId === keyId);
  if (named === undefined) throw new DomainError('signer-unknown', { keyId });
  const siteKey = rawKey(named.publicKey);
  const receipt = Receipt.parse(
    parseJson(openEnvelope(signed.receipt, payloadTypes.receipt, keys.online).payload),
  );
  const { payload } = openEnvelope(signed.envelope, payloadTypes.qualification, only(siteKey));
  const report = QualificationReport.parse(parseJson(payload));
  requireFacts([
    ...acknowledgement(receipt, payload, report.header, siteKey),
    ['the digest of the answers fits them', report.answersDigest === digestOf(report.answers)],
  ]);
  const { site: owner } = requireValid(statement.keys, { keyId, role: 'site' }, receipt.receivedAt);
  if (owner !== report.header.site) throw new DomainError('report-wrong-site', { signedBy: keyId });
  const onlineKey = signed.receipt.signatures[0]?.keyid ?? '';
  requireValid(keys.records, { keyId: onlineKey, role: 'online' }, receipt.receivedAt);
  return { ...report, receivedAt: receipt.receivedAt };
}
