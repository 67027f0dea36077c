// Does this receipt acknowledge that report?
import { payloadTypes, Receipt, type Envelope } from '@sidemark/core/contract';
import { DomainError } from '@sidemark/core/errors';
import { openStatement, type CoordinatorTrust } from '../identity/coordinator-trust.ts';
import type { OutboxItem } from './outbox-item.ts';

/**
 * The receipt, once an on-line key of the coordinator has signed it for exactly this item. The key is judged by its
 * state when the receipt was given: an idempotent answer may be old.
 * @throws DomainError `signature-invalid` and its kin, `challenge-failed` where it acknowledges something else.
 */
export function checkReceipt(
  envelope: Envelope,
  item: OutboxItem,
  site: string,
  trust: CoordinatorTrust,
): Receipt {
  const claimed = openStatement(envelope, payloadTypes.receipt, Receipt, trust.anyOnline);
  const receipt = openStatement(
    envelope,
    payloadTypes.receipt,
    Receipt,
    trust.onlineAt(new Date(claimed.receivedAt)),
  );
  const wrong = [
    ...(receipt.payloadDigest === item.payloadDigest ? [] : ['payload digest']),
    ...(receipt.job === item.job ? [] : ['job']),
    ...(receipt.sequence === item.sequence ? [] : ['sequence']),
    ...(receipt.site === site ? [] : ['site']),
  ];
  if (wrong.length > 0) throw new DomainError('receipt-invalid', { wrong });
  return receipt;
}
