// A new site key asks for approval. The token buys a pending entry only; people compare six words for the rest.
import { Inject, Injectable } from '@nestjs/common';
import type {
  CarriedEnrolment,
  Enrolment,
  EnrolmentPending,
  Envelope,
  LinkChallenge,
} from '@sidemark/core/contract';
import { DomainError } from '@sidemark/core/errors';
import { sixWords } from '@sidemark/core/signing';
import type { z } from 'zod';
import { AuditService } from '../../audit/audit.service.ts';
import { tokenHash } from '../../auth/tokens.ts';
import { Database, type Tx } from '../../platform/database/database.ts';
import { EnrolmentDesk } from './enrolment-desk.ts';
import { openEnrolment, type OpenedEnrolment } from './enrolment-statement.ts';
import { HelloService } from './hello.service.ts';
import { findInvitation, type StoredInvitation, useInvitation } from './invitations.repository.ts';
import { readOpening } from './opening.ts';
import { addSiteKey } from '../site-keys.repository.ts';
import { nextSiteState } from '../site-state.ts';
import { changeState, findSite, keepEnrolment } from '../sites.repository.ts';

type EnrolmentBody = z.infer<typeof Enrolment>;
type Pending = z.infer<typeof EnrolmentPending>;

@Injectable()
export class EnrolmentService {
  constructor(
    @Inject(Database) private readonly database: Database,
    @Inject(AuditService) private readonly audit: AuditService,
    @Inject(HelloService) private readonly hellos: HelloService,
    @Inject(EnrolmentDesk) private readonly desk: EnrolmentDesk,
  ) {}

  /** The coordinator proves who it is before the site sends its token. */
  hello(body: unknown): LinkChallenge {
    const opening = readOpening(body);
    return this.hellos.challenge(this.hellos.compose(opening, this.desk.nonceFor(opening.siteKeyId)));
  }

  /** @throws DomainError `enrolment-token-*`, `enrolment-statement-invalid`, and those of the envelope. */
  enrol({ statement: envelope, token }: EnrolmentBody): Promise<Pending> {
    const opened = openEnrolment(envelope);
    this.desk.refuseUnlessFresh(opened);
    return this.take(envelope, opened, (invitation) => {
      if (invitation.tokenHash !== tokenHash(token)) throw new DomainError('enrolment-token-invalid');
    });
  }

  /** An enrolment that people carried here; otherwise as over the link. @throws as `enrol` */
  carried({ statement: envelope }: CarriedEnrolment): Promise<Pending> {
    const opened = openEnrolment(envelope);
    return this.take(envelope, opened, (invitation) =>
      this.desk.refuseUnlessProved(opened, invitation.tokenHash),
    );
  }

  /** @param prove throws unless the sender held the token of the invitation */
  private take(
    envelope: Envelope,
    opened: OpenedEnrolment,
    prove: (invitation: StoredInvitation) => void,
  ): Promise<Pending> {
    return this.database.transaction(async (tx) => {
      const invitation = await this.invitation(tx, opened, prove);
      const { site } = invitation;
      const now = this.desk.now();
      await this.takeToken(tx, invitation, now);
      const stored = await findSite(tx, site.id);
      const state = stored?.state ?? 'revoked';
      await changeState(tx, site.id, state, nextSiteState(state, 'enrol'));
      const { sitePublicKey } = opened.statement;
      await addSiteKey(tx, {
        keyId: opened.siteKeyId,
        publicKey: sitePublicKey,
        siteId: site.id,
        validFrom: now,
      });
      await keepEnrolment(tx, site.id, { digest: opened.digest, envelope });
      const details = { keyId: opened.siteKeyId, statement: opened.digest };
      const actor = `kit:${invitation.id}`;
      await this.audit.append(tx, { actor, action: 'site.enrolled', subject: site.id, details });
      return { site: site.id, state: 'pending', words: sixWords(opened.digest) };
    });
  }

  private async invitation(
    tx: Tx,
    { statement }: OpenedEnrolment,
    prove: (invitation: StoredInvitation) => void,
  ): Promise<StoredInvitation> {
    const invitation = await findInvitation(tx, statement.tokenId);
    if (invitation === undefined) throw new DomainError('enrolment-token-invalid');
    prove(invitation);
    if (invitation.site.id !== statement.site || invitation.site.studyId !== statement.study) {
      throw new DomainError('enrolment-statement-invalid', {
        reason: 'the token is for another site or study',
      });
    }
    return invitation;
  }

  private async takeToken(tx: Tx, invitation: StoredInvitation, now: Date): Promise<void> {
    if (invitation.usedAt !== null) throw new DomainError('enrolment-token-used');
    if (invitation.expiresAt <= now) throw new DomainError('enrolment-token-expired');
    if (!(await useInvitation(tx, invitation.id, now))) throw new DomainError('enrolment-token-used');
  }
}
