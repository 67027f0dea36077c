// A reporting checklist, item by item: where Sidemark answers it, or that the trial must.
export interface ChecklistItem {
  readonly item: string;
  readonly topic: string;
  /** what is asked, in our words */
  readonly asks: string;
  /** report: this document; partly: it gives a part and the trial the rest; trial: nobody but the trial knows */
  readonly by: 'report' | 'partly' | 'trial';
  readonly where: string;
}

export interface Checklist {
  readonly id: 'stard' | 'claim';
  readonly name: string;
  readonly source: string;
  readonly items: readonly ChecklistItem[];
}

export const answeredBy: Readonly<Record<ChecklistItem['by'], string>> = {
  report: 'here',
  partly: 'here in part',
  trial: 'the trial',
};

export const item = (
  [number, topic]: readonly [item: string, topic: string],
  asks: string,
  by: ChecklistItem['by'],
  where: string,
): ChecklistItem => ({ item: number, topic, asks, by, where });
