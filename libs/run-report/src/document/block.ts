// What a document is made of before it is HTML or PDF. Both writers draw the same blocks, so both say the same.
import type { Drawing } from '../drawing/drawing.ts';

export type Align = 'left' | 'right';

export interface Column {
  readonly head: string;
  /** share of the width, relative to the other columns */
  readonly width: number;
  /** absent: left */
  readonly align?: Align;
}

export interface TableBlock {
  readonly kind: 'table';
  readonly caption: string;
  readonly columns: readonly Column[];
  /** each as long as the columns */
  readonly rows: readonly (readonly string[])[];
}

export type Block =
  | { readonly kind: 'heading'; readonly text: string }
  | { readonly kind: 'paragraph'; readonly text: string }
  /** small print beside a figure or a table */
  | { readonly kind: 'note'; readonly text: string }
  /** one sentence that carries the section */
  | { readonly kind: 'claim'; readonly text: string; readonly detail: string }
  | { readonly kind: 'list'; readonly ordered: boolean; readonly items: readonly string[] }
  | { readonly kind: 'facts'; readonly facts: readonly (readonly [term: string, value: string])[] }
  | TableBlock
  | { readonly kind: 'figure'; readonly caption: string; readonly drawing: Drawing };

export interface Section {
  /** unique in the document, for links */
  readonly id: string;
  readonly title: string;
  readonly blocks: readonly Block[];
}

export interface TitlePage {
  readonly kicker: string;
  readonly title: string;
  readonly subtitle: string;
  readonly claims: readonly { readonly text: string; readonly detail: string }[];
  readonly facts: readonly (readonly [term: string, value: string])[];
  /** who signs on paper */
  readonly signatures: readonly string[];
  readonly note: string;
}

export interface RunDocument {
  /** of the file, and at the top of each page */
  readonly name: string;
  /** ISO instant that the bytes of the file name as theirs; never that of the making */
  readonly at: string;
  readonly titlePage: TitlePage;
  readonly sections: readonly Section[];
}

export const heading = (text: string): Block => ({ kind: 'heading', text });
export const paragraph = (text: string): Block => ({ kind: 'paragraph', text });
export const note = (text: string): Block => ({ kind: 'note', text });
export const list = (items: readonly string[], ordered = false): Block => ({ kind: 'list', ordered, items });
export const figure = (caption: string, drawing: Drawing): Block => ({ kind: 'figure', caption, drawing });

/** No table where there is nothing to tabulate. */
export function tableOf(
  caption: string,
  columns: readonly Column[],
  rows: readonly (readonly string[])[],
): Block[] {
  return rows.length > 0 ? [{ kind: 'table', caption, columns, rows }] : [];
}

export const column = (head: string, width: number, align: Align = 'left'): Column => ({
  head,
  width,
  align,
});
