// Films that do not lie as they should: each is flagged and counted in any case; this says what else is done.
import type { ReactNode } from 'react';
import type { OrientationPolicy } from '@sidemark/core/contract';
import { Select } from '../../../parts/form.tsx';
import type { Fields } from '../fields.ts';
import { More } from '../more.tsx';

type Kind = keyof OrientationPolicy;
type Fate = OrientationPolicy['inverted'];

const flag = ['flag', 'flagged and counted'] as const;
const exclude = ['exclude', 'left out and counted'] as const;
const correct = ['correct', 'put right first'] as const;
const fates: readonly (readonly [Fate, string])[] = [flag, exclude, correct];

const kinds: readonly (readonly [Exclude<Kind, 'lateral'>, label: string, hint: string])[] = [
  [
    'inverted',
    'Inverted films are',
    'Bone is black, judged from the picture; sure on upright frontal chests.',
  ],
  ['mirrored', 'Mirrored films are', 'By Patient Orientation; a letter alone says nothing.'],
  ['rotated', 'Turned films are', 'By Patient Orientation.'],
];

function saidOf(orientation: OrientationPolicy): string {
  const words = { inverted: 'inverted', mirrored: 'mirrored', rotated: 'turned', lateral: 'lateral' };
  const done = { flag: '', exclude: 'left out', correct: 'put right' };
  const others = (Object.keys(words) as Kind[])
    .filter((kind) => orientation[kind] !== 'flag')
    .map((kind) => `${words[kind]} ${done[orientation[kind]]}`);
  return others.length === 0 ? 'flagged and counted' : others.join(' · ');
}

export function OrientationFields({ form, change }: Fields): ReactNode {
  const { orientation } = form;
  const set = (part: Partial<OrientationPolicy>): void =>
    change({ orientation: { ...orientation, ...part } });
  return (
    <More name="Orientation: films that do not lie as they should" said={saidOf(orientation)}>
      <div className="side-by-side">
        {kinds.map(([kind, label, hint]) => (
          <Select
            key={kind}
            label={label}
            value={orientation[kind]}
            options={fates}
            onPick={(fate) => set({ [kind]: fate })}
            hint={hint}
          />
        ))}
        <Select
          label="Lateral films are"
          value={orientation.lateral}
          options={[flag, exclude]}
          onPick={(lateral) => set({ lateral })}
          hint="By View Position or Patient Orientation, where lateral views count."
        />
      </div>
    </More>
  );
}
