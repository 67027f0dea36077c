// What the page of a study says of its sites and protocols.
import type { Job, Protocol, Site } from '@sidemark/core/contract';
import { count, shortDigest } from '../../format/number.ts';
import { span } from '../../format/time.ts';
import { jobNames, phaseNames, refusalNames } from '../../format/words.ts';
import type { Cell, Table } from '../parts/table.ts';

export function protocolName(protocols: readonly Protocol[], id: string): string {
  const found = protocols.find((one) => one.id === id);
  return found ? `${found.name}, version ${found.version}` : 'Protocol';
}

const stateTones: Partial<Record<Site['state'], Cell['tone']>> = {
  approved: 'good',
  suspended: 'bad',
  revoked: 'bad',
};

function stateCell({ state }: Site): Cell {
  const tone = stateTones[state];
  return { text: state, ...(tone === undefined ? {} : { tone }) };
}

export function sitesTable(sites: readonly Site[]): Table {
  return {
    caption: 'Sites of the study',
    file: 'study-sites',
    columns: ['Site', 'Connection', 'State', 'Role', 'Key'].map((label) => ({ label })),
    rows: sites.map((site) => [
      { text: site.name },
      site.online
        ? { text: '● connected', raw: 'connected', tone: 'good' }
        : { text: '○ away', raw: 'away', tone: 'quiet' },
      stateCell(site),
      { text: site.role },
      site.key
        ? { text: shortDigest(site.key.keyId), raw: site.key.keyId }
        : { text: 'none yet', tone: 'absent' },
    ]),
  };
}

export interface JobLine {
  readonly state: string;
  readonly detail: string;
  /** 0 to 1; null: nothing is counted now */
  readonly done: number | null;
  readonly tone: 'good' | 'bad' | 'quiet' | 'busy';
}

/** One site's part of a run, in words. */
export function jobLine({ state, code, progress }: Job): JobLine {
  const reason = code === null ? '' : refusalNames[code];
  if (state === 'reported') return { state: jobNames[state], detail: '', done: 1, tone: 'good' };
  if (state === 'refused' || state === 'failed')
    return { state: jobNames[state], detail: reason, done: null, tone: 'bad' };
  if (progress === null) return { state: jobNames[state], detail: reason, done: null, tone: 'quiet' };
  const { phase, imagesDone, imagesTotal, imagesSkipped = 0, ratePerSecond, etaSeconds } = progress;
  const parts = [`${count(imagesDone)} of ${count(imagesTotal)} films`];
  if (imagesSkipped > 0) parts.push(`${count(imagesSkipped)} skipped`);
  // the last word of the work, which is over: what the site said since counts
  if (state === 'withheld')
    return { state: jobNames[state], detail: parts.join(' · '), done: 1, tone: 'quiet' };
  if (ratePerSecond > 0) parts.push(`${ratePerSecond.toFixed(1)} per second`);
  if (etaSeconds !== null) parts.push(`${span(etaSeconds)} left`);
  return {
    state: phaseNames[phase],
    detail: parts.join(' · '),
    done: imagesTotal === 0 ? 0 : imagesDone / imagesTotal,
    tone: 'busy',
  };
}
