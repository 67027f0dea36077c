// node --import tsx scripts/models/cards.ts: writes the measured figures into the model cards.
import { writeFile } from 'node:fs/promises';
import { CARDS, laidOut } from './cards/card.ts';

for (const card of CARDS) {
  const file = `models/${card}.md`;
  await writeFile(file, await laidOut(file));
  console.log(file);
}
