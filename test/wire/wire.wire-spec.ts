// Every byte that a site says to its coordinator, from enrolment to receipts, is in its egress ledger or is overhead of
// a closed list. The network cuts a download and loses a receipt on the way; the site changes its key, and a second job
// goes where websockets are cut. `npm run test:wire` prints the table.
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { cp, readFile, writeFile } from 'node:fs/promises';
import { connect } from 'node:net';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { chainStart, digestOf, linkHash } from '@sidemark/core/signing';
import { table } from '@sidemark/terminal';
import { LedgerEntry } from '../../apps/site-agent/src/egress/ledger-entry.ts';
import type { Recorded } from '../support/network.ts';
import type { Accounts } from './accounts.ts';
import { RecordedSite } from './site.ts';

const patience = 240_000;
/** an unmasked text frame with a packet of Engine.IO: ping */
const pingFrame = '\x81\x012';
let site: RecordedSite;
let honest: readonly Recorded[] = [];
let accounts: Accounts = { rows: [], problems: [] };

beforeAll(async () => {
  site = await RecordedSite.open();
  const { network } = site;
  void network.accident({ request: /^GET \/api\/site\/models\/\w+\/bytes/, then: 'reset', afterBytes: 9000 });
  void network.accident({ request: /^POST \/api\/site\/reports/, then: 'reset' });
  await site.job({ meanwhile: () => site.seen(pingFrame) });
  await site.sidemark(['key', 'rotate']);
  network.refuses = /^GET \/api\/link\/[^\r]*transport=websocket/;
  await site.job();
  network.refuses = undefined;
  accounts = await site.account();
  honest = [...network.recorded];
}, patience);

afterAll(async () => {
  const number = (value: number): string => value.toLocaleString('en');
  const rows = accounts.rows.map(({ kind, count, wireBytes, saidBytes, ledgerBytes }) => [
    kind,
    ...[count, wireBytes, saidBytes, ledgerBytes, wireBytes - saidBytes].map(number),
  ]);
  const head = ['site to coordinator', 'count', 'bytes on the wire', 'said', 'in the ledger', 'overhead'];
  process.stdout.write(`${table(head, rows, ['left', 'right', 'right', 'right', 'right', 'right'])}\n`);
  await site.close();
}, patience);

describe('what a site says to its coordinator', () => {
  it('is in its egress ledger, message by message and byte by byte', () => {
    expect(accounts.problems).toEqual([]);
  });

  it('was everything that there is to say: enrolment, two jobs with their phantoms, a new key, a resumed download, a report sent twice', () => {
    const {
      enrolment,
      report,
      qualification,
      heartbeat,
      'key-rotation': rotation,
      ...counts
    } = Object.fromEntries(accounts.rows.map(({ kind, count }) => [kind, count]));
    expect({ enrolment, rotation, report, qualification }).toEqual({
      enrolment: 1,
      rotation: 1,
      report: 3,
      qualification: 2,
    });
    expect(heartbeat).toBeGreaterThan(0);
    for (const count of Object.values(counts)) expect(count).toBeGreaterThan(0);
    const said = honest.map(({ up }) => Buffer.concat(up).toString('latin1'));
    expect(said.some((text) => /^range: bytes=[1-9]\d*-\r$/im.test(text))).toBe(true);
    expect(said.some((text) => text.includes('transport=polling&'))).toBe(true);
  });
});

/** Sends bytes to the coordinator through the same network, and gives back what this made of the accounts. */
async function planted(bytes: string | Buffer): Promise<readonly string[]> {
  const before = site.network.recorded.length;
  const socket = connect(Number(new URL(site.network.url).port), '127.0.0.1').on('error', () => undefined);
  socket.write(bytes);
  await sleep(200);
  socket.destroy();
  const { problems } = await site.account([...honest, ...site.network.recorded.slice(before)]);
  return problems;
}

function post(path: string, body: string, more: string[] = []): string {
  const head = [`POST ${path} HTTP/1.1`, `host: ${new URL(site.network.url).host}`, 'connection: keep-alive'];
  const session = `authorization: Bearer ${site.session}`;
  const length = `content-length: ${Buffer.byteLength(body)}`;
  return `${[...head, session, 'content-type: application/json', length, ...more].join('\r\n')}\r\n\r\n${body}`;
}

describe('the suite finds', () => {
  const state = '/api/site/jobs/00000000-0000-4000-8000-000000000000/state';
  const change = JSON.stringify({ state: 'running', code: null });

  it.each<[string, () => string | Buffer, RegExp]>([
    ['a job state that was not gated', () => post(state, change), /not in the ledger/],
    ['a route that no message has', () => post('/api/site/notes', change), /POST \/api\/site\/notes/],
    ['words in a query', () => post(`${state}?patient=ANON-1`, change), /patient=ANON-1/],
    ['a header that is not known', () => post(state, change, ['x-note: ANON-1']), /header x-note: ANON-1/],
    [
      'a known header with another value',
      () => post(state, change, ['user-agent: ANON-1']),
      /user-agent: ANON-1/,
    ],
    ['a header that comes twice', () => post(state, change, ['connection: close']), /header connection/],
    [
      'a session that was never given',
      () => post(state, change).replace(/Bearer ./, 'Bearer !'),
      /authorization/,
    ],
    ['bytes after a request', () => `${post(state, change)}ANON-1`, /6 bytes that are no request/],
    ['a connection of another protocol', () => Buffer.from([1, 2, 3]), /3 bytes that are no request/],
  ])('%s', async (_what, bytes, problem) => {
    expect((await planted(bytes())).join('\n')).toMatch(problem);
  });

  it(
    'a real agent that says one thing past the gate',
    async () => {
      const before = site.network.recorded.length;
      await site.job({ preload: join(import.meta.dirname, 'past-the-gate.mjs') });
      const { problems } = await site.account([...honest, ...site.network.recorded.slice(before)]);
      expect(problems.join('\n')).toMatch(
        /on the wire and not in the ledger: .*"state":"running".*"kind":"job-state"/,
      );
    },
    patience,
  );
});

/** What somebody does who has read how the chain is made. @param redigest gives the altered report its own digest */
function rehashed(lines: string[], redigest: boolean): string[] {
  let previous = chainStart;
  return lines.map((line) => {
    const { content, ...entry } = LedgerEntry.parse(JSON.parse(line));
    if (content.kind === 'report') content.report.result.markers.images += 1;
    const altered =
      content.kind === 'report' && redigest
        ? { ...content, payloadDigest: digestOf(content.report) }
        : content;
    const hash = linkHash(previous, altered);
    const made = { ...entry, previous, hash, content: altered };
    previous = hash;
    return JSON.stringify(made);
  });
}

describe('sidemark egress verify', () => {
  const verify = async (tamper: (lines: string[]) => string[]): Promise<string> => {
    const copy = join(site.federation.dir, `copy-${Math.random().toString(36).slice(2)}`);
    await cp(site.site.dataDir, copy, { recursive: true });
    const path = join(copy, 'egress/ledger.ndjson');
    const lines = (await readFile(path, 'utf8')).trimEnd().split('\n');
    await writeFile(path, `${tamper(lines).join('\n')}\n`);
    return site.sidemark(['egress', 'verify'], copy).catch((error: unknown) => String(error));
  };

  it('holds the ledger as it is', async () => {
    expect(JSON.parse(await verify((lines) => lines))).toMatchObject({
      firstBroken: null,
      missingReports: [],
    });
  });

  it.each<[string, (lines: string[]) => string[], RegExp]>([
    ['an altered row', (lines) => lines.with(2, lines[2]!.replace(/"at":"\d/, '"at":"1')), /"firstBroken":3/],
    ['a removed row', (lines) => lines.toSpliced(1, 1), /"firstBroken":2/],
    [
      'a report altered, and all hashes made anew',
      (lines) => rehashed(lines, true),
      /"missingReports":\["[0-9a-f]{64}"/,
    ],
    [
      'a report altered under its old digest, and all hashes made anew',
      (lines) => rehashed(lines, false),
      /"firstBroken":\d/,
    ],
    [
      'a tail cut off before the last report',
      (lines) => lines.slice(0, 3),
      /"missingReports":\["[0-9a-f]{64}"/,
    ],
  ])('finds %s', async (_what, tamper, said) => {
    const printed = await verify(tamper);
    expect(printed).toMatch(/ledger-broken/);
    expect(printed).toMatch(said);
  });
});
