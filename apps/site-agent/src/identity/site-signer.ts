// The one file that signs. It has a verb per statement, composes or parses each itself, and takes no bytes: whatever
// the other side sends, nothing of it can come back with the site's signature as another kind of statement.
import {
  EnrolmentStatement,
  payloadTypes,
  SiteHello,
  type Envelope,
  type Report,
} from '@sidemark/core/contract';
import { signStatement, type SigningKey } from '@sidemark/core/signing';
import type { Cleared } from '../egress/gate.ts';

export class SiteSigner {
  readonly keyId: string;
  readonly publicKey: string;
  readonly #key: SigningKey;

  constructor(key: SigningKey) {
    this.#key = key;
    this.keyId = key.keyId;
    this.publicKey = Buffer.from(key.publicKey).toString('base64');
  }

  hello(fields: Omit<SiteHello, 'schema'>): Envelope {
    return this.#sign(
      payloadTypes.siteHello,
      SiteHello.parse({ schema: 'sidemark.site-hello/1', ...fields }),
    );
  }

  enrolment(fields: Omit<EnrolmentStatement, 'schema' | 'sitePublicKey'>): Envelope {
    const own = { schema: 'sidemark.enrolment/1', sitePublicKey: this.publicKey };
    return this.#sign(payloadTypes.enrolment, EnrolmentStatement.parse({ ...fields, ...own }));
  }

  /** Signs a report that the egress gate has cleared. */
  report(report: Cleared<Report>): Envelope {
    return this.#sign(payloadTypes.report, report.value);
  }

  #sign(payloadType: string, statement: unknown): Envelope {
    const { payload, signatures } = signStatement(payloadType, statement, this.#key);
    return { payloadType, payload, signatures: signatures.map((signature) => ({ ...signature })) };
  }
}
