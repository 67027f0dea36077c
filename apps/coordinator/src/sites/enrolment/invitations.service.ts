// Invitations: a site's place in a study and the startup kit that lets its key apply for it.
import { Inject, Injectable } from '@nestjs/common';
import type { InviteSite, Kit } from '@sidemark/core/contract';
import { DomainError } from '@sidemark/core/errors';
import type { z } from 'zod';
import { AuditService } from '../../audit/audit.service.ts';
import { tokenHash } from '../../auth/tokens.ts';
import { Database, type Tx } from '../../platform/database/database.ts';
import { StudiesService } from '../../studies/studies.service.ts';
import { addInvitation, expireInvitationsOf } from './invitations.repository.ts';
import { KitPress } from './kit-press.ts';
import { revokeKeysOf } from '../site-keys.repository.ts';
import { nextSiteState } from '../site-state.ts';
import {
  addSite,
  changeState,
  findSiteByName,
  forgetEnrolment,
  type StoredSite,
} from '../sites.repository.ts';

type Invite = z.infer<typeof InviteSite>;

@Injectable()
export class InvitationsService {
  constructor(
    @Inject(Database) private readonly database: Database,
    @Inject(AuditService) private readonly audit: AuditService,
    @Inject(StudiesService) private readonly studies: StudiesService,
    @Inject(KitPress) private readonly press: KitPress,
  ) {}

  /**
   * A kit for a new site, or a new kit for one that has not been approved yet; older kits and keys of it end.
   * @throws DomainError `not-found` (study), `already-exists` when a site of this name is past enrolment.
   */
  invite(input: Invite): Promise<Kit> {
    return this.database.transaction(async (tx) => {
      await this.studies.requireOpen(input.study, tx);
      const site = await this.place(tx, input);
      const { kit, createdAt } = this.press.kitFor(site, input.expiresInHours);
      const expiresAt = new Date(kit.expiresAt);
      await expireInvitationsOf(tx, site.id, createdAt);
      const invitation = { id: kit.tokenId, siteId: site.id, tokenHash: tokenHash(kit.token) };
      await addInvitation(tx, { ...invitation, expiresAt, createdAt });
      const details = { name: site.name, token: kit.tokenId, expiresAt: kit.expiresAt };
      await this.audit.append(tx, {
        actor: 'administrator',
        action: 'site.invited',
        subject: site.id,
        details,
      });
      return kit;
    });
  }

  private async place(tx: Tx, { study, name, role }: Invite): Promise<StoredSite> {
    const { id, createdAt } = this.press.mark();
    const known = await findSiteByName(tx, study, name);
    if (known === undefined) return addSite(tx, { id, studyId: study, name, role, createdAt });
    if (known.role !== role || !(known.state === 'invited' || known.state === 'pending')) {
      throw new DomainError('already-exists', { name, state: known.state, role: known.role });
    }
    await revokeKeysOf(tx, known.id, createdAt);
    await forgetEnrolment(tx, known.id);
    await changeState(tx, known.id, known.state, nextSiteState(known.state, 'invite'));
    return known;
  }
}
