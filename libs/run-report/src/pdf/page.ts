// The sheet: A4, its margins, its faces, and what stands at the top and foot of each page.
import { createRequire } from 'node:module';
import PDFDocument from 'pdfkit';
import { ink } from '../drawing/drawing.ts';

export type Pdf = InstanceType<typeof PDFDocument>;
export type Struct = ReturnType<Pdf['struct']>;

const faces = createRequire(import.meta.url);
const face = (weight: string): string =>
  faces.resolve(`@expo-google-fonts/source-sans-3/${weight}/SourceSans3_${weight}.ttf`);

export const sheet = { width: 595.28, height: 841.89, left: 54, right: 54, top: 66, bottom: 60 } as const;
export const columnWidth = sheet.width - sheet.left - sheet.right;
export const pageEnd = sheet.height - sheet.bottom;

export interface SheetText {
  readonly title: string;
  /** ISO instant */
  readonly at: string;
  /** of the whole document; 0: not counted yet */
  readonly pages: number;
}

/** An empty document without pages, tagged and archivable; its dates are those of what it says. */
export function newPdf({ title, at }: SheetText): Pdf {
  const instant = new Date(at);
  const doc = new PDFDocument({
    ...{
      size: 'A4',
      autoFirstPage: false,
      tagged: true,
      pdfVersion: '1.7',
      subset: 'PDF/A-2a',
      lang: 'en-GB',
      displayTitle: true,
    },
    margins: { left: sheet.left, right: sheet.right, top: sheet.top, bottom: sheet.bottom },
    info: {
      Title: title,
      Author: 'Sidemark',
      Creator: 'Sidemark',
      Producer: 'Sidemark',
      CreationDate: instant,
      ModDate: instant,
    },
  });
  doc.registerFont('regular', face('400Regular'));
  doc.registerFont('bold', face('600SemiBold'));
  return doc;
}

/** Head and foot of each page that comes, the first excepted, which is the title. */
export function furnish(doc: Pdf, { title, pages }: SheetText): { readonly page: () => number } {
  let page = 0;
  doc.on('pageAdded', () => {
    page += 1;
    if (page === 1) return;
    artifact(doc, () => {
      const y = sheet.height - 40;
      doc.font('regular').fontSize(8).fillColor(ink.muted);
      doc.text(title, sheet.left, 36, { lineBreak: false });
      doc.text('Sidemark', sheet.left, y, { lineBreak: false });
      const said = `${page} of ${pages}`;
      doc.text(said, sheet.width - sheet.right - doc.widthOfString(said), y, { lineBreak: false });
      doc.lineWidth(0.5).strokeColor(ink.rule);
      doc
        .moveTo(sheet.left, 50)
        .lineTo(sheet.width - sheet.right, 50)
        .stroke();
    });
    doc.x = sheet.left;
    doc.y = sheet.top;
  });
  return { page: () => page };
}

/** What a reader of the text need not hear: it is repeated, or an ornament. The text below a page's margin stays on it. */
export function artifact(doc: Pdf, draw: () => void): void {
  const { bottom } = doc.page.margins;
  doc.page.margins.bottom = 0;
  doc.markContent('Artifact', { type: 'Layout' });
  draw();
  doc.endMarkedContent();
  doc.page.margins.bottom = bottom;
}

/** A new page unless this much is left on it. @param height points */
export function requireRoom(doc: Pdf, height: number): void {
  if (doc.y + height > pageEnd) doc.addPage();
}
