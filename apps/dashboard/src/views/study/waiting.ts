// What waits for whom in a study, in sentences: the first thing that whoever opens its page wants to know.
import type { Job, Protocol, Run, Site } from '@sidemark/core/contract';
import { instant } from '../../format/time.ts';
import { refusalNames } from '../../format/words.ts';
import { hrefs } from '../../routes/route.ts';

export interface Waiting {
  /** office: you, or a colleague of the role coordinator; hospital: people there; machine: nobody need do anything */
  readonly whom: 'office' | 'hospital' | 'machine';
  readonly text: string;
  readonly href?: string;
}

export interface StudyState {
  readonly study: string;
  readonly sites: readonly Site[];
  readonly protocols: readonly Protocol[];
  /** newest first */
  readonly runs: readonly Run[];
}

export function waitingIn(state: StudyState): Waiting[] {
  const { sites, protocols, runs } = state;
  const open = runs.filter((run) => run.state === 'open');
  if (sites.length === 0)
    return [{ whom: 'office', text: 'No site yet: invite the first hospital.' }, ...protocolsWait(state)];
  return [
    ...sites.flatMap((site) => siteWaits(site, open.length > 0)),
    ...protocolsWait({ ...state, protocols }),
    ...open.flatMap((run) => run.jobs.flatMap((job) => jobWaits(job, sites))),
    ...open.filter(isWhole).map((run) => ({
      whom: 'office' as const,
      text: 'Every site has reported. Look at the result; close the run when it is to take no more reports.',
      href: hrefs.run(run.id),
    })),
  ];
}

const isWhole = ({ jobs }: Run): boolean => jobs.every(({ state }) => state === 'reported');

function siteWaits({ name, state, online, lastSeenAt }: Site, isRunning: boolean): Waiting[] {
  if (state === 'invited')
    return [{ whom: 'hospital', text: `${name} is invited; its IT enrols the agent with the kit.` }];
  if (state === 'pending')
    return [
      {
        whom: 'office',
        text: `${name} has enrolled and asks for approval: have its six words read to you by telephone.`,
      },
    ];
  if (state !== 'approved' || online || !isRunning) return [];
  const since = lastSeenAt === null ? 'has not connected yet' : `was last seen ${instant(lastSeenAt)}`;
  return [{ whom: 'hospital', text: `The agent of ${name} ${since}; its work goes on when it is back.` }];
}

function protocolsWait({ study, protocols, runs, sites }: StudyState): Waiting[] {
  if (protocols.length === 0)
    return [{ whom: 'office', text: 'No protocol yet: compose the first.', href: hrefs.newProtocol(study) }];
  const newest = [...protocols].sort((a, b) => b.createdAt.localeCompare(a.createdAt))[0]!;
  const called = `${newest.name}, version ${newest.version}`;
  const href = hrefs.protocol(study, newest.id);
  if (newest.state === 'draft')
    return [{ whom: 'office', text: `The protocol ${called} is a draft: read it, then freeze it.`, href }];
  const isUsed = runs.some(({ protocol }) => protocol === newest.id);
  if (isUsed || newest.state !== 'frozen') return [];
  const approved = sites.filter(({ state }) => state === 'approved').length;
  if (approved === 0) return [];
  return [
    {
      whom: 'office',
      text: `The protocol ${called} is frozen and was sent to nobody yet: start its run.`,
      href,
    },
  ];
}

function jobWaits({ site, siteName, state, code }: Job, sites: readonly Site[]): Waiting[] {
  const reason = code === null ? '' : `: ${refusalNames[code]}`;
  const isOnline = sites.find(({ id }) => id === site)?.online === true;
  switch (state) {
    case 'held':
      return [{ whom: 'hospital', text: `${siteName} has the job; a person there must approve it.` }];
    case 'withheld':
      return [{ whom: 'hospital', text: `${siteName} has finished, and holds its report back.` }];
    case 'refused':
    case 'failed':
      return [
        {
          whom: 'office',
          text: `${siteName} ${state}${reason}. Settle it with the hospital, then offer again.`,
        },
      ];
    case 'offered':
      return isOnline ? [{ whom: 'machine', text: `${siteName} has been offered the job.` }] : [];
    case 'accepted':
    case 'running':
      return isOnline ? [{ whom: 'machine', text: `${siteName} is at work.` }] : [];
    default:
      return [];
  }
}
