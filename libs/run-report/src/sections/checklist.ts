// A reporting checklist as a section: where each item is answered in this document.
import { type Checklist, answeredBy } from '../checklists/checklist.ts';
import { claim } from '../checklists/claim.ts';
import { stard } from '../checklists/stard.ts';
import { column, paragraph, type Section, tableOf } from '../document/block.ts';

const checklists: Readonly<Record<Checklist['id'], Checklist>> = { stard, claim };

export function checklistSection(id: Checklist['id']): Section {
  const { name, source, items } = checklists[id];
  const ours = items.filter(({ by }) => by === 'report').length;
  const partly = items.filter(({ by }) => by === 'partly').length;
  const columns = [
    column('Item', 8),
    column('Topic', 20),
    column('Asks', 46),
    column('Answered', 15),
    column('Where', 66),
  ];
  return {
    id,
    title: `Checklist: ${name}`,
    blocks: [
      paragraph(source),
      paragraph(
        `Of ${items.length} items this document answers ${ours} and ${partly} in part; ${items.length - ours - partly} are for the trial to answer.`,
      ),
      ...tableOf(
        `${name}, item by item`,
        columns,
        items.map(({ item, topic, asks, by, where }) => [item, topic, asks, answeredBy[by], where]),
      ),
    ],
  };
}
