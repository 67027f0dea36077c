import { Body, Controller, Inject, Param, Req } from '@nestjs/common';
import type { Request } from 'express';
import { type ModelVersion, RegisterModel, Sha256, type UploadedBlob } from '@sidemark/core/contract';
import { ApiRoute } from '../platform/http/api-route.ts';
import { ZodPipe } from '../platform/http/zod.pipe.ts';
import { ModelsService } from './models.service.ts';
import { uploadOf } from './blobs/upload.ts';

@Controller()
export class ModelsController {
  constructor(@Inject(ModelsService) private readonly models: ModelsService) {}

  @ApiRoute('uploadBlob')
  upload(
    @Param('sha256', new ZodPipe(Sha256)) sha256: string,
    @Req() request: Request,
  ): Promise<UploadedBlob> {
    return this.models.upload(sha256, uploadOf(request));
  }

  @ApiRoute('registerModel')
  register(@Body(new ZodPipe(RegisterModel)) body: { manifest: unknown }): Promise<ModelVersion> {
    return this.models.register(body.manifest);
  }

  @ApiRoute('listModels')
  list(): Promise<ModelVersion[]> {
    return this.models.list();
  }

  @ApiRoute('releaseModel')
  release(@Param('sha256', new ZodPipe(Sha256)) sha256: string): Promise<ModelVersion> {
    return this.models.release(sha256);
  }
}
