// One film of 2048 x 2048 px in every syntax, read here and by dcmtk and GDCM in turns. Needs Debian's dcmtk and libgdcm-tools.
import { execFileSync, spawnSync } from 'node:child_process';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { cpuUsage } from 'node:process';
import { fileURLToPath } from 'node:url';
import { grayImage, type GrayImage } from '@sidemark/core/imaging';
import { readDicom, storedBytes, TRANSFER_SYNTAXES, writeDicom } from '@sidemark/dicom';
import { cohort, siteProfile } from '@sidemark/phantom';
import { dicomFile, plainFilm } from '../libs/dicom/src/test-support/dicom-file.ts';
import { type Line, median, round } from './line.ts';

const SIDE = 2048;
const ROUNDS = 5;
const UID = '1.2.840.10008.1.2';
const PROFILE = new URL('../training/profiles/wide.json', import.meta.url);
const HTJ2K = fileURLToPath(new URL('../scripts/dicom/encode-htj2k.mjs', import.meta.url));

interface Case {
  /** what encodes the plain film, `IN` and `OUT` being its files */
  encode: readonly string[] | 'htj2k';
  /** what decodes it with dcmtk */
  dcmtk?: readonly string[];
  gdcm?: boolean;
  bits?: 8;
}

const cases: Readonly<Record<string, Case>> = {
  '': { encode: ['dcmconv', '+ti', 'IN', 'OUT'], dcmtk: ['dcmconv', '+te'], gdcm: true },
  '.1': { encode: ['dcmconv', '+te', 'IN', 'OUT'], dcmtk: ['dcmconv', '+te'], gdcm: true },
  '.2': { encode: ['dcmconv', '+tb', 'IN', 'OUT'], dcmtk: ['dcmconv', '+te'], gdcm: true },
  '.1.99': { encode: ['dcmconv', '+td', 'IN', 'OUT'], dcmtk: ['dcmconv', '+te'], gdcm: true },
  '.5': { encode: ['dcmcrle', 'IN', 'OUT'], dcmtk: ['dcmdrle'], gdcm: true },
  '.4.50': { encode: ['dcmcjpeg', '+eb', 'IN', 'OUT'], dcmtk: ['dcmdjpeg'], gdcm: true, bits: 8 },
  '.4.51': { encode: ['dcmcjpeg', '+ee', 'IN', 'OUT'], dcmtk: ['dcmdjpeg'], gdcm: true },
  '.4.57': { encode: ['dcmcjpeg', '+el', '+sv', '6', 'IN', 'OUT'], dcmtk: ['dcmdjpeg'], gdcm: true },
  '.4.70': { encode: ['dcmcjpeg', '+e1', 'IN', 'OUT'], dcmtk: ['dcmdjpeg'], gdcm: true },
  '.4.80': { encode: ['dcmcjpls', 'IN', 'OUT'], dcmtk: ['dcmdjpls'], gdcm: true },
  '.4.81': { encode: ['dcmcjpls', '+en', '+md', '2', 'IN', 'OUT'], dcmtk: ['dcmdjpls'], gdcm: true },
  '.4.90': { encode: ['gdcmconv', '--j2k', 'IN', 'OUT'], gdcm: true },
  '.4.201': { encode: 'htj2k' },
};

export async function benchDicom(): Promise<Line[]> {
  if (['dcmconv', 'gdcmconv'].some((tool) => spawnSync(tool, ['--version']).error)) {
    console.log('left out: dicom needs dcmtk and libgdcm-tools');
    return [];
  }
  const folder = await mkdtemp(join(tmpdir(), 'bench-dicom-'));
  try {
    const film = await phantom();
    const lines: Line[] = [];
    for (const [uid, one] of Object.entries(cases)) lines.push(await race(folder, `${UID}${uid}`, one, film));
    return lines;
  } finally {
    await rm(folder, { recursive: true });
  }
}

/** 12 bits with the noise of a detector, which is what lossless codecs work on. */
async function phantom(): Promise<GrayImage> {
  const written = JSON.parse(await readFile(PROFILE, 'utf8')) as { film: object };
  const film = { ...written.film, side: SIDE, bits: 12 };
  for await (const one of cohort(siteProfile({ ...written, films: 1, film }))) return one.film;
  throw new RangeError('the profile draws no film');
}

async function race(folder: string, uid: string, one: Case, film: GrayImage): Promise<Line> {
  const [plain, coded, out] = ['plain', 'coded', 'out'].map((name) => join(folder, `${name}.dcm`)) as [
    string,
    string,
    string,
  ];
  const image = one.bits === 8 ? eightBits(film) : film;
  await writeFile(plain, writeDicom({ image, meta: { uidSeed: 'bench', patientId: 'bench' } }));
  if (one.encode === 'htj2k') await writeFile(coded, await htj2k(plain, uid));
  else {
    const [tool, ...args] = one.encode.map((part) => ({ IN: plain, OUT: coded })[part] ?? part);
    execFileSync(tool!, args, { stdio: 'ignore' });
  }
  const bytes = await readFile(coded);
  const read = await readDicom(bytes);
  if (read.transferSyntax !== uid) throw new RangeError(`${coded} is in ${read.transferSyntax}`);
  const [own, dcmtk, gdcm]: [number[], number[], number[]] = [[], [], []];
  for (let i = 0; i < ROUNDS; i++) {
    own.push(await ownMs(bytes));
    if (one.dcmtk) dcmtk.push(toolMs([...one.dcmtk, coded, out]));
    if (one.gdcm) gdcm.push(toolMs(['gdcmconv', '--raw', coded, out]));
  }
  const others = [
    ...(one.dcmtk ? [{ name: one.dcmtk[0]!, ms: median(dcmtk) }] : []),
    ...(one.gdcm ? [{ name: 'gdcmconv', ms: median(gdcm) }] : []),
  ];
  const { name = '' } = TRANSFER_SYNTAXES.get(uid) ?? {};
  return {
    what: `${SIDE} x ${SIDE} px, ${image.bitsStored} bits: ${name} (${(bytes.length / 1e6).toFixed(1)} MB)`,
    measured: `${round(median(own))} ms of CPU`,
    reference: others.map((other) => `${other.name}: ${round(other.ms)} ms`).join(', ') || 'none reads it',
    ratio: others.map((other) => `${(median(own) / other.ms).toFixed(2)} x`).join(', ') || '-',
    limit: name.startsWith('JPEG 2000')
      ? 'the entropy decoder, bit by bit'
      : 'decoder, sign and shift of each value',
  };
}

function eightBits(film: GrayImage): GrayImage {
  const pixels = new Uint8Array(film.pixels.length);
  for (let i = 0; i < pixels.length; i++) pixels[i] = film.pixels[i]! >> (film.bitsStored - 8);
  return grayImage(film.width, film.height, pixels, 8);
}

async function htj2k(plain: string, uid: string): Promise<Buffer> {
  const { stored } = await readDicom(await readFile(plain));
  const command = [HTJ2K, `${SIDE}`, `${SIDE}`, `${stored.bitsStored}`, 'lossless'];
  const frame = execFileSync(process.execPath, command, { input: storedBytes(stored), maxBuffer: 1e8 });
  const size = { '00280010': [SIDE], '00280011': [SIDE] };
  return dicomFile({ ...plainFilm, ...size }, { syntax: uid, fragments: [frame] });
}

async function ownMs(bytes: Uint8Array): Promise<number> {
  const before = cpuUsage();
  await readDicom(bytes);
  const { user, system } = cpuUsage(before);
  return (user + system) / 1000;
}

/** User and system time of a tool, its start and the writing of its result included: the shell adds it up. */
function toolMs(command: readonly string[]): number {
  const out = execFileSync('bash', ['-c', '"$@" >/dev/null 2>&1; times', 'bash', ...command], {
    encoding: 'utf8',
  });
  const parts = out
    .trim()
    .split('\n')
    .at(-1)!
    .matchAll(/(\d+)m([\d.]+)s/g);
  return [...parts].reduce(
    (sum, [, minutes, seconds]) => sum + 60_000 * Number(minutes) + 1000 * Number(seconds),
    0,
  );
}
