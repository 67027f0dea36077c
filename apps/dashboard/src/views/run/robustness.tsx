// The result of a run: the answer first, then all models, one model in depth, the sites, and the evidence.
import { memo, type ReactNode, startTransition, useEffect, useState } from 'react';
import type { Analysis, Protocol, ReportList } from '@sidemark/core/contract';
import type { z } from 'zod';
import { HatchPattern } from '../../charts/frame/hatch.tsx';
import { useWidth } from '../../live/use-width.ts';
import { linksFrom, type Links } from '../../routes/links.ts';
import type { FigureRef, RunView } from '../../routes/route.ts';
import { Absent, Contents, type PlacedSection } from './contents.tsx';
import { Provenance } from './evidence/provenance.tsx';
import { chosenModel, modelNames } from './names.ts';
import { findFigure } from './pooled.ts';
import type { Group, SectionProps } from './section.tsx';
import { groupNames, sections } from './sections.ts';

interface Result {
  readonly analysis: Analysis;
  readonly reports: z.infer<typeof ReportList>;
  readonly protocol: Protocol | undefined;
}

export interface RobustnessProps extends Result {
  readonly wanted: FigureRef | null;
  readonly view: RunView;
}

export function Robustness({ analysis, reports, protocol, wanted, view }: RobustnessProps): ReactNode {
  const links = linksFrom(analysis.run, wanted, view);
  // the answer is painted before the rest is drawn: of many sites that takes a while
  const [whole, setWhole] = useState(false);
  useEffect(() => startTransition(() => setWhole(true)), []);
  useEffect(() => goTo(view.at), [view.at, view.model, whole]);
  return (
    <>
      <Sections
        analysis={analysis}
        reports={reports}
        protocol={protocol}
        whole={whole}
        address={JSON.stringify([wanted, { ...view, from: null, at: null }])}
      />
      {view.from !== null && (
        <Provenance key={view.from} {...{ analysis, reports, protocol, links }} from={view.from} />
      )}
    </>
  );
}

/** The heading of a section takes the focus, so that a reader who walks by keyboard goes on from there. */
function goTo(id: string | null): void {
  const heading = id === null ? null : document.getElementById(id);
  heading?.scrollIntoView({ block: 'start' });
  heading?.focus({ preventScroll: true });
}

const groups = Object.keys(groupNames) as Group[];

/** Drawn anew when the result or the figure, model or arms change, and not with every question about progress. */
const Sections = memo(function Sections(props: Result & { address: string; whole: boolean }): ReactNode {
  const { analysis, reports, protocol, whole } = props;
  const [wanted, view] = JSON.parse(props.address) as [FigureRef | null, RunView];
  const [ref, width] = useWidth();
  const links = linksFrom(analysis.run, wanted, view);
  const figure = findFigure(analysis, wanted);
  const model = chosenModel(analysis, figure, view.model);
  const placed = sections.map((entry) => ({ entry, absent: entry.absent({ analysis, model, figure }) }));
  // of a card inside its padding
  const inner = width - (width < 640 ? 30 : 50);
  const given = { analysis, reports, protocol, links, figure, model, arms: view.arms, width: inner };
  return (
    <div className="robustness">
      <svg className="patterns" width="0" height="0" aria-hidden="true">
        <HatchPattern id="withheld-ground" />
      </svg>
      <Contents placed={placed} links={links} />
      <div className="sections" ref={ref}>
        {width > 0 &&
          groups
            .slice(0, whole ? undefined : 1)
            .map((group) => (
              <GroupOfSections
                key={group}
                group={group}
                placed={placed.filter(({ entry }) => entry.group === group)}
                given={given}
              />
            ))}
      </div>
    </div>
  );
});

function GroupOfSections(props: {
  group: Group;
  placed: readonly PlacedSection[];
  given: SectionProps;
}): ReactNode {
  const { group, placed, given } = props;
  const shown = placed.filter(({ absent }) => absent === null);
  return (
    <div className="group">
      {group !== 'answer' && <h2>{groupNames[group]}</h2>}
      {group === 'model' && (
        <ModelChooser analysis={given.analysis} shown={given.model} links={given.links} />
      )}
      {shown.map(({ entry: { id, Body } }) => (
        <Body key={id} {...given} />
      ))}
      <Absent placed={placed} />
    </div>
  );
}

/** Which model the group shows. */
function ModelChooser(props: { analysis: Analysis; shown: string; links: Links }): ReactNode {
  const { analysis, shown, links } = props;
  return (
    <nav className="chooser models" aria-label="Model" id="model" tabIndex={-1}>
      {modelNames(analysis).map((name) => (
        <a key={name} href={links.model(name)} aria-current={name === shown ? 'true' : undefined}>
          {name}
        </a>
      ))}
    </nav>
  );
}
