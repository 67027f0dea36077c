// How far a job is.
import type { ReactNode } from 'react';
import type { JobProgress } from '@sidemark/core/contract';
import { span } from '../../format/time.ts';
import { phaseNames } from '../../format/words.ts';

export function Progress({ progress }: { progress: JobProgress }): ReactNode {
  const { phase, imagesDone, imagesTotal, ratePerSecond, etaSeconds } = progress;
  const rate = ratePerSecond > 0 ? `, ${ratePerSecond.toFixed(1)} a second` : '';
  const eta = etaSeconds === null || etaSeconds === 0 ? '' : `, ${span(etaSeconds)} left`;
  const words = `${phaseNames[phase]}: ${imagesDone} of ${imagesTotal} films${rate}${eta}`;
  return (
    <div className="progress-line">
      <progress value={imagesDone} max={Math.max(1, imagesTotal)} aria-label={words} />
      <span className="quiet">{words}</span>
    </div>
  );
}
