// The figures of a site's own report in a table, for its people: what is withheld in the report is withheld here.
import type { Report, ReportResult } from '@sidemark/core/contract';
import { table } from '@sidemark/terminal';

type Estimated = Extract<ReportResult['classifiers'][number], { kind: 'binary' }>['auc'][number];

/** AUC with its standard error, or why there is none. */
function figure(estimate: Estimated | undefined, variance: Estimated | undefined): string {
  if (estimate?.kind !== 'estimate') return estimate?.reason ?? '-';
  const error = variance?.kind === 'estimate' ? ` (SE ${Math.sqrt(variance.value).toFixed(4)})` : '';
  return `${estimate.value.toFixed(3)}${error}`;
}

export function resultText({ header, result, resultDigest }: Report): string {
  const { images, classifiers, comparisons } = result;
  const cells = classifiers.flatMap((entry) =>
    entry.arms.map((arm, i) => [
      entry.classifier.slice(0, 12),
      arm,
      entry.kind === 'binary' ? figure(entry.auc[i], entry.covariance[i]?.[i]) : entry.kind,
    ]),
  );
  const differences = comparisons.map(({ a, b, difference, variance }) => [
    `${a.classifier.slice(0, 12)} ${a.arm}`,
    `${b.classifier.slice(0, 12)} ${b.arm}`,
    figure(difference, variance),
  ]);
  return [
    `report ${header.sequence} of job ${header.job}, result ${resultDigest}`,
    `${images.evaluated.images} of ${images.registered.images} films of ${images.evaluated.patients} patients`,
    table(['model', 'arm', 'AUC'], cells),
    ...(differences.length > 0 ? [table(['a', 'b', 'AUC of a less b'], differences)] : []),
    'All of it: --json. What the trial office gets is this, signed: sidemark egress show N, once it has left.',
  ].join('\n');
}
