// Which reports count: where a protocol has a pack, those of sites whose machine gave its answers.
import type { SiteSummary } from '../../contract/index.ts';
import type { PoolingInput, SiteReport } from '../pooling-input.ts';

type Asked = Pick<PoolingInput, 'document' | 'verdicts'>;

export function qualificationOf(site: string, { document, verdicts }: Asked): SiteSummary['qualification'] {
  if (document.qualification === undefined) return 'not-asked';
  return verdicts?.get(site) ?? 'missing';
}

export function qualifiedReports(input: Asked & Pick<PoolingInput, 'reports'>): SiteReport[] {
  return input.reports.filter(({ site }) =>
    ['not-asked', 'qualified'].includes(qualificationOf(site, input)),
  );
}
