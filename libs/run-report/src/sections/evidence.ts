// On what signed bytes the report rests, and how a stranger checks them.
import type { RunEvidence } from '../evidence/run-evidence.ts';
import { column, list, paragraph, type Section, tableOf } from '../document/block.ts';
import { instantText, none } from '../text/number.ts';

export function evidenceSection(evidence: RunEvidence): Section {
  const { keys, accepted } = evidence;
  const reportColumns = [
    column('Site', 24),
    column('Received', 24),
    column('Payload digest (SHA-256 of the signed bytes)', 66),
  ];
  const reportRows = accepted.map(({ siteName, receipt, payloadDigest }) => [
    siteName,
    instantText(receipt.receivedAt),
    payloadDigest,
  ]);
  const resultRows = accepted.map(({ siteName, report, signers }) => [
    siteName,
    report.resultDigest,
    signers[0],
  ]);
  const names = new Map(evidence.analysis.sites.map(({ site, siteName }) => [site, siteName]));
  const keyRows = keys.map(({ keyId, role, site, validFrom, validUntil }) => [
    ...[role, site === null ? '' : (names.get(site) ?? ''), instantText(validFrom)],
    ...[validUntil === null ? none : instantText(validUntil), keyId],
  ]);
  return {
    id: 'evidence',
    title: 'Evidence',
    blocks: [
      paragraph(
        'Each number of this document follows from the reports below. Each report is signed by a key that was made at its site and never left it; the office signed a receipt for each, entered in an audit log whose entries are chained by their hashes.',
      ),
      ...tableOf('Reports that count', reportColumns, reportRows),
      ...tableOf(
        'Digest of each result, and the key that signed it',
        [column('Site', 20), column('Result digest', 60), column('Key', 60)],
        resultRows,
      ),
      ...tableOf(
        'Keys: which were valid when',
        [
          column('Role', 12),
          column('Site', 22),
          column('Valid from', 22),
          column('Ended', 22),
          column('Key id', 64),
        ],
        keyRows,
      ),
      paragraph('To check it without trusting the office:'),
      list(
        [
          `sidemark bundle export ${evidence.run} --out run.bundle.json`,
          'sidemark bundle verify run.bundle.json --fingerprint FINGERPRINT, with the fingerprint from the kit of any site: it verifies every signature and pools the reports again.',
          'sidemark report make run.bundle.json --out DIR writes this document again, byte for byte, from the bundle alone.',
        ],
        true,
      ),
    ],
  };
}
