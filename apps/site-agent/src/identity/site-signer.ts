// The one file that signs. It has a verb per statement, composes or parses each itself, and takes no bytes: whatever
// the other side sends, nothing of it can come back with the site's signature as another kind of statement.
import {
  EnrolmentStatement,
  KeyRotation,
  payloadTypes,
  SiteHello,
  type Envelope,
  type QualificationReport,
  type Report,
  type RotateSiteKey,
} from '@sidemark/core/contract';
import { signStatement, type SigningKey } from '@sidemark/core/signing';
import type { Cleared } from '../egress/gate.ts';

export class SiteSigner {
  /** the current key first, then those it followed while this process lives */
  readonly #keys: SigningKey[];

  constructor(key: SigningKey) {
    this.#keys = [key];
  }

  get keyId(): string {
    return this.#current.keyId;
  }

  get publicKey(): string {
    return Buffer.from(this.#current.publicKey).toString('base64');
  }

  /** Another key of this site has taken over. What was begun under the one before it is still signed with that one. */
  adopt(key: SigningKey): void {
    if (key.keyId !== this.keyId) this.#keys.unshift(key);
  }

  hello(fields: Omit<SiteHello, 'schema'>): Envelope {
    const hello = SiteHello.parse({ schema: 'sidemark.site-hello/1', ...fields });
    return this.#sign(payloadTypes.siteHello, hello, this.#keyNamed(hello.siteKeyId));
  }

  enrolment(fields: Omit<EnrolmentStatement, 'schema' | 'sitePublicKey'>): Envelope {
    const own = { schema: 'sidemark.enrolment/1', sitePublicKey: this.publicKey };
    return this.#sign(payloadTypes.enrolment, EnrolmentStatement.parse({ ...fields, ...own }), this.#current);
  }

  /** Signs a report that the egress gate has cleared. */
  report(report: Cleared<Report>): Envelope {
    return this.#sign(payloadTypes.report, report.value, this.#keyNamed(report.value.header.siteKeyId));
  }

  /** Signs answers to a qualification pack that the egress gate has cleared. */
  qualification(report: Cleared<QualificationReport>): Envelope {
    const key = this.#keyNamed(report.value.header.siteKeyId);
    return this.#sign(payloadTypes.qualification, report.value, key);
  }

  /** Says that `next` follows this key, and proves that `next` is here. */
  rotation(next: SigningKey, fields: Pick<KeyRotation, 'study' | 'site' | 'issuedAt'>): RotateSiteKey {
    const rotation = KeyRotation.parse({
      schema: 'sidemark.key-rotation/1',
      ...fields,
      oldKeyId: this.keyId,
      newKeyId: next.keyId,
      newPublicKey: Buffer.from(next.publicKey).toString('base64'),
    });
    return {
      succession: this.#sign(payloadTypes.keyRotation, rotation, this.#current),
      possession: this.#sign(payloadTypes.keyPossession, rotation, next),
    };
  }

  get #current(): SigningKey {
    return this.#keys[0] as SigningKey;
  }

  #keyNamed(keyId: string): SigningKey {
    return this.#keys.find((key) => key.keyId === keyId) ?? this.#current;
  }

  #sign(payloadType: string, statement: unknown, key: SigningKey): Envelope {
    const { payload, signatures } = signStatement(payloadType, statement, key);
    return { payloadType, payload, signatures: signatures.map((signature) => ({ ...signature })) };
  }
}
