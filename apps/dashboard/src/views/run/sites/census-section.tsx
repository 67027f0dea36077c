// Where the markers of each site lie, read from the signed reports when a reader comes near.
import { type ReactNode, type RefObject, useEffect, useRef, useState } from 'react';
import type { Analysis, MarkerCensus, ReportBundle, ReportResult } from '@sidemark/core/contract';
import { ask } from '../../../api/client.ts';
import { type CensusData, CensusMap } from '../../../charts/census/census-map.tsx';
import { count, percent } from '../../../format/number.ts';
import type { Links } from '../../../routes/links.ts';
import { usePolled } from '../../../live/use-polled.ts';
import { DataTable } from '../../parts/data-table.tsx';
import type { Cell, Table } from '../../parts/table.ts';
import { Numbers, Section, type SectionProps } from '../section.tsx';
import { countingDigest } from './site-tables.ts';

export interface SiteCensus {
  readonly site: string;
  readonly digest: string;
  readonly result: Pick<ReportResult, 'markers' | 'census'>;
}

const told = (n: number | null): string => (n === null ? 'withheld' : count(n));

/** Letters and looks of a site in a few lines. */
export function censusLines({ markers, census }: SiteCensus['result']): string[] {
  const films = `${count(markers.images)} films with a marker`;
  if (!census) return [films];
  const { letters, looks, size } = census;
  return [
    films,
    `L ${told(letters.left)} · R ${told(letters.right)} · other ${told(letters.other)}`,
    `digital ${told(looks.digital)} · lead ${told(looks.lead)}`,
    ...(size.kind === 'moments' ? [`size ${percent(size.mean * 100, 1)} of the film’s side`] : []),
  ];
}

export function censusModel({ site, digest, result }: SiteCensus, links: Links): CensusData {
  return {
    site,
    href: links.from([digest]),
    map: result.census?.map ?? null,
    note: result.census ? null : 'its agent takes no census',
    lines: censusLines(result),
  };
}

/** Every cell of every map. */
export function censusTable(all: readonly SiteCensus[]): Table {
  const cell = (n: number | null): Cell =>
    n === null ? { text: 'withheld', tone: 'withheld' } : { text: count(n), raw: String(n) };
  const rowsOf = (site: string, map: MarkerCensus['map']): Cell[][] =>
    map.map((row, y) => [{ text: site }, { text: String(y + 1) }, ...row.map(cell)]);
  return {
    caption: 'Films with the centre of a marker there, row by row from the upper left',
    file: 'marker-census',
    columns: [
      ...['Site', 'Row'].map((label) => ({ label })),
      ...Array.from({ length: 8 }, (_, x) => ({ label: `Column ${x + 1}`, numeric: true })),
    ],
    rows: all.flatMap(({ site, result }) => (result.census ? rowsOf(site, result.census.map) : [])),
  };
}

/** Reports are asked for a few at a time, so that the rest of the page is not held up. */
const atOnce = 4;

async function loadCensus(analysis: Analysis, signal: AbortSignal): Promise<SiteCensus[]> {
  const waiting = analysis.sites.flatMap(({ site, siteName }) => {
    const digest = countingDigest(analysis, site);
    return digest === undefined ? [] : [{ site: siteName, digest }];
  });
  const found: SiteCensus[] = [];
  for (let i = 0; i < waiting.length; i += atOnce) {
    const some = waiting.slice(i, i + atOnce);
    const bundles: ReportBundle[] = await Promise.all(
      some.map(({ digest }) => ask('showReport', { digest }, signal)),
    );
    found.push(...some.map((one, j) => ({ ...one, result: bundles[j]!.report.result })));
  }
  return found;
}

/** True from when the element first comes near the window. */
function useNear(): readonly [RefObject<HTMLDivElement | null>, boolean] {
  const ref = useRef<HTMLDivElement>(null);
  const [near, setNear] = useState(false);
  useEffect(() => {
    if (ref.current === null || near) return;
    const observer = new IntersectionObserver(
      (entries) => entries.some(({ isIntersecting }) => isIntersecting) && setNear(true),
      { rootMargin: '900px' },
    );
    observer.observe(ref.current);
    return () => observer.disconnect();
  }, [near]);
  return [ref, near];
}

export function CensusSection({ analysis, links }: SectionProps): ReactNode {
  const [ref, near] = useNear();
  return (
    <Section
      id="census"
      title="Marker census"
      href={links.section('census')}
      lead="Where the markers of each site lie: films with a marker’s centre in each of 8 × 8 parts, over a chest for orientation. Where sites look alike here, a model that learnt one site’s markers will know the other’s. Hatched is withheld, empty is nobody."
    >
      <div ref={ref} className="census-area">
        {near && <Maps analysis={analysis} links={links} />}
      </div>
    </Section>
  );
}

function Maps({ analysis, links }: Pick<SectionProps, 'analysis' | 'links'>): ReactNode {
  const load = (signal: AbortSignal) => loadCensus(analysis, signal);
  const { value, failure } = usePolled(`census ${analysis.run} ${analysis.computedAt}`, load, null);
  if (!value)
    return (
      <p className="hint" role="status">
        {failure?.message ?? 'Reading the reports of the sites …'}
      </p>
    );
  return (
    <>
      <div className="panels">
        {value.map((one) => (
          <CensusMap key={one.site} data={censusModel(one, links)} side={216} />
        ))}
      </div>
      <Numbers>
        <DataTable table={censusTable(value)} heading={false} />
      </Numbers>
    </>
  );
}
