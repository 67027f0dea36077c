// What did not go as the protocol has it, or must be known to read the result: in words, none left out.
import type { RunEvidence } from '../evidence/run-evidence.ts';
import { type Block, column, list, paragraph, type Section, tableOf } from '../document/block.ts';
import { count, instantText, plural, shortDigest } from '../text/number.ts';
import { absence, exclusionNames, refusalNames } from '../text/words.ts';

export function deviationsSection(evidence: RunEvidence): Section {
  const said = [
    ...planRemarks(evidence),
    ...siteRemarks(evidence),
    ...filmRemarks(evidence),
    ...keyRemarks(evidence),
  ];
  return {
    id: 'deviations',
    title: 'Deviations and remarks',
    blocks: [
      said.length > 0 ? list(said) : paragraph('None is recorded.'),
      ...exclusionTable(evidence),
      ...supersededTable(evidence),
    ],
  };
}

function planRemarks({ analysis: { plan, comparisons } }: RunEvidence): string[] {
  const explored = comparisons.filter(({ question }) => question.status === 'exploratory').length;
  return [
    ...(plan.declared
      ? []
      : [
          'The protocol carries no analysis plan: its primary comparisons were taken as the plan, at all sites.',
        ]),
    ...(explored > 0
      ? [
          `${plural(explored, 'comparison')} ${explored === 1 ? 'is' : 'are'} exploratory: the protocol named ${explored === 1 ? 'it' : 'them'}, its plan does not test ${explored === 1 ? 'it' : 'them'}.`,
        ]
      : []),
  ];
}

function siteRemarks({ analysis, accepted }: RunEvidence): string[] {
  const silent = analysis.sites.filter(({ reported }) => !reported);
  const versions = new Set(
    accepted.map(
      ({ report: { header } }) => `${header.agentVersion} with onnxruntime ${header.onnxruntimeVersion}`,
    ),
  );
  return [
    ...silent.map(
      ({ siteName, refusal }) =>
        `${siteName} sent no report${refusal === null ? '' : `: ${refusalNames[refusal]}`}. Its films are not in any figure.`,
    ),
    ...analysis.sites
      .filter(({ qualification }) => qualification === 'not-qualified' || qualification === 'missing')
      .map(({ siteName, qualification }) =>
        qualification === 'missing'
          ? `${siteName} has not answered the phantoms, so its figures are not pooled.`
          : `The machine of ${siteName} did not reproduce the phantoms, so its figures are not pooled.`,
      ),
    ...(versions.size > 1 ? [`Sites ran different software: ${[...versions].sort().join('; ')}.`] : []),
  ];
}

function filmRemarks({ accepted }: RunEvidence): string[] {
  return accepted.flatMap(({ siteName, report: { result } }) => {
    const skipped = result.images.registered.images - result.images.evaluated.images;
    const share = skipped / (result.images.registered.images || 1);
    const checks = Object.entries(result.checks ?? {}).flatMap(([name, flag]) =>
      'kind' in flag && flag.kind === 'counts' && flag.images > 0 ? [`${name} ${count(flag.images)}`] : [],
    );
    return [
      ...(share > 0.05
        ? [
            `${siteName} skipped ${count(skipped)} of ${count(result.images.registered.images)} films (${(100 * share).toFixed(0)} %).`,
          ]
        : []),
      ...(result.markers.needsReview > 0
        ? [
            `At ${siteName}, ${plural(result.markers.needsReview, 'marker')} ${result.markers.needsReview === 1 ? 'was' : 'were'} left as found, for a person to look at.`,
          ]
        : []),
      ...(checks.length > 0 ? [`Films flagged at ${siteName} (files): ${checks.join(', ')}.`] : []),
    ];
  });
}

function keyRemarks({ keys }: RunEvidence): string[] {
  return keys
    .filter(({ revokedAt }) => revokedAt !== null)
    .map(
      ({ keyId, role, revokedAt }) =>
        `The ${role} key ${shortDigest(keyId)} was revoked at ${instantText(revokedAt!)}.`,
    );
}

function exclusionTable({ analysis }: RunEvidence): Block[] {
  const columns = [column('Site', 28), column('Left out of', 20), column('Which', 36), column('Because', 50)];
  const rows = analysis.exclusions.map(({ siteName, from, of, reason, detail }) => [
    ...[siteName, from === 'run' ? 'the whole run' : from, of ?? ''],
    detail === null ? exclusionNames[reason] : absence(detail),
  ]);
  return tableOf('Sites and figures that were left out', columns, rows);
}

function supersededTable({ reports }: RunEvidence): Block[] {
  const rows = reports
    .filter(({ state }) => state !== 'accepted')
    .map(({ siteName, state, receipt, payloadDigest }) => [
      siteName,
      state,
      instantText(receipt.receivedAt),
      payloadDigest,
    ]);
  const columns = [
    column('Site', 26),
    column('State', 18),
    column('Received', 24),
    column('Payload digest', 66),
  ];
  return tableOf('Reports that no longer count', columns, rows);
}
