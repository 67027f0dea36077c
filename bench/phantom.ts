// Phantom films drawn and written as files: in one process in turns with sharp, and by all processes side by side.
import {
  cohort,
  type PhantomRecord,
  siteProfile,
  type SiteProfile,
  writeFilms,
  writeSite,
} from '@sidemark/phantom';
import { mkdir, mkdtemp, readFile, rm } from 'node:fs/promises';
import { availableParallelism, tmpdir } from 'node:os';
import { join } from 'node:path';
import { cpuUsage } from 'node:process';
import sharp from 'sharp';
import { type Line, median, perSecond, round } from './line.ts';

const PROFILE = new URL('../training/profiles/wide.json', import.meta.url);
const WARM_UP = 8;
const FILMS = 40;
/** so many that what a process needs to start is a small part */
const COHORT = 120;

sharp.concurrency(1);
sharp.cache(false);

export async function benchPhantom(): Promise<Line[]> {
  const folder = await mkdtemp(join(tmpdir(), 'bench-phantom-'));
  try {
    const lines: Line[] = [];
    for (const truth of [false, true])
      lines.push(await inTurns(folder, truth), await sideBySide(folder, truth));
    return lines;
  } finally {
    await rm(folder, { recursive: true });
  }
}

async function profile(films: number, side = 512): Promise<SiteProfile> {
  const written = JSON.parse(await readFile(PROFILE, 'utf8')) as { film: object };
  return siteProfile({ ...written, films, film: { ...written.film, side } });
}

/** One film here, one there: whatever else the machine does meets both. */
async function inTurns(folder: string, truth: boolean): Promise<Line> {
  for (const name of ['images', 'clean', 'masks']) await mkdir(join(folder, name), { recursive: true });
  const of = WARM_UP + FILMS;
  const site = await profile(of);
  const one = async (index: number): Promise<void> => {
    for await (const written of writeFilms({ site, folder, truth, part: { index, of } })) void written;
  };
  const reference = await halving();
  const [own, others]: [number[], number[]] = [[], []];
  for (let i = 0; i < of; i++) {
    const both = [await cpuMs(() => one(i)), await cpuMs(reference)] as const;
    if (i < WARM_UP) continue;
    own.push(both[0]);
    others.push(both[1]);
  }
  const ratio = median(own.map((ms, i) => ms / others[i]!));
  return {
    what: `a film of 512 px, 16-bit PNG${withTruth(truth)}, one process`,
    measured: `${round(median(own))} ms of CPU`,
    reference: `sharp halves one of 1024 px to such a PNG: ${round(median(others))} ms`,
    ratio: `${ratio.toFixed(1)} x`,
    limit: 'one core: half of it soft tissue, some thirty divisions and roots a pixel',
  };
}

async function sideBySide(folder: string, truth: boolean): Promise<Line> {
  const processes = availableParallelism();
  const site = await profile(COHORT);
  const rate = async (count: number): Promise<number> => {
    const started = performance.now();
    await writeSite(site, folder, { truth, processes: count });
    return perSecond(COHORT, performance.now() - started);
  };
  const [alone, together] = [await rate(1), await rate(processes)];
  return {
    what: `${COHORT} such films${withTruth(truth)}, ${processes} processes`,
    measured: `${round(together)} films/s, start of the processes included`,
    reference: `one process: ${round(alone)} films/s`,
    ratio: `${(together / alone).toFixed(2)} x`,
    limit: 'cores: films share nothing',
  };
}

const withTruth = (truth: boolean): string => (truth ? ' with clean film and mask' : '');

/** sharp: a film of twice the side, reduced and encoded as the phantoms were before they had an encoder of their own. */
async function halving(): Promise<() => Promise<unknown>> {
  const first = await cohort(await profile(1, 1024)).next();
  const { width, height, pixels } = (first.value as PhantomRecord).film;
  const raw = Uint16Array.from(pixels);
  return () =>
    sharp(raw, { raw: { width, height, channels: 1 } })
      .toColourspace('grey16')
      .resize(width / 2, height / 2)
      .png({ compressionLevel: 3 })
      .toBuffer();
}

async function cpuMs(run: () => Promise<unknown>): Promise<number> {
  const before = cpuUsage();
  await run();
  const { user, system } = cpuUsage(before);
  return (user + system) / 1000;
}
