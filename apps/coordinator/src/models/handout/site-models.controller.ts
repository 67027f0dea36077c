import { Controller, Headers, Inject, Param, Res, type StreamableFile } from '@nestjs/common';
import type { Response } from 'express';
import { type ReleasedModel, Sha256 } from '@sidemark/core/contract';
import { FromSite, type SiteIdentity } from '../../auth/site-identity.ts';
import { ApiRoute } from '../../platform/http/api-route.ts';
import { ZodPipe } from '../../platform/http/zod.pipe.ts';
import { stream } from './download.ts';
import { SiteModelsService } from './site-models.service.ts';

@Controller()
export class SiteModelsController {
  constructor(@Inject(SiteModelsService) private readonly models: SiteModelsService) {}

  @ApiRoute('siteModel')
  released(
    @FromSite() { siteId }: SiteIdentity,
    @Param('sha256', new ZodPipe(Sha256)) sha256: string,
  ): Promise<ReleasedModel> {
    return this.models.released(siteId, sha256);
  }

  @ApiRoute('siteModelBytes')
  async bytes(
    @FromSite() { siteId }: SiteIdentity,
    @Param('sha256', new ZodPipe(Sha256)) sha256: string,
    @Headers('range') range: string | undefined,
    @Headers('if-range') ifRange: string | undefined,
    @Res({ passthrough: true }) response: Response,
  ): Promise<StreamableFile> {
    return stream(await this.models.download(siteId, sha256, { range, ifRange }), response);
  }

  @ApiRoute('modelBytes')
  async anyBytes(
    @Param('sha256', new ZodPipe(Sha256)) sha256: string,
    @Headers('range') range: string | undefined,
    @Headers('if-range') ifRange: string | undefined,
    @Res({ passthrough: true }) response: Response,
  ): Promise<StreamableFile> {
    return stream(await this.models.downloadAny(sha256, { range, ifRange }), response);
  }
}
