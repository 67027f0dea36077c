// What a forest plot shows.
import type { ForestColumns, Spot } from './forest-scale.ts';

export interface ForestRow {
  readonly name: string;
  /** where the number comes from */
  readonly href: string | null;
  /** e.g. patients with and without the finding */
  readonly size: string;
  readonly value: Spot | null;
  /** why there is no figure, or why it is not pooled */
  readonly note: string | null;
  /** the number exists, and the site keeps it */
  readonly withheld: boolean;
  /** 0 to 100; null: not pooled */
  readonly weightPercent: number | null;
}

export interface ForestPooled {
  readonly label: string;
  readonly value: Spot;
  /** which reports were pooled */
  readonly href: string;
}

export interface ForestData {
  readonly title: string;
  /** the value that means nothing happened: 0 for a difference, 0.5 for an AUC */
  readonly reference: number;
  readonly referenceLabel: string;
  /** what lies on either side of the reference */
  readonly sides: readonly [left: string, right: string];
  readonly sizeLabel: string;
  readonly valueLabel: string;
  readonly show: (x: number) => string;
  /** of the sites that the question is about */
  readonly rows: readonly ForestRow[];
  readonly pooled: ForestPooled | null;
  /** how much the sites differ, in one line */
  readonly spread: string | null;
  /** what a new site may be expected to find */
  readonly prediction: { readonly label: string; readonly lower: number; readonly upper: number } | null;
  /** sites that the question is not about: below the answer, and without weight; null: it is about all */
  readonly others: {
    readonly heading: string;
    readonly rows: readonly ForestRow[];
    /** what all sites pool to, beside the answer */
    readonly all: ForestPooled | null;
  } | null;
}

/** What every part of the plot needs to know. */
export interface ForestFrame {
  readonly data: ForestData;
  readonly columns: ForestColumns;
  readonly x: (value: number) => number;
  /** false: the value lies off the axis */
  readonly holds: (value: number) => boolean;
}
