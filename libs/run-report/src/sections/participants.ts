// Who took part: the sites, their films and patients, and the software that judged them.
import type { ReportResult } from '@sidemark/core/contract';
import type { RunEvidence } from '../evidence/run-evidence.ts';
import { column, note, type Section, tableOf } from '../document/block.ts';
import { count, none, shortDigest } from '../text/number.ts';
import { qualificationNames, refusalNames } from '../text/words.ts';

export function participantsSection(evidence: RunEvidence): Section {
  return {
    id: 'participants',
    title: 'Participants',
    blocks: [
      ...siteTable(evidence),
      note(
        'Internal: a site whose data trained a model of the study. Images and patients are counted at the site; neither images nor labels of single patients left it. A dash: the site sent no report.',
      ),
      ...classTable(evidence),
      ...softwareTable(evidence),
    ],
  };
}

function siteTable({ analysis, accepted }: RunEvidence) {
  const columns = [
    ...[column('Site', 26), column('Role', 13), column('Report', 30), column('Machine', 17)],
    ...['Registered', 'Evaluated', 'Patients', 'With marker'].map((head) => column(head, 17, 'right')),
  ];
  const rows = analysis.sites.map((site) => {
    const images = accepted.find(({ report }) => report.header.site === site.site)?.report.result.images;
    const refusal = site.refusal === null ? 'none' : `none: ${refusalNames[site.refusal]}`;
    return [
      ...[
        site.siteName,
        site.role,
        site.reported ? 'accepted' : refusal,
        qualificationNames[site.qualification],
      ],
      images ? count(images.registered.images) : none,
      images ? count(images.evaluated.images) : none,
      images ? count(images.evaluated.patients) : none,
      images ? count(site.imagesWithMarker) : none,
    ];
  });
  return tableOf('Sites of the run', columns, rows);
}

function classTable({ protocol, accepted }: RunEvidence) {
  const columns = [
    ...[column('Site', 24), column('Classifier', 26), column('With the finding', 24), column('Without', 24)],
    column('Rows', 12),
  ];
  const rows = accepted.flatMap(({ siteName, report }) => {
    const own = protocol.classifiers.flatMap(({ id, model }) => {
      const result = report.result.classifiers.find(({ classifier }) => classifier === model.sha256);
      const seen = result && classesOf(result);
      return seen ? [{ id, seen }] : [];
    });
    const alike = [...new Set(own.map(({ seen }) => seen.join('|')))];
    return alike.map((key) => {
      const same = own.filter(({ seen }) => seen.join('|') === key);
      return [siteName, same.map(({ id }) => id).join(', '), ...same[0]!.seen];
    });
  });
  return tableOf('Films and patients by the reference standard', columns, rows);
}

/** With, without, and of which rows; undefined of a multi-class model. */
function classesOf(result: ReportResult['classifiers'][number]): string[] | undefined {
  if (result.kind === 'multiclass') return undefined;
  if (result.kind === 'withheld') return ['withheld: fewer patients than the floor', '', ''];
  const said = ({ images, patients }: { images: number; patients: number }): string =>
    `${count(images)} films, ${count(patients)} patients`;
  return [said(result.positives), said(result.negatives), result.rows ?? 'all'];
}

function softwareTable({ accepted }: RunEvidence) {
  const columns = [
    ...[column('Site', 24), column('Agent', 12), column('Node.js', 12), column('onnxruntime', 15)],
    ...[column('System', 17), column('Dataset digest', 20)],
  ];
  const rows = accepted.map(({ siteName, report: { header } }) => [
    ...[siteName, header.agentVersion, header.nodeVersion, header.onnxruntimeVersion],
    ...[`${header.platform} ${header.architecture}`, shortDigest(header.datasetDigest)],
  ]);
  return tableOf('Software at the sites, and the dataset that each registered', columns, rows);
}
