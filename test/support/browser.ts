// Debian's Chromium for the tests of pages, without anything that talks to the world; windows that are patient with a slow
// machine; pictures for whoever wants to look.
import { join } from 'node:path';
import {
  type Browser,
  type BrowserContext,
  type BrowserContextOptions,
  chromium,
  type Page,
} from 'playwright-core';

const flags = [
  ...['--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run'],
  ...['--disable-background-networking', '--disable-component-update', '--disable-sync'],
];

export function startBrowser(): Promise<Browser> {
  const executablePath = process.env['SIDEMARK_CHROMIUM'] ?? '/usr/bin/chromium';
  return chromium.launch({ executablePath, args: flags });
}

export const patience = {
  /** ms; for what a page and its server answer at once, on a machine that is slow and busy */
  page: 90_000,
  /** ms; for what agents must work for */
  work: 300_000,
} as const;

export async function openContext(
  browser: Browser,
  ms: number = patience.page,
  options: BrowserContextOptions = {},
): Promise<BrowserContext> {
  const viewport = { width: 1280, height: 900 };
  const context = await browser.newContext({ viewport, acceptDownloads: true, ...options });
  context.setDefaultTimeout(ms);
  return context;
}

/** A picture of the whole page in the folder SIDEMARK_SCREENSHOTS, where that is set. */
export async function shoot(page: Page, name: string): Promise<void> {
  const folder = process.env['SIDEMARK_SCREENSHOTS'];
  if (folder !== undefined) await page.screenshot({ path: join(folder, `${name}.png`), fullPage: true });
}
