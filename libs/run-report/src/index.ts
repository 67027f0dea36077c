// The report of a run as a document, and the document as one HTML file. PDF and the paragraph of methods have doors of their
// own (`./pdf`, `./methods`): who wants one of them loads no more.
export { checklistPage } from './checklists/checklist-page.ts';
export type { RunDocument } from './document/block.ts';
export { runDocument } from './document/run-document.ts';
export { htmlReport } from './html/html-report.ts';
