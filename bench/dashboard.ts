// How soon the robustness page of a large run is seen, and what the browser fetches for it.
import type { Page } from 'playwright-core';
import { firstAdministrator, signInAs } from '../test/support/accounts.ts';
import { startBrowser } from '../test/support/browser.ts';
import { openSixSites, type SixSites } from '../test/support/six-sites.ts';
import { type Line, median, round } from './line.ts';

const [sites, rounds] = [50, 5];

interface Seen {
  /** ms from the start of the navigation */
  readonly firstPaint: number;
  readonly plot: number;
  /** bytes as they came over the wire */
  readonly code: number;
  readonly answers: number;
  readonly nodes: number;
}

/** Runs in the page: waits for the forest plot to be painted, then reads the browser's own clock. */
const measure = `new Promise((done) => {
  const look = () => {
    if (document.querySelector('svg.forest polygon') === null) return requestAnimationFrame(look);
    requestAnimationFrame(() => setTimeout(() => {
      const sum = (keep) => performance.getEntriesByType('resource').filter(keep).reduce((n, one) => n + one.transferSize, 0);
      const isAnswer = ({ name }) => name.includes('/api/');
      done({
        firstPaint: performance.getEntriesByName('first-contentful-paint')[0]?.startTime ?? NaN,
        plot: performance.now(),
        code: sum((one) => !isAnswer(one)) + performance.getEntriesByType('navigation')[0].transferSize,
        answers: sum(isAnswer),
        nodes: document.querySelectorAll('*').length,
      });
    }));
  };
  look();
})`;

async function openOnce(page: Page, { coordinator, run }: SixSites): Promise<Seen> {
  // a page between, so that nothing of the one before is kept but the session
  await page.goto('about:blank');
  await page.goto(`${coordinator.url}/#/runs/${run.id}`);
  return page.evaluate<Seen>(measure);
}

async function analysisMs({ coordinator, run }: SixSites): Promise<number> {
  const start = performance.now();
  await coordinator.call('GET', `/api/runs/${run.id}/analysis`);
  return performance.now() - start;
}

/** Needs Chromium. */
export async function benchDashboard(): Promise<Line[]> {
  const study = await openSixSites(sites, sites);
  const browser = await startBrowser();
  try {
    const context = await browser.newContext({ viewport: { width: 1280, height: 900 } });
    await signInAs(context, study.coordinator, await firstAdministrator(study.coordinator));
    const page = await context.newPage();
    // the code comes over the wire the first time alone
    const { code } = await openOnce(page, study);
    const seen: Seen[] = [];
    const alone: number[] = [];
    for (let i = 0; i < rounds; i++) {
      seen.push(await openOnce(page, study));
      alone.push(await analysisMs(study));
    }
    return linesOf(seen, median(alone), code);
  } finally {
    await browser.close();
    await study.coordinator.close();
  }
}

function linesOf(seen: readonly Seen[], analysis: number, code: number): Line[] {
  const of = (name: keyof Seen): number => median(seen.map((one) => one[name]));
  const kilobytes = (bytes: number): string => `${Math.round(bytes / 1000)} kB`;
  return [
    {
      what: `robustness page of ${sites} sites, from the address to its plot`,
      measured: `${round(of('plot'))} ms (first paint ${round(of('firstPaint'))} ms), median of ${rounds}`,
      reference: `the analysis alone, asked for without a browser: ${round(analysis)} ms`,
      ratio: `${(of('plot') / analysis).toFixed(2)} x`,
      limit: 'the pooling of all figures by the coordinator, then drawing',
    },
    {
      what: 'its weight',
      measured: `${kilobytes(code)} of page, style and code; ${kilobytes(of('answers'))} of answers`,
      reference: `elements on the page: ${round(of('nodes'))}`,
      ratio: '',
      limit: 'the analysis document',
    },
  ];
}
