import { Body, Controller, Inject, Param } from '@nestjs/common';
import {
  DelegationChange,
  Envelope,
  type KeyDelegation,
  KeyId,
  type KeyList,
  RotateSiteKey,
  type SiteKeyRotated,
} from '@sidemark/core/contract';
import { ApiRoute } from '../platform/http/api-route.ts';
import { ZodPipe } from '../platform/http/zod.pipe.ts';
import { SiteKeysService } from '../sites/keys/site-keys.service.ts';
import { DelegationService } from './delegation.service.ts';
import { KeysService } from './keys.service.ts';

@Controller()
export class KeysController {
  constructor(
    @Inject(KeysService) private readonly keys: KeysService,
    @Inject(DelegationService) private readonly delegation: DelegationService,
    @Inject(SiteKeysService) private readonly siteKeys: SiteKeysService,
  ) {}

  @ApiRoute('listKeys')
  list(): Promise<KeyList> {
    return this.keys.list();
  }

  @ApiRoute('draftDelegation')
  draft(@Body(new ZodPipe(DelegationChange)) change: DelegationChange): Promise<KeyDelegation> {
    return this.delegation.draft(change);
  }

  @ApiRoute('adoptDelegation')
  async adopt(@Body(new ZodPipe(Envelope)) envelope: Envelope): Promise<KeyList> {
    await this.delegation.adopt(envelope);
    return this.keys.list();
  }

  @ApiRoute('changeDelegation')
  async change(@Body(new ZodPipe(DelegationChange)) change: DelegationChange): Promise<KeyList> {
    await this.delegation.change(change);
    return this.keys.list();
  }

  @ApiRoute('revokeSiteKey')
  async revoke(@Param('id', new ZodPipe(KeyId)) keyId: string): Promise<KeyList> {
    await this.siteKeys.revoke(keyId);
    return this.keys.list();
  }

  @ApiRoute('rotateSiteKey')
  rotate(@Body(new ZodPipe(RotateSiteKey)) body: RotateSiteKey): Promise<SiteKeyRotated> {
    return this.siteKeys.rotate(body);
  }
}
