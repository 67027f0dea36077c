// From the accepted reports of a run to its analysis: which figure of which report goes into which pooled number.
import type { Analysis } from '../contract/index.ts';
import { analyseCell } from './cell-analysis.ts';
import { analyseComparison } from './comparison-analysis.ts';
import { analyseCam, analyseSegmentation } from './film-analysis.ts';
import { analyseFolds } from './fold-analysis.ts';
import { analyseConfusion } from './multiclass-analysis.ts';
import type { ClassifierFacts, PoolingInput } from './pooling-input.ts';
import { qualifiedReports } from './qualified-reports.ts';
import { summariseSite } from './site-summary.ts';

/** @throws RangeError when the protocol names a classifier whose facts are not given. */
export function planPooling(input: PoolingInput): Analysis {
  const { document } = input;
  const reports = qualifiedReports(input);
  const { level } = document.analysis;
  const cells = document.classifiers.flatMap(({ id }) =>
    document.arms.map((arm) => ({ id, arm, facts: factsOf(input, id) })),
  );
  return {
    run: input.run,
    protocolDigest: input.protocolDigest,
    level,
    computedAt: input.computedAt,
    sites: input.sites.map((site) => summariseSite(site, input)),
    cells: cells
      .filter(({ facts }) => facts.kind === 'binary')
      .map(({ id, arm, facts }) => analyseCell({ classifier: id, arm }, facts, reports, level)),
    comparisons: document.comparisons.map((comparison) => {
      const a = { classifier: factsOf(input, comparison.a.classifier).sha256, arm: comparison.a.arm };
      const b = { classifier: factsOf(input, comparison.b.classifier).sha256, arm: comparison.b.arm };
      return analyseComparison(comparison, a, b, reports, level);
    }),
    multiclass: cells
      .filter(({ facts }) => facts.kind === 'multiclass')
      .map(({ id, arm, facts }) => analyseConfusion({ classifier: id, arm }, facts, reports, level)),
    segmentation: document.classifiers.flatMap(
      ({ id }) => analyseSegmentation(id, factsOf(input, id).sha256, document, reports) ?? [],
    ),
    cam: document.classifiers.flatMap(({ id }) =>
      analyseCam(id, factsOf(input, id).sha256, document, reports),
    ),
    folds: analyseFolds(document, (id) => factsOf(input, id).sha256, reports),
  };
}

function factsOf(input: PoolingInput, id: string): ClassifierFacts {
  const facts = input.classifiers.get(id);
  if (facts === undefined) throw new RangeError(`the protocol names a classifier without facts: ${id}`);
  return facts;
}
