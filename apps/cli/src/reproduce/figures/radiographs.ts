// Real hospitals: what markers their films bear and what became of the holes. No diagnosis: the classifiers never saw one.
import type { ReportResult } from '@sidemark/core/contract';
import type { RunEvidence } from '../evidence.ts';

export interface RealHospital {
  readonly site: string;
  readonly films: number;
  readonly skipped: number;
  readonly withMarker: number;
  /** films with such a marker; null: withheld */
  readonly left: number | null;
  readonly right: number | null;
  readonly other: number | null;
  readonly digital: number | null;
  readonly lead: number | null;
  /** longer side of a marker, share of the film's */
  readonly size: number | null;
  readonly holes: number | null;
  /** step across the rim of a hole over that among the pixels around */
  readonly seam: number | null;
  /** share of the filled px whose fill was held back */
  readonly clamped: number | null;
  /** mean size of the change of the logit */
  readonly marker: number | null;
  readonly placebo: number | null;
}

export function realHospitals({ sites }: RunEvidence): RealHospital[] {
  return sites.map(({ name, result }) => ({
    site: name,
    films: result.images.evaluated.images,
    skipped: result.images.skipped.reduce((sum, { images }) => sum + images, 0),
    withMarker: result.markers.images,
    ...censusOf(result),
    ...holesOf(result),
    ...changesOf(result),
  }));
}

function censusOf({
  census,
}: ReportResult): Pick<RealHospital, 'left' | 'right' | 'other' | 'digital' | 'lead' | 'size'> {
  const none = { left: null, right: null, other: null };
  return {
    ...(census?.letters ?? none),
    ...(census?.looks ?? { digital: null, lead: null }),
    size: census?.size.kind === 'moments' ? census.size.mean : null,
  };
}

function holesOf({ inpainting }: ReportResult): Pick<RealHospital, 'holes' | 'seam' | 'clamped'> {
  if (inpainting?.kind !== 'inpainted') return { holes: null, seam: null, clamped: null };
  const { holes, seam, clamped, area } = inpainting;
  return { holes, seam: seam.mean, clamped: area === 0 ? null : clamped / area };
}

function changesOf({ classifiers: [entry] }: ReportResult): Pick<RealHospital, 'marker' | 'placebo'> {
  const reliance = entry?.kind === 'binary' ? entry.reliance : undefined;
  const mean = (of: { kind: string; mean?: number } | undefined): number | null =>
    of?.kind === 'moments' ? (of.mean ?? null) : null;
  return { marker: mean(reliance?.marker.size), placebo: mean(reliance?.placebo?.size) };
}
