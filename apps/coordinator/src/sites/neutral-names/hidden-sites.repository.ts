// Sites of studies that hide their names from readers.
import type { Tx } from '../../platform/database/database.ts';
import type { HiddenSite } from './neutral-names.ts';

/** In each study oldest first: a site invited later changes no label. */
export async function hiddenSites(tx: Tx): Promise<Omit<HiddenSite, 'label'>[]> {
  const rows = await tx.site.findMany({
    where: { study: { siteNames: 'hidden' } },
    select: { id: true, studyId: true, name: true },
    orderBy: [{ createdAt: 'asc' }, { id: 'asc' }],
  });
  return rows.map(({ id, studyId, name }) => ({ id, study: studyId, name }));
}
