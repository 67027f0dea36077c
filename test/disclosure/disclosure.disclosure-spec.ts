// What does somebody learn who makes the models and the protocols? Each attack asks many hospitals for the label of one
// patient: with the rules off (figures rounded all the same) and with the rules on, as the site's gate applies them.
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { wilson } from '@sidemark/core/stats';
import { type Random, seededRandom } from '@sidemark/phantom';
import { type Attack, attacks, limits } from './attacks.ts';
import { fineAttacks } from './fine-attacks.ts';
import { type Classifier, Hospital, makeTemplates, type Templates } from './hospital.ts';

const trials = Number(process.env['SIDEMARK_DISCLOSURE_TRIALS'] ?? '40');
/** A masked question is a guess better than a coin, no certainty: it takes more hospitals to show that it leaks. */
const trialsOf = ({ family }: Attack): number => (family === 'masked' ? 3 * trials : trials);
const size = 60;
/** ms */
const patience = 900_000;

interface Learned {
  readonly right: number;
  /** trials in which the attack could read what came out */
  readonly read: number;
  /** codes of the refusals, and `withheld` */
  readonly stopped: ReadonlySet<string>;
}

interface Row {
  readonly attack: Attack;
  readonly off: Learned;
  readonly on: Learned;
}

let templates: Templates;
const rows: Row[] = [];
const limitRows: Row[] = [];
beforeAll(async () => {
  templates = await makeTemplates();
});
afterAll(() => {
  const head = ['attack', 'rules off: right', 'rules on: right', 'could read', 'what came instead'];
  const text = (all: readonly Row[]): string => tableOf(head, all.map(cellsOf));
  process.stdout.write(
    `\nGuessing the label of one of ${size} patients, ${trials} hospitals each (masked: ${3 * trials}); 95 % intervals; chance is 50 %\n\n` +
      `${text(rows)}\n\nNot stopped, and said so in docs/threat-model.md\n\n${text(limitRows)}\n\n`,
  );
});

/** A guess that has nothing to read is a coin. */
async function learn(attack: Attack, rules: 'off' | 'on'): Promise<Learned> {
  let [right, read] = [0, 0];
  const stopped = new Set<string>();
  for (let trial = 0; trial < trialsOf(attack); trial++) {
    const random = seededRandom(`${attack.name} ${trial}`);
    const hospital = await Hospital.open(templates, rules, size, random);
    const target = Math.floor(random.next() * size);
    const coin = random.next() < 0.5 ? 0 : 1;
    const guess = await attack.guess(hospital, target, random.fork('attack'));
    if (guess !== undefined) read++;
    if ((guess ?? coin) === hospital.all.labels[target]) right++;
    hospital.refusals.forEach((code) => stopped.add(code));
    if (hospital.withheld > 0) stopped.add('withheld');
    await hospital.close();
  }
  return { right, read, stopped };
}

describe('an asker who makes the models', () => {
  it.each(
    [...attacks, ...fineAttacks].map((attack): [string, string, Attack] => [
      attack.family,
      attack.name,
      attack,
    ]),
  )(
    '%s: %s: learns the label without the rules, and nothing with them',
    async (_family, _name, attack) => {
      const row = { attack, off: await learn(attack, 'off'), on: await learn(attack, 'on') };
      rows.push(row);
      expect(wilson(row.off.right, trialsOf(attack), 0.99)[0]).toBeGreaterThan(0.55);
      const [low, high] = wilson(row.on.right, trialsOf(attack), 0.99);
      expect(low).toBeLessThan(0.5);
      expect(high).toBeGreaterThan(0.5);
      expect(row.on.stopped.size).toBeGreaterThan(0);
    },
    patience,
  );

  it.each(
    limits.map((attack): [string, string, (typeof limits)[number]] => [attack.family, attack.name, attack]),
  )('%s: %s: is not stopped, and the papers say how much it yields', async (_family, _name, attack) => {
    const row = { attack, off: await learn(attack, 'off'), on: await learn(attack, 'on') };
    limitRows.push(row);
    expect(row.on.read).toBeGreaterThan(0);
    expect(wilson(row.on.right, trialsOf(attack), 0.99)[0]).toBeLessThanOrEqual(attack.atMost);
    expect(wilson(row.on.right, trialsOf(attack), 0.99)[1]).toBeGreaterThan(0.6);
  });
});

describe('everybody else', () => {
  it('is not held: ordinary classifiers on ordinary arms, and the same report once more', async () => {
    const hospitals = Math.max(20, Math.floor(trials / 2));
    let held = 0;
    for (let trial = 0; trial < hospitals; trial++) {
      const random = seededRandom(`ordinary ${trial}`);
      const hospital = await Hospital.open(templates, 'on', size, random);
      const classifiers = ordinary(hospital, random);
      const question = { classifiers, arms: ['original', 'inpainted'] as const, compared: true };
      const first = await hospital.ask(question);
      expect(await hospital.ask(question)).toEqual(first);
      if (hospital.refusals.length > 0) held++;
      await hospital.close();
    }
    expect(held / hospitals).toBeLessThanOrEqual(0.05);
  });

  it('gets the reports of the budget and no more, even with figures that are known', async () => {
    const random = seededRandom('budget');
    const hospital = await Hospital.open(templates, 'on', 400, random);
    // the same scores each time: other figures would be held before the budget is used up
    const [one] = ordinary(hospital, random);
    for (let run = 0; run < 25; run++)
      await hospital.ask({ classifiers: [{ ...one!, name: `model${run}` }] });
    expect(await hospital.left()).toBe(20);
    expect(new Set(hospital.refusals)).toEqual(new Set(['budget-exhausted']));
    await hospital.close();
  });
});

/** Three classifiers that see the disease through noise of their own, and a little of it is gone when markers are. */
function ordinary({ all }: Hospital, random: Random): Classifier[] {
  return [1, 2, 3].map((k) => {
    const scores = new Map(
      all.patients.map((patient, i) => {
        const original = 1.2 * all.labels[i]! + random.normal() - 0.6;
        return [`${patient}`, { original, inpainted: original + 0.3 * random.normal() }];
      }),
    );
    return {
      name: `ordinary${k}`,
      says: (patient, arm) => scores.get(`${patient}`)![arm === 'inpainted' ? 'inpainted' : 'original'],
    };
  });
}

function cellsOf({ attack, off, on }: Row): string[] {
  return [
    `${attack.family}: ${attack.name}`,
    share(off.right, trialsOf(attack)),
    share(on.right, trialsOf(attack)),
    `${on.read} of ${trialsOf(attack)}`,
    [...on.stopped].sort().join(', '),
  ];
}

function share(right: number, of: number): string {
  const percent = (value: number): string => (100 * value).toFixed(0);
  const [low, high] = wilson(right, of);
  return `${percent(right / of)} % [${percent(low)}, ${percent(high)}]`;
}

function tableOf(head: readonly string[], lines: readonly (readonly string[])[]): string {
  const widths = head.map((title, i) => Math.max(title.length, ...lines.map((line) => line[i]!.length)));
  const draw = (cells: readonly string[]): string =>
    cells
      .map((cell, i) => cell.padEnd(widths[i]!))
      .join('  ')
      .trimEnd();
  return [draw(head), draw(widths.map((width) => '-'.repeat(width))), ...lines.map(draw)].join('\n');
}
