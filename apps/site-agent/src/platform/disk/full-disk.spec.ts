import { mkdtemp, readFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, describe, expect, it } from '@jest/globals';
import { sha256 } from '@sidemark/core/signing';
import type { LedgerContent } from '../../egress/ledger-entry.ts';
import type { OutboxItem } from '../../outbox/outbox-item.ts';
import type { ImageOutcome } from '../../pipeline/image/image-outcome.ts';
import { fillDisk, mountFullDisk, refusalsLeft } from '../../../../../test/support/full-disk.ts';

mountFullDisk();
const { Journal } = await import('../../pipeline/journal.ts');
const { LedgerStore } = await import('../../egress/ledger.store.ts');
const { judgeLedger } = await import('../../egress/ledger-verdict.ts');
const { ModelStore } = await import('../../models/model.store.ts');
const { OutboxStore } = await import('../../outbox/outbox.store.ts');
const { openDataDirectory } = await import('./data-directory.ts');

const directory = async () =>
  openDataDirectory(join(await mkdtemp(join(tmpdir(), 'sidemark-full-')), 'data'));
const full = { code: 'disk-failed', failureClass: 'transient', details: { system: 'ENOSPC' } };

afterEach(() => expect(refusalsLeft()).toBe(0));

describe('on a disk that is full for a while', () => {
  it('the journal says so, keeps what it had, and goes on there', async () => {
    const path = join((await directory()).jobs, 'journal.ndjson');
    const of = { subject: 's'.repeat(64), key: 'k'.repeat(64) };
    const outcome: ImageOutcome = { kind: 'skipped', reason: 'truncated' };
    const [a, b, c] = ['a', 'b', 'c'].map((digit) => digit.repeat(64)) as [string, string, string];
    const first = await Journal.open(path, of);
    first.append(a, outcome);
    await first.close();

    const second = await Journal.open(path, of);
    fillDisk(1);
    second.append(b, outcome);
    // nothing is written behind a torn line
    second.append(c, outcome);
    await expect(second.close()).rejects.toMatchObject(full);
    expect(second.failed).toBe(true);

    const third = await Journal.open(path, of);
    expect([a, b, c].map((image) => third.outcomeOf(image))).toEqual([outcome, undefined, undefined]);
    third.append(b, outcome);
    await third.close();
    const last = await Journal.open(path, of);
    await last.close();
    expect([a, b, c].map((image) => last.outcomeOf(image))).toEqual([outcome, outcome, undefined]);
  });

  it('the ledger says so and stays one chain', async () => {
    const ledger = new LedgerStore((await directory()).ledger);
    const at = '2026-01-01T00:00:00.000Z';
    const content: LedgerContent = {
      kind: 'presence',
      at,
      to: 'https://trial.example',
      since: at,
      messages: [{ kind: 'hello', count: 1, bytes: 10 }],
    };
    await ledger.append(content);
    fillDisk(2);
    for (let i = 0; i < 2; i++) await expect(ledger.append(content)).rejects.toMatchObject(full);
    expect((await ledger.lines()).torn).toBe(true);
    expect((await ledger.append(content)).sequence).toBe(2);
    expect(judgeLedger(await ledger.lines())).toMatchObject({ entries: 2, firstBroken: null, torn: false });
  });

  it('the outbox says so, holds nothing by halves, and gives no number twice', async () => {
    const outbox = new OutboxStore(await directory());
    const item: OutboxItem = {
      schema: 'sidemark.outbox/1',
      kind: 'report',
      sequence: await outbox.nextSequence(),
      job: '00000000-0000-4000-8000-000000000005',
      attempt: 1,
      protocolDigest: '0'.repeat(64),
      minPatientsPerClass: 5,
      payloadDigest: '0'.repeat(64),
      envelope: {
        payloadType: 'x',
        payload: 'e30=',
        signatures: [{ keyid: '0'.repeat(64), sig: `${'A'.repeat(86)}==` }],
      },
      parked: null,
      queuedAt: '2026-01-01T00:00:00.000Z',
    };
    fillDisk(1);
    await expect(outbox.add(item)).rejects.toMatchObject(full);
    expect(await outbox.pending()).toEqual([]);
    expect(await outbox.nextSequence()).toBe(1);
    await outbox.add(item);
    expect(await outbox.pending()).toEqual([item]);
    expect(await outbox.nextSequence()).toBe(2);
  });

  it('a model’s download says so, and goes on where it stopped', async () => {
    const store = new ModelStore((await directory()).models);
    const bytes = Uint8Array.from({ length: 3000 }, (_, i) => i % 251);
    const digest = sha256(bytes);
    async function* from(start: number) {
      for (let at = start; at < bytes.length; at += 1000)
        yield await Promise.resolve(bytes.subarray(at, at + 1000));
    }
    fillDisk(1);
    await expect(store.receive(digest, 0, bytes.length, from(0))).rejects.toMatchObject(full);
    const have = await store.partSize(digest);
    expect(have).toBe(500);
    expect(await store.receive(digest, have, bytes.length, from(have))).toBe(bytes.length);
    expect(await store.finish(digest)).toBe(true);
    expect(new Uint8Array(await readFile(store.pathOf(digest)))).toEqual(bytes);
  });
});
