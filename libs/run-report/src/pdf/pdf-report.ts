// The document as PDF, without a browser: tagged, with an outline, its faces embedded, the same bytes for the same document.
// It is written twice, since the contents name pages that are known only at the end.
import { setImmediate } from 'node:timers/promises';
import type { RunDocument } from '../document/block.ts';
import { ink } from '../drawing/drawing.ts';
import { drawBlock } from './blocks.ts';
import { columnWidth, furnish, newPdf, type Pdf, sheet } from './page.ts';
import { drawContents, drawTitlePage } from './title-page.ts';

interface Paging {
  readonly pages: number;
  readonly pageOf: ReadonlyMap<string, number>;
}

export async function pdfReport(document: RunDocument): Promise<Uint8Array> {
  const { paging } = await write(document, { pages: 0, pageOf: new Map() });
  return (await write(document, paging)).bytes;
}

async function write(document: RunDocument, known: Paging): Promise<{ bytes: Uint8Array; paging: Paging }> {
  const sheetText = { title: document.name, at: document.at, pages: known.pages };
  const doc = newPdf(sheetText);
  const bytes = collected(doc);
  const count = furnish(doc, sheetText);
  const root = doc.struct('Document');
  doc.addStructure(root);
  drawTitlePage(doc, root, document);
  drawContents(doc, root, document.sections, known.pageOf);
  const pageOf = new Map<string, number>();
  for (const section of document.sections) {
    // a coordinator has other things to do in between
    await setImmediate();
    doc.addPage();
    pageOf.set(section.id, count.page());
    doc.addNamedDestination(section.id);
    doc.outline.addItem(section.title);
    const sect = doc.struct('Sect');
    root.add(sect);
    sect.add(doc.struct('H1', {}, () => sectionTitle(doc, section.title)));
    doc.y += 12;
    section.blocks.forEach((block, i) => drawBlock(doc, sect, block, section.blocks[i + 1]));
    sect.end();
  }
  root.end();
  doc.end();
  return { bytes: await bytes, paging: { pages: count.page(), pageOf } };
}

function sectionTitle(doc: Pdf, title: string): void {
  doc
    .font('bold')
    .fontSize(18)
    .fillColor(ink.accent)
    .text(title, sheet.left, sheet.top, { width: columnWidth });
}

function collected(doc: Pdf): Promise<Uint8Array> {
  return new Promise((resolve, reject) => {
    const chunks: Buffer[] = [];
    doc.on('data', (chunk: Buffer) => chunks.push(chunk));
    doc.on('end', () => resolve(Buffer.concat(chunks)));
    doc.on('error', reject);
  });
}
