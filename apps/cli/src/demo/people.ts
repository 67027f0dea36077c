// Stands in for the people of the demo's hospitals: reads why a report waits for a person, says so, and lets it go.
import { setTimeout as sleep } from 'node:timers/promises';
import type { Output } from '@sidemark/terminal';
import type { EnrolledSite, Federation } from './federation.ts';
import type { Member } from './process-group.ts';

export interface StaffedSite {
  readonly site: EnrolledSite;
  readonly agent: Member;
}

const lookEveryMs = 300;
const withheld = /^job (\S+) withheld: (.*)$/;

/**
 * Looks until the signal is given.
 * @param staff whose agents run at the moment
 * @throws Error with what the command printed when a release fails
 */
export async function releaseWhatWaits(
  federation: Federation,
  staff: () => Iterable<StaffedSite>,
  output: Pick<Output, 'note'>,
  signal: AbortSignal,
): Promise<void> {
  const read = new Map<Member, number>();
  while (!signal.aborted) {
    for (const { site, agent } of staff()) {
      const unread = agent.lines.slice(read.get(agent));
      read.set(agent, agent.lines.length);
      for (const line of unread) {
        const [, job, why] = withheld.exec(line) ?? [];
        if (job === undefined) continue;
        output.note(`${site.name}: a report waits for a person. ${why}\n${site.name}: read, and released`);
        const args = ['agent', 'release', job, '--data', site.dataDir];
        await federation.processes.run(`release at ${site.name}`, 'site-agent', args);
      }
    }
    await sleep(lookEveryMs, undefined, { signal }).catch(() => undefined);
  }
}
