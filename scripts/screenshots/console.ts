// The console of a site that holds everything: a job waits, is approved, its report is looked at and leaves.
import type { Page } from 'playwright-core';
import { findConsole } from '../../apps/site-agent/src/console/open-console.ts';
import { AgentBench } from '../../apps/site-agent/src/jobs/agent-bench.sample.ts';

const passphrase = 'a long enough passphrase';

export interface OpenConsole {
  /** @param picture called where the page is worth one, by name */
  visit(page: Page, picture: (name: string) => Promise<void>): Promise<void>;
  close(): Promise<void>;
}

export async function openConsole(): Promise<OpenConsole> {
  const bench = new AgentBench();
  Object.assign(bench, { passphrase, withConsole: true });
  await bench.open();
  await bench.policy('default: hold\nreports: hold');
  bench.coordinator.offers = [bench.offerOf()];
  const held = bench.jobIs('held');
  await bench.start();
  await held;
  const open = await findConsole(bench.directory.console);
  if (!open) throw new Error('the agent opened no console');
  return {
    visit: async (page, picture) => {
      const confirm = async (button: string): Promise<void> => {
        await page.getByRole('button', { name: button }).click();
        await page.getByLabel('Passphrase of the site key').fill(passphrase);
        await page.keyboard.press('Enter');
      };
      await page.goto(`${open.address}/#token=${open.token}`);
      await page.getByText('1 waits for you').waitFor();
      await picture('jobs');
      await page.locator('.job a').first().click();
      await page.getByRole('heading', { name: 'The protocol in plain words' }).waitFor();
      await picture('job');
      await confirm('Approve');
      await page.getByRole('heading', { name: 'The figures of this site' }).waitFor();
      await picture('report-held');
      const received = bench.receiptSeen();
      await confirm('Release the report');
      await received;
      await page.getByRole('link', { name: 'What leaves' }).click();
      await page.getByText('● holds').waitFor();
      await picture('what-leaves');
      // health tells of the machine that it runs on: no picture for others
    },
    close: () => bench.close(),
  };
}
