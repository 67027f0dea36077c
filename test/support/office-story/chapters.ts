// Chapters of a story that is told once and in order. After one that failed the rest is not tried, each with its own patience;
// what stood on the pages and what the agents said last goes with the failure.
import { it } from '@jest/globals';
import type { Stage } from './stage.ts';

export type Chapter = (name: string, tell: (stage: Stage) => Promise<void>) => void;

/** @param stage as it is when a chapter begins */
export function chaptersOn(stage: () => Stage): Chapter {
  let failed: string | undefined;
  return (name, tell) =>
    it(name, async () => {
      if (failed !== undefined) throw new Error(`not tried, since "${failed}" failed`);
      try {
        await tell(stage());
      } catch (cause) {
        failed = name;
        const message = cause instanceof Error ? (cause.stack ?? cause.message) : String(cause);
        throw new Error([message, ...(await whatIsSeen(stage()))].join('\n\n'), { cause });
      }
    });
}

const lastLines = 12;

async function whatIsSeen({ browser, agents }: Stage): Promise<string[]> {
  const pages = browser.contexts().flatMap((context) => context.pages());
  const seen = pages.map(async (page) => {
    const text = await page.locator('body').innerText({ timeout: 5000 });
    return `On the page ${page.url()}:\n${text.slice(0, 3000)}`;
  });
  const said = [...agents].map(([name, { lines }]) => `${name} said:\n${lines.slice(-lastLines).join('\n')}`);
  return [...(await Promise.all(seen.map((one) => one.catch(String)))), ...said];
}
