// Receipts stay verifiable when an on-line key ends. A list of on-line keys may be signed elsewhere, hours after its
// draft: what the old key acknowledged in between would count as given after its end. The key that was there by then
// signs the same words again.
import { Inject, Injectable, type OnApplicationBootstrap } from '@nestjs/common';
import { payloadTypes, Receipt } from '@sidemark/core/contract';
import { signStatement } from '@sidemark/core/signing';
import { keyStateAt } from '@sidemark/core/trust';
import { Database, type Tx } from '../platform/database/database.ts';
import { KeysStore } from '../platform/keys/keys.store.ts';
import { receiptsSince, setReceipt, type StoredReceipt } from './reports.repository.ts';

@Injectable()
export class ReceiptsService implements OnApplicationBootstrap {
  constructor(
    @Inject(Database) private readonly database: Database,
    @Inject(KeysStore) private readonly keys: KeysStore,
  ) {}

  /** A kill may have come between a new list and the receipts. */
  onApplicationBootstrap(): Promise<number> {
    return this.mend();
  }

  /** @returns how many receipts were signed again. */
  mend(): Promise<number> {
    const ends = this.keys.listed.online.flatMap(({ revokedAt, validUntil }) =>
      [revokedAt, validUntil].filter((end) => end !== null),
    );
    const [first] = ends.sort();
    if (first === undefined) return Promise.resolve(0);
    return this.database.transaction(async (tx) => {
      const late = (await receiptsSince(tx, new Date(first))).filter((one) => this.isOfAnEndedKey(one));
      for (const one of late) await this.signAgain(tx, one);
      return late.length;
    });
  }

  private isOfAnEndedKey({ receipt, receivedAt }: StoredReceipt): boolean {
    const signer = this.keys.listed.online.find(({ keyId }) => keyId === receipt.signatures[0]?.keyid);
    return signer === undefined || keyStateAt(signer, receivedAt) !== 'valid';
  }

  private signAgain(tx: Tx, stored: StoredReceipt): Promise<void> {
    const said = Receipt.parse(JSON.parse(Buffer.from(stored.receipt.payload, 'base64').toString('utf8')));
    return setReceipt(tx, stored, signStatement(payloadTypes.receipt, said, this.keys.online));
  }
}
