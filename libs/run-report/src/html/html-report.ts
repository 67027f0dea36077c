// The document as one HTML file: no script, no font, nothing fetched from anywhere.
import type { Block, Column, RunDocument, Section, TableBlock, TitlePage } from '../document/block.ts';
import { escaped, svgOf } from './svg.ts';
import { style } from './style.ts';

/** The same document, the same bytes. */
export function htmlReport({ name, titlePage, sections }: RunDocument): string {
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="generator" content="Sidemark">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'">
<title>${escaped(name)}</title>
<style>${style}</style>
</head>
<body>
<div class="layout">
<header class="title"><p class="kicker">${escaped(titlePage.kicker)}</p><h1>${escaped(titlePage.title)}</h1><p class="subtitle">${escaped(titlePage.subtitle)}</p></header>
<nav aria-label="Contents"><h2>Contents</h2><ol>${sections.map(({ id, title }) => `<li><a href="#${id}">${escaped(title)}</a></li>`).join('')}</ol></nav>
<main>
${opening(titlePage)}
${sections.map(sectionOf).join('\n')}
</main>
</div>
</body>
</html>
`;
}

function opening({ claims, facts, signatures, note }: TitlePage): string {
  const blocks: Block[] = [
    ...claims.map((claim): Block => ({ kind: 'claim', ...claim })),
    { kind: 'facts', facts },
  ];
  const lines = signatures.map((who) => `<div>${escaped(who)}: name, date, signature</div>`).join('');
  return `<section aria-label="Summary">${blocks.map(blockOf).join('\n')}<div class="signatures">${lines}</div><p class="note">${escaped(note)}</p></section>`;
}

const sectionOf = ({ id, title, blocks }: Section): string =>
  `<section id="${id}" aria-labelledby="${id}-title"><h2 id="${id}-title">${escaped(title)}</h2>\n${blocks.map(blockOf).join('\n')}</section>`;

function blockOf(block: Block): string {
  switch (block.kind) {
    case 'heading':
      return `<h3>${escaped(block.text)}</h3>`;
    case 'paragraph':
      return `<p>${escaped(block.text)}</p>`;
    case 'note':
      return `<p class="note">${escaped(block.text)}</p>`;
    case 'claim':
      return `<div class="claim"><p class="text">${escaped(block.text)}</p><p class="detail">${escaped(block.detail)}</p></div>`;
    case 'list': {
      const tag = block.ordered ? 'ol' : 'ul';
      return `<${tag}>${block.items.map((item) => `<li>${escaped(item)}</li>`).join('')}</${tag}>`;
    }
    case 'facts':
      return `<dl>${block.facts.map(([term, value]) => `<dt>${escaped(term)}</dt><dd>${escaped(value)}</dd>`).join('')}</dl>`;
    case 'table':
      return tableHtml(block);
    case 'figure':
      return `<figure><figcaption>${escaped(block.caption)}</figcaption>${svgOf(block.drawing)}</figure>`;
  }
}

function tableHtml({ caption, columns, rows }: TableBlock): string {
  const total = columns.reduce((all, { width }) => all + width, 0);
  const cols = columns
    .map(({ width }) => `<col style="width:${((100 * width) / total).toFixed(1)}%">`)
    .join('');
  const heads = columns
    .map((column) => `<th scope="col"${sideOf(column)}>${escaped(column.head)}</th>`)
    .join('');
  const body = rows
    .map(
      (row) => `<tr>${row.map((cell, i) => `<td${sideOf(columns[i]!)}>${escaped(cell)}</td>`).join('')}</tr>`,
    )
    .join('\n');
  // a table that is wider than its page can be scrolled, by the keyboard too
  return `<div class="scroll" tabindex="0" role="region" aria-label="${escaped(caption)}"><table><caption>${escaped(caption)}</caption><colgroup>${cols}</colgroup><thead><tr>${heads}</tr></thead><tbody>
${body}
</tbody></table></div>`;
}

const sideOf = ({ align }: Column): string => (align === 'right' ? ' class="right"' : '');
