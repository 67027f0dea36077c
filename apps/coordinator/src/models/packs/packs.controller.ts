import { Body, Controller, Headers, Inject, Param, Res, type StreamableFile } from '@nestjs/common';
import type { Response } from 'express';
import { PackReference, type RegisteredPack, Sha256 } from '@sidemark/core/contract';
import { FromSite, type SiteIdentity } from '../../auth/site-identity.ts';
import { ApiRoute } from '../../platform/http/api-route.ts';
import { ZodPipe } from '../../platform/http/zod.pipe.ts';
import { stream } from '../handout/download.ts';
import { PacksService } from './packs.service.ts';

@Controller()
export class PacksController {
  constructor(@Inject(PacksService) private readonly packs: PacksService) {}

  @ApiRoute('registerPack')
  register(@Body(new ZodPipe(PackReference)) body: PackReference): Promise<RegisteredPack> {
    return this.packs.register(body);
  }

  @ApiRoute('listPacks')
  list(): Promise<RegisteredPack[]> {
    return this.packs.list();
  }

  @ApiRoute('packBytes')
  async anyBytes(
    @Param('sha256', new ZodPipe(Sha256)) sha256: string,
    @Headers('range') range: string | undefined,
    @Headers('if-range') ifRange: string | undefined,
    @Res({ passthrough: true }) response: Response,
  ): Promise<StreamableFile> {
    return stream(await this.packs.downloadAny(sha256, { range, ifRange }), response);
  }

  @ApiRoute('sitePackBytes')
  async bytes(
    @FromSite() { siteId }: SiteIdentity,
    @Param('sha256', new ZodPipe(Sha256)) sha256: string,
    @Headers('range') range: string | undefined,
    @Headers('if-range') ifRange: string | undefined,
    @Res({ passthrough: true }) response: Response,
  ): Promise<StreamableFile> {
    return stream(await this.packs.download(siteId, sha256, { range, ifRange }), response);
  }
}
